//! PostgreSQL over a pool of blocking clients.

use crate::error::{Error, Result, Trouble};
use crate::postgres_address::Address;
use crate::unit::{Engine, Read, Row, Write};
use crate::value::Value;
use jiff::{Timestamp, civil};
use postgres::Client;
use postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// How long a connection is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// Connections at once from this process.
const CONNECTIONS: u32 = 12;

#[derive(Debug, Clone)]
pub(crate) struct Postgres {
    pool: r2d2::Pool<Clients>,
    pub(crate) is_private: bool,
}

/// A client with the statements it has prepared, by text.
struct Prepared {
    client: Client,
    statements: HashMap<String, postgres::Statement>,
    /// Set while a unit of work runs: a panic leaves it set, and the pool throws the connection away.
    busy: bool,
}

#[derive(Debug)]
struct Clients(Address);

impl r2d2::ManageConnection for Clients {
    type Connection = Prepared;
    type Error = postgres::Error;
    fn connect(&self) -> Result<Prepared, postgres::Error> {
        Ok(Prepared { client: self.0.connect()?, statements: HashMap::new(), busy: false })
    }
    fn is_valid(&self, connection: &mut Prepared) -> Result<(), postgres::Error> {
        connection.client.is_valid(Duration::from_secs(5))
    }
    fn has_broken(&self, connection: &mut Prepared) -> bool {
        connection.busy || connection.client.is_closed()
    }
}

fn failed(sql: &str) -> impl FnOnce(postgres::Error) -> Error + '_ {
    move |error| Error::Postgres { error, sql: sql.to_owned() }
}

impl Postgres {
    pub(crate) fn open(address: &str) -> Result<Self> {
        let address = Address::read(address)?;
        let is_private = address.is_private();
        let pool = r2d2::Pool::builder()
            .max_size(CONNECTIONS)
            .min_idle(Some(1))
            .connection_timeout(PATIENCE)
            .test_on_check_out(false)
            .build(Clients(address))
            .map_err(|e| Error::Connect(e.to_string()))?;
        Ok(Self { pool, is_private })
    }

    /// A connection with a transaction begun. One that was cut while it lay idle shows only now, and nothing was done on it yet:
    /// another takes its place, so that a server that was started again is not noticed.
    fn begun(&self, begin: &str) -> Result<r2d2::PooledConnection<Clients>> {
        let mut cut = 0;
        loop {
            let mut connection = self.pool.get().map_err(|e| Error::Connect(e.to_string()))?;
            connection.busy = true;
            match connection.client.batch_execute(begin).map_err(failed(begin)) {
                Ok(()) => return Ok(connection),
                Err(error) if error.trouble() == Trouble::Unreachable && cut < CONNECTIONS => cut += 1,
                Err(error) => return Err(error),
            }
        }
    }

    fn run<T, E: From<Error>>(
        &self,
        begin: &str,
        work: impl FnOnce(&mut dyn Engine) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.begun(begin)?;
        let answer = work(&mut Transaction { connection: &mut connection });
        let end = if answer.is_ok() { "COMMIT" } else { "ROLLBACK" };
        let ended = connection.client.batch_execute(end).map_err(failed(end));
        connection.busy = false;
        let answer = answer?;
        ended?;
        Ok(answer)
    }

    pub(crate) fn read<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Read<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", |engine| work(&mut Read { engine }))
    }

    pub(crate) fn write<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.run("BEGIN", |engine| work(&mut Write { read: Read { engine } }))
    }

    pub(crate) fn batch(&self, text: &str) -> Result<()> {
        let mut connection = self.pool.get().map_err(|e| Error::Connect(e.to_string()))?;
        // Steps of the schema may take their time on a large register.
        connection.client.batch_execute("SET statement_timeout = 0").map_err(failed("SET"))?;
        connection.busy = true;
        let done = connection.client.batch_execute(text).map_err(failed(text));
        // Of a step that failed nothing stays, and the next user of this connection finds it as it was.
        let ended =
            if done.is_ok() { "RESET statement_timeout" } else { "ROLLBACK; RESET statement_timeout" };
        let reset = connection.client.batch_execute(ended).map_err(failed(ended));
        connection.busy = reset.is_err();
        done.and(reset)
    }

    pub(crate) fn prepares(&self, text: &str) -> Result<()> {
        let mut connection = self.pool.get().map_err(|e| Error::Connect(e.to_string()))?;
        connection.client.prepare(text).map(drop).map_err(failed(text))
    }
}

