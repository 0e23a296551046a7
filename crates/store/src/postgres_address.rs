//! What an address of PostgreSQL asks for, TLS above all.
//!
//! Another machine is spoken to over TLS, with its certificate checked, unless the address says `sslmode=disable`. A server
//! on this machine is spoken to without, unless it says `sslmode=require`. `verify-ca` and `verify-full` mean the same as
//! `require` here: nothing less is done. `sslrootcert=FILE` names the certificates (PEM) that are trusted in place of the
//! system's. These are the words of PostgreSQL's own library, so that one address serves its tools as well.

use crate::error::{Error, Result};
use native_tls::{Certificate, Protocol, TlsConnector};
use postgres::config::{Config, Host, SslMode};
use postgres_native_tls::{MakeTlsConnector, set_postgresql_alpn};
use std::time::Duration;

/// For every connection, unless the address brings options of its own. Milliseconds.
const LIMITS: &str =
    "-c statement_timeout=60000 -c lock_timeout=30000 -c idle_in_transaction_session_timeout=120000";

/// How a server is reached.
pub(crate) struct Address {
    config: Config,
    /// Nothing: in clear.
    tls: Option<MakeTlsConnector>,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The configuration hides the password by itself.
        f.debug_struct("Address").field("config", &self.config).field("tls", &self.tls.is_some()).finish()
    }
}

impl Address {
    /// Reads `postgres://USER:PASSWORD@HOST:PORT/NAME?…`.
    ///
    /// # Errors
    /// [`Error::Connect`] in words that repeat no password.
    pub(crate) fn read(address: &str) -> Result<Self> {
        let (address, roots) = without_roots(address);
        let mut config: Config =
            address.parse().map_err(|e: postgres::Error| Error::Connect(with_source(&e)))?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(10));
        }
        config.application_name("alongside");
        // A server that vanishes without a word, with its machine or its line, is noticed within half a minute.
        config.tcp_user_timeout(Duration::from_secs(30));
        config.keepalives_idle(Duration::from_secs(15));
        config.keepalives_interval(Duration::from_secs(5));
        config.keepalives_retries(3);
        if config.get_options().is_none() {
            // No statement of a page takes so long; one that does must not hold a connection, or others' rows, for good.
            config.options(LIMITS);
        }
        let mode = match config.get_ssl_mode() {
            SslMode::Prefer if stays_here(&config) && roots.is_none() => SslMode::Disable,
            SslMode::Prefer => SslMode::Require,
            said => said,
        };
        config.ssl_mode(mode);
        let tls = (mode != SslMode::Disable).then(|| connector(roots.as_deref())).transpose()?;
        Ok(Self { config, tls })
    }

    /// One connection more.
    pub(crate) fn connect(&self) -> Result<postgres::Client, postgres::Error> {
        match &self.tls {
            Some(tls) => self.config.connect(tls.clone()),
            None => self.config.connect(postgres::NoTls),
        }
    }

    /// Whether what is said is encrypted, or stays on this machine.
    pub(crate) fn is_private(&self) -> bool {
        self.tls.is_some() || stays_here(&self.config)
    }
}

fn with_source(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
}

/// Whether all machines that the address names are this one. `hostaddr` says where to go, whatever `host` is called.
fn stays_here(config: &Config) -> bool {
    let named = config.get_hostaddrs();
    config.get_hosts().iter().all(is_here) && named.iter().all(std::net::IpAddr::is_loopback)
}

fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

/// Takes out what the driver does not know: the file of roots, and modes that say what is done anyway.
fn without_roots(address: &str) -> (String, Option<String>) {
    let Some((server, query)) = address.split_once('?') else { return (address.to_owned(), None) };
    let mut roots = None;
    let mut rest = Vec::new();
    for pair in query.split('&') {
        match pair.split_once('=') {
            Some(("sslrootcert", file)) => {
                roots = Some(percent_encoding::percent_decode_str(file).decode_utf8_lossy().into_owned());
            }
            Some(("sslmode", "verify-ca" | "verify-full")) => rest.push("sslmode=require"),
            _ => rest.push(pair),
        }
    }
    (format!("{server}?{}", rest.join("&")), roots)
}

