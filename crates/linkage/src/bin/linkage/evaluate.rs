//! `linkage evaluate`: a list against the truth.

use crate::inputs::{Done, Inputs, answers, truth};
use linkage::evaluate::{Evaluation, Rates, evaluate};
use linkage::{csv, fairness};
use std::collections::HashMap;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Right answers, CSV: list_id,rec_id
    #[arg(long)]
    truth: PathBuf,
    /// Kinds of rows for error analysis, CSV: list_id,kind,… and perhaps heritage. Never an input of the matcher
    #[arg(long)]
    meta: Option<PathBuf>,
    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
    /// Also print the wrong and missed rows
    #[arg(long)]
    errors: bool,
}

pub(crate) fn run(args: &Args) -> Done {
    let (index, list, model) = (args.inputs.index()?, args.inputs.list()?, args.inputs.model()?);
    let rows: Vec<_> = list.iter().map(|(_, row)| row.clone()).collect();
    let answers = answers(&index, &list, &index.match_list(&model, &rows, args.inputs.threads()));
    let truth = truth(&args.truth)?;
    let all = evaluate(&answers, &truth, |_| true);
    let kinds: Option<HashMap<String, String>> = args
        .meta
        .as_deref()
        .map(|path| csv::read_pairs(path).map(|kinds| kinds.into_iter().collect()))
        .transpose()?;
    // Where the kinds say of what heritage a name is, that is better than a guess from a surname as it was misspelt.
    let heritages =
        args.meta.as_deref().map(|path| csv::read_column(path, "heritage")).transpose()?.flatten();
    let heritages: HashMap<String, String> = heritages.into_iter().flatten().collect();
    let groups = [
        fairness::by_group(&list, &answers, &truth, |_, row| fairness::sex(row)),
        fairness::by_group(&list, &answers, &truth, |id, row| {
            heritages.get(id).map_or_else(|| fairness::heritage(row), String::as_str)
        }),
    ];
    // Rows that look like somebody known without being them, and whose best candidate is certain.
    let fooled = kinds.as_ref().map(|kinds| {
        let certain =
            answers.iter().filter(|a| a.candidates.first().is_some_and(|c| c.2 == linkage::Band::Certain));
        let wrong = certain.filter(|a| {
            a.candidates.first().is_some_and(|c| truth.get(&a.list_id).is_none_or(|ids| !ids.contains(&c.0)))
        });
        wrong
            .filter(|a| {
                kinds.get(&a.list_id).is_some_and(|kind| kind.starts_with("neg_") && kind != "neg_random")
            })
            .count()
    });
    if args.json {
        let named = |groups: &Vec<(&str, Evaluation)>| -> serde_json::Map<String, serde_json::Value> {
            groups.iter().map(|(name, e)| ((*name).to_owned(), json(e))).collect()
        };
        let value = serde_json::json!({
            "all": json(&all), "relatives_and_namesakes_in_certain": fooled, "sex": named(&groups[0]), "heritage": named(&groups[1]),
        });
        println!("{}", serde_json::to_string_pretty(&value)?);
        return Ok(());
    }
    print_all(&all);
    if let Some(fooled) = fooled {
        println!("relatives and namesakes in the certain band: {fooled}");
    }
    for groups in &groups {
        print_groups(groups);
    }
    if args.errors {
        let kind = |id: &str| kinds.as_ref().and_then(|k| k.get(id)).map_or("", String::as_str).to_owned();
        for answer in &answers {
            let right = truth.get(&answer.list_id);
            let best = answer.candidates.first();
            let is_right = best.is_some_and(|c| right.is_some_and(|ids| ids.contains(&c.0)));
            let shown = best.is_some_and(|c| c.2 > linkage::Band::None);
            if shown != right.is_some() || (shown && !is_right) {
                let found = best
                    .map_or_else(|| "nobody".to_owned(), |c| format!("{} {:.1} {}", c.0, c.1, c.2.word()));
                println!("{} {}: {found}; truth {right:?}", answer.list_id, kind(&answer.list_id));
            }
        }
    }
    Ok(())
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn rates(rates: &Rates) -> serde_json::Value {
    serde_json::json!({
        "precision": rates.precision(), "recall": rates.recall(), "f1": rates.f1(), "right": rates.right, "wrong": rates.wrong,
    })
}

fn json(e: &Evaluation) -> serde_json::Value {
    serde_json::json!({
        "rows": e.rows, "known": e.certain.known, "best_f1": rates(&e.best), "best_f1_from": e.best_from, "shown": rates(&e.shown),
        "certain": rates(&e.certain), "among_best_three": share(e.among_three, e.certain.known), "review_share": share(e.review, e.rows),
        "recall_at_precision_99": e.recall_at[0], "recall_at_precision_999": e.recall_at[1],
        "found_at_all": share(e.found_at_all, e.certain.known), "brier": e.brier,
    })
}

fn print_all(e: &Evaluation) {
    let line = |name: &str, r: &Rates| {
        println!(
            "{name}: F1 {:.4}, precision {:.4}, recall {:.4} ({} right, {} wrong of {} known)",
            r.f1(),
            r.precision(),
            r.recall(),
            r.right,
            r.wrong,
            r.known
        );
    };
    println!("{} rows, {} known", e.rows, e.certain.known);
    line(&format!("best candidate, best threshold ({:.2} bits)", e.best_from), &e.best);
    line("best candidate, certain and review", &e.shown);
    line("certain", &e.certain);
    println!(
        "true person among the best three, certain and review: {:.4}",
        share(e.among_three, e.certain.known)
    );
    println!("rows sent to review: {:.2} %", 100.0 * share(e.review, e.rows));
    println!("recall at precision .99: {:.4}, at .999: {:.4}", e.recall_at[0], e.recall_at[1]);
    println!(
        "true person among the candidates at all: {:.4}; Brier score {:.5}",
        share(e.found_at_all, e.certain.known),
        e.brier
    );
}

fn print_groups(groups: &[(&str, Evaluation)]) {
    for (name, e) in groups {
        println!(
            "  {name:<22} {:>5} rows {:>5} known: shown precision {:.4} recall {:.4}; certain precision {:.4} recall {:.4}",
            e.rows,
            e.certain.known,
            e.shown.precision(),
            e.shown.recall(),
            e.certain.precision(),
            e.certain.recall()
        );
    }
    // Groups of fewer than a hundred known rows differ by chance alone; "other" gathers the misspelled surnames of all.
    let large = groups.iter().filter(|(name, e)| e.certain.known >= 100 && *name != "other").map(|(_, e)| e);
    let large: Vec<&Evaluation> = large.collect();
    if large.len() < 2 {
        println!("  fewer than two groups have a hundred known rows: nothing to compare");
        return;
    }
    for (what, of) in [
        ("recall", (|e: &Evaluation| (e.shown.recall(), e.certain.known)) as fn(&Evaluation) -> (f64, usize)),
        ("precision", |e: &Evaluation| (e.shown.precision(), e.shown.right + e.shown.wrong)),
    ] {
        let values = || large.iter().map(|e| of(e));
        let (Some(low), Some(high)) =
            (values().min_by(|a, b| a.0.total_cmp(&b.0)), values().max_by(|a, b| a.0.total_cmp(&b.0)))
        else {
            continue;
        };
        let error = |(p, n): (f64, usize)| p * (1.0 - p) / n.max(1) as f64;
        let chance = 2.0 * (error(low) + error(high)).sqrt();
        println!(
            "  greatest difference of {what} between groups of 100 and more: {:.4} (two standard errors {chance:.4})",
            high.0 - low.0
        );
    }
}
