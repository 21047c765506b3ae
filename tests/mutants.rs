//! Mutants of good and of hostile files, through the same doors as real ones: bytes → sheets → facts. No
//! panic, no sheet that breaks its promises, no file that takes long.
//!
//! A short run is part of the tests. `BDG_MUTANTS=3600 cargo test --test main mutants -- --nocapture` goes on for that
//! many seconds with other seeds, and keeps what fails in `target/mutants/`, to be made a sample.

use std::io::{Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::fuzz::promise::{Reading, opened};

/// A generator of its own, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % below.max(1)
    }
}

/// Good files of every format.
pub fn seeds() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds: Vec<Vec<u8>> = ["so-lieu.xlsx", "so-lieu.xls", "so-lieu.ods", "chua-tinh.xlsx"]
        .iter()
        .map(|name| std::fs::read(root.join("tests/fixtures/open").join(name)).unwrap())
        .collect();
    let table = crate::made::table(
        "Dân số năm 2024
         TT | Xã | Tổng số | Nữ
         1 | Xã Lâm Sơn | 12603 | 6402
         2 | Xã Quảng Sơn | '13.739 | 6993",
    );
    seeds.push(crate::made::xls("A", &table));
    seeds.push(crate::made::ods("A", &table));
    seeds.push(crate::made::xlsx(&[("A", &table)]));
    seeds.push(crate::made::csv(&table));
    seeds.push(
        "Xã\tTổng số\tNữ\nLâm Sơn\t12\t5\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect(),
    );
    seeds.push(b"X\xB7;T\xE6ng;N\xF7\nL\xA9m S\xACn;12;5\n".to_vec());
    seeds.push(
        "<html><style>.a{font-family:'.VnTime';mso-number-format:'0%'}</style><p>Dân số năm 2024</p><table><tr><th rowspan=2>Xã<th colspan=2>Dân số\
         <tr><th>Tổng số<th>Nữ<tr><td class=a>Lâm Sơn<td x:num='12'>12<td>5</table>"
            .into(),
    );
    seeds.push(
        "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Styles><Style ss:ID='a'><NumberFormat ss:Format='0%'/></Style></Styles>\
         <Worksheet ss:Name='A'><Table><Column ss:Hidden='1'/><Row ss:Index='2'><Cell ss:MergeAcross='2'><Data ss:Type='String'>Dân số năm 2024</Data></Cell></Row>\
         <Row><Cell ss:StyleID='a'><Data ss:Type='Number'>0.5</Data></Cell></Row></Table></Worksheet></Workbook>"
            .into(),
    );
    seeds
}

fn mutant(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    // What lies in an archive is reached through its parts: a changed byte of the whole only breaks a checksum.
    if bytes.starts_with(b"PK")
        && dice.roll(5) > 0
        && let Some(repacked) = with_changed_part(bytes, dice)
    {
        return repacked;
    }
    changed(bytes.to_vec(), dice)
}

fn with_changed_part(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let chosen = dice.roll(from.len());
    for i in 0..from.len() {
        let mut entry = from.by_index(i).ok()?;
        let mut content = Vec::new();
        entry.read_to_end(&mut content).ok()?;
        if i == chosen {
            content = changed(content, dice);
        }
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        to.start_file(entry.name(), stored).ok()?;
        to.write_all(&content).ok()?;
    }
    Some(to.finish().ok()?.into_inner())
}

const WORDS: [&[u8]; 22] = [
    b"<",
    b">",
    b"</",
    b"/>",
    b"\"",
    b"'",
    b"&",
    b"&#x10FFFF;",
    b"4294967295",
    b"-1",
    b"1e309",
    b"NaN",
    b"<c>",
    b"<row>",
    b"</c>",
    b"\xFF\xFF\xFF\xFF",
    b"\0\0\0\0",
    b"\xFF\xFE",
    b"\x3C\x00",
    b"\x0A\x00\x00\x00",
    b"<td>",
    b"<![CDATA[",
];

fn changed(mut bytes: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    for _ in 0..1 + dice.roll(6) {
        let at = dice.roll(bytes.len() + 1);
        match dice.roll(7) {
            0 | 1 if at < bytes.len() => bytes[at] = dice.roll(256) as u8,
            2 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            3 => {
                let end = (at + dice.roll(64)).min(bytes.len());
                bytes.drain(at..end);
            }
            4 => {
                let end = (at + dice.roll(200)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                let to = dice.roll(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            5 => {
                let word = WORDS[dice.roll(WORDS.len())];
                let end = (at + word.len() * dice.roll(2)).min(bytes.len());
                bytes.splice(at..end, word.iter().copied());
            }
            _ if dice.roll(8) == 0 => bytes.truncate(at),
            _ => {}
        }
    }
    bytes
}

#[test]
fn mutants_are_read_or_refused() {
    let long = std::env::var("BDG_MUTANTS").ok().and_then(|s| s.parse().ok());
    let reading = Reading::prepare();
    let seeds = seeds();
    let start = long.map_or(2026, |_| u64::from(std::process::id()) << 20 | 1);
    let mut dice = Dice(start);
    let begun = Instant::now();
    let span = Duration::from_secs(long.unwrap_or(5));
    let (mut count, mut faults) = (0u64, Vec::new());
    // Short runs are the same on every machine, as far as they come.
    while begun.elapsed() < span && faults.len() < 20 {
        let seed = &seeds[dice.roll(seeds.len())];
        let bytes = mutant(seed, &mut dice);
        let one = Instant::now();
        let whole = count % 4 == 0;
        let ended = catch_unwind(AssertUnwindSafe(|| {
            opened(&bytes);
            if whole {
                reading.read(&bytes);
            }
        }));
        let slow = one.elapsed() > Duration::from_secs(10);
        if slow || ended.is_err() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/mutants");
            std::fs::create_dir_all(&folder).unwrap();
            let path = folder.join(format!("{start}-{count}"));
            std::fs::write(&path, &bytes).unwrap();
            faults.push(format!(
                "{} slow: {slow}, panicked: {}",
                path.display(),
                ended.is_err()
            ));
        }
        count += 1;
    }
    println!("{count} mutants in {:?}", begun.elapsed());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
