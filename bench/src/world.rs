//! A service to measure: a register of invented people, one court, one practitioner.

use crate::Failed;
use alongside::access::policy::{
    ImportFiles, ManageAccounts, ManageService, Recognise, SearchPeople, ViewBoard,
};
use alongside::access::{App, Permit, Role, create_account};
use alongside::config::Config;
use alongside::exchange::{Again, Archive, read_import, receive};
use alongside::ids::{AccountId, ProjectId};
use alongside::morning::{Rules, board};
use alongside::operate::encrypt;
use alongside::people::{Details, NewPerson, recognise, register_many, search};
use alongside::projects::{NewProject, add_court, court_in_scope, create_project, grant, link_court};
use alongside::service::{open, routes};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use demo::people::{Errors, Mix, list, register};
use http_body_util::BodyExt;
use jiff::civil::{Date, date};
use linkage::Record;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};
use store::{Db, sql};
use tower::ServiceExt;

const ENCRYPTED: &str = "SQLite, encrypted";
const SEED: u64 = 77;
const DAY: Date = date(2026, 11, 23);
const RESULTS_DAY: Date = date(2026, 11, 24);
const PASSWORD: &str = "seven plain bench words";

pub struct World {
    pub engine: &'static str,
    config: Config,
    pub db: Db,
    pub project: ProjectId,
    _folder: tempfile::TempDir,
}

impl World {
    pub fn sqlite() -> Result<Self, Failed> {
        Self::new("SQLite", None, None)
    }

    /// On SQLite in a folder that stays, so that a register filled once is measured again.
    pub fn kept(folder: &Path) -> Result<Self, Failed> {
        Self::new("SQLite", None, Some(folder))
    }

    /// On SQLite in an encrypted data folder.
    pub fn encrypted() -> Result<Self, Failed> {
        Self::new(ENCRYPTED, None, None)
    }

    /// On a database of its own; what is in it is not touched, but it must be empty of ours.
    pub fn postgres(address: &str) -> Result<Self, Failed> {
        Self::new("PostgreSQL", Some(address), None)
    }

    fn new(engine: &'static str, address: Option<&str>, kept: Option<&Path>) -> Result<Self, Failed> {
        let folder = tempfile::tempdir()?;
        let data = kept.unwrap_or_else(|| folder.path()).display().to_string();
        let config = Config::load(|name| match name {
            "ALONGSIDE_DATA" => Some(data.clone()),
            "ALONGSIDE_DATABASE" => address.map(str::to_owned),
            // Whoever the bench signs in has a password only.
            "ALONGSIDE_SECOND_FACTOR" => Some("off".into()),
            _ => None,
        })?;
        if engine == ENCRYPTED {
            encrypt(&config)?;
        }
        let db = open(&config)?;
        let service: Permit<ManageService> = Permit::for_command_line(&db);
        let project = service.write_now(|w| {
            let name = format!("Bench {}", ProjectId::fresh());
            let project =
                create_project(w, &NewProject { name, kind: "court".into(), women_as_standard: false })?;
            add_court(w, "B01ND", "Thames Magistrates' Court", None)?;
            link_court(w, project, "B01ND")?;
            Ok::<_, store::Error>(project)
        })?;
        Ok(Self { engine, config, db, project, _folder: folder })
    }

    /// Puts so many invented people on the register, as any program would.
    pub fn fill(&self, people: u64) -> Result<(), Failed> {
        let permit: Permit<Recognise> = Permit::for_command_line(&self.db);
        let mut batch = Vec::with_capacity(5_000);
        let mut failure = None;
        register(SEED, people, |_, record| {
            batch.push(NewPerson {
                details: Details::from_record(record),
                source: "bench".into(),
                project: self.project,
            });
            if batch.len() == 5_000 {
                let done = permit.write_now(|w| register_many(w, &batch).map(drop));
                failure = failure.take().or(done.err());
                batch.clear();
            }
        });
        permit.write_now(|w| register_many(w, &batch).map(drop))?;
        // A register grows over years, and the database learns how it lies on the way; here it is told at once.
        self.db.write(|w| w.execute(sql("ANALYZE"), &[]))?;
        failure.map_or(Ok(()), |error: store::Error| Err(error.into()))
    }

    fn rows(people: u64, rows: usize, turn: usize) -> Vec<Record> {
        let households = register(SEED, people, |_, _| {});
        let all = list(SEED, households, rows * (turn + 1), &Mix::HARD, &Errors::ORDINARY);
        all.into_iter().skip(rows * turn).map(|row| row.written.record).collect()
    }

