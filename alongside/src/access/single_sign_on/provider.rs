//! The provider of single sign-on, over the line: what it says of itself, and who it says somebody is. OpenID Connect Core
//! 1.0 with authorization code and PKCE (RFC 7636), by a library; what is accepted is decided here.

use super::accepted::{Client, LEEWAY, verifier_of};
use super::metadata::{Metadata, names_itself};
use crate::clock;
use crate::config::{SingleSignOn, is_safe};
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreErrorResponseType, CoreUserInfoClaims,
};
use openidconnect::{
    AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, IssuerUrl,
    LogoutRequest, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl,
    RedirectUrl, RequestTokenError, Scope, TokenResponse,
};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

/// How long what the provider says of itself is believed.
const BELIEVED: SignedDuration = SignedDuration::from_mins(10);
/// For how long one that did not answer is not asked again: whoever comes meanwhile is told at once.
const LEFT_ALONE: SignedDuration = SignedDuration::from_secs(15);
/// How often, at most, it is asked anew because of a key that is not known.
const KEYS_ANEW: SignedDuration = SignedDuration::from_mins(1);
/// How many requests may wait for it at once: the rest wait without holding a thread that others need.
const AT_ONCE: usize = 16;
/// How long somebody waits for their turn.
const TURN_WITHIN: Duration = Duration::from_secs(20);
/// The longest answer that is read.
const LONGEST: u64 = 1024 * 1024;
/// What did not go well with the provider. For the log; people are told in other words.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// It does not answer, or not as a provider does.
    #[error("the provider of single sign-on does not answer as it should: {0}")]
    Unreachable(String),
    /// It answers, and what it says is not accepted.
    #[error("what the provider of single sign-on said is not accepted: {0}")]
    NotAccepted(String),
}

/// Who the provider says somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its own name for them: never changes, means nothing elsewhere.
    pub subject: String,
    /// Their address, if it says that it has verified it.
    pub verified_email: Option<String>,
    /// The name or address that an owner would know the identity by.
    pub shown_as: String,
    /// How they were asked there: `amr` and `acr`.
    pub factors: Vec<String>,
}

/// What a question to the provider is bound to.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(super) struct Bound {
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
}

/// The provider of a running service.
pub struct Provider {
    settings: SingleSignOn,
    /// Where it sends people back to.
    back_to: String,
    /// Where people come after signing out there.
    afterwards: String,
    agent: ureq::Agent,
    known: Mutex<Heard>,
    turns: Semaphore,
}

