//! Libra lists: anything inside a list's outermost element.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if data.first() == Some(&b'<') {
        common::read_and_check(data);
        return;
    }
    let mut list = b"<CourtList><courtName>Testbury</courtName><date>02/03/2026</date>".to_vec();
    list.extend_from_slice(data);
    common::read_and_check(&list);
});
