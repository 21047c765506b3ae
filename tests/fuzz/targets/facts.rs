//! Bytes as any file, read to facts as a run reads it.

#![no_main]

use std::sync::LazyLock;

use bdg_fuzz::promise::Reading;

static READING: LazyLock<Reading> = LazyLock::new(Reading::prepare);

libfuzzer_sys::fuzz_target!(|input: &[u8]| READING.read(input));
