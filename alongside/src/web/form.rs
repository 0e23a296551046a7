//! Forms as they arrive: ordinary pairs, or several files.

use super::components::Form;
use super::error::PageError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};

/// The fields of a posted form. Names may repeat; unknown ones are kept.
#[derive(Debug)]
pub struct Sent(pub Form);

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let pairs = axum::extract::RawForm::from_request(request, state)
            .await
            .map_err(|e| match e.status() {
                StatusCode::PAYLOAD_TOO_LARGE => PageError::Unusable(
                    "What you sent is longer than a form may be (4 MB). Make it shorter and send it again."
                        .into(),
                ),
                _ => PageError::Unusable(e.body_text()),
            })?
            .0;
        Ok(Self(Form::from_pairs(decode(&pairs))))
    }
}

/// `application/x-www-form-urlencoded`, forgiving of bytes that are not UTF-8.
fn decode(body: &[u8]) -> Vec<(String, String)> {
    body.split(|b| *b == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let cut = pair.iter().position(|b| *b == b'=').unwrap_or(pair.len());
            (percent(&pair[..cut]), percent(pair.get(cut + 1..).unwrap_or_default()))
        })
        .collect()
}

fn percent(text: &[u8]) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut i = 0;
    while i < text.len() {
        let hex = |b: u8| char::from(b).to_digit(16);
        match text[i] {
            b'+' => out.push(b' '),
            b'%' if i + 2 < text.len() && hex(text[i + 1]).is_some() && hex(text[i + 2]).is_some() => {
                let (high, low) = (hex(text[i + 1]).unwrap_or(0), hex(text[i + 2]).unwrap_or(0));
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                i += 2;
            }
            b => out.push(b),
        }
        i += 1;
    }
    String::from_utf8_lossy(&out).replace("\r\n", "\n")
}

/// Uploaded files: name as given and bytes.
#[derive(Debug)]
pub struct Uploads(pub Vec<(String, Vec<u8>)>);

impl<S: Send + Sync> FromRequest<S> for Uploads {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let sent =
            request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if !sent.starts_with("multipart/form-data") {
            return Err(PageError::Unusable(
                "No files came with this form. Choose files and send again.".into(),
            ));
        }
        let mut parts =
            Multipart::from_request(request, state).await.map_err(|e| PageError::Unusable(e.body_text()))?;
        let mut files = Vec::new();
        loop {
            match parts.next_field().await {
                Ok(None) => break,
                Ok(Some(field)) => {
                    let Some(name) = field.file_name().map(str::to_owned) else { continue };
                    let bytes = field.bytes().await.map_err(|e| too_large(&e.body_text()))?;
                    // A browser sends one empty part when nothing was chosen.
                    if !(name.is_empty() && bytes.is_empty()) {
                        files.push((name, bytes.to_vec()));
                    }
                }
                Err(e) => return Err(too_large(&e.body_text())),
            }
        }
        Ok(Self(files))
    }
}

fn too_large(said: &str) -> PageError {
    PageError::Unusable(format!(
        "The files could not be received whole ({said}). Send them again, fewer at a time; a single file may be as large as the administrator has set."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_arrive_with_their_accents_and_line_breaks() {
        let form = Form::from_pairs(decode(
            b"name=Zo%C3%AB+O%27Neill&reason=a%0D%0Ab&x&listing=1&listing=2&bad=%ZZ%4",
        ));
        assert_eq!(form.value("name"), "Zoë O'Neill");
        assert_eq!(form.value("reason"), "a\nb");
        assert_eq!(form.values("listing").len(), 2);
        assert_eq!(form.value("bad"), "%ZZ%4");
    }
}
