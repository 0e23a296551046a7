//! A service for tests: its database on an engine, its routes, people who sign in. Nothing listens on the network.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

pub mod access;
pub mod everything;
pub mod folder;
pub mod kept;
pub mod lists;
pub mod pdf;
pub mod people;
pub mod provider;
pub mod schema;

use alongside::access::policy::{ImportFiles, ManageAccounts, ManageService};
use alongside::access::{App, Declared, Permit, Role, create_account};
use alongside::config::Config;
use alongside::exchange::{Again, Archive, Reading, read_import, receive};
use alongside::ids::{AccountId, ProjectId};
use alongside::projects::{NewProject, add_court, create_project, grant, link_court};
use alongside::service::{MIGRATIONS, routes};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use std::path::PathBuf;
use store::testing::TestDb;
use tower::ServiceExt;

/// The password of everybody in tests.
pub const PASSWORD: &str = "seven plain test words";

/// A service on one engine.
pub struct World<'a> {
    pub test: &'a TestDb,
    pub app: App,
    pub router: Router,
    pub declared: Vec<Declared>,
    pub data: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |v| v.to_str().unwrap())
    }
}

/// Somebody signed in.
#[derive(Debug, Clone)]
pub struct Someone {
    pub cookie: String,
    pub account: AccountId,
}

/// Runs a test in a fresh service on each engine.
pub fn both(test: impl Fn(&World<'_>)) {
    store::testing::both(MIGRATIONS, |db| test(&World::new(db)));
}

/// As [`both`], with settings of its own.
pub fn both_with(settings: &[(&str, &str)], test: impl Fn(&World<'_>)) {
    store::testing::both(MIGRATIONS, |db| test(&World::with(db, settings)));
}

/// The address of somebody in tests.
pub fn email_of(name: &str) -> String {
    format!("{}@example.org", name.to_lowercase().replace(' ', "."))
}

impl<'a> World<'a> {
    pub fn new(test: &'a TestDb) -> Self {
        // Most tests are about something else than the second factor.
        Self::with(test, &[("ALONGSIDE_SECOND_FACTOR", "off")])
    }

    pub fn with(test: &'a TestDb, settings: &[(&str, &str)]) -> Self {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().display().to_string();
        let config = Config::load(|name| {
            let set = settings.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
            set.or_else(|| (name == "ALONGSIDE_DATA").then(|| folder.clone()))
        })
        .unwrap();
        let app = App::new(test.db.clone(), config);
        let (router, declared) = routes(&app).unwrap();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        Self { test, app, router, declared, data, runtime }
    }

    pub fn archive(&self) -> Archive {
        Archive::at(self.archive_folder(), None)
    }

    /// The folder that they lie in.
    pub fn archive_folder(&self) -> PathBuf {
        self.data.path().join("archive")
    }

    /// A project that serves these courts, each made when absent.
    pub fn project(&self, name: &str, courts: &[(&str, &str)]) -> ProjectId {
        let permit: Permit<ManageService> = Permit::for_command_line(&self.test.db);
        permit
            .write_now(|w| {
                let id = create_project(
                    w,
                    &NewProject { name: name.into(), kind: "court".into(), women_as_standard: false },
                )?;
                for (code, court) in courts {
                    add_court(w, code, court, None)?;
                    link_court(w, id, code)?;
                }
                Ok::<_, store::Error>(id)
            })
            .unwrap()
    }

    /// Somebody with a role, signed in.
    pub fn someone(&self, name: &str, role: Role, project: Option<ProjectId>) -> Someone {
        let account = self.account(name, role, project);
        Someone { cookie: self.sign_in(&email_of(name)), account }
    }

    /// Somebody with a role.
    pub fn account(&self, name: &str, role: Role, project: Option<ProjectId>) -> AccountId {
        let email = email_of(name);
        let permit: Permit<ManageAccounts> = Permit::for_command_line(&self.test.db);
        permit
            .write_now(|w| {
                let by = w.actor().clone();
                let id = create_account(&mut w.raw_for_operator(), &by, name, &email, PASSWORD)
                    .map_err(|e| store::Error::Migration(e.to_string()))?;
                grant(w, AccountId::of(id), role, project)?;
                Ok::<_, store::Error>(AccountId::of(id))
            })
            .unwrap()
    }

    /// Another role for somebody.
    pub fn also(&self, who: &Someone, role: Role, project: Option<ProjectId>) {
        let permit: Permit<ManageAccounts> = Permit::for_command_line(&self.test.db);
        permit.write_now(|w| grant(w, who.account, role, project)).unwrap();
    }

    pub fn sign_in(&self, email: &str) -> String {
        let answer = self.send("POST", "/sign-in", None, &[("email", email), ("password", PASSWORD)]);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let cookie = answer.headers.get(header::SET_COOKIE).unwrap().to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    pub fn get(&self, who: &Someone, path: &str) -> Answer {
        self.send("GET", path, Some(who), &[])
    }

    pub fn post(&self, who: &Someone, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send("POST", path, Some(who), fields)
    }

    /// A request with form fields.
    pub fn send(&self, method: &str, path: &str, who: Option<&Someone>, fields: &[(&str, &str)]) -> Answer {
        let body =
            fields.iter().map(|(n, v)| format!("{}={}", escape(n), escape(v))).collect::<Vec<_>>().join("&");
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(who) = who {
            request = request.header(header::COOKIE, &who.cookie);
        }
        self.request(request.body(Body::from(body)).unwrap())
    }

    /// A file sent by somebody's browser.
    pub fn upload(&self, who: &Someone, path: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--cut--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, &who.cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
        self.request(request.body(Body::from(body)).unwrap())
    }

    /// A request of nobody signed in, from a network.
    pub fn from(&self, address: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body =
            fields.iter().map(|(n, v)| format!("{}={}", escape(n), escape(v))).collect::<Vec<_>>().join("&");
        let mut request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let address: std::net::SocketAddr = format!("{address}:4000").parse().unwrap();
        request.extensions_mut().insert(axum::extract::ConnectInfo(address));
        self.request(request)
    }

    /// Any request.
    pub fn request(&self, request: Request<Body>) -> Answer {
        let router = self.router.clone();
        self.runtime.block_on(async move {
            let response = router.oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = body.collect().await.unwrap().to_bytes();
            Answer {
                status: parts.status,
                headers: parts.headers,
                body: String::from_utf8_lossy(&bytes).into_owned(),
            }
        })
    }

    /// A request whose answer goes on (server-sent events): its status only.
    pub fn status_of(&self, method: &str, path: &str, who: Option<&Someone>) -> StatusCode {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(who) = who {
            request = request.header(header::COOKIE, &who.cookie);
        }
        let router = self.router.clone();
        let request = request.body(Body::empty()).unwrap();
        self.runtime.block_on(async move { router.oneshot(request).await.unwrap().status() })
    }

    /// Sends a file in, as the command line does.
    pub fn import(&self, name: &str, bytes: &[u8]) -> Reading {
        let permit: Permit<ImportFiles> = Permit::for_command_line(&self.test.db);
        let received = receive(&permit, &self.archive(), name, bytes, "test").unwrap();
        read_import(&permit, &self.archive(), received.id, Again::No).unwrap().unwrap()
    }
}

fn escape(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
