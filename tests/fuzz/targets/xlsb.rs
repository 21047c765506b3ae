//! Bytes as the parts of an xlsb.

#![no_main]

use bdg_fuzz::{container, promise};

libfuzzer_sys::fuzz_target!(|input: &[u8]| promise::opened(&container::xlsb(input)));
