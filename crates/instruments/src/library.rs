//! All instruments at hand, and finding one by whatever name a person types.

use std::collections::BTreeMap;
use std::path::Path;

use crate::context::country_code;
use crate::file::{LoadError, LoadErrors};
use crate::model::Instrument;
use crate::{builtin, file, pack};

/// The built-in instruments and those of a deployer's directory.
#[derive(Debug, Clone, Default)]
pub struct Library {
    instruments: Vec<Instrument>,
    names: BTreeMap<String, Place>,
}

/// Where a name leads.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    instrument: usize,
    variant: Option<String>,
}

/// An instrument, and the variant inside its file when the name said one.
#[derive(Debug, Clone)]
pub struct Found<'a> {
    /// The instrument.
    pub instrument: &'a Instrument,
    /// Such as `not-working`; put it in [`crate::Context::variant`].
    pub variant: Option<String>,
}

/// No instrument, or no variant, of that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FindError {
    /// No instrument is called that.
    #[error("no instrument is called \"{name}\"{nearest}; the list shows all names")]
    NoInstrument {
        /// What was asked for.
        name: String,
        /// Names that come near, in words.
        nearest: String,
    },
    /// The instrument has no such variant.
    #[error("{instrument} has no variant \"{variant}\"; {known}")]
    NoVariant {
        /// Its name.
        instrument: String,
        /// What was asked for.
        variant: String,
        /// Those it has, in words.
        known: String,
    },
}

