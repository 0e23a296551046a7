//! Files that several commands take.

use clap::Args;
use linkage::evaluate::{Answer, Truth};
use linkage::{Cleaned, Decision, Index, Model, csv};
use std::error::Error;
use std::path::{Path, PathBuf};

pub(crate) type Done = Result<(), Box<dyn Error>>;

/// A register, a list and a model.
#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Register, CSV (or an index file made by `linkage index`)
    #[arg(long)]
    pub(crate) register: PathBuf,
    /// List, CSV
    #[arg(long)]
    pub(crate) list: PathBuf,
    /// Model file (TOML); the shipped weights when left out
    #[arg(long)]
    pub(crate) model: Option<PathBuf>,
    /// Threads; all cores when left out
    #[arg(long)]
    pub(crate) threads: Option<usize>,
}

pub(crate) fn threads(wish: Option<usize>) -> usize {
    wish.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1)
}

pub(crate) fn model(path: Option<&Path>) -> Result<Model, Box<dyn Error>> {
    let Some(path) = path else { return Ok(Model::shipped()) };
    let text =
        std::fs::read_to_string(path).map_err(|e| format!("model {} can't be read: {e}", path.display()))?;
    Model::from_toml(&text).map_err(|e| format!("model {}: {e}", path.display()).into())
}

impl Inputs {
    pub(crate) fn threads(&self) -> usize {
        threads(self.threads)
    }

    /// The register as an index: opened when it is an index file, read and built when it is CSV.
    pub(crate) fn index(&self) -> Result<Index, Box<dyn Error>> {
        if is_index(&self.register) {
            return Index::open(&self.register)
                .map_err(|e| format!("{}: {e}", self.register.display()).into());
        }
        Ok(csv::read_register(&self.register, self.threads())?)
    }

    pub(crate) fn list(&self) -> Result<Vec<(String, Cleaned)>, Box<dyn Error>> {
        Ok(csv::read_list(&self.list)?)
    }

    pub(crate) fn model(&self) -> Result<Model, Box<dyn Error>> {
        model(self.model.as_deref())
    }
}

pub(crate) fn is_index(path: &Path) -> bool {
    use std::io::Read;
    let mut head = [0; 7];
    std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && &head == b"LINKIDX"
}

/// Answers with the register's ids.
pub(crate) fn answers(
    index: &Index,
    list: &[(String, Cleaned)],
    decided: &[(Decision, Vec<u64>)],
) -> Vec<Answer> {
    let id = |rows: &[u64], i: usize| rows.get(i).map_or_else(String::new, |row| index.id(*row).to_owned());
    let both = list.iter().zip(decided);
    both.map(|((list_id, _), (decision, rows))| Answer::new(list_id, decision, |i| id(rows, i))).collect()
}

/// A truth file: `list_id,rec_id` with a header; a row may come twice with two people.
pub(crate) fn truth(path: &Path) -> Result<Truth, Box<dyn Error>> {
    let mut truth = Truth::new();
    for (list_id, rec_id) in csv::read_pairs(path)? {
        truth.entry(list_id).or_default().insert(rec_id);
    }
    Ok(truth)
}
