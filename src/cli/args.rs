//! The command line: what is asked.
//!
//! In:  the words of the command line. Out: [`Arguments`], or text to show instead ([`Shown`]).
//! Holds: what a flag may say is proved here, in words of the language asked for.
//! Leaves to others: the flags and their help ([`super::command`]).

use std::ffi::OsString;
use std::path::PathBuf;

use clap::ArgMatches;

use super::command::command;
use super::refusal;
use crate::classification::locality::KNOWN_SINCE;
use crate::classification::locality::Level;
use crate::disclosure::Edition;
use crate::lang::Lang;
use crate::period::{Day, Period};
use crate::recast::Boundaries;
use crate::sql::Dialect;

/// A command and what goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arguments {
    pub general: General,
    pub ask: Ask,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    Report {
        paths: Vec<PathBuf>,
        output: Option<PathBuf>,
        each: Option<Level>,
        edition: Option<Edition>,
        facts: Option<PathBuf>,
    },
    Check {
        paths: Vec<PathBuf>,
        /// Folder for the units' own workbooks with the cells marked.
        returned: Option<PathBuf>,
        /// Folder for slips, one for each unit.
        slips: Option<PathBuf>,
    },
    Inspect {
        file: PathBuf,
        sheet: Option<String>,
        /// Where to paint the sheets as they were understood.
        html: Option<PathBuf>,
    },
    Explain {
        name: String,
        paths: Vec<PathBuf>,
    },
    List {
        what: Listed,
        containing: Option<String>,
    },
    Locality {
        asked: Vec<String>,
        date: Option<Day>,
    },
    /// What is kept of earlier runs beside the data of a folder.
    Cache {
        folder: PathBuf,
        clear: bool,
    },
    /// What changed from one run to another.
    Diff {
        runs: [PathBuf; 2],
        output: Option<PathBuf>,
    },
    /// The evaluation as a statement for other engines.
    Sql {
        /// As the engine is to see it.
        folder: String,
        dialect: Dialect,
    },
    Completions {
        shell: clap_complete::Shell,
    },
}

/// What `list` can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    Indicators,
    Targets,
    Localities,
    Checks,
    Problems,
    Measures,
    Forms,
    Programmes,
    Plans,
}

impl Listed {
    pub const ALL: [(&'static str, &'static str, Listed); 9] = [
        ("indicators", "chi-tieu", Listed::Indicators),
        ("targets", "muc-tieu", Listed::Targets),
        ("localities", "dia-phuong", Listed::Localities),
        ("checks", "kiem-soat", Listed::Checks),
        ("problems", "loi", Listed::Problems),
        ("measures", "so-lieu", Listed::Measures),
        ("forms", "bieu-mau", Listed::Forms),
        ("programmes", "chuong-trinh", Listed::Programmes),
        ("plans", "ke-hoach", Listed::Plans),
    ];
}

/// Flags with the same meaning in every command; none: not given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct General {
    pub lang: Option<Lang>,
    pub period: Option<Period>,
    pub locality: Option<String>,
    pub boundaries: Option<Boundaries>,
    /// A file, or the id of a plan of the catalogue.
    pub plan: Option<String>,
    /// The office's log of received reports.
    pub received: Option<PathBuf>,
    /// Ids of the programmes that figures are judged by; empty: not given.
    pub programmes: Vec<String>,
    pub indicators: Option<PathBuf>,
    pub config: Option<PathBuf>,
    pub no_config: bool,
    pub no_cache: bool,
    pub format: Format,
    pub strict: bool,
    pub jobs: Option<usize>,
    pub verbosity: Verbosity,
    pub colour: Colour,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    #[default]
    Human,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verbosity {
    Quiet,
    #[default]
    Normal,
    Verbose,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colour {
    #[default]
    Auto,
    Always,
    Never,
}

/// Text in place of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Help or version: was asked for.
    Wanted(String),
    /// What is wrong with the command line.
    Refused(String),
}

/// The language of messages until the configuration is read: `--lang` wherever it stands.
pub fn language(words: &[OsString]) -> Option<Lang> {
    let mut words = words.iter().skip(1).map(|w| w.to_string_lossy());
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--lang") {
            Some("") => words.next().map(|w| w.into_owned()),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        match value.as_deref() {
            Some("en") => return Some(Lang::En),
            Some("vi") => return Some(Lang::Vi),
            _ => {}
        }
    }
    None
}

/// Reads the command line.
pub fn parse(words: &[OsString], lang: Lang) -> Result<Arguments, Shown> {
    if words.len() <= 1 {
        return Err(Shown::Refused(first_words(lang)));
    }
    let mut command = command(lang);
    let matches = command
        .try_get_matches_from_mut(words)
        .map_err(|error| refusal::shown(&error, lang))?;
    arguments(&matches, lang).map_err(Shown::Refused)
}

/// Four lines for somebody who typed only the name.
fn first_words(lang: Lang) -> String {
    lang.pick(
        "bdg: từ thư mục bảng tính các đơn vị gửi đến, tính các chỉ tiêu bình đẳng giới và lập báo cáo tổng hợp\n\
         \n  bdg report THƯ_MỤC      lập báo cáo\n  bdg check THƯ_MỤC       chỉ đọc và kiểm tra\n  bdg --help              mọi lệnh và tùy chọn\n",
        "bdg: from a folder of spreadsheets that units have sent to the gender-equality indicators and a summary workbook\n\
         \n  bdg report FOLDER       write the report\n  bdg check FOLDER        only read and check\n  bdg --lang en --help    all commands and options\n",
    )
    .to_owned()
}