struct Transaction<'a> {
    connection: &'a mut Prepared,
}

impl Transaction<'_> {
    fn prepared(&mut self, text: &str) -> Result<postgres::Statement> {
        if let Some(statement) = self.connection.statements.get(text) {
            return Ok(statement.clone());
        }
        let statement = self.connection.client.prepare(text).map_err(failed(text))?;
        self.connection.statements.insert(text.to_owned(), statement.clone());
        Ok(statement)
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(v) => v.to_sql_checked(ty, out),
            Value::Float(v) => v.to_sql_checked(ty, out),
            Value::Bool(v) => v.to_sql_checked(ty, out),
            Value::Text(v) => v.to_sql_checked(ty, out),
            Value::Bytes(v) => v.to_sql_checked(ty, out),
            Value::Uuid(v) => v.to_sql_checked(ty, out),
            Value::Moment(v) => v.to_sql_checked(ty, out),
            Value::Date(v) => v.to_sql_checked(ty, out),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    to_sql_checked!();
}

fn value(row: &postgres::Row, index: usize, ty: &Type) -> Result<Value, postgres::Error> {
    Ok(match *ty {
        Type::INT8 => row.try_get::<_, Option<i64>>(index)?.map_or(Value::Null, Value::Int),
        Type::INT4 => row.try_get::<_, Option<i32>>(index)?.map_or(Value::Null, |v| Value::Int(i64::from(v))),
        Type::INT2 => row.try_get::<_, Option<i16>>(index)?.map_or(Value::Null, |v| Value::Int(i64::from(v))),
        Type::FLOAT8 => row.try_get::<_, Option<f64>>(index)?.map_or(Value::Null, Value::Float),
        Type::BOOL => row.try_get::<_, Option<bool>>(index)?.map_or(Value::Null, Value::Bool),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(index)?.map_or(Value::Null, Value::Bytes),
        Type::UUID => row.try_get::<_, Option<Uuid>>(index)?.map_or(Value::Null, Value::Uuid),
        Type::TIMESTAMPTZ => row.try_get::<_, Option<Timestamp>>(index)?.map_or(Value::Null, Value::Moment),
        Type::DATE => row.try_get::<_, Option<civil::Date>>(index)?.map_or(Value::Null, Value::Date),
        _ => row.try_get::<_, Option<String>>(index)?.map_or(Value::Null, Value::Text),
    })
}

fn borrowed(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|p| p as &(dyn ToSql + Sync)).collect()
}

impl Engine for Transaction<'_> {
    fn query(&mut self, text: &str, params: &[Value]) -> Result<Vec<Row>> {
        let statement = self.prepared(text)?;
        let columns: HashMap<String, usize> =
            statement.columns().iter().enumerate().map(|(i, c)| (c.name().to_owned(), i)).collect();
        let columns = Arc::new(columns);
        let found = self.connection.client.query(&statement, &borrowed(params)).map_err(failed(text))?;
        let mut rows = Vec::with_capacity(found.len());
        for row in &found {
            let values = statement
                .columns()
                .iter()
                .enumerate()
                .map(|(index, column)| value(row, index, column.type_()))
                .collect::<Result<Vec<_>, _>>()
                .map_err(failed(text))?;
            rows.push(Row { columns: Arc::clone(&columns), values });
        }
        Ok(rows)
    }

    fn execute(&mut self, text: &str, params: &[Value]) -> Result<u64> {
        let statement = self.prepared(text)?;
        self.connection.client.execute(&statement, &borrowed(params)).map_err(failed(text))
    }
}
