//! What the deployer may set: a file, then the environment over it. Checked at start, with messages that say what to write.
//!
//! Every setting is in `docs/administrators/configuration.md`; a test holds the two lists together.

mod backups;
mod countersign;
mod mail;
mod settings;
mod signing_in;
mod single_sign_on;
mod watched;

pub use backups::Backups;
pub use countersign::{Countersign, GRADES};
pub use mail::{MailServer, Post};
pub use settings::SETTINGS;
pub(crate) use signing_in::is_key;
pub use signing_in::{Glass, Key, SecondFactor, SigningIn};
pub(crate) use single_sign_on::is_safe;
pub use single_sign_on::{SignInHere, SingleSignOn};
pub use watched::Watched;

use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Settings of one running service.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder for everything the service keeps: database, archive, backups.
    pub data: PathBuf,
    /// Where the service listens.
    pub listen: SocketAddr,
    /// The address people type; decides whether cookies demand https.
    pub public_url: String,
    /// Database address: `sqlite:PATH` or `postgres://…`.
    pub database: String,
    /// A folder whose files are imported as they arrive.
    pub watch: Watched,
    /// Minutes without a request after which a session ends.
    pub session_idle_minutes: i64,
    /// Hours after which a session ends whatever happens.
    pub session_hours: i64,
    /// Largest file taken, in megabytes.
    pub import_megabytes: u64,
    /// The marker rules in force, when the deployer has own ones.
    pub marker_rules: Option<PathBuf>,
    /// Minutes within which a receiver should confirm that they have a warning.
    pub warning_ack_minutes: i64,
    /// On what ground records are held, as the page offers it first.
    pub lawful_basis: String,
    /// A folder with further questionnaires, and with the wording of those the deployer holds a licence for.
    pub instrument_packs: Option<PathBuf>,
    /// Whose assessments a manager countersigns.
    pub countersign: Countersign,
    /// The triage rules in force, when the deployer has own ones.
    pub triage_rules: Option<PathBuf>,
    /// The deployer's own retention rules, in place of the shipped ones.
    pub retention_rules: Option<PathBuf>,
    /// The types of report in force, with their targets, when the deployer has own ones.
    pub report_kinds: Option<PathBuf>,
    /// Words to look at before a report is signed, when the deployer has own ones.
    pub report_words: Option<PathBuf>,
    /// How people sign in.
    pub signing_in: SigningIn,
    /// Opening a record outside one's projects.
    pub glass: Glass,
    /// What leaves by e-mail and as text messages.
    pub post: Post,
    /// Numbers that anybody may ring, when the deployer has own ones.
    pub crisis_lines: Option<PathBuf>,
    /// A public page of the service, for the QR code of an advice sheet.
    pub public_page: Option<String>,
    /// Backups by the clock.
    pub backup: Backups,
}

/// What the national service states (its privacy notices), with the ground for offence data.
const LAWFUL_BASIS: &str = "UK GDPR Article 6(1)(e), public task, and Article 9(2)(h), health and social care; Article 10 and Data Protection Act 2018 Schedule 1 for offence data";

/// A setting that can't be used; the message says which and what to write.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file can't be read.
    #[error("{path}: {error}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The file is not what it should be.
    #[error("{path}: {message}. The settings are listed in docs/administrators/configuration.md")]
    File {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// A value can't be used.
    #[error("{setting} is {value:?}: {advice}")]
    Value {
        /// Name in the file or environment.
        setting: String,
        /// What was written.
        value: String,
        /// What to write.
        advice: String,
    },
}

