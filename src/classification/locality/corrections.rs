//! What an office has said once about a spelling: the file it keeps beside its data.
//!
//! In:  `localities/corrections.csv` of the office's own catalogue: a line `written,code` for each text that
//!      cannot be told from the register ("Xã Lâm Sơnn" is 22813). What is written may hold commas itself.
//! Out: the code for a text. Holds: the whole text must be the same but for capitals, blanks and the form of
//!        its letters; a code is one that some unit had. Nothing is corrected that the office did not say.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Register;
use crate::text::key;

const HEADING: &str = "written,code";

impl Register {
    /// Joins an office's corrections; an empty text has none. A fault is told with its line.
    pub fn with_corrections(mut self, csv: &str) -> Result<Register, String> {
        let mut lines = csv.trim_start_matches('\u{FEFF}').lines().enumerate();
        match lines.next() {
            Some((_, first)) if first.trim_end().replace(';', ",") == HEADING => {}
            Some((_, first)) => {
                return Err(format!(
                    "corrections.csv: the heading is “{first}”, “{HEADING}” is expected"
                ));
            }
            None => return Ok(self),
        }
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let fault = |why: String| format!("corrections.csv:{}: {why}", index + 1);
            let (written, code) = line
                .rsplit_once([',', ';'])
                .ok_or_else(|| fault("a text and a code are expected".to_owned()))?;
            let (written, code) = (plain(written), code.trim().trim_matches('"'));
            if written.is_empty() {
                return Err(fault("no text before the code".to_owned()));
            }
            if self.states(code).is_empty() {
                return Err(fault(format!("no unit ever had the code “{code}”")));
            }
            if let Some(other) = known.insert(written.clone(), code.to_owned())
                && other != code
            {
                return Err(fault(format!("“{written}” is {other} on another line")));
            }
        }
        self.corrections = Arc::new(known);
        Ok(self)
    }

    /// The code that the office has given to this text.
    pub(super) fn corrected(&self, text: &str) -> Option<&str> {
        if self.corrections.is_empty() {
            return None;
        }
        self.corrections.get(&plain(text)).map(String::as_str)
    }
}

/// As texts are compared: without quotes around it, and the signs that hang on labels.
fn plain(text: &str) -> String {
    let text = key(text);
    text.trim_matches([' ', '.', ',', ';', ':', '-', '*', '\'', '"'])
        .to_owned()
}

#[cfg(test)]
mod tests {
    use crate::classification::locality::resolve::register_of_tests as register;
    use crate::classification::locality::{Found, Level, Resolution};
    use crate::period::Day;

    const DAY: Day = Day::new(2024, 12, 31);

    #[test]
    fn what_an_office_has_said_once_is_used_and_only_that() {
        let csv = "written,code\nXã Lâm Sơnn,22813\n\"Lam Son, H. N.Sơn\",22813\nxã Cũ Rích;22816\n";
        let r = register().clone().with_corrections(csv).unwrap();
        let district = r.by_code("585", DAY);
        let other = r.by_code("01", DAY);
        let lam_son = r.by_code("22813", DAY).unwrap();
        for text in ["Xã Lâm Sơnn", "XÃ  LÂM SƠNN", "xã lâm sơnn:", "Lam Son, H. N.Sơn"] {
            let answer = r.resolve(text, district, None, DAY);
            assert_eq!(answer, Resolution::One(lam_son, Found::ByCorrection), "{text}");
        }
        // It is never an answer where the unit does not lie, or was not in force.
        assert_eq!(r.resolve("Xã Lâm Sơnn", other, None, DAY), Resolution::None);
        assert_eq!(
            r.resolve("Xã Lâm Sơnn", None, Some(Level::District), DAY),
            Resolution::None
        );
        assert_eq!(
            r.resolve("xã Cũ Rích", None, None, Day::new(2026, 1, 1)),
            Resolution::None
        );
        assert_eq!(r.resolve("Xã Lâm Sơnnn", district, None, DAY), Resolution::None);
    }

    #[test]
    fn a_correction_at_fault_is_told_with_its_line() {
        for (csv, told) in [
            ("a,b\n", "heading"),
            ("written,code\nXã A\n", ":2: a text and a code"),
            ("written,code\n\n,22813\n", ":3: no text"),
            (
                "written,code\nXã A,99999\n",
                ":2: no unit ever had the code “99999”",
            ),
            ("written,code\nXã A,22813\nxã a,22819\n", ":3: “xã a” is 22813"),
        ] {
            let why = register().clone().with_corrections(csv).unwrap_err();
            assert!(why.contains(told), "{why}");
        }
    }
}
