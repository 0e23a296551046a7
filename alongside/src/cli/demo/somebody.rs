//! A colleague of the demo at work: signed in through the door that people use, sending the forms that pages send. What they
//! do passes the same checks and stands in the audit under their name.

use super::Failed;
use super::page::{errors, value_of_form};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use jiff::Timestamp;
use jiff::civil::Date;
use std::fmt::Write as _;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// Longest page read whole.
const LONGEST: usize = 8 * 1024 * 1024;

/// The service's own routes, without a network.
pub(super) struct Service {
    router: Router,
    runtime: Runtime,
}

/// Somebody signed in; without a cookie, somebody who has only a link.
pub(super) struct Somebody<'a> {
    service: &'a Service,
    name: String,
    cookie: Option<String>,
}

/// What a request came to.
#[derive(Debug)]
pub(super) struct Answer {
    /// Where it leads, after a form was kept.
    pub to: String,
    /// The page.
    pub page: String,
    cookie: Option<String>,
}

impl Service {
    pub(super) fn new(router: Router) -> Result<Self, Failed> {
        Ok(Self { router, runtime: tokio::runtime::Builder::new_current_thread().enable_all().build()? })
    }

    /// Signs somebody in.
    pub(super) fn sign_in(&self, name: &str, email: &str, password: &str) -> Result<Somebody<'_>, Failed> {
        let mut somebody = Somebody { service: self, name: name.into(), cookie: None };
        let fields = Fields::new().with("email", email).with("password", password);
        let answer = somebody.post("/sign-in", &fields)?;
        let Some(cookie) = answer.cookie else { return Err(format!("{name} could not sign in").into()) };
        somebody.cookie = Some(cookie);
        Ok(somebody)
    }

    /// Somebody without an account, who was sent a link.
    pub(super) fn receiver(&self) -> Somebody<'_> {
        Somebody { service: self, name: "somebody with a link".into(), cookie: None }
    }
}

impl Somebody<'_> {
    /// Who it is.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Opens a page.
    pub(super) fn get(&self, path: &str) -> Result<Answer, Failed> {
        self.ask(Method::GET, path, String::new())
    }

    /// Sends a form. Fails loudly, with the page's own words, when it is refused.
    pub(super) fn post(&self, path: &str, fields: &Fields) -> Result<Answer, Failed> {
        self.ask(Method::POST, path, fields.encoded())
    }

    /// The form of a page as it stands there, to be changed and sent.
    pub(super) fn form(&self, path: &str) -> Result<Fields, Failed> {
        Ok(Fields(value_of_form(&self.get(path)?.page, path)))
    }

    fn ask(&self, method: Method, path: &str, body: String) -> Result<Answer, Failed> {
        let mut request = Request::builder()
            .method(&method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Body::from(body))?;
        let router = self.service.router.clone();
        let (status, headers, page) = self.service.runtime.block_on(async move {
            let (parts, body) = router.oneshot(request).await?.into_parts();
            let bytes = to_bytes(body, LONGEST).await?;
            Ok::<_, Failed>((parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned()))
        })?;
        if status != StatusCode::OK && status != StatusCode::SEE_OTHER {
            return Err(format!(
                "the demo's {} sent {method} {path}: {status}. {}",
                self.name,
                errors(&page)
            )
            .into());
        }
        let text = |name| headers.get(name).and_then(|v| v.to_str().ok());
        Ok(Answer {
            to: text(header::LOCATION).unwrap_or_default().to_owned(),
            cookie: text(header::SET_COOKIE).and_then(|c| c.split(';').next()).map(str::to_owned),
            page,
        })
    }
}

/// What a form sends.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// One more field; of a box that may be ticked with others, one more tick.
    pub(super) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.push((name.into(), value.into()));
        self
    }

    /// Several.
    pub(super) fn all(self, fields: &[(&str, &str)]) -> Self {
        fields.iter().fold(self, |all, (name, value)| all.with(name, *value))
    }

    /// A field that takes the place of what stood there.
    pub(super) fn instead(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.retain(|(there, _)| there != name);
        self.with(name, value)
    }

    /// A day, in its three parts.
    pub(super) fn day(self, name: &str, day: Date) -> Self {
        self.instead(&format!("{name}-day"), day.day().to_string())
            .instead(&format!("{name}-month"), day.month().to_string())
            .instead(&format!("{name}-year"), day.year().to_string())
    }

    /// A moment: its day, and its time.
    pub(super) fn moment(self, name: &str, at: Timestamp) -> Self {
        let at = alongside::clock::in_london(at);
        self.day(name, at.date()).instead(&format!("{name}-time"), at.strftime("%H:%M").to_string())
    }

    fn encoded(&self) -> String {
        let pairs: Vec<String> = self.0.iter().map(|(n, v)| format!("{}={}", escape(n), escape(v))).collect();
        pairs.join("&")
    }
}

fn escape(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a text can't fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