/// The file `alongside.toml`, every key optional.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: Option<String>,
    public_url: Option<String>,
    database: Option<String>,
    watch: Option<PathBuf>,
    watch_days: Option<i64>,
    session_idle_minutes: Option<i64>,
    session_hours: Option<i64>,
    import_megabytes: Option<u64>,
    marker_rules: Option<PathBuf>,
    warning_ack_minutes: Option<i64>,
    lawful_basis: Option<String>,
    instrument_packs: Option<PathBuf>,
    countersign: Option<String>,
    triage_rules: Option<PathBuf>,
    retention_rules: Option<PathBuf>,
    report_kinds: Option<PathBuf>,
    report_words: Option<PathBuf>,
    proxy_header: Option<String>,
    second_factor: Option<String>,
    key_file: Option<PathBuf>,
    glass_minutes: Option<i64>,
    glass_review_hours: Option<i64>,
    glass_block: Option<String>,
    backup_to: Option<PathBuf>,
    backup_hours: Option<i64>,
    backup_minutes: Option<i64>,
    backup_keys: Option<String>,
    smtp: Option<String>,
    smtp_file: Option<PathBuf>,
    mail_from: Option<String>,
    text_gateway: Option<String>,
    crisis_lines: Option<PathBuf>,
    public_page: Option<String>,
    oidc_issuer: Option<String>,
    oidc_client: Option<String>,
    oidc_secret_file: Option<PathBuf>,
    oidc_name: Option<String>,
    oidc_link: Option<String>,
    oidc_factor: Option<String>,
    oidc_else: Option<String>,
}

fn bad(setting: &str, value: &str, advice: &str) -> ConfigError {
    ConfigError::Value { setting: setting.into(), value: value.into(), advice: advice.into() }
}

fn number(
    setting: &str,
    from_env: Option<String>,
    from_file: Option<i64>,
    default: i64,
    range: std::ops::RangeInclusive<i64>,
) -> Result<i64, ConfigError> {
    let advice = format!("write a whole number from {} to {}", range.start(), range.end());
    let value = match from_env {
        Some(text) => text.trim().parse().map_err(|_| bad(setting, &text, &advice))?,
        None => from_file.unwrap_or(default),
    };
    if range.contains(&value) { Ok(value) } else { Err(bad(setting, &value.to_string(), &advice)) }
}

