//! Number formats: which show a date, which a percentage.

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Format {
    #[default]
    Plain,
    Percent,
    Date,
    /// Hours and minutes beyond a day: `[h]:mm`.
    Elapsed,
}

/// Formats that have a number and no code. ECMA-376, part 1, 18.8.30.
pub(super) fn built_in(id: u32) -> Format {
    match id {
        9 | 10 => Format::Percent,
        14..=22 | 27..=36 | 50..=58 => Format::Date,
        45..=47 => Format::Elapsed,
        _ => Format::Plain,
    }
}

/// By its code: `0.0%`, `dd/mm/yyyy`, `#,##0 "ngày"`. Only the part for positive numbers counts.
pub(super) fn by_code(code: &str) -> Format {
    let mut characters = code.chars();
    let mut date = false;
    while let Some(c) = characters.next() {
        match c {
            ';' => break,
            '"' => {
                // Quoted words may hold any letter.
                characters.by_ref().find(|c| *c == '"');
            }
            '\\' | '_' | '*' => {
                characters.next();
            }
            '[' => {
                // Colours, conditions and languages, but also elapsed time: [h], [mm], [ss].
                let inside: String = characters.by_ref().take_while(|c| *c != ']').collect();
                let inside = inside.to_ascii_lowercase();
                let all = |unit| !inside.is_empty() && inside.chars().all(|c| c == unit);
                if all('h') || all('m') || all('s') {
                    return Format::Elapsed;
                }
            }
            '%' => return Format::Percent,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => date = true,
            _ => {}
        }
    }
    if date { Format::Date } else { Format::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_apart() {
        for (code, expected) in [
            ("General", Format::Plain),
            ("0.00%", Format::Percent),
            ("0,0\\ %", Format::Percent),
            ("dd/mm/yyyy", Format::Date),
            ("[$-42A]dd\\-mmm;@", Format::Date),
            ("[h]:mm", Format::Elapsed),
            ("#,##0 \"ngày\"", Format::Plain),
            ("_(* #,##0_);[Red]_(* (#,##0)", Format::Plain),
            ("[Red]0.0", Format::Plain),
            ("0;\"d\"", Format::Plain),
            ("0.00E+00", Format::Plain),
            ("\"", Format::Plain),
            ("", Format::Plain),
        ] {
            assert_eq!(by_code(code), expected, "{code}");
        }
    }
}
