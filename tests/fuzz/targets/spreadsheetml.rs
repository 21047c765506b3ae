//! Bytes as Excel 2003 XML.

#![no_main]

use bdg_fuzz::promise;

libfuzzer_sys::fuzz_target!(|input: &[u8]| promise::opened(input));
