//! CSV: any rows below the columns of a template, or below any first line.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((choice, rows)) = data.split_first() else { return };
    let header = match choice % 4 {
        0 => intake::LIST_TEMPLATE_HEADER,
        1 => intake::ESCORT_TEMPLATE_HEADER,
        2 => "Record id;Name;DOB;Question;Answer;Details;Codes;Said by;Said at",
        _ => "",
    };
    let mut table = header.as_bytes().to_vec();
    table.push(b'\n');
    table.extend_from_slice(rows);
    common::read_and_check(&table);
});
