//! `linkage train`: weights from data.

use crate::inputs::{Done, Inputs, truth};
use linkage::evaluate::Truth;
use linkage::{Cleaned, Evidence, Index, evidence, train};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Right answers, CSV: list_id,rec_id; learns without labels when left out
    #[arg(long)]
    truth: Option<PathBuf>,
    /// Model file to write (TOML)
    #[arg(long)]
    out: PathBuf,
}

pub(crate) fn run(args: &Args) -> Done {
    let (index, list, model) = (args.inputs.index()?, args.inputs.list()?, args.inputs.model()?);
    let rows: Vec<Vec<(u64, Evidence)>> = list.iter().map(|(_, row)| pairs(&index, row)).collect();
    let found: Vec<Vec<Evidence>> = rows.iter().map(|row| row.iter().map(|(_, e)| *e).collect()).collect();
    let trained = match &args.truth {
        Some(path) => {
            let right = labels(&index, &list, &rows, &truth(path)?);
            train::with_labels(&model, &found, &right, index.len())
        }
        None => train::without_labels(&model, &found, index.len()),
    };
    std::fs::write(&args.out, trained.model.to_toml()?)
        .map_err(|e| format!("{} can't be written: {e}", args.out.display()))?;
    println!(
        "{} rounds; version {}; known share {:.3}; slope {:.3}, offset {:.2}; certain from {:.2} bits, review from {:.2} bits",
        trained.rounds,
        trained.model.version,
        trained.model.known_share,
        trained.model.calibration.slope,
        trained.model.calibration.offset,
        trained.model.certain_from,
        trained.model.review_from
    );
    Ok(())
}

fn pairs(index: &Index, listed: &Cleaned) -> Vec<(u64, Evidence)> {
    let known = index.candidates(listed).into_iter();
    known.map(|(row, person)| (row, evidence(listed, &person, index.frequencies()))).collect()
}

fn labels(
    index: &Index,
    list: &[(String, Cleaned)],
    rows: &[Vec<(u64, Evidence)>],
    truth: &Truth,
) -> Vec<Vec<bool>> {
    let both = list.iter().zip(rows);
    both.map(|((id, _), row)| {
        let right = truth.get(id);
        row.iter().map(|(person, _)| right.is_some_and(|ids| ids.contains(index.id(*person)))).collect()
    })
    .collect()
}
