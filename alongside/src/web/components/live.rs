//! What changes while a page is open: the bar that says a list changed, and the line that says a draft was saved.
//! Both stay empty without script, and the page loses nothing by it.

use maud::{Markup, html};

/// An empty bar that the script fills when the list on this page has changed at the server.
///
/// `events` answers as server-sent events: at once on connecting and again at every change, an event named `version`
/// with the JSON `{"version": "…", "at": "07:42"}`. When that version differs from `version`, which this page was made
/// from, the bar says so and offers `reload` (this page's own address, filters kept). It never moves what is being read.
pub fn live_bar(events: &str, version: &str, reload: &str) -> Markup {
    html! {
        div class="al-live" role="status" data-live=(events) data-live-version=(version) data-live-reload=(reload) {}
    }
}

/// The line that says "Saved 10:42:07". Put it inside a form that has `data-draft="/address"`, near its button.
///
/// The script posts such a form to that address, urlencoded as a submit would, after a pause of two seconds, when a
/// field is left and when the page is hidden. Answers: 200 with `{"version": 7, "saved_at": "10:42:07"}` (the version
/// goes into the form's hidden field `draft_version`); 401 when signed out, and the text stays; 409 when the form was
/// submitted already or changed elsewhere, and autosave stops.
pub fn draft_status() -> Markup {
    html! { p class="al-draft-status govuk-body-s" role="status" data-draft-status {} }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_empty_until_something_changes() {
        let html = live_bar("/board/1/live", "v7", "/board/1?room=2&custody=yes").into_string();
        assert!(html.contains("role=\"status\""));
        assert!(html.contains("data-live=\"/board/1/live\" data-live-version=\"v7\""));
        assert!(html.contains("data-live-reload=\"/board/1?room=2&amp;custody=yes\"></div>"));
        assert!(draft_status().into_string().contains("data-draft-status"));
    }
}