/// What was last heard of the provider.
#[derive(Default)]
struct Heard {
    metadata: Option<(Timestamp, Arc<Metadata>)>,
    failed: Option<(Timestamp, String)>,
    keys_anew: Option<Timestamp>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Provider {
    /// The provider of these settings. Nothing is asked of it yet.
    #[must_use]
    pub fn new(settings: SingleSignOn, public_url: &str) -> Self {
        let tls = ureq::tls::TlsConfig::builder()
            .provider(ureq::tls::TlsProvider::NativeTls)
            .root_certs(ureq::tls::RootCerts::PlatformVerifier)
            .build();
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(10)))
            .max_redirects(0)
            .http_status_as_error(false)
            .tls_config(tls)
            .build()
            .new_agent();
        Self {
            settings,
            back_to: format!("{public_url}/sign-in/provider/back"),
            afterwards: format!("{public_url}/sign-in"),
            agent,
            known: Mutex::default(),
            turns: Semaphore::new(AT_ONCE),
        }
    }

    /// A turn at asking the provider something; none when too many wait for it already.
    pub async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        tokio::time::timeout(TURN_WITHIN, self.turns.acquire()).await.ok()?.ok()
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &SingleSignOn {
        &self.settings
    }

    fn call(&self, request: HttpRequest) -> Result<HttpResponse, ProviderError> {
        let unreachable = |error: ureq::Error| ProviderError::Unreachable(error.to_string());
        if !is_safe(&request.uri().to_string()) {
            return Err(ProviderError::NotAccepted("it names an address without https".into()));
        }
        let (head, mut body) = self.agent.run(request).map_err(unreachable)?.into_parts();
        let bytes = body.with_config().limit(LONGEST).read_to_vec().map_err(unreachable)?;
        Ok(HttpResponse::from_parts(head, bytes))
    }

    /// What the provider says of itself; asked when that is old. One that has just failed to answer is left alone.
    fn metadata(&self) -> Result<Arc<Metadata>, ProviderError> {
        let now = clock::now();
        if let Ok(known) = self.known.lock() {
            match (&known.metadata, &known.failed) {
                (Some((at, metadata)), _) if *at + BELIEVED > now => return Ok(Arc::clone(metadata)),
                (_, Some((at, why))) if *at + LEFT_ALONE > now => {
                    return Err(ProviderError::Unreachable(why.clone()));
                }
                _ => {}
            }
        }
        self.metadata_anew()
    }

    /// The same because of a key that is not known; nothing when it was asked for that a moment ago.
    fn metadata_with_new_keys(&self) -> Result<Option<Arc<Metadata>>, ProviderError> {
        let now = clock::now();
        match self.known.lock() {
            Ok(mut known) if known.keys_anew.is_none_or(|at| at + KEYS_ANEW <= now) => {
                known.keys_anew = Some(now);
            }
            _ => return Ok(None),
        }
        self.metadata_anew().map(Some)
    }

    fn metadata_anew(&self) -> Result<Arc<Metadata>, ProviderError> {
        let issuer = IssuerUrl::new(self.settings.issuer.clone())
            .map_err(|e| ProviderError::Unreachable(format!("the issuer is no address: {e}")))?;
        let found = Metadata::discover(&issuer, &|request| self.call(request)).map_err(|e| in_full(&e));
        let now = clock::now();
        let Ok(mut known) = self.known.lock() else {
            return Err(ProviderError::Unreachable("a look at it was cut short".into()));
        };
        match found {
            Ok(found) => {
                let found = Arc::new(found);
                known.metadata = Some((now, Arc::clone(&found)));
                known.failed = None;
                Ok(found)
            }
            Err(why) => {
                known.failed = Some((now, why.clone()));
                Err(ProviderError::Unreachable(why))
            }
        }
    }

    fn client(&self, metadata: &Metadata) -> Result<Client, ProviderError> {
        let secret = self.settings.secret.clone().map(ClientSecret::new);
        let back = RedirectUrl::new(self.back_to.clone())
            .map_err(|e| ProviderError::Unreachable(format!("our own address is none: {e}")))?;
        // Basic, which the standard has as the default, unless the provider offers only the other way.
        let ways = metadata.token_endpoint_auth_methods_supported();
        let by_body = ways.is_some_and(|ways| {
            ways.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !ways.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        let way = if by_body { AuthType::RequestBody } else { AuthType::BasicAuth };
        Ok(CoreClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(self.settings.client.clone()),
            secret,
        )
        .set_redirect_uri(back)
        .set_auth_type(way))
    }

    /// Where somebody is sent to say who they are, and what the answer is bound to.
    pub(super) fn ask(&self) -> Result<(String, Bound), ProviderError> {
        let client = self.client(&*self.metadata()?)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".into()))
            .add_scope(Scope::new("profile".into()))
            .set_pkce_challenge(challenge)
            .url();
        let bound = Bound {
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        };
        Ok((url.into(), bound))
    }

    /// Whose code this is. `from` is the issuer that came with it.
    pub(super) fn identity(
        &self,
        (code, from): (&str, Option<&str>),
        bound: &Bound,
    ) -> Result<Identity, ProviderError> {
        let http = |request| self.call(request);
        let metadata = self.metadata()?;
        if names_itself(&metadata) && from.is_none() {
            return Err(ProviderError::NotAccepted("it says that it names itself, and did not (iss)".into()));
        }
        let client = self.client(&metadata)?;
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|e| ProviderError::Unreachable(in_full(&e)))?
            .set_pkce_verifier(PkceCodeVerifier::new(bound.verifier.clone()))
            .request(&http)
            .map_err(|error| match error {
                RequestTokenError::Request(error) => error,
                // The code does not fit. Anything else is between the provider and this program, a secret that ran out for
                // one, and nobody's refused try: the whole building would be held for it, and the door for that day shut.
                RequestTokenError::ServerResponse(said)
                    if *said.error() == CoreErrorResponseType::InvalidGrant =>
                {
                    ProviderError::NotAccepted("the code does not fit (invalid_grant)".into())
                }
                RequestTokenError::ServerResponse(said) => ProviderError::Unreachable(format!(
                    "it refuses this program ({}): look at its client id and secret",
                    said.error().as_ref()
                )),
                other => ProviderError::Unreachable(in_full(&other)),
            })?;
        let token = answer.id_token().ok_or_else(|| ProviderError::NotAccepted("no ID token came".into()))?;
        let nonce = Nonce::new(bound.nonce.clone());
        let not_accepted =
            |e: &openidconnect::ClaimsVerificationError| ProviderError::NotAccepted(in_full(e));
        // Keys change: one that is not known is looked for once more.
        let again;
        let claims = match token.claims(&verifier_of(&client), &nonce) {
            Err(openidconnect::ClaimsVerificationError::SignatureVerification(
                openidconnect::SignatureVerificationError::NoMatchingKey,
            )) => {
                let metadata = self.metadata_with_new_keys()?.ok_or_else(|| {
                    ProviderError::NotAccepted("its key is not known, also after looking anew".into())
                })?;
                again = self.client(&metadata)?;
                token.claims(&verifier_of(&again), &nonce).map_err(|e| not_accepted(&e))?
            }
            other => other.map_err(|e| not_accepted(&e))?,
        };
        if claims.authorized_party().is_some_and(|party| **party != self.settings.client) {
            return Err(ProviderError::NotAccepted("it was made for another program (azp)".into()));
        }
        let mut factors: Vec<String> =
            claims.auth_method_refs().into_iter().flatten().map(|word| word.to_string()).collect();
        factors.extend(claims.auth_context_ref().map(|word| word.to_string()));
        let mut email = claims.email().map(|e| e.to_string());
        let mut verified = claims.email_verified().unwrap_or(false);
        let mut name = claims.preferred_username().map(|n| n.to_string());
        if email.is_none()
            && let Ok(request) =
                client.user_info(answer.access_token().clone(), Some(claims.subject().clone()))
        {
            // Many providers tell an address only here. Without it nothing is lost but the first finding by address.
            let told: Result<CoreUserInfoClaims, _> = request.request(&http);
            match told {
                Ok(told) => {
                    email = told.email().map(|e| e.to_string());
                    verified = told.email_verified().unwrap_or(false);
                    name = name.or_else(|| told.preferred_username().map(|n| n.to_string()));
                }
                Err(error) => tracing::info!(error = in_full(&error), "the provider told no address"),
            }
        }
        let subject = claims.subject().to_string();
        let shown_as = email.clone().or(name).unwrap_or_else(|| subject.clone());
        Ok(Identity {
            subject,
            verified_email: email.filter(|_| verified),
            shown_as: shown_as.chars().filter(|c| !c.is_control()).take(200).collect(),
            factors,
        })
    }

    /// Where somebody signs out of the provider itself; nothing when it offers no such place.
    pub(super) fn sign_out_there(&self) -> Result<Option<String>, ProviderError> {
        let metadata = self.metadata()?;
        let Some(place) = metadata.additional_metadata().end_session_endpoint.clone() else {
            return Ok(None);
        };
        let back = PostLogoutRedirectUrl::new(self.afterwards.clone())
            .map_err(|e| ProviderError::Unreachable(format!("our own address is none: {e}")))?;
        let request = LogoutRequest::from(place)
            .set_client_id(ClientId::new(self.settings.client.clone()))
            .set_post_logout_redirect_uri(back);
        Ok(Some(request.http_get_url().into()))
    }

    /// Whether the provider answers, and tells the same time as we do: for the doctor.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self) -> Result<(), ProviderError> {
        let metadata = self.metadata_anew()?;
        self.client(&metadata)?;
        let request = axum::http::Request::get(metadata.jwks_uri().as_str())
            .body(Vec::new())
            .map_err(|e| ProviderError::Unreachable(e.to_string()))?;
        let told =
            self.call(request)?.headers().get("date").and_then(|date| date.to_str().ok().map(str::to_owned));
        let Some(there) = told.and_then(|date| jiff::fmt::rfc2822::parse(&date).ok()) else { return Ok(()) };
        let apart = clock::now().duration_since(there.timestamp()).abs();
        if apart > LEEWAY {
            return Err(ProviderError::NotAccepted(format!(
                "its clock and ours are {} seconds apart, and nobody gets in that way: set this machine's clock by the network",
                apart.as_secs()
            )));
        }
        Ok(())
    }
}

fn in_full(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        words = format!("{words}: {source}");
        next = source.source();
    }
    words
}
