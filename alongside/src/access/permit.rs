//! The proof: a [`Permit`] for one capability, and the [`Reader`] and [`Writer`] it lends.

use super::account::{Account, Scope};
use super::guard::Guarded;
use super::policy::Capability;
use crate::audit::{Actor, Event, append};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::marker::PhantomData;
use std::sync::Arc;
use store::{Db, Many, Read, Statement, ToValue, Write};
use uuid::Uuid;

/// Leave to use capability `C`, for one account (or an operator on the server itself) in its projects.
///
/// Only the guard of a route makes one for an account; only the command line, the watched folder and the receiving
/// end-point make one for an operator.
#[derive(Debug)]
pub struct Permit<C> {
    db: Db,
    actor: Actor,
    scope: Scope,
    account: Option<Arc<Account>>,
    capability: PhantomData<fn() -> C>,
}

impl<C> Clone for Permit<C> {
    fn clone(&self) -> Self {
        Self {
            db: self.db.clone(),
            actor: self.actor.clone(),
            scope: self.scope.clone(),
            account: self.account.clone(),
            capability: PhantomData,
        }
    }
}

impl<C: Capability> Permit<C> {
    /// For something that runs on the server itself and is no account: `words` say what.
    pub(crate) fn operator(db: &Db, words: impl Into<String>) -> Self {
        Self {
            db: db.clone(),
            actor: Actor::named(words),
            scope: Scope::Whole,
            account: None,
            capability: PhantomData,
        }
    }

    /// For whoever runs the program on the server itself, with the database in their hands.
    #[must_use]
    pub fn for_command_line(db: &Db) -> Self {
        Self::operator(db, "command line")
    }

    /// The same in the name of a colleague whose work is written down afterwards: an invented one of the demo.
    #[must_use]
    pub fn for_command_line_as(db: &Db, name: &str) -> Self {
        Self::operator(db, name)
    }

    /// For an account that holds `C` somewhere.
    pub(crate) fn for_account(db: &Db, account: &Arc<Account>) -> Option<Self> {
        let scope = account.scope_of::<C>()?;
        Some(Self {
            db: db.clone(),
            actor: account.actor(),
            scope,
            account: Some(Arc::clone(account)),
            capability: PhantomData,
        })
    }

    /// A permit for another capability that the same account holds.
    #[must_use]
    pub fn also<D: Capability>(&self) -> Option<Permit<D>> {
        match &self.account {
            Some(account) => Permit::for_account(&self.db, account),
            None => Some(Permit {
                db: self.db.clone(),
                actor: self.actor.clone(),
                scope: self.scope.clone(),
                account: None,
                capability: PhantomData,
            }),
        }
    }

    /// The account, when it is one.
    #[must_use]
    pub fn account(&self) -> Option<&Account> {
        self.account.as_deref()
    }

    /// The account's id; the nil id for an operator.
    #[must_use]
    pub fn account_id(&self) -> Uuid {
        self.account.as_ref().map_or_else(Uuid::nil, |account| account.id)
    }

    /// The projects in which it counts, as `(everywhere, these)`.
    #[must_use]
    pub fn projects(&self) -> (bool, Vec<Uuid>) {
        scope_list(&self.scope)
    }

    /// Whether the same account also holds `D`.
    #[must_use]
    pub fn may<D: Capability>(&self) -> bool {
        self.account.as_ref().is_none_or(|account| account.may::<D>())
    }

    /// Whether the same account holds `D` in a project.
    #[must_use]
    pub fn holds_in<D: Capability>(&self, project: Uuid) -> bool {
        self.account.as_ref().is_none_or(|account| {
            account
                .grants
                .iter()
                .any(|g| D::ROLES.contains(&g.role) && g.project.is_none_or(|held| held == project))
        })
    }

    /// Reads in one unit of work, on a thread that may block. What was noted as seen is in the audit before the answer is.
    ///
    /// # Errors
    /// Those of `work` and of the database.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut Reader<'_, C>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<store::Error> + Send + 'static,
    {
        let permit = self.clone();
        off_thread(move || permit.read_now(work)).await
    }

