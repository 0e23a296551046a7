//! Every setting by its name in the environment, with what it is for: what `--help` and the documents list.

/// The settings: name in the environment, what it is for. The file uses the same names in small letters without `ALONGSIDE_`.
pub const SETTINGS: &[(&str, &str)] = &[
    ("ALONGSIDE_DATA", "folder for everything the service keeps; made when absent (default: data)"),
    ("ALONGSIDE_CONFIG", "the settings file (default: alongside.toml in the data folder)"),
    ("ALONGSIDE_LISTEN", "address and port to listen on (default: 127.0.0.1:8080)"),
    (
        "ALONGSIDE_PUBLIC_URL",
        "the address people type, for example https://alongside.example.org (default: http:// and the listen address)",
    ),
    (
        "ALONGSIDE_DATABASE",
        "sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME (default: SQLite in the data folder)",
    ),
    ("ALONGSIDE_WATCH", "folder whose files are imported as they arrive (default: none)"),
    (
        "ALONGSIDE_WATCH_DAYS",
        "days for which files that came lie in its taken and refused, in clear, 1 to 365 (default: 7)",
    ),
    (
        "ALONGSIDE_SESSION_IDLE_MINUTES",
        "minutes without a request after which a session ends, 5 to 720 (default: 60)",
    ),
    ("ALONGSIDE_SESSION_HOURS", "hours after which a session ends whatever happens, 1 to 24 (default: 12)"),
    ("ALONGSIDE_IMPORT_MEGABYTES", "largest file taken, 1 to 32 (default: 32)"),
    ("ALONGSIDE_MARKER_RULES", "own marker rules in place of the shipped ones (default: none)"),
    (
        "ALONGSIDE_WARNING_ACK_MINUTES",
        "minutes within which a receiver should confirm a self-harm warning, 5 to 1440 (default: 60)",
    ),
    (
        "ALONGSIDE_LAWFUL_BASIS",
        "on what ground records are held, as the page offers it first (default: UK GDPR 6(1)(e) and 9(2)(h))",
    ),
    ("ALONGSIDE_INSTRUMENT_PACKS", "folder with further questionnaires and licensed wording (default: none)"),
    (
        "ALONGSIDE_COUNTERSIGN",
        "whose assessments and reports a manager countersigns: nobody, practitioners, or grades: registered, newly-registered, not-registered, student (default: nobody)",
    ),
    ("ALONGSIDE_BACKUP_TO", "folder for backups by the clock (default: none, no backups by the clock)"),
    ("ALONGSIDE_BACKUP_HOURS", "hours between two backups, 1 to 168 (default: 24)"),
    ("ALONGSIDE_BACKUP_MINUTES", "minutes between two increments in between, 0 for none (default: 5)"),
    (
        "ALONGSIDE_BACKUP_KEYS",
        "public keys of age whose holders can open backups, with commas between them (default: none, not encrypted)",
    ),
    ("ALONGSIDE_TRIAGE_RULES", "own triage rules in place of the shipped ones (default: none)"),
    ("ALONGSIDE_RETENTION_RULES", "own retention rules in place of the shipped ones (default: none)"),
    (
        "ALONGSIDE_REPORT_KINDS",
        "own types of report and targets in place of the shipped ones (default: none)",
    ),
    (
        "ALONGSIDE_REPORT_WORDS",
        "own words to look at before signing in place of the shipped ones (default: none)",
    ),
    (
        "ALONGSIDE_PROXY_HEADER",
        "header in which your proxy writes where a request came from (default: none, the connection tells)",
    ),
    (
        "ALONGSIDE_SECOND_FACTOR",
        "who needs a second factor: by-role, all, off, or role words with commas (default: by-role)",
    ),
    ("ALONGSIDE_KEY_FILE", "file with the key that seals secrets (default: secret.key in the data folder)"),
    ("ALONGSIDE_KEY", "that key itself, 64 hexadecimal digits; environment only (default: none)"),
    (
        "ALONGSIDE_OIDC_ISSUER",
        "the provider of single sign-on (OpenID Connect), as it writes itself, for example https://sign-in.example.org (default: none)",
    ),
    ("ALONGSIDE_OIDC_CLIENT", "what the provider calls this program (needed with one)"),
    (
        "ALONGSIDE_OIDC_SECRET_FILE",
        "file with the secret that the provider gave this program (default: none)",
    ),
    ("ALONGSIDE_OIDC_SECRET", "that secret itself; environment only (default: none)"),
    ("ALONGSIDE_OIDC_NAME", "what people call that sign-in, for the button (default: single sign-on)"),
    (
        "ALONGSIDE_OIDC_LINK",
        "how an identity finds its account the first time: by-hand or verified-email (default: by-hand)",
    ),
    (
        "ALONGSIDE_OIDC_FACTOR",
        "words in amr or acr that mean that the provider asked for a second factor, with commas (default: none, it is asked for here)",
    ),
    (
        "ALONGSIDE_OIDC_ELSE",
        "who may sign in without the provider: all, or e-mail addresses with commas (default: all)",
    ),
    (
        "ALONGSIDE_GLASS_MINUTES",
        "minutes a record opened outside one's projects stays open, 60 to 180 (default: 120)",
    ),
    (
        "ALONGSIDE_GLASS_REVIEW_HOURS",
        "hours after which an unreviewed use is overdue, 1 to 720 (default: 72)",
    ),
    (
        "ALONGSIDE_GLASS_BLOCK",
        "reason classes for which a further use waits for the review, or none (default: all but life)",
    ),
    (
        "ALONGSIDE_SMTP",
        "the mail server, for example smtps://USER:PASSWORD@mail.example.org (default: none, no e-mail leaves)",
    ),
    ("ALONGSIDE_SMTP_FILE", "file that holds that address, in place of the setting (default: none)"),
    ("ALONGSIDE_MAIL_FROM", "the address that e-mail comes from (needed with a mail server)"),
    (
        "ALONGSIDE_TEXT_GATEWAY",
        "domain of an e-mail-to-text gateway: a text goes to NUMBER@DOMAIN (default: none, no text leaves)",
    ),
    ("ALONGSIDE_CRISIS_LINES", "own numbers for advice sheets in place of the shipped ones (default: none)"),
    (
        "ALONGSIDE_PUBLIC_PAGE",
        "a public page of yours, as a QR code on advice sheets; https:// (default: none, no QR code)",
    ),
];