impl Config {
    /// Reads file and environment. `env` gives a variable's value; an empty one counts as absent.
    ///
    /// # Errors
    /// [`ConfigError`] for the first setting that can't be used.
    pub fn load(env: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let env = |name: &str| env(name).filter(|value| !value.trim().is_empty());
        let data = PathBuf::from(env("ALONGSIDE_DATA").unwrap_or_else(|| "data".into()));
        // A name that ends in a dot names nothing that could lie beside it.
        let data = std::path::absolute(&data).unwrap_or(data);
        let named = env("ALONGSIDE_CONFIG").map(PathBuf::from);
        let path = named.clone().unwrap_or_else(|| data.join("alongside.toml"));
        let file = read_file(&path, named.is_some())?;
        let signing_in = SigningIn::load(&env, &file)?;
        let glass = Glass::load(&env, &file)?;
        let post = Post::load(&env, &file)?;

        let listen_text = env("ALONGSIDE_LISTEN").or(file.listen).unwrap_or_else(|| "127.0.0.1:8080".into());
        let listen: SocketAddr = listen_text.parse().map_err(|_| {
            bad("ALONGSIDE_LISTEN", &listen_text, "write an address and a port, for example 127.0.0.1:8080")
        })?;
        let public_url =
            env("ALONGSIDE_PUBLIC_URL").or(file.public_url).unwrap_or_else(|| format!("http://{listen}"));
        let public_url = public_url.trim_end_matches('/').to_owned();
        if !(public_url.starts_with("https://") || public_url.starts_with("http://")) {
            return Err(bad(
                "ALONGSIDE_PUBLIC_URL",
                &public_url,
                "write it whole, for example https://alongside.example.org",
            ));
        }
        let database = env("ALONGSIDE_DATABASE")
            .or(file.database)
            .unwrap_or_else(|| format!("sqlite:{}", data.join("alongside.sqlite").display()));
        if !["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| database.starts_with(scheme)) {
            // The address may hold a password: it is not repeated.
            return Err(bad(
                "ALONGSIDE_DATABASE",
                "…",
                "write sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME",
            ));
        }
        let watch = Watched::read(
            env("ALONGSIDE_WATCH").map(PathBuf::from).or(file.watch),
            (env("ALONGSIDE_WATCH_DAYS"), file.watch_days),
        )?;
        let session_idle_minutes = number(
            "ALONGSIDE_SESSION_IDLE_MINUTES",
            env("ALONGSIDE_SESSION_IDLE_MINUTES"),
            file.session_idle_minutes,
            60,
            5..=720,
        )?;
        let session_hours = number(
            "ALONGSIDE_SESSION_HOURS",
            env("ALONGSIDE_SESSION_HOURS"),
            file.session_hours,
            12,
            1..=24,
        )?;
        let megabytes = number(
            "ALONGSIDE_IMPORT_MEGABYTES",
            env("ALONGSIDE_IMPORT_MEGABYTES"),
            file.import_megabytes.and_then(|n| i64::try_from(n).ok()),
            32,
            1..=32,
        )?;
        let marker_rules = env("ALONGSIDE_MARKER_RULES").map(PathBuf::from).or(file.marker_rules);
        let warning_ack_minutes = number(
            "ALONGSIDE_WARNING_ACK_MINUTES",
            env("ALONGSIDE_WARNING_ACK_MINUTES"),
            file.warning_ack_minutes,
            60,
            5..=1440,
        )?;
        let lawful_basis =
            env("ALONGSIDE_LAWFUL_BASIS").or(file.lawful_basis).unwrap_or_else(|| LAWFUL_BASIS.to_owned());
        let instrument_packs = env("ALONGSIDE_INSTRUMENT_PACKS").map(PathBuf::from).or(file.instrument_packs);
        let countersign = Countersign::read(env("ALONGSIDE_COUNTERSIGN").or(file.countersign))?;
        let triage_rules = env("ALONGSIDE_TRIAGE_RULES").map(PathBuf::from).or(file.triage_rules);
        let retention_rules = env("ALONGSIDE_RETENTION_RULES").map(PathBuf::from).or(file.retention_rules);
        let report_kinds = env("ALONGSIDE_REPORT_KINDS").map(PathBuf::from).or(file.report_kinds);
        let crisis_lines = env("ALONGSIDE_CRISIS_LINES").map(PathBuf::from).or(file.crisis_lines);
        let public_page = env("ALONGSIDE_PUBLIC_PAGE").or(file.public_page);
        if let Some(page) = &public_page
            && !page.starts_with("https://")
        {
            return Err(bad(
                "ALONGSIDE_PUBLIC_PAGE",
                page,
                "write the address of a public page whole, beginning with https://",
            ));
        }
        let backup = Backups::read(
            env("ALONGSIDE_BACKUP_TO").map(PathBuf::from).or(file.backup_to),
            (env("ALONGSIDE_BACKUP_HOURS"), file.backup_hours),
            (env("ALONGSIDE_BACKUP_MINUTES"), file.backup_minutes),
            env("ALONGSIDE_BACKUP_KEYS").or(file.backup_keys),
        )?;
        let report_words = env("ALONGSIDE_REPORT_WORDS").map(PathBuf::from).or(file.report_words);
        Ok(Self {
            data,
            listen,
            public_url,
            database,
            watch,
            session_idle_minutes,
            session_hours,
            import_megabytes: u64::try_from(megabytes).unwrap_or(32),
            marker_rules,
            warning_ack_minutes,
            lawful_basis,
            instrument_packs,
            countersign,
            triage_rules,
            retention_rules,
            report_kinds,
            report_words,
            signing_in,
            glass,
            post,
            crisis_lines,
            public_page,
            backup,
        })
    }

    /// Where raw files are kept.
    #[must_use]
    pub fn archive(&self) -> PathBuf {
        self.data.join("archive")
    }

