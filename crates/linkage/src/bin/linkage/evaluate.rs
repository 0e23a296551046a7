use linkage::evaluate::{Answer, Truth, evaluate};
use linkage::{Model, csv};
use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

pub fn run(args: &[String]) {
    let t = Instant::now();
    let index = csv::read_register(Path::new(&args[0]), 1).unwrap();
    eprintln!(
        "register {} in {:?}, {} bytes each",
        index.len(),
        t.elapsed(),
        index.bytes() as u64 / index.len().max(1)
    );
    let list = csv::read_list(Path::new(&args[1])).unwrap();
    let rows: Vec<_> = list.iter().map(|(_, r)| r.clone()).collect();
    let model = Model::shipped();
    let t = Instant::now();
    let decided = index.match_list(&model, &rows, 1);
    eprintln!("match {:?}", t.elapsed());
    let answers: Vec<Answer> = list
        .iter()
        .zip(&decided)
        .map(|((id, _), (d, rows))| Answer::new(id, d, |i| index.id(rows[i]).to_owned()))
        .collect();
    let mut truth = Truth::new();
    for line in std::fs::read_to_string(&args[2]).unwrap().lines().skip(1) {
        let (a, b) = line.split_once(',').unwrap();
        truth.entry(a.to_owned()).or_default().insert(b.to_owned());
    }
    let e = evaluate(&answers, &truth, |_| true);
    println!(
        "F1 best {:.4} (P {:.4} R {:.4} from {:.2}); shown F1 {:.4} P {:.4} R {:.4}; certain P {:.4} R {:.4} wrong {}; three {:.4}; review {:.3}; R@.99 {:.4} R@.999 {:.4}; found {:.4}; brier {:.5}",
        e.best.f1(),
        e.best.precision(),
        e.best.recall(),
        e.best_from,
        e.shown.f1(),
        e.shown.precision(),
        e.shown.recall(),
        e.certain.precision(),
        e.certain.recall(),
        e.certain.wrong,
        e.among_three as f64 / e.certain.known as f64,
        e.review as f64 / e.rows as f64,
        e.recall_at[0],
        e.recall_at[1],
        e.found_at_all as f64 / e.certain.known as f64,
        e.brier
    );
    if let Some(meta) = args.get(3) {
        let meta: HashMap<String, String> = std::fs::read_to_string(meta)
            .unwrap()
            .lines()
            .skip(1)
            .map(|l| {
                let (a, b) = l.split_once(',').unwrap();
                (a.to_owned(), b.to_owned())
            })
            .collect();
        let (mut fp, mut fn_) = (vec![], vec![]);
        for (a, (_, r)) in answers.iter().zip(&list) {
            let right = truth.get(&a.list_id);
            let best = a.candidates.first();
            let ok = best.is_some_and(|b| right.is_some_and(|r| r.contains(&b.0)));
            if let Some(b) = best
                && b.1 >= e.best_from
                && !ok
            {
                fp.push((b.1, a, r));
            }
            if right.is_some() && (!ok || best.unwrap().1 < e.best_from) {
                fn_.push((best.map_or(-99., |b| b.1), a, r));
            }
        }
        for (a, (_, r)) in answers.iter().zip(&list) {
            let right = truth.get(&a.list_id);
            let Some(b) = a.candidates.first() else { continue };
            let ok = right.is_some_and(|r| r.contains(&b.0));
            let second = a.candidates.get(1).map_or(-99.0, |c| c.1);
            let conflict = model
                .compare(r, &index.person(u64::from(index.row_of(&b.0).unwrap())), index.frequencies())
                .fields
                .iter()
                .any(|f| f.level.starts_with("two valid"));
            if b.1 > -3.0 && b.2 != linkage::Band::Certain {
                println!(
                    "NOTCERTAIN {ok} {:.1} second {second:.1} conflict {conflict} {} | {}",
                    b.1, meta[&a.list_id], a.list_id
                );
                if std::env::var("WHY").is_ok() {
                    let c = model.compare(
                        r,
                        &index.person(u64::from(index.row_of(&b.0).unwrap())),
                        index.frequencies(),
                    );
                    println!(
                        "WHY {:.1}: {}",
                        c.weight,
                        c.fields
                            .iter()
                            .filter(|f| f.weight != 0.0)
                            .map(|f| format!(
                                "{} {:.1} [{} | {}] {}",
                                f.name, f.weight, f.listed, f.known, f.level
                            ))
                            .collect::<Vec<_>>()
                            .join("; ")
                    );
                }
            }
        }
        let n: usize = args.get(4).map_or(15, |n| n.parse().unwrap());
        for (what, list) in [("FP", fp), ("FN", fn_)] {
            println!("== {what} {}", list.len());
            for (w, a, r) in list.iter().take(n) {
                println!("{what} {w:.1} {} {:?}", meta[&a.list_id], a.list_id);
                let show = |id: &str| {
                    let p = index.person(u64::from(index.row_of(id).unwrap()));
                    let c = model.compare(r, &p, index.frequencies());
                    println!(
                        "   {id} {:.1}: {}",
                        c.weight,
                        c.fields
                            .iter()
                            .filter(|f| f.weight != 0.0)
                            .map(|f| format!(
                                "{} {:.1} [{} | {}] {}",
                                f.name, f.weight, f.listed, f.known, f.level
                            ))
                            .collect::<Vec<_>>()
                            .join("; ")
                    );
                };
                if let Some(b) = a.candidates.first() {
                    show(&b.0);
                }
                if let Some(t) = truth.get(&a.list_id) {
                    for t in t {
                        if a.candidates.first().is_none_or(|c| c.0 != *t) {
                            print!("  truth");
                            show(t);
                        }
                    }
                }
            }
        }
    }
}
