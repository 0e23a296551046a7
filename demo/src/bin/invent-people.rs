//! Writes an invented register and a list with its truth as CSV: `invent-people --people 1000000 --rows 300 --out DIR`.

use demo::people::{Errors, Kind, Mix, list, register};
use linkage::Record;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "invent-people --out DIR [--seed N] [--people N] [--rows N] [--hard]
Writes register.csv, list.csv, truth.csv and meta.csv of invented people into DIR.";

struct Wishes {
    out: PathBuf,
    seed: u64,
    people: u64,
    rows: usize,
    errors: Errors,
}

fn wishes() -> Option<Wishes> {
    let mut out =
        Wishes { out: PathBuf::new(), seed: 1, people: 100_000, rows: 300, errors: Errors::ORDINARY };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--out" => out.out = args.next()?.into(),
            "--seed" => out.seed = args.next()?.parse().ok()?,
            "--people" => out.people = args.next()?.parse().ok()?,
            "--rows" => out.rows = args.next()?.parse().ok()?,
            "--hard" => out.errors = Errors::HARD,
            _ => return None,
        }
    }
    (!out.out.as_os_str().is_empty()).then_some(out)
}

fn main() -> ExitCode {
    let Some(wishes) = wishes() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match write_all(&wishes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{} can't be written: {error}", wishes.out.display());
            ExitCode::FAILURE
        }
    }
}

fn write_all(wishes: &Wishes) -> std::io::Result<()> {
    std::fs::create_dir_all(&wishes.out)?;
    let open =
        |name: &str| File::create(wishes.out.join(name)).map(|file| BufWriter::with_capacity(1 << 20, file));
    let columns = "forename,middle,surname,dob,sex,house,street,town,postcode,pnc,cro";
    let mut file = open("register.csv")?;
    writeln!(file, "rec_id,{columns}")?;
    let mut failed = Ok(());
    let households = register(wishes.seed, wishes.people, |id, record| {
        if failed.is_ok() {
            failed = row(&mut file, id, record);
        }
    });
    failed?;
    file.flush()?;
    let (mut rows, mut truth, mut meta) = (open("list.csv")?, open("truth.csv")?, open("meta.csv")?);
    writeln!(rows, "list_id,{columns}")?;
    writeln!(truth, "list_id,rec_id")?;
    writeln!(meta, "list_id,kind,errors,heritage")?;
    for (i, line) in list(wishes.seed, households, wishes.rows, &Mix::HARD, &wishes.errors).iter().enumerate()
    {
        let id = format!("L{i:06}");
        row(&mut rows, &id, &line.written.record)?;
        for right in &line.truth {
            writeln!(truth, "{id},{right}")?;
        }
        let kind = match line.kind {
            Kind::Known => "known",
            Kind::Stranger => "neg_random",
            Kind::Twin => "neg_twin",
            Kind::OneName => "neg_fatherson",
            Kind::Sibling => "neg_sibling",
            Kind::Partner => "neg_couple",
            Kind::Namesake => "neg_namesake",
        };
        writeln!(meta, "{id},{kind},{},{}", line.written.errors.join(" "), line.heritage)?;
    }
    rows.flush()?;
    truth.flush()?;
    meta.flush()
}

fn row(file: &mut impl Write, id: &str, record: &Record) -> std::io::Result<()> {
    let address = record.addresses.first().cloned().unwrap_or_default();
    let birth = record.births.first().map_or("", String::as_str);
    let name = &record.name;
    writeln!(
        file,
        "{id},{},{},{},{birth},{},\"{}\",{},{},{},{},{}",
        name.forename,
        name.middle,
        name.surname,
        record.sex,
        address.house,
        address.street,
        address.town,
        address.postcode,
        record.pnc,
        record.cro
    )
}
