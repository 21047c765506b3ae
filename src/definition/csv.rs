//! Splits the text of a small CSV file into records with their line numbers.
//!
//! Holds: separator comma or semicolon, whichever the first record has more of (Excel of a
//!        Vietnamese Windows writes semicolons); quotes as in RFC 4180; lines that begin with `#`
//!        are comments; blank lines are skipped. Any text gives records: there is no failure.

pub struct Record {
    /// Line on which it starts, from 1.
    pub line: u32,
    pub fields: Vec<String>,
}

pub fn records(text: &str) -> Vec<Record> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let separator = separator(text);
    let mut out = Vec::new();
    let mut record = Record {
        line: 1,
        fields: Vec::new(),
    };
    let mut field = String::new();
    let mut quoted = false;
    let mut line = 1;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\n' {
            line += 1;
        }
        if quoted {
            match c {
                '"' if chars.peek() == Some(&'"') => {
                    chars.next();
                    field.push('"');
                }
                '"' => quoted = false,
                c => field.push(c),
            }
            continue;
        }
        match c {
            '#' if record.fields.is_empty() && field.trim().is_empty() => {
                while chars.peek().is_some_and(|c| *c != '\n') {
                    chars.next();
                }
            }
            '"' if field.trim().is_empty() => {
                field.clear();
                quoted = true;
            }
            '\n' => {
                end_record(&mut out, &mut record, &mut field);
                record.line = line;
            }
            c if c == separator => record.fields.push(end_field(&mut field)),
            c => field.push(c),
        }
    }
    end_record(&mut out, &mut record, &mut field);
    out
}

fn end_field(field: &mut String) -> String {
    std::mem::take(field).trim().to_owned()
}

fn end_record(out: &mut Vec<Record>, record: &mut Record, field: &mut String) {
    let mut fields = std::mem::take(&mut record.fields);
    fields.push(end_field(field));
    if fields.iter().any(|f| !f.is_empty()) {
        out.push(Record {
            line: record.line,
            fields,
        });
    }
}

fn separator(text: &str) -> char {
    let head = text.lines().find(|l| !l.trim().is_empty() && !l.starts_with('#'));
    let count = |c| head.map_or(0, |l| l.matches(c).count());
    if count(';') > count(',') { ';' } else { ',' }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_comments_and_semicolons() {
        let all = records("\u{FEFF}# ghi chú\r\na;b\r\n\r\n\"x;1\n\"\"y\"\"\";2\r\n");
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].fields, ["a", "b"]);
        assert_eq!((all[1].line, all[1].fields[0].as_str()), (4, "x;1\n\"y\""));
        assert!(records("").is_empty());
        assert_eq!(records("a,\"b").len(), 1);
    }
}
