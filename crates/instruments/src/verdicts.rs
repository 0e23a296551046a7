//! Cut-offs, bands, criteria and prompts of one form, each only as far as the answers carry it.

use crate::context::{Context, Sex, country_code};
use crate::evaluate::Truth;
use crate::model::{Band, Condition, CutOff, Decides, Direction};
use crate::score::{BandFound, Finding, Form, Met, PromptFired};
use crate::words;

/// Every cut-off that applies to this form.
pub(crate) fn findings(form: &Form<'_>) -> Vec<Finding> {
    let applies = applicable(&form.instrument.cut_offs, form.context);
    applies
        .into_iter()
        .map(|cut| Finding {
            id: cut.id.clone(),
            cut_off: words::cut_off(form.instrument, &cut.on),
            met: met(form, &cut.on),
            words: match (cut.sex, form.context.sex) {
                (Some(Sex::Female), None) => format!("If recorded as female: {}", cut.words),
                (Some(Sex::Male), None) => format!("If recorded as male: {}", cut.words),
                _ => cut.words.clone(),
            },
            sex: cut.sex,
            decides: decides(cut.decides, form.context.sex),
            source: cut.source.clone(),
        })
        .collect()
}

/// Cut-offs for the form's country, language and sex. Of several with one id, one for this language or country
/// replaces the general one.
pub(crate) fn applicable<'a>(cut_offs: &'a [CutOff], context: &Context) -> Vec<&'a CutOff> {
    let country = country_code(context.country());
    let language = context.language();
    let fits = |cut: &CutOff| {
        cut.country.as_ref().is_none_or(|c| *c == country)
            && cut.language.as_ref().is_none_or(|l| *l == language)
            && (cut.sex.is_none() || context.sex.is_none() || cut.sex == context.sex)
    };
    let special = |cut: &CutOff| usize::from(cut.country.is_some()) + usize::from(cut.language.is_some());
    let fitting = cut_offs.iter().filter(|cut| fits(cut)).collect::<Vec<_>>();
    let replaced =
        |cut: &CutOff| fitting.iter().any(|other| other.id == cut.id && special(other) > special(cut));
    fitting.iter().filter(|cut| !replaced(cut)).copied().collect()
}

fn decides(decides: Decides, sex: Option<Sex>) -> bool {
    match decides {
        Decides::Never => false,
        Decides::All => true,
        Decides::Men => sex != Some(Sex::Female),
        Decides::Women => sex != Some(Sex::Male),
    }
}

fn met(form: &Form<'_>, condition: &Condition) -> Met {
    match form.facts.truth(form.instrument, &form.states, condition) {
        Truth::Yes => Met::Met,
        Truth::No if is_whole(form) && form.facts.is_settled(form.instrument, &form.states, condition) => {
            Met::NotMet
        }
        _ => Met::CannotTell,
    }
}

/// Nothing is missing, or no more than the published rule prorates: only then may anything read negative.
fn is_whole(form: &Form<'_>) -> bool {
    let total = form.instrument.total_scale().and_then(|at| form.facts.values.get(at));
    form.missing().is_empty() || total.is_some_and(|value| value.prorated && value.is_certain())
}

/// Whether the screen is positive: only when every deciding cut-off agrees.
pub(crate) fn positive(findings: &[Finding]) -> Option<bool> {
    let mut deciding = findings.iter().filter(|f| f.decides).map(|f| f.met).peekable();
    let first = *deciding.peek()?;
    if !deciding.all(|met| met == first) {
        return None;
    }
    match first {
        Met::Met => Some(true),
        Met::NotMet => Some(false),
        Met::CannotTell => None,
    }
}

/// The band of each scale whose value is certain.
pub(crate) fn bands(form: &Form<'_>) -> Vec<BandFound> {
    let scales = form.instrument.scales.iter().zip(&form.facts.values).enumerate();
    scales
        .filter_map(|(at, (scale, value))| {
            let label = if value.is_certain() {
                band(&form.instrument.bands, at, value.exact?)?
            } else {
                // Without certainty only if every possible value lies in one band that is not the mildest.
                let low = band(&form.instrument.bands, at, value.low)?;
                let high = band(&form.instrument.bands, at, value.high)?;
                let mildest = mildest(&form.instrument.bands, at, scale.direction)?;
                if low != high || low == mildest {
                    return None;
                }
                low
            };
            Some(BandFound { scale: scale.id.clone(), label: label.to_owned() })
        })
        .collect()
}

/// A value between two published bands (a prorated 10.6 between 10 and 11) belongs to the lower one.
fn band(bands: &[Band], scale: usize, value: f64) -> Option<&str> {
    let of_scale = bands.iter().filter(|b| b.scale == scale);
    of_scale.rev().find(|b| value + 1e-9 >= b.from).map(|b| b.label.as_str())
}

fn mildest(bands: &[Band], scale: usize, direction: Direction) -> Option<&str> {
    let mut of_scale = bands.iter().filter(|b| b.scale == scale);
    let band = match direction {
        Direction::HighIsWorse => of_scale.next(),
        Direction::HighIsBetter => of_scale.next_back(),
    };
    band.map(|b| b.label.as_str())
}

/// The band the total has reached already, when no total is allowed yet; never the mildest.
pub(crate) fn at_least_band(form: &Form<'_>) -> Option<String> {
    let at = form.instrument.total_scale()?;
    let (scale, value) = (form.instrument.scales.get(at)?, form.facts.values.get(at)?);
    if value.is_certain() {
        return None;
    }
    let worst_end = match scale.direction {
        Direction::HighIsWorse => value.low,
        Direction::HighIsBetter => value.high,
    };
    let label = band(&form.instrument.bands, at, worst_end)?;
    (Some(label) != mildest(&form.instrument.bands, at, scale.direction)).then(|| label.to_owned())
}

/// The result of each group of criteria: the first that is met, or `none` when all are settled and not met.
pub(crate) fn results(form: &Form<'_>) -> Vec<(String, String)> {
    let mut groups: Vec<&str> = Vec::new();
    for group in form.instrument.criteria.iter().filter_map(|c| c.group.as_deref()) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
        .into_iter()
        .filter_map(|group| {
            let of_group = form.instrument.criteria.iter().filter(|c| c.group.as_deref() == Some(group));
            let met = of_group.map(|c| (c, met(form, &c.when))).collect::<Vec<_>>();
            let label = match met.iter().find(|(_, met)| *met == Met::Met) {
                Some((criterion, _)) => criterion.label.clone(),
                None if met.iter().all(|(_, met)| *met == Met::NotMet) => "none".to_owned(),
                None => return None,
            };
            Some((group.to_owned(), label))
        })
        .collect()
}

/// What to do in this contact.
pub(crate) fn prompts(form: &Form<'_>) -> Vec<PromptFired> {
    let fired = |when: &Condition| form.facts.truth(form.instrument, &form.states, when) == Truth::Yes;
    let prompts = form.instrument.prompts.iter().filter(|p| fired(&p.when));
    prompts.map(|p| PromptFired { id: p.id.clone(), words: p.words.clone() }).collect()
}
