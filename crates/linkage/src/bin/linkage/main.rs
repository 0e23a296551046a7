//! `linkage`: match, train, explain, evaluate.
#![deny(missing_docs)]

mod evaluate;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    evaluate::run(&args[1..]);
}
