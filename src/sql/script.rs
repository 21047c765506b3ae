//! The text of the statement: steps one after the other, each with a comment.

use crate::lang::Lang;

/// The statement as it grows.
pub(super) struct Script {
    lang: Lang,
    head: String,
    steps: Vec<String>,
    last: String,
}

/// One value of a small table.
pub(super) enum Cell {
    Text(String),
    Number(i64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Cell {
        Cell::Number(number)
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Cell {
        Cell::Number(i64::from(yes))
    }
}

impl Script {
    pub fn new(lang: Lang) -> Script {
        Script {
            lang,
            head: String::new(),
            steps: Vec::new(),
            last: String::new(),
        }
    }

    /// Comment lines before everything.
    pub fn head(&mut self, vi: &str, en: &str) {
        let text = self.lang.pick(vi, en);
        self.head.push_str(&commented(text, ""));
    }

    /// A named step of the statement, and what it does.
    pub fn step(&mut self, name: &str, (vi, en): (&str, &str), body: &str) {
        let why = commented(self.lang.pick(vi, en), "");
        let body = indented(body);
        self.steps.push(format!("{why}{name} AS (\n{body})"));
    }

    /// A small table; a row as wide as the names. None without rows.
    pub fn table(&mut self, name: &str, columns: &str, (vi, en): (&str, &str), rows: Vec<Vec<Cell>>) {
        if rows.is_empty() {
            return;
        }
        let why = commented(self.lang.pick(vi, en), "");
        let rows: Vec<String> = rows.iter().map(|row| format!("({})", row_text(row))).collect();
        let rows = in_lines(&rows);
        self.steps
            .push(format!("{why}{name} ({columns}) AS (\n    VALUES\n{rows})"));
    }

    /// What is asked of the steps.
    pub fn last(&mut self, (vi, en): (&str, &str), body: &str) {
        self.last = format!("{}{}", commented(self.lang.pick(vi, en), ""), dedented(body));
    }

    pub fn finish(self) -> String {
        let steps = self.steps.join(",\n\n");
        format!("{}WITH\n{steps}\n\n{};\n", self.head, self.last.trim_end())
    }
}

fn row_text(row: &[Cell]) -> String {
    let cells = row.iter().map(|cell| match cell {
        Cell::Text(text) => quoted(text),
        Cell::Number(number) => number.to_string(),
    });
    cells.collect::<Vec<_>>().join(", ")
}

/// A text as a literal.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Rows side by side as far as a line goes.
fn in_lines(rows: &[String]) -> String {
    const WIDTH: usize = 110;
    let mut out = String::from("       ");
    let mut width = out.len();
    for (i, row) in rows.iter().enumerate() {
        if width + row.len() > WIDTH && i > 0 {
            out.push_str("\n       ");
            width = 7;
        }
        out.push(' ');
        out.push_str(row);
        width += row.len() + 2;
        if i + 1 < rows.len() {
            out.push(',');
        }
    }
    out.push('\n');
    out
}

fn commented(text: &str, indent: &str) -> String {
    text.lines().map(|line| format!("{indent}-- {line}\n")).collect()
}

/// Four blanks before each line, whatever stood before all of them.
fn indented(body: &str) -> String {
    dedented(body)
        .lines()
        .map(|line| match line.is_empty() {
            true => "\n".to_owned(),
            false => format!("    {line}\n"),
        })
        .collect()
}

/// Without the blanks that all lines begin with.
fn dedented(body: &str) -> String {
    let lines: Vec<&str> = body.lines().filter(|l| !l.trim().is_empty()).collect();
    let common = lines
        .iter()
        .map(|l| l.len() - l.trim_start().len())
        .min()
        .unwrap_or(0);
    lines
        .iter()
        .map(|l| format!("{}\n", l.get(common..).unwrap_or_default().trim_end()))
        .collect()
}
