//! The row of column numbers under a header: `A B C 1 2 3`, `(1) (2)`, `3a`, `4(=2*100/3)`.

use super::words;

/// Whether a text may be one cell of such a row. A lone number may be a figure too, so the row as a
/// whole decides.
pub fn is_numbering(text: &str) -> bool {
    let text = words::tidied(text);
    let text: String = text.chars().filter(|c| *c != ' ').collect();
    let text = text
        .strip_prefix(['(', '['])
        .and_then(|t| t.strip_suffix([')', ']']))
        // "(3)=(1)+(2)" begins and ends with a bracket, but not with one pair.
        .filter(|inside| !inside.starts_with(|c: char| "([".contains(c)) && balanced(inside))
        .unwrap_or(&text);
    let (label, formula) = match text.find('=') {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let label = label
        .trim_end_matches(['(', '[', ')', ']'])
        .trim_start_matches(['(', '[']);
    is_label(label) && formula.is_none_or(is_formula)
}

/// A letter, or a number below 1000 with at most one letter.
fn is_label(label: &str) -> bool {
    let digits = label.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &label[digits..];
    let letters = rest.chars().count();
    let latin = rest.chars().all(|c| c.is_ascii_alphabetic());
    digits <= 3 && letters <= 1 && latin && digits + letters > 0 && !label.starts_with('0')
}

/// Column numbers and what stands between them.
fn is_formula(formula: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || "+-*/:;,.()[]…=%×÷".contains(c);
    !formula.is_empty()
        && formula.len() <= 80
        && formula.chars().all(known)
        && formula.contains(|c: char| c.is_ascii_digit())
}

fn balanced(text: &str) -> bool {
    let mut depth = 0i32;
    text.chars().all(|c| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        depth >= 0
    }) && depth == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_numbers_in_all_their_spellings() {
        for text in [
            "A",
            "b",
            "1",
            "12",
            "(1)",
            "[3]",
            "( 4 )",
            "3a",
            "12B",
            "3g",
            "4(=2*100/3)",
            "2 (=3+4)",
            "3=4+6+8",
            "2 (=3+…+12)",
            "2(=3+...+12)",
            "(3)=(1)+(2)",
            "(4=2/3)",
            "5 = 3 : 4",
            "(A)",
            "7=5/6*100%",
        ] {
            assert!(is_numbering(text), "{text}");
        }
        for text in [
            "", "Nữ", "AB", "1234", "1.2", "I.1", "12,5", "Lớp 1", "-", "=", "1=", "2=x", "0", "01", "3ab",
            "Đ", "1(2)",
        ] {
            assert!(!is_numbering(text), "{text}");
        }
    }
}
