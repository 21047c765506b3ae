//! What all texts of a file say together, for those that can be read in two ways.

use super::lost_horn;
use super::{Encoding, Finding, Font, Script, decode, find, is_impossible, is_suspect, is_western, script};

/// Gathered over a file, then asked about each doubtful text of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Texts with Vietnamese letters of Unicode, by font.
    unicode: [u32; 4],
    /// Texts that can only be of an encoding, by font.
    old: [[u32; 6]; 4],
    /// Texts of TCVN3 that hold `ư`, and such as can only have lost it.
    horns: u32,
    lost_horns: u32,
}

impl Evidence {
    /// Counts one text of the file.
    pub fn add(&mut self, text: &str, font: Font) {
        match script(text) {
            Script::Plain => return,
            Script::Vietnamese => return self.add_vietnamese(font),
            // What can be read as it stands proves nothing; nearly all short texts are such ("Xã", "Nam").
            Script::Suspect if is_western(text) && !is_impossible(text) => return,
            Script::Suspect => {}
        }
        let lossy = self.find_lossy(text, font).is_some();
        match find(text, font) {
            Finding::Certain(encoding, _) => {
                self.old[font as usize][encoding as usize] += 1;
                self.horns += u32::from(text.contains('\u{AD}') && is_tcvn3(encoding));
            }
            _ if lossy => {
                self.old[font as usize][Encoding::Tcvn3 as usize] += 1;
                self.lost_horns += 1;
            }
            _ => {}
        }
    }

    /// Counts a text that is known to be Vietnamese in Unicode.
    pub fn add_vietnamese(&mut self, font: Font) {
        self.unicode[font as usize] += 1;
    }

    /// Whether most that can be told is of an encoding that lives in fonts, not in a code page.
    pub fn speaks_for_a_font(&self) -> bool {
        let count = |encodings: &[Encoding]| -> u32 {
            self.old
                .iter()
                .flat_map(|old| encodings.iter().map(|e| old[*e as usize]))
                .sum()
        };
        count(&[Encoding::Tcvn3, Encoding::Tcvn3Capitals, Encoding::Vni]) > count(&[Encoding::Windows1258])
    }

    /// Adds what was counted elsewhere in the same file.
    pub fn join(&mut self, other: &Evidence) {
        for (own, other) in self.unicode.iter_mut().zip(other.unicode) {
            *own = own.saturating_add(other);
        }
        for (own, other) in self.old.iter_mut().flatten().zip(other.old.iter().flatten()) {
            *own = own.saturating_add(*other);
        }
        self.horns = self.horns.saturating_add(other.horns);
        self.lost_horns = self.lost_horns.saturating_add(other.lost_horns);
    }

    /// What a text of the file was meant to say; none if it stays as it is.
    pub fn mended(&self, text: &str, font: Font) -> Option<(Encoding, String)> {
        if !is_suspect(text) {
            return None;
        }
        if is_western(text) && !self.may_doubt(font) && !is_impossible(text) {
            return None;
        }
        let found = match find(text, font) {
            Finding::Certain(encoding, meant) => Some((encoding, meant)),
            Finding::Unsure {
                encoding,
                meant,
                better,
            } => self.believes(encoding, font, better).then_some((encoding, meant)),
            Finding::Sound => None,
        };
        let lossy_file = self.horns == 0 && self.lost_horns > 0;
        match found {
            Some((encoding, meant)) if is_tcvn3(encoding) && lossy_file => {
                let whole = lost_horn::put_back(&meant, true).unwrap_or(meant);
                Some((encoding, cased(whole, font)))
            }
            Some(found) => Some(found),
            None if lossy_file => {
                let encoding = match font {
                    Font::Tcvn3Capitals => Encoding::Tcvn3Capitals,
                    _ => Encoding::Tcvn3,
                };
                self.find_lossy(text, font)
                    .map(|meant| (encoding, cased(meant, font)))
            }
            None => None,
        }
    }

    /// TCVN3 that lost its ư, if the text can be nothing else.
    fn find_lossy(&self, text: &str, font: Font) -> Option<String> {
        if matches!(font, Font::Vni) || text.contains('\u{AD}') || !is_impossible(text) {
            return None;
        }
        if find(text, font) != Finding::Sound {
            return None;
        }
        let decoded = decode(text, Encoding::Tcvn3)?;
        lost_horn::put_back(&decoded, self.lost_horns > 0)
    }

    /// Whether anything speaks for an old encoding where a text can also be read as it stands.
    fn may_doubt(&self, font: Font) -> bool {
        font != Font::Any || self.old[font as usize].iter().any(|count| *count > 0)
    }

    /// Whether a doubtful text is of this encoding: because of its font, or because of its neighbours.
    fn believes(&self, encoding: Encoding, font: Font, better: bool) -> bool {
        let made_for = match font {
            Font::Any => false,
            Font::Tcvn3 | Font::Tcvn3Capitals => is_tcvn3(encoding),
            Font::Vni => encoding == Encoding::Vni,
        };
        let own = font as usize;
        let (old, unicode) = (self.old[own][encoding as usize], self.unicode[own]);
        if made_for {
            // Unicode typed into the old font elsewhere in the file: this may be such a cell too.
            (better && unicode == 0) || (old > 0 && old >= unicode.saturating_mul(3))
        } else {
            unicode == 0 && old >= 3
        }
    }
}

fn is_tcvn3(encoding: Encoding) -> bool {
    matches!(encoding, Encoding::Tcvn3 | Encoding::Tcvn3Capitals)
}

fn cased(text: String, font: Font) -> String {
    match font {
        Font::Tcvn3Capitals => text.to_uppercase(),
        _ => text,
    }
}
