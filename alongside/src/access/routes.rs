//! Routes with a declared capability. There is no other way to add one, so a route without a declaration can't exist.

use super::guard::{App, guard};
use super::policy::{Capability, Role};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::StatusCode;
use axum::routing::{MethodRouter, get, post};
use std::time::Duration;
use tower_http::timeout::TimeoutLayer;

/// What a route was declared as, for the matrix test and the documentation.
#[derive(Debug, Clone)]
pub struct Declared {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Path with `{placeholders}`.
    pub path: &'static str,
    /// The capability's name; none for the few open routes.
    pub capability: Option<&'static str>,
    /// The roles that hold it.
    pub roles: &'static [Role],
}

/// How long a request may take, from its head to the beginning of the answer: a form over bad Wi-Fi.
const WITHIN: Duration = Duration::from_mins(2);
/// The same for one that brings files.
const FILES_WITHIN: Duration = Duration::from_mins(15);

fn within(time: Duration) -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, time)
}

/// A router under construction.
#[derive(Debug)]
pub struct Routes {
    app: App,
    router: Router<App>,
    /// Everything declared so far.
    pub declared: Vec<Declared>,
}

impl Routes {
    /// No routes yet.
    #[must_use]
    pub fn new(app: &App) -> Self {
        Self { app: app.clone(), router: Router::new(), declared: Vec::new() }
    }

    fn add<C: Capability>(
        mut self,
        method: &'static str,
        path: &'static str,
        route: MethodRouter<App>,
        time: Duration,
    ) -> Self {
        let route = route.layer(within(time));
        let guarded = route.route_layer(axum::middleware::from_fn_with_state(self.app.clone(), guard::<C>));
        self.router = self.router.route(path, guarded);
        self.declared.push(Declared { method, path, capability: Some(C::NAME), roles: C::ROLES });
        self
    }

    /// A page for those who hold `C`.
    #[must_use]
    pub fn get<C: Capability, T: 'static>(self, path: &'static str, handler: impl Handler<T, App>) -> Self {
        self.add::<C>("GET", path, get(handler), WITHIN)
    }

    /// An act for those who hold `C`.
    #[must_use]
    pub fn post<C: Capability, T: 'static>(self, path: &'static str, handler: impl Handler<T, App>) -> Self {
        self.add::<C>("POST", path, post(handler), WITHIN)
    }

    /// An act that takes files, for those who hold `C`: nobody else gets a large body past the guard.
    #[must_use]
    pub fn upload<C: Capability, T: 'static>(
        self,
        path: &'static str,
        handler: impl Handler<T, App>,
    ) -> Self {
        let limit = DefaultBodyLimit::max(self.app.config.upload_bytes());
        self.add::<C>("POST", path, post(handler).layer(limit), FILES_WITHIN)
    }

    /// A route open to all: it must show nothing about anybody.
    #[must_use]
    pub fn open(mut self, method: &'static str, path: &'static str, route: MethodRouter<App>) -> Self {
        let time = if path.starts_with("/api/") { FILES_WITHIN } else { WITHIN };
        self.router = self.router.route(path, route.layer(within(time)));
        self.declared.push(Declared { method, path, capability: None, roles: &[] });
        self
    }

    /// The router, and what was declared.
    pub fn finish(self) -> (Router, Vec<Declared>) {
        (self.router.with_state(self.app), self.declared)
    }
}
