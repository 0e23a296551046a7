//! A provider of single sign-on for tests, on a port of this machine. It says what a test tells it to, true or not.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::sign::Signer;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// What the program is called there, and its secret.
pub const CLIENT: &str = "alongside-in-tests";
pub const SECRET: &str = "an invented secret";

/// How a token is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// With the provider's key.
    Right,
    /// Not at all (`alg: none`).
    NotAtAll,
    /// With the secret that both know (HS256).
    BySecret,
    /// With the public key as if it were a secret.
    ByPublicKey,
    /// With the key of somebody else.
    ByAnother,
}

/// What the provider says next.
#[derive(Debug, Clone)]
pub struct Says {
    pub claims: Value,
    pub userinfo: Value,
    pub signed: Signed,
    pub key_id: String,
    /// Says this error in place of a token.
    pub error: Option<&'static str>,
    /// What it said to the last code: what came with it.
    pub asked: String,
}

struct Inside {
    says: Mutex<Says>,
    key: PKey<Private>,
    another: PKey<Private>,
    issuer: String,
}

/// The provider; gone with this value.
pub struct FakeProvider {
    pub issuer: String,
    inside: Arc<Inside>,
    _runtime: tokio::runtime::Runtime,
}

impl FakeProvider {
    pub fn start() -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let key = || PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
        let says = Says {
            claims: json!({}),
            userinfo: json!({}),
            signed: Signed::Right,
            key_id: "first".into(),
            error: None,
            asked: String::new(),
        };
        let inside =
            Arc::new(Inside { says: Mutex::new(says), key: key(), another: key(), issuer: issuer.clone() });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(about))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .route("/userinfo", get(userinfo))
            .with_state(Arc::clone(&inside));
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self { issuer, inside, _runtime: runtime }
    }

    /// Changes what it says next.
    pub fn says(&self, change: impl FnOnce(&mut Says)) {
        change(&mut self.inside.says.lock().unwrap());
    }

    /// What the program sent with the last code.
    pub fn asked(&self) -> String {
        self.inside.says.lock().unwrap().asked.clone()
    }

    /// Claims that hold, for somebody who answers this question now.
    pub fn claims(&self, subject: &str, nonce: &str, now: i64) -> Value {
        json!({ "iss": self.issuer, "sub": subject, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce })
    }
}

async fn about(State(p): State<Arc<Inside>>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", p.issuer);
    Json(json!({
        "issuer": p.issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "userinfo_endpoint": at("/userinfo"),
        "jwks_uri": at("/jwks"),
        "end_session_endpoint": at("/out"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
    }))
}

async fn keys(State(p): State<Arc<Inside>>) -> Json<Value> {
    let rsa = p.key.rsa().unwrap();
    let id = p.says.lock().unwrap().key_id.clone();
    Json(json!({ "keys": [{
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": id,
        "n": base64(&rsa.n().to_vec()), "e": base64(&rsa.e().to_vec()),
    }] }))
}

async fn token(State(p): State<Arc<Inside>>, body: String) -> (StatusCode, Json<Value>) {
    let mut says = p.says.lock().unwrap();
    says.asked = body;
    if let Some(error) = says.error {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": error })));
    }
    let algorithm = match says.signed {
        Signed::Right | Signed::ByAnother => "RS256",
        Signed::NotAtAll => "none",
        Signed::BySecret | Signed::ByPublicKey => "HS256",
    };
    let head = json!({ "alg": algorithm, "typ": "JWT", "kid": says.key_id });
    let text =
        format!("{}.{}", base64(head.to_string().as_bytes()), base64(says.claims.to_string().as_bytes()));
    let sign = |key: &PKey<Private>| {
        let mut signer = Signer::new(MessageDigest::sha256(), key).unwrap();
        base64(&signer.sign_oneshot_to_vec(text.as_bytes()).unwrap())
    };
    let signature = match says.signed {
        Signed::Right => sign(&p.key),
        Signed::ByAnother => sign(&p.another),
        Signed::NotAtAll => String::new(),
        Signed::BySecret => sign(&PKey::hmac(SECRET.as_bytes()).unwrap()),
        Signed::ByPublicKey => sign(&PKey::hmac(&p.key.public_key_to_pem().unwrap()).unwrap()),
    };
    let told = json!({
        "access_token": "invented", "token_type": "Bearer", "expires_in": 60, "id_token": format!("{text}.{signature}"),
    });
    (StatusCode::OK, Json(told))
}

async fn userinfo(State(p): State<Arc<Inside>>) -> Json<Value> {
    Json(p.says.lock().unwrap().userinfo.clone())
}

fn base64(bytes: &[u8]) -> String {
    openssl::base64::encode_block(bytes).trim_end_matches('=').replace('+', "-").replace('/', "_")
}