    /// A court list with errors in it, half of it known.
    pub fn list(&self, people: u64, rows: usize, turn: usize) -> String {
        let mut out = String::from(
            "court code,date,list number,case number,surname,forename,middle names,date of birth,sex,pnc,address,postcode\n",
        );
        for (n, r) in Self::rows(people, rows, turn).iter().enumerate() {
            let address = r.addresses.first().cloned().unwrap_or_default();
            let born = r.births.first().cloned().unwrap_or_default();
            out.push_str(&format!(
                "B01ND,{DAY},{n},16{turn:02}{n:06},\"{}\",\"{}\",\"{}\",{born},{},{},\"{} {} {}\",{}\n",
                r.name.surname,
                r.name.forename,
                r.name.middle,
                r.sex,
                r.pnc,
                address.house,
                address.street,
                address.town,
                address.postcode
            ));
        }
        out
    }

    pub fn take_in(&self, name: &str, bytes: &[u8]) -> Result<(), Failed> {
        let permit: Permit<ImportFiles> = Permit::for_command_line(&self.db);
        let archive = Archive::of(&self.config)?;
        let received = receive(&permit, &archive, name, bytes, "bench")?;
        let reading = read_import(&permit, &archive, received.id, Again::No)?.ok_or("no reading")?;
        if let Some(refusal) = reading.refusal {
            return Err(refusal.into());
        }
        Ok(())
    }