    /// The largest body of a request that brings files: several may come in one form.
    #[must_use]
    pub fn upload_bytes(&self) -> usize {
        usize::try_from(self.import_megabytes).unwrap_or(32).saturating_mul(4 * 1024 * 1024)
    }

    /// Whether people reach the service by https, so that cookies may demand it.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

fn read_file(path: &Path, must_exist: bool) -> Result<File, ConfigError> {
    match std::fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text)
            .map_err(|e| ConfigError::File { path: path.to_owned(), message: e.message().to_owned() }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_exist => Ok(File::default()),
        Err(error) => Err(ConfigError::Read { path: path.to_owned(), error }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::load(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn nothing_set_is_a_service_on_this_machine() {
        let config = load(&[("ALONGSIDE_DATA", "/nowhere/at/all")]).unwrap();
        assert_eq!(config.database, "sqlite:/nowhere/at/all/alongside.sqlite");
        assert_eq!(config.listen.port(), 8080);
        assert!(!config.secure());
    }

    #[test]
    fn a_wrong_value_says_what_to_write() {
        for (name, value, advice) in [
            ("ALONGSIDE_LISTEN", "8080", "127.0.0.1:8080"),
            ("ALONGSIDE_PUBLIC_URL", "alongside.example.org", "https://"),
            ("ALONGSIDE_DATABASE", "mysql://x:secret@y/z", "postgres://"),
            ("ALONGSIDE_SESSION_HOURS", "900", "from 1 to 24"),
            ("ALONGSIDE_SESSION_IDLE_MINUTES", "soon", "from 5 to 720"),
            ("ALONGSIDE_WATCH", "/no/such/folder", "make it"),
            ("ALONGSIDE_WATCH_DAYS", "0", "from 1 to 365"),
            ("ALONGSIDE_WARNING_ACK_MINUTES", "0", "from 5 to 1440"),
            ("ALONGSIDE_IMPORT_MEGABYTES", "60", "from 1 to 32"),
            ("ALONGSIDE_KEY", "too short secret", "openssl rand"),
            ("ALONGSIDE_PROXY_HEADER", "X Forwarded", "X-Forwarded-For"),
            ("ALONGSIDE_GLASS_MINUTES", "30", "from 60 to 180"),
            ("ALONGSIDE_SMTP", "ftp://secret@mail", "smtps://"),
            ("ALONGSIDE_TEXT_GATEWAY", "a gateway", "texts.example.org"),
            ("ALONGSIDE_PUBLIC_PAGE", "help.example.org", "https://"),
            ("ALONGSIDE_OIDC_ISSUER", "http://sign-in.example.org", "https://"),
        ] {
            let said = load(&[(name, value)]).unwrap_err().to_string();
            assert!(said.contains(name) && said.contains(advice), "{said}");
            assert!(!said.contains("secret"), "{said}");
        }
    }

    #[test]
    fn the_file_is_used_and_the_environment_wins() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("alongside.toml"),
            "listen = \"127.0.0.1:9000\"\nsession_hours = 8\n",
        )
        .unwrap();
        let data = folder.path().display().to_string();
        let config = load(&[("ALONGSIDE_DATA", &data), ("ALONGSIDE_SESSION_HOURS", "4")]).unwrap();
        assert_eq!((config.listen.port(), config.session_hours), (9000, 4));
        std::fs::write(folder.path().join("alongside.toml"), "lisen = \"x\"\n").unwrap();
        let said = load(&[("ALONGSIDE_DATA", &data)]).unwrap_err().to_string();
        assert!(said.contains("lisen") && said.contains("configuration.md"), "{said}");
    }

    #[test]
    fn every_setting_is_documented() {
        let page = include_str!("../../../docs/administrators/configuration.md");
        for (name, _) in SETTINGS {
            assert!(page.contains(name), "{name} is missing from docs/administrators/configuration.md");
        }
    }
}
