//! Any bytes at all; reading is a function of them.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let once = common::read_and_check(data);
    assert_eq!(once, common::read_and_check(data));
});
