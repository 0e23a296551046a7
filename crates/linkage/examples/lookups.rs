//! Times single look-ups and changes against an index: `lookups REGISTER.csv|INDEX LIST.csv`. Prints JSON, microseconds.

use linkage::{Index, Model, csv};
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, register, list] = args.as_slice() else {
        return Err("lookups REGISTER.csv|INDEX LIST.csv".into());
    };
    let mut index = match Index::open(Path::new(register)) {
        Ok(index) => index,
        Err(_) => csv::read_register(Path::new(register), 1)?,
    };
    let list = csv::read_list(Path::new(list))?;
    let model = Model::shipped();
    // Once unmeasured, so that a mapped file is in memory: the figures are for a warm index.
    let candidates: usize = list.iter().map(|(_, row)| index.candidates(row).len()).sum();
    let mut times: Vec<f64> = Vec::new();
    for (_, row) in &list {
        let start = Instant::now();
        std::hint::black_box(index.best(&model, row));
        times.push(start.elapsed().as_secs_f64() * 1e6);
    }
    let mut changes: Vec<f64> = Vec::new();
    for (id, row) in &list {
        let start = Instant::now();
        index.put(id, row);
        changes.push(start.elapsed().as_secs_f64() * 1e6);
        let seen = index.best(&model, row).iter().any(|(found, _)| index.id(*found) == id);
        if !seen && (!row.births.is_empty() || row.pnc.is_some()) {
            return Err(format!("{id} was put and the next look-up doesn't see it").into());
        }
    }
    let at = |times: &mut Vec<f64>, share: f64| {
        times.sort_by(f64::total_cmp);
        times.get(((times.len() - 1) as f64 * share) as usize).copied().unwrap_or(0.0)
    };
    println!(
        "{{\"people\": {}, \"candidates_a_row\": {:.1}, \"lookup_us\": {{\"p50\": {:.1}, \"p99\": {:.1}, \"max\": {:.1}}}, \"change_us\": {{\"p50\": {:.1}, \"p99\": {:.1}}}}}",
        index.len(),
        candidates as f64 / list.len() as f64,
        at(&mut times, 0.5),
        at(&mut times, 0.99),
        at(&mut times, 1.0),
        at(&mut changes, 0.5),
        at(&mut changes, 0.99)
    );
    Ok(())
}