/// Names are compared by letters and digits only, in any case: `PHQ-9`, `phq9` and `phq 9` are one.
pub(crate) fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Library {
    /// The instruments that are part of Alongside.
    ///
    /// # Errors
    /// [`LoadErrors`] when a built-in file is wrong, which the tests of this crate rule out.
    pub fn builtin() -> Result<Self, LoadErrors> {
        let mut library = Self::default();
        let files = builtin::FILES.iter().map(|(name, text)| (format!("data/{name}"), (*text).to_owned()));
        library.add(files.collect())?;
        Ok(library)
    }

    /// Add every `*.toml` file of a directory: new instruments, and text packs for instruments already there.
    /// Nothing is added when anything is wrong.
    ///
    /// # Errors
    /// [`LoadErrors`] with every mistake found: which file, which key, what to write.
    pub fn add_directory(&mut self, directory: &Path) -> Result<(), LoadErrors> {
        let unreadable = |path: &Path, e: &std::io::Error| {
            let advice = "check that the folder exists and can be read";
            LoadErrors(vec![LoadError::new(
                &path.display().to_string(),
                "the whole file",
                e.to_string(),
                advice,
            )])
        };
        let entries = std::fs::read_dir(directory).map_err(|e| unreadable(directory, &e))?;
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry.map_err(|e| unreadable(directory, &e))?.path();
            if path.extension().is_some_and(|e| e == "toml") {
                paths.push(path);
            }
        }
        paths.sort();
        let mut files = Vec::new();
        for path in paths {
            let text = std::fs::read_to_string(&path).map_err(|e| unreadable(&path, &e))?;
            files.push((path.display().to_string(), text));
        }
        let mut grown = self.clone();
        grown.add(files)?;
        *self = grown;
        Ok(())
    }

    fn add(&mut self, files: Vec<(String, String)>) -> Result<(), LoadErrors> {
        let mut errors = Vec::new();
        let (packs, instruments): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|(_, text)| pack::is_pack(text));
        for (name, text) in instruments {
            match file::read(&name, &text) {
                Ok(instrument) => self.instruments.push(instrument),
                Err(mistakes) => errors.extend(mistakes),
            }
        }
        for (name, text) in packs {
            errors.extend(pack::apply(&name, &text, &mut self.instruments));
        }
        self.instruments.sort_by(|a, b| key(&a.name).cmp(&key(&b.name)).then_with(|| a.id.cmp(&b.id)));
        errors.extend(self.index());
        if errors.is_empty() { Ok(()) } else { Err(LoadErrors(errors)) }
    }

    /// Every name of every instrument; two instruments of one name are a mistake.
    fn index(&mut self) -> Vec<LoadError> {
        let mut errors = Vec::new();
        let mut names: BTreeMap<String, Place> = BTreeMap::new();
        for (at, instrument) in self.instruments.iter().enumerate() {
            for (name, variant) in names_of(instrument) {
                let place = Place { instrument: at, variant };
                let earlier = names.insert(key(&name), place.clone());
                let other = earlier.filter(|e| e.instrument != place.instrument);
                if let Some(other) = other.and_then(|e| self.instruments.get(e.instrument)) {
                    errors.push(LoadError::new(
                        &format!("{}.toml", instrument.id),
                        "aliases",
                        format!("\"{name}\" is also a name of {}", other.id),
                        "give it another name, or take the alias out of one of them",
                    ));
                }
            }
        }
        self.names = names;
        errors
    }

    /// All instruments, by name.
    pub fn instruments(&self) -> &[Instrument] {
        &self.instruments
    }

    /// The instrument with this lasting id.
    pub fn by_id(&self, id: &str) -> Option<&Instrument> {
        self.instruments.iter().find(|instrument| instrument.id == id)
    }

    /// Find by name in any case, with or without hyphens and spaces. `variant` chooses within a family (`us`) or
    /// inside a file (`not-working`); without it `country` may choose, and else the family's default is taken.
    ///
    /// # Errors
    /// [`FindError`] with the names that come near, or the variants there are.
    pub fn find(
        &self,
        name: &str,
        variant: Option<&str>,
        country: Option<&str>,
    ) -> Result<Found<'_>, FindError> {
        let place = self.names.get(&key(name)).ok_or_else(|| self.not_found(name))?;
        let instrument = self.instruments.get(place.instrument).ok_or_else(|| self.not_found(name))?;
        let found = Found { instrument, variant: place.variant.clone() };
        let named_plainly = instrument.family.as_deref().is_some_and(|family| key(family) == key(name));
        let family = self.instruments.iter().filter(|i| i.family.is_some() && i.family == instrument.family);
        let Some(variant) = variant else {
            let local = country.map(country_code).filter(|_| named_plainly);
            let chosen = family.into_iter().find(|i| local.is_some() && i.country == local);
            return Ok(chosen.map_or(found, |instrument| Found { instrument, variant: None }));
        };
        if let Some(inner) = instrument.inner_variant(variant) {
            return Ok(Found { instrument, variant: Some(inner.id.clone()) });
        }
        let members = family.collect::<Vec<_>>();
        let called =
            |i: &&&Instrument| i.variant.iter().chain(&i.variant_aliases).any(|v| key(v) == key(variant));
        if let Some(instrument) = members.iter().find(called) {
            return Ok(Found { instrument, variant: None });
        }
        let inner = instrument.variants.iter().map(|v| v.id.clone());
        let known = members.iter().filter_map(|i| i.variant.clone()).chain(inner).collect::<Vec<_>>();
        Err(FindError::NoVariant {
            instrument: instrument.name.clone(),
            variant: variant.to_owned(),
            known: if known.is_empty() {
                "it has none; leave the variant out".to_owned()
            } else {
                format!("write {}", known.join(" or "))
            },
        })
    }

    fn not_found(&self, name: &str) -> FindError {
        let wanted = key(name);
        let near = |i: &&Instrument| {
            let own = key(&i.name);
            !wanted.is_empty()
                && (own.contains(&wanted) || wanted.contains(&own) || shared_start(&own, &wanted) >= 3)
        };
        let near = self.instruments.iter().filter(near).map(|i| i.name.as_str()).take(6).collect::<Vec<_>>();
        let nearest = if near.is_empty() { String::new() } else { format!("; near it: {}", near.join(", ")) };
        FindError::NoInstrument { name: name.to_owned(), nearest }
    }
}

fn shared_start(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count()
}

/// Every name of one instrument, with the inner variant it means.
fn names_of(instrument: &Instrument) -> Vec<(String, Option<String>)> {
    let mut names = vec![(instrument.id.clone(), None), (instrument.name.clone(), None)];
    names.extend(instrument.aliases.iter().map(|alias| (alias.clone(), None)));
    if let (Some(family), Some(variant)) = (&instrument.family, &instrument.variant) {
        if instrument.is_default {
            names.push((family.clone(), None));
        }
        for variant in instrument.variant_aliases.iter().chain([variant]) {
            names.push((format!("{family} {variant}"), None));
        }
    }
    for inner in &instrument.variants {
        for variant in inner.aliases.iter().chain([&inner.id]) {
            names.push((format!("{} {variant}", instrument.name), Some(inner.id.clone())));
        }
    }
    names
}