    /// Hearing messages as the courts' system sends them at the end of a day, one a person, each with a result; one at a time.
    pub fn results(&self, people: u64, n: usize) -> Result<Vec<Duration>, Failed> {
        let mut times = Vec::with_capacity(n);
        for (at, row) in Self::rows(people, n, 5).iter().enumerate() {
            let born = row.births.first().cloned().unwrap_or_default();
            let text = format!(
                r#"{{"hearing": {{"id": "00000000-0000-4000-9000-{at:012}", "jurisdictionType": "MAGISTRATES", "type": {{"description": "First hearing"}},
                "courtCentre": {{"id": "x", "code": "B01ND00", "name": "Invented Court", "roomName": "Courtroom 02"}}, "hearingDays": [{{"sittingDay": "{RESULTS_DAY}T10:00:00Z", "listedDurationMinutes": 20}}],
                "prosecutionCases": [{{"id": "case-{at}", "prosecutionCaseIdentifier": {{"caseURN": "01ZZ{at:06}26"}}, "initiationCode": "C",
                "defendants": [{{"id": "defendant-{at}", "masterDefendantId": "master-{at}", "personDefendant": {{"bailStatus": {{"code": "C"}},
                "personDetails": {{"firstName": "{}", "lastName": "{}", "dateOfBirth": "{born}", "gender": "MALE"}}}},
                "offences": [{{"id": "offence-1", "offenceCode": "TH68010", "offenceTitle": "Theft from a shop", "wording": "Stole", "judicialResults": [
                {{"judicialResultId": "r-4540", "cjsCode": "4540", "label": "Remand", "orderedDate": "{RESULTS_DAY}", "isAdjournmentResult": true, "nextHearing": {{"listedStartDateTime": "2026-12-08T10:00:00Z", "adjournmentReason": "Psychiatric report", "courtCentre": {{"code": "B01ND00"}}}}}}]}}]}}]}}]}},
                "sharedTime": "{RESULTS_DAY}T15:00:00Z"}}"#,
                row.name.forename, row.name.surname
            );
            let started = Instant::now();
            self.take_in(&format!("resulted-{at}.json"), text.as_bytes())?;
            times.push(started.elapsed());
        }
        Ok(times)
    }

    pub fn rank(&self) -> Result<usize, Failed> {
        let rules = Rules::load(None)?;
        let permit: Permit<ViewBoard> = Permit::for_command_line(&self.db);
        let rows = permit.read_now(|r| {
            let court = court_in_scope(r, "B01ND")?.ok_or(store::Error::Rows(0))?;
            Ok::<_, store::Error>(board(r, &court, DAY, &rules)?.rows.len())
        })?;
        Ok(rows)
    }

    /// One row looked up at a time.
    pub fn look_ups(&self, people: u64, n: usize) -> Result<Vec<Duration>, Failed> {
        let permit: Permit<Recognise> = Permit::for_command_line(&self.db);
        let rows = Self::rows(people, n, 3);
        let mut times = Vec::with_capacity(n);
        permit.write_now(|w| {
            for row in &rows {
                let started = Instant::now();
                recognise(w, std::slice::from_ref(row))?;
                times.push(started.elapsed());
            }
            Ok::<_, store::Error>(())
        })?;
        Ok(times)
    }

    /// Searches as people type them, all kinds mixed.
    pub fn searches(&self, people: u64, n: usize) -> Result<Vec<Duration>, Failed> {
        Ok(self.searches_by_kind(people, n)?.into_values().flatten().collect())
    }

    /// Searches as people type them: the start of a name, a name and a birth date, a misspelt name, a number.
    pub fn searches_by_kind(
        &self,
        people: u64,
        n: usize,
    ) -> Result<BTreeMap<&'static str, Vec<Duration>>, Failed> {
        let permit: Permit<SearchPeople> = Permit::for_command_line(&self.db);
        let mut times: BTreeMap<&'static str, Vec<Duration>> = BTreeMap::new();
        for (at, row) in Self::rows(people, n, 4).iter().enumerate() {
            let start = |text: &str, letters: usize| text.chars().take(letters).collect::<String>();
            let (kind, typed) = match at % 5 {
                0 => ("three letters", start(&row.name.surname, 3)),
                1 => ("two beginnings", format!("{} {}", start(&row.name.forename, 3), row.name.surname)),
                2 => (
                    "name and birth date",
                    format!("{} {}", row.name.surname, row.births.first().cloned().unwrap_or_default()),
                ),
                3 => ("whole name", format!("{} {}", row.name.forename, row.name.surname)),
                _ => ("number", row.pnc.clone()),
            };
            let started = Instant::now();
            permit.read_now(|r| search(r, &typed))?;
            times.entry(kind).or_default().push(started.elapsed());
        }
        Ok(times)
    }

    /// The board page of 200 lines through the router, signed in; and its size on the wire.
    pub fn pages(&self, n: usize) -> Result<(Vec<Duration>, usize), Failed> {
        self.db.write(|w| w.execute(sql("UPDATE listing SET removed_at = first_seen_at WHERE id NOT IN (SELECT id FROM listing ORDER BY id LIMIT 200)"), &[]))?;
        self.visitor()?.visit(&format!("/courts/B01ND/{DAY}"), n)
    }

    /// A practitioner, signed in.
    pub fn visitor(&self) -> Result<Visitor, Failed> {
        let accounts: Permit<ManageAccounts> = Permit::for_command_line(&self.db);
        let email = format!("{}@example.org", self.project);
        accounts.write_now(|w| {
            let by = w.actor().clone();
            let id = create_account(&mut w.raw_for_operator(), &by, "Bench Example", &email, PASSWORD)
                .map_err(|e| store::Error::Migration(e.to_string()))?;
            grant(w, AccountId::of(id), Role::Practitioner, Some(self.project))
        })?;
        let app = App::new(self.db.clone(), self.config.clone());
        let router = routes(&app)?.0;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let form = format!("email={}&password={}", email.replace('@', "%40"), PASSWORD.replace(' ', "+"));
        let sign_in = Request::post("/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))?;
        let answer = runtime.block_on(router.clone().oneshot(sign_in))?;
        let cookie = answer.headers().get(header::SET_COOKIE).ok_or("sign-in failed")?.to_str()?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        Ok(Visitor { router, cookie, runtime })
    }
}

/// Somebody signed in who opens pages.
pub struct Visitor {
    router: Router,
    cookie: String,
    runtime: tokio::runtime::Runtime,
}

impl Visitor {
    /// A page opened so many times: how long each took, and its size on the wire.
    pub fn visit(&self, path: &str, n: usize) -> Result<(Vec<Duration>, usize), Failed> {
        self.runtime.block_on(async {
            let mut times = Vec::new();
            let mut bytes = 0;
            for _ in 0..n {
                bytes = self.one_page(path, &mut times).await?;
            }
            Ok((times, bytes))
        })
    }

    async fn one_page(&self, path: &str, times: &mut Vec<Duration>) -> Result<usize, Failed> {
        let request = Request::get(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT_ENCODING, "gzip")
            .body(Body::empty())?;
        let started = Instant::now();
        let answer = self.router.clone().oneshot(request).await?;
        let status = answer.status();
        let body = answer.into_body().collect().await?.to_bytes();
        times.push(started.elapsed());
        if status.is_success() { Ok(body.len()) } else { Err(format!("{path} answered {status}").into()) }
    }
}
