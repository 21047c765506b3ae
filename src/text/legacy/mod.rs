//! Text of the time before Unicode, and text that was damaged on its way: what it was meant to say.
//!
//! In:  a text, and what its font was made for. Out: which encoding its letters are of, if that is sure;
//!      else what must be known of the other texts of the file to tell ([`Finding::Unsure`]).
//! Holds: a text that can be read as Vietnamese as it stands is never changed on its letters alone; a
//!        changed text consists, letter by letter marked, of Vietnamese syllables only. Three signals
//!        count: the font, the letters, and the list of syllables that reports are made of.
//! Leaves to others: which cells have which font (`intake::open`), and telling what was done.

mod evidence;
mod font;
mod lost_horn;
mod syllable;
mod tables;
#[cfg(test)]
mod tests;

pub use evidence::Evidence;
pub use font::Font;
pub use tables::decode;

use syllable::{Standing, standing};

/// What a text may really be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    Tcvn3,
    /// TCVN3 whose font draws small letters as capitals.
    Tcvn3Capitals,
    Vni,
    Windows1258,
    /// UTF-8 that was read as Western letters.
    Utf8,
    /// Unicode with letters of other alphabets that look the same: `ƣ` for `ư`, `Ð` for `Đ`.
    LookAlikes,
}

impl Encoding {
    pub const ALL: [Encoding; 6] = [
        Encoding::Tcvn3,
        Encoding::Tcvn3Capitals,
        Encoding::Vni,
        Encoding::Windows1258,
        Encoding::Utf8,
        Encoding::LookAlikes,
    ];

    /// Short name, for messages in any language.
    pub fn code(self) -> &'static str {
        match self {
            Encoding::Tcvn3 | Encoding::Tcvn3Capitals => "TCVN3 (ABC)",
            Encoding::Vni => "VNI",
            Encoding::Windows1258 => "windows-1258",
            Encoding::Utf8 => "UTF-8",
            Encoding::LookAlikes => "Unicode (ƣ, Ð, а…)",
        }
    }
}

/// What the letters of one text say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Nothing to mend.
    Sound,
    /// Was meant to say this.
    Certain(Encoding, String),
    /// Says something as it stands, and something else in an old encoding.
    Unsure {
        encoding: Encoding,
        meant: String,
        /// The other reading is made of commoner words.
        better: bool,
    },
}

/// What the letters of a text are at first sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// ASCII, or letters that say nothing about encodings.
    Plain,
    /// Letters that only Unicode has, and Vietnamese needs.
    Vietnamese,
    /// Could be anything but plain Unicode: to be looked at, see [`Evidence`].
    Suspect,
}

pub fn script(text: &str) -> Script {
    if text.is_ascii() {
        return Script::Plain;
    }
    let (mut western, mut vietnamese) = (true, false);
    for c in text.chars() {
        if c.is_ascii() {
            continue;
        }
        if tables::look_alike(c).is_some() {
            return Script::Suspect;
        }
        if matches!(
            c,
            '\u{102}'
                | '\u{103}'
                | '\u{110}'
                | '\u{111}'
                | '\u{1A0}'
                | '\u{1A1}'
                | '\u{1AF}'
                | '\u{1B0}'
                | '\u{1EA0}'..='\u{1EF9}'
        ) {
            vietnamese = true;
        }
        western &= c <= '\u{FF}' || WESTERN_SIGNS.contains(&c);
    }
    match (western, vietnamese) {
        (true, _) => Script::Suspect,
        (false, true) => Script::Vietnamese,
        (false, false) => Script::Plain,
    }
}

fn is_suspect(text: &str) -> bool {
    script(text) == Script::Suspect
}

/// Made of letters that a Western program has, with one at least beyond ASCII.
fn is_western(text: &str) -> bool {
    !text.is_ascii() && text.chars().all(|c| c <= '\u{FF}' || WESTERN_SIGNS.contains(&c))
}

/// What windows-1252 has where Latin-1 has control characters.
const WESTERN_SIGNS: [char; 27] = [
    '€', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 'Ž', '‘', '’', '“', '”', '•', '–', '—', '˜',
    '™', 'š', '›', 'œ', 'ž', 'Ÿ',
];

/// What one text is, by its letters and its font.
pub fn find(text: &str, font: Font) -> Finding {
    if !is_suspect(text) {
        return Finding::Sound;
    }
    if !is_western(text) {
        return look_alikes(text);
    }
    let words = marked_words(text);
    let plain = Weight::of(&words);
    let mut best: Option<(Weight, Encoding, String)> = None;
    for encoding in candidates(font) {
        let Some(weight) = weigh(text, &words, encoding) else {
            continue;
        };
        if weight.least == Standing::Impossible && !weight.mostly_better_than(&plain) {
            continue;
        }
        let better = best
            .as_ref()
            .is_none_or(|(other, ..)| weight.order() > other.order());
        if better && let Some(meant) = decode(text, encoding).filter(|meant| meant != text) {
            best = Some((weight, encoding, meant));
        }
    }
    match best {
        None => look_alikes(text),
        Some((_, encoding, meant)) if plain.least == Standing::Impossible => {
            Finding::Certain(encoding, meant)
        }
        // Both can be read. What stands better as it is stays so; else the rest of the file must tell.
        Some((weight, ..)) if weight.least < plain.least => look_alikes(text),
        Some((weight, encoding, meant)) => Finding::Unsure {
            encoding,
            meant,
            better: weight.least > plain.least,
        },
    }
}

