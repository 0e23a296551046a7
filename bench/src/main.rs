//! The service's figures against the budgets of the design. Usage: `bench PEOPLE… [--encrypted] [--data FOLDER] [--postgres ADDRESS [--only]]`: each size
//! on SQLite, with `--encrypted` in an encrypted data folder as well, then on PostgreSQL where one is named; with `--only` there alone. `bench helping [--postgres ADDRESS]`: pages of
//! referrals, directory, timeline and tasks instead. `--data FOLDER` keeps the SQLite database. With `--filled` the folder and
//! the database named hold a register of that size from an earlier run: look-ups and searches alone are measured there again.
//!
//! For each size of register: fill it, take in a list of 300 rows (read, recognise, keep), rank it, look single rows up,
//! then the board of 200 lines through the router with a signed-in practitioner. Figures only; nothing is asserted.

mod helping;
mod world;

use std::path::PathBuf;
use std::time::{Duration, Instant};
use world::World;

/// Enough that a p99 is not the one slowest.
const LOOK_UPS: usize = 1_000;
const SEARCHES: usize = 1_000;

type Failed = Box<dyn std::error::Error>;

fn main() -> Result<(), Failed> {
    let mut sizes = Vec::new();
    let (mut postgres, mut only, mut encrypted, mut helped, mut filled) = (None, false, false, false, false);
    let mut data: Option<PathBuf> = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--postgres" => postgres = arguments.next(),
            "--only" => only = true,
            "--encrypted" => encrypted = true,
            "--data" => data = arguments.next().map(PathBuf::from),
            "--filled" => filled = true,
            "helping" => helped = true,
            size => sizes.push(size.parse::<u64>().map_err(|_| format!("{size:?} is no number of people"))?),
        }
    }
    if helped {
        helping::measure(&World::sqlite()?)?;
        if let Some(address) = &postgres {
            helping::measure(&World::postgres(address)?)?;
        }
        return Ok(());
    }
    if filled {
        let mut worlds = Vec::new();
        if let Some(folder) = &data {
            worlds.push(World::kept(folder)?);
        }
        if let Some(address) = &postgres {
            worlds.push(World::postgres(address)?);
        }
        for world in &worlds {
            for &people in &sizes {
                measure_filled(world, people)?;
            }
        }
        return Ok(());
    }
    println!(
        "| engine | people | fill s (CPU s of this program) | 300 rows in: read, recognise, keep ms | rank ms | one look-up p50 / p99 ms | search p50 / p99 ms | board of 200: p50 / p95 ms | board bytes, gzip | 300 results one by one: s in all, p50 / p95 ms |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for size in sizes {
        if !only {
            measure(&data.as_deref().map_or_else(World::sqlite, World::kept)?, size)?;
        }
        if encrypted {
            measure(&World::encrypted()?, size)?;
        }
        if let Some(address) = &postgres {
            measure(&World::postgres(address)?, size)?;
        }
    }
    Ok(())
}

/// Look-ups and searches by kind in a register that is there: each kind's first answer is slower, as pages come from the disk.
fn measure_filled(world: &World, people: u64) -> Result<(), Failed> {
    let mut look_ups = world.look_ups(people, LOOK_UPS)?;
    println!(
        "{}: one look-up p50 / p99: {} / {} ms",
        world.engine,
        at(&mut look_ups, 50),
        at(&mut look_ups, 99)
    );
    for (kind, mut times) in world.searches_by_kind(people, SEARCHES)? {
        println!(
            "{}: search by {kind}, p50 / p99: {} / {} ms",
            world.engine,
            at(&mut times, 50),
            at(&mut times, 99)
        );
    }
    Ok(())
}

fn measure(world: &World, people: u64) -> Result<(), Failed> {
    let (started, cpu) = (Instant::now(), cpu_seconds());
    world.fill(people)?;
    let (fill, fill_cpu) = (started.elapsed(), cpu_seconds() - cpu);
    let list = world.list(people, 300, 1);
    let started = Instant::now();
    world.take_in("warm-up.csv", world.list(people, 20, 2).as_bytes())?;
    let warm_up = started.elapsed();
    let started = Instant::now();
    world.take_in("list.csv", list.as_bytes())?;
    let intake = started.elapsed();
    let started = Instant::now();
    let rows = world.rank()?;
    let ranking = started.elapsed();
    let mut look_ups = world.look_ups(people, LOOK_UPS)?;
    let mut searches = world.searches(people, SEARCHES)?;
    let (mut pages, bytes) = world.pages(100)?;
    let mut results = world.results(people, 300)?;
    println!(
        "| {} | {people} | {:.1} ({fill_cpu:.1}) | {:.0} (first list of the run {:.0}) | {:.0} ({rows} rows) | {} / {} | {} / {} | {} / {} | {bytes} | {:.1}, {} / {} |",
        world.engine,
        fill.as_secs_f64(),
        ms(intake),
        ms(warm_up),
        ms(ranking),
        at(&mut look_ups, 50),
        at(&mut look_ups, 99),
        at(&mut searches, 50),
        at(&mut searches, 99),
        at(&mut pages, 50),
        at(&mut pages, 95),
        results.iter().sum::<Duration>().as_secs_f64(),
        at(&mut results, 50),
        at(&mut results, 95),
    );
    Ok(())
}

/// CPU seconds of this program so far: what to compare where others work on the same machine. 0 where the system doesn't
/// tell (only Linux is read).
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the command in brackets: utime is the 12th field, stime the 13th, in hundredths of a second.
    let fields: Vec<f64> = text
        .rsplit(')')
        .next()
        .map(|rest| rest.split_whitespace().skip(11).take(2).filter_map(|t| t.parse().ok()).collect())
        .unwrap_or_default();
    fields.iter().sum::<f64>() / 100.0
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// A percentile in milliseconds.
fn at(times: &mut [Duration], percent: usize) -> String {
    times.sort_unstable();
    let index = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(index).map_or_else(|| "–".into(), |t| format!("{:.1}", ms(*t)))
}
