//! From paper back to the record: the short code of a cell sheet.

use crate::access::Permit;
use crate::access::policy::PrintPack;
use crate::morning::sheets::{listing_of_code, read_code};
use crate::morning::work::find;
use crate::web::components::{
    Emphasis, Form, Input, InputKind, LabelSize, Width, button, error_summary, text_input,
};
use crate::web::{Page, Sent, Shell, page};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::html;

pub(super) async fn form(permit: Permit<PrintPack>) -> Page {
    show(&permit, &Form::blank())
}

pub(super) async fn send(permit: Permit<PrintPack>, Sent(mut form): Sent) -> Page {
    let Some(code) = read_code(form.value("code")) else {
        form.refuse("code", "Enter the six letters and figures printed at the top of the sheet. One of these can't be right: letters I, L, O and U are never used");
        return show(&permit, &form);
    };
    let found = permit
        .read(move |r| match listing_of_code(r, &code)? {
            Some(listing) => find(r, listing),
            None => Ok::<_, store::Error>(None),
        })
        .await?;
    match found {
        Some(line) => {
            Ok(Redirect::to(&format!("/listings/{}/screening?from=paper", line.id())).into_response())
        }
        None => {
            form.refuse("code", "No sheet of your projects has this code. Check it against the sheet");
            show(&permit, &form)
        }
    }
}

fn show(permit: &Permit<PrintPack>, form: &Form) -> Page {
    let wrong = !form.errors().is_empty();
    let body = html! {
        (error_summary(form))
        form method="post" action="/sheet" novalidate {
            (text_input(
                &form.field("code", "Code on the sheet").with_hint("Six letters and figures, like 7K3-QXA. Capitals, spaces and dashes don't matter.").with_size(LabelSize::PageHeading),
                Input { kind: InputKind::Code, width: Width::Ten, autocomplete: Some("off") },
            ))
            (button("Open", Emphasis::Primary))
        }
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((
        status,
        page(
            permit,
            Shell {
                title: if wrong { "Error: Open a sheet" } else { "Open a sheet" },
                room: "/sheet",
                ..Shell::default()
            },
            body,
        ),
    )
        .into_response())
}