    /// Writes in one unit of work, on a thread that may block. A browser that goes away cancels nothing half-way.
    ///
    /// # Errors
    /// Those of `work` and of the database.
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&mut Writer<'_, C>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<store::Error> + Send + 'static,
    {
        let permit = self.clone();
        off_thread(move || permit.write_now(work)).await
    }

    /// [`Permit::read`] on this thread: for commands and jobs, never on an async thread.
    ///
    /// # Errors
    /// Those of `work` and of the database.
    pub fn read_now<T, E: From<store::Error>>(
        &self,
        work: impl FnOnce(&mut Reader<'_, C>) -> Result<T, E>,
    ) -> Result<T, E> {
        let (answer, events) = self.db.read(|unit| {
            let mut reader = Reader {
                unit: unit.lend(),
                scope: &self.scope,
                account: self.account(),
                seen: Vec::new(),
                capability: PhantomData,
            };
            let answer = work(&mut reader)?;
            Ok::<_, E>((answer, reader.seen))
        })?;
        if !events.is_empty() {
            self.db.write(|w| append(w, &self.actor, &events))?;
        }
        Ok(answer)
    }

    /// [`Permit::write`] on this thread: for commands and jobs, never on an async thread.
    ///
    /// # Errors
    /// Those of `work` and of the database.
    pub fn write_now<T, E: From<store::Error>>(
        &self,
        work: impl FnOnce(&mut Writer<'_, C>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.db.write(|unit| {
            let mut writer = Writer {
                unit: unit.lend(),
                scope: &self.scope,
                account: self.account(),
                actor: &self.actor,
                done: Vec::new(),
                capability: PhantomData,
            };
            let answer = work(&mut writer)?;
            let events = std::mem::take(&mut writer.done);
            append(&mut writer.unit, &self.actor, &events)?;
            Ok(answer)
        })
    }
}

async fn off_thread<T: Send + 'static, E: From<store::Error> + Send + 'static>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, E> {
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer,
        Err(stopped) => Err(store::Error::Stopped(format!("the work stopped: {stopped}")).into()),
    }
}

/// Reading under capability `C`.
#[expect(missing_debug_implementations, reason = "holds a live connection")]
pub struct Reader<'a, C> {
    unit: Read<'a>,
    scope: &'a Scope,
    account: Option<&'a Account>,
    seen: Vec<Event>,
    capability: PhantomData<fn() -> C>,
}

/// The projects in which a unit of work may look: `(everywhere, these)`, for `($1 OR project_id IN ($LIST))`.
fn scope_list(scope: &Scope) -> (bool, Vec<Uuid>) {
    match scope {
        Scope::Whole => (true, vec![Uuid::nil()]),
        Scope::Projects(projects) => (false, projects.clone()),
    }
}

impl<C: Capability> Reader<'_, C> {
    /// Notes that a record was seen; it is in the audit before the answer leaves.
    pub fn saw(&mut self, event: Event) {
        self.seen.push(event);
    }

    /// Whose eyes these are; nobody's for an operator on the server itself.
    #[must_use]
    pub fn account(&self) -> Option<&Account> {
        self.account
    }

    /// Records opened by breaking the glass, for capabilities that work through it ([`super::policy::THROUGH_GLASS`]).
    #[must_use]
    pub fn opened(&self) -> Vec<Uuid> {
        if !super::policy::THROUGH_GLASS.contains(&C::NAME) {
            return Vec::new();
        }
        self.account.map(|a| a.opened.iter().map(|o| o.record).collect()).unwrap_or_default()
    }

    /// The projects in scope, as `(everywhere, these)`, for `($1 OR project_id IN ($LIST))`.
    #[must_use]
    pub fn projects(&self) -> (bool, Vec<Uuid>) {
        scope_list(self.scope)
    }
}

impl<'a, C> std::ops::Deref for Reader<'a, C> {
    type Target = Read<'a>;
    fn deref(&self) -> &Read<'a> {
        &self.unit
    }
}
impl<'a, C> std::ops::DerefMut for Reader<'a, C> {
    fn deref_mut(&mut self) -> &mut Read<'a> {
        &mut self.unit
    }
}

