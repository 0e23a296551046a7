//! `linkage dedupe`: pairs within one file.

use crate::inputs::{Done, model, threads};
use linkage::csv;
use linkage::dedupe::{Settings, dedupe};
use std::collections::HashSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Records, CSV
    #[arg(long)]
    records: PathBuf,
    /// Pairs to write, CSV: rec_id_1,rec_id_2,weight,probability
    #[arg(long)]
    out: Option<PathBuf>,
    /// True pairs, CSV: rec_id_1,rec_id_2; prints precision, recall and F1
    #[arg(long, conflicts_with = "cluster")]
    truth: Option<PathBuf>,
    /// Column that names the true cluster of each record; prints precision, recall and F1
    #[arg(long)]
    cluster: Option<String>,
    /// Model file (TOML) to start from
    #[arg(long)]
    model: Option<PathBuf>,
    /// Threads; all cores when left out
    #[arg(long)]
    threads: Option<usize>,
}

pub(crate) fn run(args: &Args) -> Done {
    let records = csv::read_list(&args.records)?;
    let settings = Settings { threads: threads(args.threads), ..Settings::default() };
    let found = dedupe(&records, &model(args.model.as_deref())?, &settings);
    let ids: Vec<&str> = records.iter().map(|(id, _)| id.as_str()).collect();
    let name = |i: usize| ids.get(i).copied().unwrap_or("");
    if let Some(path) = &args.out {
        let failed = |e: std::io::Error| format!("{} can't be written: {e}", path.display());
        let mut file = BufWriter::new(File::create(path).map_err(failed)?);
        writeln!(file, "rec_id_1,rec_id_2,weight,probability").map_err(failed)?;
        for pair in found.iter().filter(|p| p.same) {
            let chance = linkage::probability(pair.weight);
            writeln!(file, "{},{},{:.3},{chance:.6}", name(pair.first), name(pair.second), pair.weight)
                .map_err(failed)?;
        }
        file.flush().map_err(failed)?;
    }
    let truth: HashSet<(String, String)> = match (&args.truth, &args.cluster) {
        (Some(path), _) => csv::read_pairs(path)?.into_iter().collect(),
        (None, Some(column)) => csv::pairs_of_clusters(&args.records, column)?.into_iter().collect(),
        (None, None) => return Ok(()),
    };
    let ordered =
        |a: &str, b: &str| if a < b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) };
    let truth: HashSet<(String, String)> = truth.iter().map(|(a, b)| ordered(a, b)).collect();
    let is_true = |i: usize, j: usize| truth.contains(&ordered(name(i), name(j)));
    let report = |what: &str, right: usize, all: usize| {
        let (p, r) = (right as f64 / all.max(1) as f64, right as f64 / truth.len().max(1) as f64);
        println!(
            "{what}: F1 {:.4}, precision {p:.4}, recall {r:.4} ({all} pairs)",
            2.0 * p * r / (p + r).max(1e-9)
        );
    };
    let same: Vec<_> = found.iter().filter(|p| p.same).collect();
    report("as decided", same.iter().filter(|p| is_true(p.first, p.second)).count(), same.len());
    let (mut right, mut best) = (0, (0.0, 0, 0, 0.0));
    let mut sorted: Vec<_> = found.iter().collect();
    sorted.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    for (i, pair) in sorted.iter().enumerate() {
        right += usize::from(is_true(pair.first, pair.second));
        let f1 = 2.0 * right as f64 / (i + 1 + truth.len()) as f64;
        if f1 > best.0 {
            best = (f1, right, i + 1, pair.weight);
        }
    }
    report(&format!("pairs alone, best threshold ({:.2} bits)", best.3), best.1, best.2);
    report("every candidate pair (what blocking can reach)", right, sorted.len());
    Ok(())
}
