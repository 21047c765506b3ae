//! Which old encoding a font was made for, by its name.

/// What the font of a cell says about the letters in it. A hint, no proof: people also type Unicode
/// into cells that still have the old font.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Font {
    /// Not known, or made for Unicode.
    #[default]
    Any,
    /// `.VnTime`, `.VnArial`: TCVN3 (ABC).
    Tcvn3,
    /// `.VnTimeH`: the small letters of TCVN3, drawn as capitals.
    Tcvn3Capitals,
    /// `VNI-Times`, `VNI-Helve`.
    Vni,
}

impl Font {
    /// By name, as files write it: `.VnTime`, `'.VnTimeH'`, `".VnArial", sans-serif`.
    pub fn named(name: &str) -> Font {
        let first = name.split(',').next().unwrap_or(name);
        let name = first.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        let lower = name.to_ascii_lowercase();
        if lower.starts_with(".vn") {
            // Only the capital letter tells: .VnAristote is no font of capitals, .VnArialH is.
            if name.ends_with('H') {
                Font::Tcvn3Capitals
            } else {
                Font::Tcvn3
            }
        } else if ["vni-", "vni ", "vni_"]
            .iter()
            .any(|start| lower.starts_with(start))
        {
            Font::Vni
        } else {
            Font::Any
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_fonts_are_known_by_their_names() {
        for (name, expected) in [
            (".VnTime", Font::Tcvn3),
            (".vntime", Font::Tcvn3),
            (".VnTimeH", Font::Tcvn3Capitals),
            ("\".VnArial NarrowH\", Arial", Font::Tcvn3Capitals),
            ("VNI-Times", Font::Vni),
            ("VNI-Helve-Condense", Font::Vni),
            ("Times New Roman", Font::Any),
            ("Vni", Font::Any),
            ("", Font::Any),
        ] {
            assert_eq!(Font::named(name), expected, "{name}");
        }
    }
}