/// Whether a text of Western letters cannot be Vietnamese as it stands.
fn is_impossible(text: &str) -> bool {
    Weight::of(&marked_words(text)).least == Standing::Impossible
}

/// `Ðà Nẵng` with the Icelandic letter, `Trƣờng` with the letter of another alphabet.
fn look_alikes(text: &str) -> Finding {
    let Some(meant) = decode(text, Encoding::LookAlikes).filter(|meant| meant != text) else {
        return Finding::Sound;
    };
    // A word wholly of another alphabet is a word of another language.
    let foreign = |c: char| tables::look_alike(c).is_some_and(|own| own.is_ascii());
    let mended = text
        .split(|c: char| !c.is_alphabetic())
        .zip(meant.split(|c: char| !c.is_alphabetic()));
    let sound = mended.filter(|(raw, own)| raw != own).all(|(raw, own)| {
        let all_foreign = raw
            .chars()
            .all(|c| foreign(c) || ('\u{370}'..'\u{530}').contains(&c));
        let plain = own.is_ascii() || standing(own) > Standing::Impossible;
        plain && !all_foreign && !own.chars().any(|c| ('\u{370}'..'\u{530}').contains(&c))
    });
    if sound {
        Finding::Certain(Encoding::LookAlikes, meant)
    } else {
        Finding::Sound
    }
}

/// The encoding of the font first: it wins where two are alike.
fn candidates(font: Font) -> Vec<Encoding> {
    let first = match font {
        Font::Any => None,
        Font::Tcvn3 => Some(Encoding::Tcvn3),
        Font::Tcvn3Capitals => Some(Encoding::Tcvn3Capitals),
        Font::Vni => Some(Encoding::Vni),
    };
    let others = [
        Encoding::Utf8,
        Encoding::Tcvn3,
        Encoding::Vni,
        Encoding::Windows1258,
    ];
    let tcvn3 = matches!(font, Font::Tcvn3Capitals);
    let others = others
        .into_iter()
        .filter(|e| Some(*e) != first && !(tcvn3 && *e == Encoding::Tcvn3));
    first.into_iter().chain(others).collect()
}

/// How the marked words of a text stand in one reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Weight {
    least: Standing,
    sum: u32,
    words: u32,
    possible: u32,
}

impl Weight {
    fn of(words: &[&str]) -> Weight {
        Weight::gather(words.iter().map(|word| standing(word)))
    }

    fn gather(standings: impl Iterator<Item = Standing>) -> Weight {
        let mut weight = Weight {
            least: Standing::Common,
            sum: 0,
            words: 0,
            possible: 0,
        };
        for standing in standings {
            weight.least = weight.least.min(standing);
            weight.sum += standing as u32;
            weight.words += 1;
            weight.possible += u32::from(standing > Standing::Impossible);
        }
        if weight.words == 0 {
            // Signs alone (`· © ½`) say nothing in any encoding.
            weight.least = Standing::Possible;
        }
        weight
    }

    fn order(&self) -> (u32, Standing, u32) {
        (self.possible, self.least, self.sum)
    }

    /// A name that no rule knows among words that are all right must not keep a text unread.
    fn mostly_better_than(&self, plain: &Weight) -> bool {
        self.possible >= 2 && self.possible * 10 >= self.words * 7 && plain.possible * 4 <= self.possible
    }
}

/// The weight of a text in an encoding; none if it cannot be of it, or has no word that would tell.
fn weigh(text: &str, words: &[&str], encoding: Encoding) -> Option<Weight> {
    if words.is_empty() && encoding != Encoding::Utf8 {
        return None;
    }
    if encoding == Encoding::Utf8 {
        // Bytes that happen to be UTF-8 are no accident, but must say something Vietnamese.
        let meant = decode(text, encoding)?;
        let words = letters(&meant).filter(|w| !w.is_ascii()).collect::<Vec<_>>();
        return (!words.is_empty()).then(|| Weight::of(&words));
    }
    let meant: Vec<String> = words.iter().filter_map(|word| decode(word, encoding)).collect();
    if meant.len() < words.len() {
        return None;
    }
    Some(Weight::gather(meant.iter().map(|word| standing(word))))
}

/// The words of a text that hold more than ASCII, with the signs that old encodings use as letters.
fn marked_words(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !(c.is_alphabetic() || is_old_letter(c)));
    words
        .filter(|word| !word.is_ascii() && word.chars().nth(1).is_some())
        .filter(|word| word.chars().any(|c| c.is_alphabetic()))
        .collect()
}

fn letters(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
}

/// A sign that stands for a letter in one of the old encodings.
fn is_old_letter(c: char) -> bool {
    tables::TCVN3.binary_search_by_key(&c, |(old, _)| *old).is_ok()
        // The tones of code page 1258, and what UTF-8 turns into.
        || matches!(c, '\u{D2}' | '\u{DE}' | '\u{EC}' | '\u{F2}')
}