fn connector(roots: Option<&str>) -> Result<MakeTlsConnector> {
    let refused = |what: String| Error::Connect(format!("TLS to PostgreSQL: {what}"));
    let mut builder = TlsConnector::builder();
    builder.min_protocol_version(Some(Protocol::Tlsv12));
    set_postgresql_alpn(&mut builder);
    if let Some(file) = roots {
        let pem = std::fs::read(file).map_err(|e| refused(format!("sslrootcert is {file}: {e}")))?;
        let certificates = Certificate::stack_from_pem(&pem).unwrap_or_default();
        if certificates.is_empty() {
            return Err(refused(format!("sslrootcert is {file}, which holds no certificate (PEM)")));
        }
        builder.disable_built_in_roots(true);
        for certificate in certificates {
            builder.add_root_certificate(certificate);
        }
    }
    Ok(MakeTlsConnector::new(builder.build().map_err(|e| refused(e.to_string()))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encrypted(address: &str) -> bool {
        Address::read(address).unwrap().tls.is_some()
    }

    #[test]
    fn another_machine_is_spoken_to_over_tls_unless_the_address_says_otherwise() {
        assert!(encrypted("postgres://alongside@db.example.org/alongside"));
        assert!(encrypted("postgres://alongside@10.0.0.7/alongside?sslmode=prefer"));
        assert!(!encrypted("postgres://alongside@db.example.org/alongside?sslmode=disable"));
        assert!(!Address::read("postgres://a@db.example.org/a?sslmode=disable").unwrap().is_private());
        for here in ["localhost", "127.0.0.1", "[::1]"] {
            let address = Address::read(&format!("postgres://alongside@{here}/alongside")).unwrap();
            assert!(address.tls.is_none() && address.is_private(), "{here}");
        }
        assert!(encrypted("postgres://alongside@localhost/alongside?hostaddr=10.0.0.7"));
        for mode in ["require", "verify-ca", "verify-full"] {
            assert!(encrypted(&format!("postgres://alongside@localhost/alongside?sslmode={mode}")), "{mode}");
        }
    }

    #[test]
    fn a_file_of_roots_that_is_none_is_said_by_name() {
        let said =
            Address::read("postgres://a:secret@db/a?sslrootcert=/no/such%20file").unwrap_err().to_string();
        assert!(said.contains("/no/such file") && !said.contains("secret"), "{said}");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("roots.pem");
        std::fs::write(&file, "no certificate").unwrap();
        let said = Address::read(&format!("postgres://a@db/a?sslrootcert={}", file.display())).unwrap_err();
        assert!(said.to_string().contains("holds no certificate"), "{said}");
    }

    #[test]
    fn a_server_is_spoken_to_over_tls_and_only_when_its_certificate_is_right() {
        let (Ok(server), Ok(root)) = (std::env::var("TEST_POSTGRES"), std::env::var("TEST_POSTGRES_ROOT"))
        else {
            assert!(std::env::var_os("CI").is_none(), "CI is set: scripts/with-postgres sets both");
            eprintln!("TLS to PostgreSQL not tested: TEST_POSTGRES or TEST_POSTGRES_ROOT is not set");
            return;
        };
        let connect = |address: &str| Address::read(address).unwrap().connect();
        let mut client = connect(&format!("{server}?sslmode=verify-full&sslrootcert={root}")).unwrap();
        let row =
            client.query_one("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()", &[]).unwrap();
        assert!(row.get::<_, &str>(0).starts_with("TLSv1."), "{row:?}");

        let unknown = connect(&format!("{server}?sslmode=require")).err().unwrap();
        assert!(with_source(&unknown).contains("certificate"), "{unknown:?}");
        let another_name = server.replace("127.0.0.1", "localhost");
        let refused = connect(&format!("{another_name}?sslmode=require&sslrootcert={root}")).err().unwrap();
        assert!(with_source(&refused).contains("certificate"), "{refused:?}");
    }
}
