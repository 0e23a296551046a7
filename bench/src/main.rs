//! The service's figures against the budgets of the design. Usage: `bench PEOPLE… [--postgres ADDRESS]`.
//!
//! For each size of register: fill it, take in a list of 300 rows (read, recognise, keep), rank it, look single rows up,
//! then the board of 200 lines through the router with a signed-in practitioner. Figures only; nothing is asserted.

mod world;

use std::time::{Duration, Instant};
use world::World;

type Failed = Box<dyn std::error::Error>;

fn main() -> Result<(), Failed> {
    let mut sizes = Vec::new();
    let mut postgres = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--postgres" => postgres = arguments.next(),
            size => sizes.push(size.parse::<u64>().map_err(|_| format!("{size:?} is no number of people"))?),
        }
    }
    println!(
        "| engine | people | fill s | 300 rows in: read, recognise, keep ms | rank ms | one look-up p50 / p99 ms | search p50 / p99 ms | board of 200: p50 / p95 ms | board bytes, gzip |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for size in sizes {
        measure(&World::sqlite()?, size)?;
        if let Some(address) = &postgres {
            measure(&World::postgres(address)?, size)?;
        }
    }
    Ok(())
}

fn measure(world: &World, people: u64) -> Result<(), Failed> {
    let started = Instant::now();
    world.fill(people)?;
    let fill = started.elapsed();
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
    let mut look_ups = world.look_ups(people, 200)?;
    let mut searches = world.searches(people, 200)?;
    let (mut pages, bytes) = world.pages(100)?;
    println!(
        "| {} | {people} | {:.1} | {:.0} (first list of the run {:.0}) | {:.0} ({rows} rows) | {} / {} | {} / {} | {} / {} | {bytes} |",
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
    );
    Ok(())
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
