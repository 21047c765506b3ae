//! Random numbers that are the same on every machine: a seed and some words give one stream.
//!
//! Each figure has its own stream, named by what it is about, so that a commune has the same people
//! in every workbook that mentions it, whatever was made before.

/// SplitMix64 (Steele, Lea, Flood 2014): small, quick, good enough to invent figures.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The stream that belongs to these words.
    pub fn of(seed: u64, words: &[&str]) -> Random {
        // FNV-1a; the separator keeps ("ab", "c") apart from ("a", "bc").
        let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed;
        for word in words {
            for byte in word.bytes().chain([0x1F]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        Random(hash)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Both ends included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = (high - low).max(0) as u64 + 1;
        low + (self.next() % width) as i64
    }

    pub fn chance(&mut self, per_mille: i64) -> bool {
        self.between(1, 1000) <= per_mille
    }

    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.between(0, choices.len() as i64 - 1) as usize]
    }

    /// Fisher-Yates.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for i in (1..all.len()).rev() {
            all.swap(i, self.between(0, i as i64) as usize);
        }
    }
}
