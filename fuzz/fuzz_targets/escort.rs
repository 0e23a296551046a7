//! Escort records: whole documents, or anything beside the name in a flat one; facts are drawn from what is read.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if matches!(data.first(), Some(b'{' | b'[')) {
        common::read_and_check(data);
        return;
    }
    let mut record = br#"{"record_id":"r","name":"Ann INVENTED","civil-disorder":"No","arsonist":"No","#.to_vec();
    record.extend_from_slice(data);
    record.push(b'}');
    common::read_and_check(&record);
});