/// Reading and writing under capability `C`. Derefs to [`Read`] only: a write goes through [`Writer::execute`], which
/// refuses until the unit has said with [`Writer::record`] what it does.
#[expect(missing_debug_implementations, reason = "holds a live connection")]
pub struct Writer<'a, C> {
    unit: Write<'a>,
    scope: &'a Scope,
    account: Option<&'a Account>,
    actor: &'a Actor,
    done: Vec<Event>,
    capability: PhantomData<fn() -> C>,
}

impl<C: Capability> Writer<'_, C> {
    /// Says what this unit does; it joins the audit chain in the same transaction.
    pub fn record(&mut self, event: Event) {
        self.done.push(event);
    }

    /// Runs a statement of a unit that has recorded what it does.
    ///
    /// # Errors
    /// When nothing was recorded yet, or the database refuses.
    pub fn execute(&mut self, statement: Statement, params: &[&dyn ToValue]) -> store::Result<u64> {
        self.recorded()?;
        self.unit.execute(statement, params)
    }

    /// [`Writer::execute`] for a list of values.
    ///
    /// # Errors
    /// When nothing was recorded yet, or the database refuses.
    pub fn execute_list<T: ToValue>(
        &mut self,
        text: Statement,
        params: &[&dyn ToValue],
        list: &[T],
    ) -> store::Result<u64> {
        self.recorded()?;
        self.unit.execute_list(text, params, list)
    }

    /// [`Writer::execute`] for many rows at once.
    ///
    /// # Errors
    /// When nothing was recorded yet, or the database refuses.
    pub fn execute_many(&mut self, many: &Many) -> store::Result<u64> {
        self.recorded()?;
        self.unit.execute_many(many)
    }

    fn recorded(&self) -> store::Result<()> {
        let why = "a write came before its audit event: call record first";
        if self.done.is_empty() { Err(store::Error::Migration(why.into())) } else { Ok(()) }
    }

    /// Lends the unit to a question that only reads; what it saw is audited with the rest.
    pub fn reading<T>(
        &mut self,
        work: impl FnOnce(&mut Reader<'_, C>) -> store::Result<T>,
    ) -> store::Result<T> {
        let (scope, account) = (self.scope, self.account);
        let mut reader = Reader {
            unit: self.unit.lend_to_read(),
            scope,
            account,
            seen: Vec::new(),
            capability: PhantomData,
        };
        let answer = work(&mut reader)?;
        let seen = std::mem::take(&mut reader.seen);
        drop(reader);
        self.done.extend(seen);
        Ok(answer)
    }

    /// The raw unit, for the platform's own rooms (accounts, audit), whose functions write their events themselves.
    pub fn raw_for_operator(&mut self) -> Write<'_> {
        self.unit.lend()
    }

    /// Who does it.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        self.actor
    }

    /// Who does it, in words.
    #[must_use]
    pub fn by(&self) -> String {
        self.actor.words.clone()
    }

    /// The projects in scope, as `(everywhere, these)`, for `($1 OR project_id IN ($LIST))`.
    #[must_use]
    pub fn projects(&self) -> (bool, Vec<Uuid>) {
        scope_list(self.scope)
    }
}

impl<'a, C> std::ops::Deref for Writer<'a, C> {
    type Target = Read<'a>;
    fn deref(&self) -> &Read<'a> {
        &self.unit
    }
}
impl<'a, C> std::ops::DerefMut for Writer<'a, C> {
    fn deref_mut(&mut self) -> &mut Read<'a> {
        &mut self.unit
    }
}

impl<S: Send + Sync, C: Capability> FromRequestParts<S> for Permit<C> {
    type Rejection = axum::http::StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        // The guard of the route put it there, for the capability the route declared. A handler that asks for another
        // one is a mistake in the program; it gets nothing.
        match parts.extensions.get::<Guarded>() {
            Some(guarded) if guarded.capability == C::NAME => {
                Permit::for_account(&guarded.db, &guarded.account).ok_or(axum::http::StatusCode::NOT_FOUND)
            }
            _ => Err(axum::http::StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}