fn arguments(matches: &ArgMatches, lang: Lang) -> Result<Arguments, String> {
    let Some((name, sub)) = matches.subcommand() else {
        return Err(first_words(lang));
    };
    let words = |id: &str| sub.get_one::<String>(id).cloned();
    let path = |id: &str| sub.get_one::<PathBuf>(id).cloned();
    let paths = || -> Vec<PathBuf> { sub.get_many("paths").into_iter().flatten().cloned().collect() };
    let general = general_of(sub, lang)?;
    let ask = match name {
        "report" => Ask::Report {
            paths: paths(),
            output: path("output"),
            facts: path("facts"),
            each: words("each").map(|w| level(&w, lang)).transpose()?,
            edition: words("edition")
                .map(|w| {
                    let all = [("internal", Edition::Internal), ("public", Edition::Public)];
                    refusal::choice("--edition", &w, &all, lang)
                })
                .transpose()?,
        },
        "check" => Ask::Check {
            paths: paths(),
            returned: path("return"),
            slips: path("slips"),
        },
        "inspect" => Ask::Inspect {
            file: path("file").unwrap_or_default(),
            sheet: words("sheet"),
            html: sub.get_one::<PathBuf>("html").cloned(),
        },
        "explain" => Ask::Explain {
            name: words("name").unwrap_or_default(),
            paths: paths(),
        },
        "list" => {
            let all: Vec<(&str, Listed)> = Listed::ALL
                .iter()
                .flat_map(|(en, vi, what)| [(*en, *what), (*vi, *what)])
                .collect();
            let what = words("what").unwrap_or_default();
            Ask::List {
                what: refusal::choice("list", &what, &all, lang)?,
                containing: words("containing"),
            }
        }
        "locality" => Ask::Locality {
            asked: sub.get_many("asked").into_iter().flatten().cloned().collect(),
            date: words("date")
                .map(|w| {
                    let day = Day::parse(w.trim()).filter(|day| *day >= KNOWN_SINCE);
                    day.ok_or_else(|| refusal::day(&w, lang))
                })
                .transpose()?,
        },
        "cache" => Ask::Cache {
            folder: path("folder").unwrap_or_else(|| PathBuf::from(".")),
            clear: sub.get_flag("clear"),
        },
        "diff" => Ask::Diff {
            runs: [
                path("first").unwrap_or_default(),
                path("second").unwrap_or_default(),
            ],
            output: path("output").map(|to| refusal::workbook(to, lang)).transpose()?,
        },
        "sql" => Ask::Sql {
            folder: words("folder").unwrap_or_default(),
            dialect: words("dialect")
                .map(|w| refusal::choice("--dialect", &w, &Dialect::ALL, lang))
                .transpose()?
                .unwrap_or_default(),
        },
        _ => Ask::Completions {
            shell: sub
                .get_one("shell")
                .copied()
                .unwrap_or(clap_complete::Shell::Bash),
        },
    };
    Ok(Arguments { general, ask })
}

fn general_of(matches: &ArgMatches, lang: Lang) -> Result<General, String> {
    let words = |id: &str| matches.get_one::<String>(id).cloned();
    let path = |id: &str| matches.get_one::<PathBuf>(id).cloned();
    let chosen = |id: &str| words(id).unwrap_or_default();
    let period = words("period")
        .map(|w| {
            let tidy = w.trim().to_ascii_uppercase();
            Period::parse(&tidy).ok_or_else(|| refusal::period(&w, lang))
        })
        .transpose()?;
    let boundaries = words("boundaries")
        .map(|w| Boundaries::parse(w.trim()).ok_or_else(|| refusal::boundaries(&w, lang)))
        .transpose()?;
    let jobs = words("jobs")
        .map(|w| {
            let n: Option<usize> = w.trim().parse().ok().filter(|n| (1..=256).contains(n));
            n.ok_or_else(|| refusal::jobs(&w, lang))
        })
        .transpose()?;
    let format = match words("format") {
        None => Format::Human,
        Some(w) => refusal::choice(
            "--format",
            &w,
            &[("human", Format::Human), ("json", Format::Json)],
            lang,
        )?,
    };
    let colour = match words("color") {
        None => Colour::Auto,
        Some(w) => {
            let all = [
                ("auto", Colour::Auto),
                ("always", Colour::Always),
                ("never", Colour::Never),
            ];
            refusal::choice("--color", &w, &all, lang)?
        }
    };
    let lang_given = match chosen("lang").as_str() {
        "" => None,
        w => Some(refusal::choice(
            "--lang",
            w,
            &[("vi", Lang::Vi), ("en", Lang::En)],
            lang,
        )?),
    };
    Ok(General {
        lang: lang_given,
        period,
        locality: words("locality"),
        boundaries,
        plan: words("plan"),
        received: path("received"),
        programmes: words("programme").map_or_else(Vec::new, |w| ids(&w)),
        indicators: path("indicators"),
        config: path("config"),
        no_config: matches.get_flag("no-config"),
        no_cache: matches.get_flag("no-cache"),
        format,
        strict: matches.get_flag("strict"),
        jobs,
        verbosity: match (matches.get_flag("quiet"), matches.get_flag("verbose")) {
            (true, _) => Verbosity::Quiet,
            (false, true) => Verbosity::Verbose,
            (false, false) => Verbosity::Normal,
        },
        colour,
    })
}

/// `a, b` → a and b.
fn ids(words: &str) -> Vec<String> {
    let ids = words.split(',').map(str::trim).filter(|id| !id.is_empty());
    ids.map(str::to_owned).collect()
}

fn level(word: &str, lang: Lang) -> Result<Level, String> {
    let all = [
        ("province", Level::Province),
        ("district", Level::District),
        ("commune", Level::Commune),
        ("tinh", Level::Province),
        ("huyen", Level::District),
        ("xa", Level::Commune),
    ];
    refusal::choice("--each", &crate::text::folded(word), &all, lang)
}
