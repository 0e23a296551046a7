//! `linkage match` and `linkage index`.

use crate::inputs::{Done, Inputs, threads};
use crate::stats::{Seconds, Watch, peak_bytes};
use linkage::{Cleaned, Decision, Index, csv, probability};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Decisions, CSV: list_id,rec_id,weight,probability,band,rank
    #[arg(long)]
    out: PathBuf,
    /// Print seconds of each stage and peak memory as JSON
    #[arg(long)]
    stats: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct IndexArgs {
    /// Register, CSV
    #[arg(long)]
    register: PathBuf,
    /// Index file to write
    #[arg(long)]
    out: PathBuf,
    /// Threads; all cores when left out
    #[arg(long)]
    threads: Option<usize>,
    /// Print seconds and memory as JSON
    #[arg(long)]
    stats: bool,
}

#[derive(Debug, serde::Serialize)]
struct Stats {
    people: u64,
    rows: usize,
    /// Reading, cleaning, encoding and making keys, which go on at once.
    read: Seconds,
    /// Sorting keys and counts.
    index: Seconds,
    #[serde(rename = "match")]
    matching: Seconds,
    total: Seconds,
    peak_memory_bytes: u64,
    index_bytes: usize,
    index_bytes_per_person: f64,
    rows_that_claim_a_person_also_claimed: usize,
    ambiguous_rows: usize,
}

pub(crate) fn run(args: &Args) -> Done {
    let (all, watch) = (Watch::start(), Watch::start());
    let threads = args.inputs.threads();
    let model = args.inputs.model()?;
    let list = args.inputs.list()?;
    warn_of_repeated_ids(&list);
    let (index, read, built) = if crate::inputs::is_index(&args.inputs.register) {
        (args.inputs.index()?, watch.stop(), Seconds::default())
    } else {
        let parts = csv::read_parts(&args.inputs.register, threads)?;
        let read = watch.stop();
        let watch = Watch::start();
        (Index::join(parts, threads), read, watch.stop())
    };
    let watch = Watch::start();
    let (ids, rows): (Vec<String>, Vec<_>) = list.into_iter().unzip();
    let decided = index.match_list(&model, &rows, threads);
    let matching = watch.stop();
    write(&args.out, &ids, &decided, &index)?;
    let claims: Vec<&Decision> =
        decided.iter().map(|(d, _)| d).filter(|d| !d.also_claimed_by.is_empty()).collect();
    for ((decision, rows), id) in decided.iter().zip(&ids).filter(|((d, _), _)| !d.also_claimed_by.is_empty())
    {
        let person = decision
            .candidates
            .first()
            .and_then(|best| rows.get(best.candidate))
            .map_or("", |row| index.id(*row));
        let others: Vec<&str> =
            decision.also_claimed_by.iter().filter_map(|i| ids.get(*i)).map(String::as_str).collect();
        eprintln!("warning: {id} and {} claim the same person {person}", others.join(", "));
    }
    if args.stats {
        let stats = Stats {
            people: index.len(),
            rows: rows.len(),
            read,
            index: built,
            matching,
            total: all.stop(),
            peak_memory_bytes: peak_bytes(),
            index_bytes: index.bytes(),
            index_bytes_per_person: index.bytes() as f64 / index.len().max(1) as f64,
            rows_that_claim_a_person_also_claimed: claims.len(),
            ambiguous_rows: decided.iter().filter(|(d, _)| d.ambiguous).count(),
        };
        println!("{}", serde_json::to_string_pretty(&stats)?);
    }
    Ok(())
}

/// Two rows of one id can't be told apart in the decisions.
fn warn_of_repeated_ids(list: &[(String, Cleaned)]) {
    let mut ids: Vec<&str> = list.iter().map(|(id, _)| id.as_str()).collect();
    ids.sort_unstable();
    for same in ids.chunk_by(|a, b| a == b).filter(|same| same.len() > 1) {
        eprintln!(
            "warning: {} rows of the list have the id {:?}; their decisions can't be told apart",
            same.len(),
            same[0]
        );
    }
}

fn write(path: &PathBuf, ids: &[String], decided: &[(Decision, Vec<u64>)], index: &Index) -> Done {
    let failed = |e: std::io::Error| format!("{} can't be written: {e}", path.display());
    let mut file = BufWriter::new(File::create(path).map_err(failed)?);
    writeln!(file, "list_id,rec_id,weight,probability,band,rank").map_err(failed)?;
    for (id, (decision, rows)) in ids.iter().zip(decided) {
        let id = quoted(id);
        if decision.candidates.is_empty() {
            writeln!(file, "{id},,,,none,").map_err(failed)?;
        }
        for (rank, best) in (1..).zip(&decision.candidates) {
            let person = rows.get(best.candidate).map_or("", |row| index.id(*row));
            let (weight, chance) = (best.weight, probability(best.weight));
            writeln!(file, "{id},{},{weight:.3},{chance:.6},{},{rank}", quoted(person), best.band.word())
                .map_err(failed)?;
        }
    }
    file.flush().map_err(failed)?;
    Ok(())
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

pub(crate) fn build_index(args: &IndexArgs) -> Done {
    let watch = Watch::start();
    let index = csv::read_register(&args.register, threads(args.threads))?;
    let built = watch.stop();
    let watch = Watch::start();
    index.save(&args.out).map_err(|e| format!("{}: {e}", args.out.display()))?;
    if args.stats {
        let stats = serde_json::json!({
            "people": index.len(), "build": built, "save": watch.stop(), "peak_memory_bytes": peak_bytes(), "index_bytes": index.bytes(),
        });
        println!("{}", serde_json::to_string_pretty(&stats)?);
    }
    Ok(())
}
