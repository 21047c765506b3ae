//! Bytes as the archive around xlsx, xlsb and ods.

#![no_main]

use bdg_fuzz::promise;

libfuzzer_sys::fuzz_target!(|input: &[u8]| promise::opened(input));
