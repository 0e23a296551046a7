//! Reads files and prints what was found as JSON: `cargo run -p intake --example read -- FILE…`.

fn main() -> std::process::ExitCode {
    let today = jiff::civil::date(2026, 11, 23);
    let mut refused = false;
    for path in std::env::args().skip(1) {
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("{path}: {error}");
                refused = true;
                continue;
            }
        };
        match intake::read(&bytes, Some(&path), today, &intake::Limits::default()) {
            Ok(found) => println!("{}", serde_json::to_string_pretty(&found).unwrap_or_default()),
            Err(refusal) => {
                eprintln!("{path}: {refusal}");
                refused = true;
            }
        }
    }
    std::process::ExitCode::from(u8::from(refused))
}
