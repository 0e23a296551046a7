//! Answers that must be talked about in the same contact: raised by a version, open until somebody says what was done.

use super::filled::{Found, Prompt, PromptAnswer};
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::ResponseId;
use instruments::PromptFired;
use std::collections::HashMap;
use store::{Read, Result, sql};
use uuid::Uuid;

/// What was done about a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Talked about it there and then.
    Talked,
    /// Talked about it, and a warning was raised.
    Warned,
    /// Put off, with the reason and who will do it. It stays open.
    PutOff,
}

impl Done {
    /// All of them, in the order they are offered.
    pub const ALL: [Done; 3] = [Done::Talked, Done::Warned, Done::PutOff];

    /// The key kept and sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Done::Talked => "talked",
            Done::Warned => "warned",
            Done::PutOff => "put-off",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Done::Talked => "Talked about it now",
            Done::Warned => "Talked about it, and a warning goes with the person",
            Done::PutOff => "Could not be talked about now",
        }
    }

    /// From its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.key() == key)
    }

    /// Whether the prompt is answered by it.
    #[must_use]
    pub fn closes(self) -> bool {
        self != Done::PutOff
    }
}

/// Raises what the score of one version asks for, inside the write that keeps the version.
pub(super) fn raise<C: Capability>(
    w: &mut Writer<'_, C>,
    id: ResponseId,
    version: i64,
    fired: &[PromptFired],
) -> Result<()> {
    for prompt in fired {
        w.record(Event::new("same-contact prompt raised", "questionnaire", id).with(&prompt.id));
        w.execute(
            sql("INSERT INTO response_prompt (id, response_id, version, prompt, words, at) VALUES ($1, $2, $3, $4, $5, $6)"),
            &[&Uuid::now_v7(), &id, &version, &prompt.id, &prompt.words, &clock::now()],
        )?;
    }
    Ok(())
}

/// Says what was done about everything that is open on a questionnaire. An earlier answer stays.
///
/// # Errors
/// When the database refuses.
pub fn answer_prompt<C: Capability>(
    w: &mut Writer<'_, C>,
    found: &Found,
    done: Done,
    words: &str,
) -> Result<()> {
    let by = w.by();
    for prompt in found.filled.prompts.iter().filter(|p| p.is_open()) {
        w.record(
            Event::new("same-contact prompt answered", "questionnaire", found.filled.id).with(done.key()),
        );
        w.execute(
            sql("INSERT INTO response_prompt_answer (id, prompt_id, done, words, at, by_words) VALUES ($1, $2, $3, $4, $5, $6)"),
            &[&Uuid::now_v7(), &prompt.id, &done.key(), &words, &clock::now(), &by],
        )?;
    }
    Ok(())
}

/// Prompts with their answers, by questionnaire and version.
pub(super) fn prompts_of(
    r: &mut Read<'_>,
    ids: &[ResponseId],
) -> Result<HashMap<(ResponseId, i64), Vec<Prompt>>> {
    let mut out: HashMap<(ResponseId, i64), Vec<Prompt>> = HashMap::new();
    if ids.is_empty() {
        return Ok(out);
    }
    let mut answers: HashMap<Uuid, Vec<PromptAnswer>> = HashMap::new();
    for row in r.query_list(
        sql("SELECT a.prompt_id, a.done, a.words, a.at, a.by_words FROM response_prompt_answer a JOIN response_prompt p ON p.id = a.prompt_id WHERE p.response_id IN ($LIST) ORDER BY a.at, a.id"),
        &[],
        ids,
    )? {
        let done = Done::from_key(&row.get::<String>("done")?).unwrap_or(Done::PutOff);
        answers.entry(row.get("prompt_id")?).or_default().push(PromptAnswer {
            done,
            words: row.get("words")?,
            at: row.get("at")?,
            by: row.get("by_words")?,
        });
    }
    for row in r.query_list(
        sql("SELECT id, response_id, version, prompt, words, at FROM response_prompt WHERE response_id IN ($LIST) ORDER BY at, id"),
        &[],
        ids,
    )? {
        let id: Uuid = row.get("id")?;
        out.entry((row.get("response_id")?, row.get("version")?)).or_default().push(Prompt {
            id,
            prompt: row.get("prompt")?,
            words: row.get("words")?,
            at: row.get("at")?,
            answers: answers.remove(&id).unwrap_or_default(),
        });
    }
    Ok(out)
}
