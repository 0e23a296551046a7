//! `linkage explain`: the waterfall of one pair.

use crate::inputs::{Done, Inputs};
use linkage::{Agreement, Comparison};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// list_id of the row
    #[arg(long)]
    row: String,
    /// rec_id of a person; the row's best candidates when left out
    #[arg(long)]
    person: Option<String>,
}

pub(crate) fn run(args: &Args) -> Done {
    let (index, list, model) = (args.inputs.index()?, args.inputs.list()?, args.inputs.model()?);
    let (_, listed) = list
        .iter()
        .find(|(id, _)| *id == args.row)
        .ok_or_else(|| format!("the list has no row {}", args.row))?;
    let people = match &args.person {
        Some(id) => {
            let row = index.row_of(id).ok_or_else(|| format!("the register has nobody with id {id}"))?;
            vec![(u64::from(row), index.person(u64::from(row)))]
        }
        None => index.best(&model, listed),
    };
    if people.is_empty() {
        println!("{}: nobody in the register shares a key with this row.", args.row);
    }
    for (row, known) in people {
        show(&args.row, index.id(row), &model.compare(listed, &known, index.frequencies()));
    }
    Ok(())
}

fn show(row: &str, person: &str, comparison: &Comparison) {
    let (weight, chance) = (comparison.weight, comparison.probability);
    println!(
        "{row} and {person}: {} (weight {weight:.2} bits, probability {chance:.6})",
        comparison.band.word()
    );
    let mut sum = 0.0;
    for line in
        comparison.fields.iter().filter(|l| l.weight != 0.0 || !l.listed.is_empty() || !l.known.is_empty())
    {
        sum += line.weight;
        let sign = match line.agreement {
            Agreement::Equal => "=",
            Agreement::Close => "~",
            Agreement::Differs => "x",
            Agreement::Missing => " ",
        };
        println!(
            "  {:>8.2} {:>8.2}  {sign} {:<20} {} | {} | {}",
            line.weight, sum, line.name, line.level, line.listed, line.known
        );
    }
}
