//! What a page knows about one submitted (or blank) form: the values to show again and what is wrong with them.
//!
//! A page makes its fields through [`Form::field`], so every field finds its own value and error, and
//! [`error_summary`](super::error_summary) links to each of them: neither can be forgotten.

use std::collections::BTreeMap;

use super::field::Field;

/// Values and errors of one form, keyed by field name.
#[derive(Debug, Default, Clone)]
pub struct Form {
    values: BTreeMap<String, Vec<String>>,
    errors: Vec<FormError>,
}

/// One thing that is wrong, said so that the reader knows what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormError {
    /// The field it is about; `None` when it is about the whole form.
    pub field: Option<String>,
    /// A sentence, with no full stop.
    pub message: String,
}

impl Form {
    /// A form nobody has filled in.
    pub fn blank() -> Self {
        Self::default()
    }

    /// The form as it was sent: names may repeat (checkboxes).
    pub fn from_pairs<N: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut form = Self::blank();
        for (name, value) in pairs {
            form.values.entry(name.into()).or_default().push(value.into());
        }
        form
    }

    /// Gives a field the one value it shows.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.insert(name.to_owned(), vec![value.into()]);
    }

    /// Gives a field all the values it shows (boxes that are ticked).
    pub fn set_all(&mut self, name: &str, values: &[String]) {
        self.values.insert(name.to_owned(), values.to_vec());
    }

    /// Says what is wrong with a field.
    pub fn refuse(&mut self, name: &str, message: impl Into<String>) {
        self.errors.push(FormError { field: Some(name.to_owned()), message: message.into() });
    }

    /// Says what is wrong when no single field is to blame.
    pub fn refuse_all(&mut self, message: impl Into<String>) {
        self.errors.push(FormError { field: None, message: message.into() });
    }

    /// The field with this name, carrying its value and its error.
    pub fn field<'a>(&'a self, name: &'a str, label: &'a str) -> Field<'a> {
        Field::new(self, name, label)
    }

    /// The first value sent under a name, or nothing.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).and_then(|all| all.first()).map_or("", String::as_str)
    }

    /// Everything that was filled in, name and value, by name.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values
            .iter()
            .flat_map(|(name, all)| all.iter().map(move |value| (name.as_str(), value.as_str())))
    }

    /// Every value sent under a name.
    pub fn values(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// What is wrong with a field: the first complaint, since one at a time is enough to act on.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors
            .iter()
            .find(|error| error.field.as_deref() == Some(name))
            .map(|error| error.message.as_str())
    }

    /// Everything that is wrong, in the order it was found.
    pub fn errors(&self) -> &[FormError] {
        &self.errors
    }

    /// Whether nothing was refused.
    pub fn is_accepted(&self) -> bool {
        self.errors.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_gives_back_what_was_sent() {
        let form = Form::from_pairs([("room", "3"), ("need", "sleep"), ("need", "housing")]);
        assert_eq!(form.value("room"), "3");
        assert_eq!(form.values("need"), ["sleep", "housing"]);
        assert_eq!(form.value("never-sent"), "");
        assert!(form.is_accepted());
    }

    #[test]
    fn only_the_first_error_of_a_field_is_shown_beside_it() {
        let mut form = Form::blank();
        form.refuse("email", "Enter an e-mail address");
        form.refuse("email", "Enter an e-mail address with an @");
        form.refuse_all("The sign-in has expired");
        assert_eq!(form.error("email"), Some("Enter an e-mail address"));
        assert_eq!(form.error("password"), None);
        assert_eq!(form.errors().len(), 3);
        assert!(!form.is_accepted());
    }
}
