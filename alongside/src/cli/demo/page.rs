//! Reading a page as a browser would: its form, its links, its errors. The pages are our own: attributes stand in double
//! quotes, and no tag has a `>` within one.

/// The fields of the form that is sent to `action`, as they stand.
pub(super) fn value_of_form(page: &str, action: &str) -> Vec<(String, String)> {
    let start = format!("action=\"{action}\"");
    let Some((_, rest)) = page.split_once(&start) else { return Vec::new() };
    let form = rest.split_once("</form>").map_or(rest, |(form, _)| form);
    let mut fields = Vec::new();
    let mut select = String::new();
    for piece in form.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let value = |name: &str| attribute(tag, name).unwrap_or_default();
        if tag.starts_with("input") {
            let ticks = ["radio", "checkbox"].contains(&value("type").as_str());
            if !ticks || has(tag, "checked") {
                fields.push((value("name"), value("value")));
            }
        } else if tag.starts_with("textarea") {
            fields.push((value("name"), plain(text)));
        } else if tag.starts_with("select") {
            select = value("name");
        } else if tag.starts_with("option") && has(tag, "selected") {
            fields.push((select.clone(), value("value")));
        }
    }
    fields.retain(|(name, _)| !name.is_empty());
    fields
}

/// The values of every input with this name.
pub(super) fn values_of(page: &str, name: &str) -> Vec<String> {
    let wanted = format!("name=\"{name}\"");
    page.split('<')
        .filter_map(|piece| piece.split_once('>').map(|(tag, _)| tag))
        .filter(|tag| tag.starts_with("input") && tag.contains(&wanted))
        .filter_map(|tag| attribute(tag, "value"))
        .collect()
}

/// What follows `before` in the first address that has it, up to the next part of the address.
pub(super) fn after(page: &str, before: &str) -> Option<String> {
    let (_, rest) = page.split_once(before)?;
    let word: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    (!word.is_empty()).then_some(word)
}

/// The id that follows `before` in the first address that has one there.
pub(super) fn id_after(page: &str, before: &str) -> Option<String> {
    page.match_indices(before)
        .filter_map(|(at, _)| after(page.get(at..)?, before))
        .find(|word| word.len() == 36 && word.matches('-').count() == 4)
}

/// What the summary of errors says.
pub(super) fn errors(page: &str) -> String {
    let summary = page.split_once("govuk-error-summary").map_or(page, |(_, rest)| rest);
    let words: Vec<&str> = summary
        .split('<')
        .filter_map(|piece| piece.split_once('>').map(|(_, text)| text.trim()))
        .filter(|text| !text.is_empty())
        .take(12)
        .collect();
    plain(&words.join(". "))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(plain(rest.split('"').next().unwrap_or_default()))
}

fn has(tag: &str, word: &str) -> bool {
    tag.split_whitespace().any(|part| part == word)
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<form action="/other"><input name="no" value="1"></form><form method="post" action="/here" novalidate>
<input type="hidden" name="seen" value="2"><input type="radio" name="a" value="yes"><input type="radio" name="a" value="no" checked>
<textarea name="words">a &amp; b</textarea><select name="s"><option value="x">X</option><option value="y" selected>Y</option></select>
</form><input name="late" value="1">"#;

    #[test]
    fn a_form_is_read_as_it_stands() {
        let fields = value_of_form(PAGE, "/here");
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(pairs, [("seen", "2"), ("a", "no"), ("words", "a & b"), ("s", "y")]);
        assert_eq!(value_of_form(PAGE, "/nowhere"), []);
    }

    #[test]
    fn addresses_and_errors_are_found() {
        let id = "0198f000-0000-7000-8000-000000000001";
        let page = format!(r#"<a href="/warnings/new"><a href="/warnings/{id}/form">"#);
        assert_eq!(id_after(&page, "/warnings/").as_deref(), Some(id));
        assert_eq!(id_after(r#"<a href="/warnings/new">"#, "/warnings/"), None);
        assert_eq!(after(r#"<a href="/receive/Ab3-x">"#, "/receive/").as_deref(), Some("Ab3-x"));
        assert_eq!(values_of(PAGE, "a"), ["yes", "no"]);
        assert_eq!(
            errors(
                r#"<div class="govuk-error-summary"><h2>There is a problem</h2><a href="x">Say when</a></div>"#
            ),
            "There is a problem. Say when"
        );
    }
}
