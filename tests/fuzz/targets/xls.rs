//! Bytes as the stream inside an xls.

#![no_main]

use bdg_fuzz::{container, promise};

libfuzzer_sys::fuzz_target!(|input: &[u8]| promise::opened(&container::xls(input)));
