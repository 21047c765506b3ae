//! What is wrong with a command line, in the language asked for, with a near word.
//!
//! In:  what the argument library found, or a value that we do not know. Out: sentences.
//! Holds: a guess is only ever suggested, never run.

use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::args::Shown;
use crate::classification::locality::KNOWN_SINCE;
use crate::lang::Lang;
use crate::text::did_you_mean;

/// The library's finding in our words; kinds that cannot occur here keep the library's own.
pub fn shown(error: &clap::Error, lang: Lang) -> Shown {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    ) {
        return Shown::Wanted(error.render().to_string());
    }
    let get = |kind| error.get(kind).map(words).unwrap_or_default();
    let arg = get(ContextKind::InvalidArg);
    let bad = get(ContextKind::InvalidValue);
    let sentence = match error.kind() {
        ErrorKind::UnknownArgument => lang.pick(
            format!("không có tùy chọn “{arg}”"),
            format!("there is no option “{arg}”"),
        ),
        ErrorKind::InvalidSubcommand => {
            let word = get(ContextKind::InvalidSubcommand);
            let mut text = lang.pick(
                format!("không có lệnh “{word}”"),
                format!("there is no command “{word}”"),
            );
            if word.contains(['/', '\\', '.']) {
                text.push_str(&lang.pick(
                    format!("; để lập báo cáo: bdg report {word}"),
                    format!("; to write a report: bdg report {word}"),
                ));
            }
            text
        }
        ErrorKind::MissingSubcommand => lang
            .pick(
                "thiếu lệnh, ví dụ report",
                "a command is missing, for instance report",
            )
            .to_owned(),
        ErrorKind::MissingRequiredArgument => lang.pick(format!("thiếu {arg}"), format!("{arg} is missing")),
        ErrorKind::ArgumentConflict => lang.pick(
            format!("{arg} chỉ được ghi một lần"),
            format!("{arg} may be given once only"),
        ),
        ErrorKind::InvalidValue if bad.is_empty() => {
            lang.pick(format!("{arg} cần một giá trị"), format!("{arg} needs a value"))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => lang.pick(
            format!("“{bad}” không dùng được cho {arg}"),
            format!("“{bad}” cannot be used for {arg}"),
        ),
        ErrorKind::InvalidUtf8 => lang
            .pick("một đối số không phải là chữ", "an argument is not text")
            .to_owned(),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => lang.pick(
            format!("sai số giá trị cho {arg}"),
            format!("wrong number of values for {arg}"),
        ),
        _ => return Shown::Refused(error.render().to_string()),
    };
    let near = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .map(get)
    .find(|near| !near.is_empty());
    let allowed = get(ContextKind::ValidValue);
    Shown::Refused(finished(sentence, near.as_deref(), &allowed, lang))
}

/// The value of a word from a list; the sentence to show otherwise.
pub fn choice<T: Copy>(option: &str, word: &str, all: &[(&str, T)], lang: Lang) -> Result<T, String> {
    let tidy = word.trim().to_lowercase();
    if let Some((_, value)) = all.iter().find(|(name, _)| *name == tidy) {
        return Ok(*value);
    }
    let sentence = lang.pick(
        format!("“{word}” không dùng được cho {option}"),
        format!("“{word}” cannot be used for {option}"),
    );
    let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    let near = did_you_mean(word, names.iter().copied());
    Err(finished(sentence, near, &names.join(", "), lang))
}

/// A day that is none.
pub fn day(word: &str, lang: Lang) -> String {
    let since = KNOWN_SINCE;
    let sentence = lang.pick(
        format!("--date không dùng được “{word}”; hãy viết như 2024-12-31; đơn vị hành chính được biết từ ngày {since}"),
        format!("--date cannot take “{word}”; write it as 2024-12-31; units are known since {since}"),
    );
    finished(sentence, None, "", lang)
}

/// `--boundaries` that is none, or of a day whose units are not known.
pub fn boundaries(word: &str, lang: Lang) -> String {
    let since = KNOWN_SINCE;
    let sentence = lang.pick(
        format!("--boundaries {word}: viết 2024, 2025, một ngày như 2025-07-01, hoặc as-reported (mỗi kỳ theo địa giới của kỳ đó); địa giới được biết từ ngày {since}"),
        format!("--boundaries {word}: write 2024, 2025, a day such as 2025-07-01, or as-reported (each period on its own units); units are known since {since}"),
    );
    finished(sentence, None, "", lang)
}

/// A workbook to write.
pub fn workbook(path: PathBuf, lang: Lang) -> Result<PathBuf, String> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("xlsx") => Ok(path),
        _ => {
            let shown = path.display();
            let sentence = lang.pick(
                format!("-o {shown}: chỉ ghi tệp .xlsx"),
                format!("-o {shown}: an .xlsx file is written"),
            );
            Err(finished(sentence, None, "", lang))
        }
    }
}

pub fn period(word: &str, lang: Lang) -> String {
    let sentence = lang.pick(
        format!("không hiểu kỳ “{word}”; viết như 2024, 2024-H1, 2024-Q3, 2024-M07, 2024-9M hoặc 2023-2024 (năm học)"),
        format!("the period “{word}” is not understood; write 2024, 2024-H1, 2024-Q3, 2024-M07, 2024-9M or 2023-2024 (school year)"),
    );
    finished(sentence, None, "", lang)
}

pub fn jobs(word: &str, lang: Lang) -> String {
    let sentence = lang.pick(
        format!("--jobs phải là số từ 1 đến 256, không phải “{word}”"),
        format!("--jobs must be a number from 1 to 256, not “{word}”"),
    );
    finished(sentence, None, "", lang)
}

fn finished(sentence: String, near: Option<&str>, allowed: &str, lang: Lang) -> String {
    let mut text = format!("{}: {sentence}", lang.pick("lỗi", "error"));
    match near {
        Some(near) => text.push_str(&lang.pick(
            format!("; có phải là “{near}”?"),
            format!("; did you mean “{near}”?"),
        )),
        None if !allowed.is_empty() => {
            text.push_str(&lang.pick(format!("; được dùng: {allowed}"), format!("; allowed: {allowed}")));
        }
        None => {}
    }
    text.push_str(lang.pick(
        "\nXem hướng dẫn: bdg --help\n",
        "\nFor help: bdg --lang en --help\n",
    ));
    text
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(s) => s.clone(),
        ContextValue::Strings(all) => all.join(", "),
        ContextValue::StyledStr(s) => s.to_string(),
        ContextValue::StyledStrs(all) => {
            let all: Vec<String> = all.iter().map(ToString::to_string).collect();
            all.join(", ")
        }
        ContextValue::Bool(b) => b.to_string(),
        ContextValue::Number(n) => n.to_string(),
        _ => String::new(),
    }
}
