//! Common Platform hearings: whole messages, or anything in place of a hearing's cases.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if matches!(data.first(), Some(b'{' | b'[')) {
        common::read_and_check(data);
        return;
    }
    let mut hearing = br#"{"hearing":{"id":"h","courtCentre":{"code":"B01ND00"},"hearingDays":[{"sittingDay":"2026-03-02T10:00:00Z"}],"#.to_vec();
    hearing.extend_from_slice(data);
    hearing.extend_from_slice(b"}}");
    common::read_and_check(&hearing);
});
