//! The command line: what may be asked, in both languages.
//!
//! In:  the words of the command line. Out: [`Arguments`], or text to show instead ([`Shown`]).
//! Holds: help is written beside the flag it explains, once, in both languages; every general flag
//!        works before and after the command.
//! Why the builder and not derived structs: help texts must be chosen by language while the command
//!        is built, and attributes hold one text only.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{StyledStr, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::refusal;
use crate::classification::locality::Level;
use crate::disclosure::Edition;
use crate::lang::Lang;
use crate::period::Period;

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
    },
    Check {
        paths: Vec<PathBuf>,
    },
    Inspect {
        file: PathBuf,
        sheet: Option<String>,
    },
    Explain {
        name: String,
        paths: Vec<PathBuf>,
    },
    List {
        what: Listed,
        containing: Option<String>,
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
}

impl Listed {
    pub const ALL: [(&'static str, &'static str, Listed); 7] = [
        ("indicators", "chi-tieu", Listed::Indicators),
        ("targets", "muc-tieu", Listed::Targets),
        ("localities", "dia-phuong", Listed::Localities),
        ("checks", "kiem-soat", Listed::Checks),
        ("problems", "loi", Listed::Problems),
        ("measures", "so-lieu", Listed::Measures),
        ("forms", "bieu-mau", Listed::Forms),
    ];
}

/// Flags with the same meaning in every command; none: not given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct General {
    pub lang: Option<Lang>,
    pub period: Option<Period>,
    pub locality: Option<String>,
    pub indicators: Option<PathBuf>,
    pub config: Option<PathBuf>,
    pub no_config: bool,
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

/// The whole command, with its texts in one language.
pub fn command(lang: Lang) -> Command {
    let options = lang.pick("Tùy chọn", "Options");
    let arguments = lang.pick("Đối số", "Arguments");
    let commands = lang.pick("Các lệnh", "Commands");
    let top = lang.pick(
        "{about-with-newline}\nCách dùng: bdg <LỆNH> [TÙY CHỌN] [THƯ MỤC hoặc TỆP]\n\n{all-args}{after-help}\n",
        "{about-with-newline}\nUsage: bdg <COMMAND> [OPTIONS] [FOLDER or FILES]\n\n{all-args}{after-help}\n",
    );
    let below = lang.pick(
        "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}\n",
        "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}\n",
    );
    let paths = || {
        Arg::new("paths")
            .value_name(lang.pick("THƯ MỤC|TỆP", "FOLDER|FILES"))
            .num_args(0..)
            .value_parser(value_parser!(PathBuf))
            .help_heading(arguments)
            .help(lang.pick(
                "thư mục chứa báo cáo đã nhận, hoặc từng tệp; bỏ trống: thư mục hiện tại",
                "folder of received reports, or single files; left out: the current folder",
            ))
    };
    let sub = |name: &'static str, alias: &'static str, about: (&str, &str), usage: (&str, &str)| {
        Command::new(name)
            .alias(alias)
            .about(format!("{} (= {alias})", lang.pick(about.0, about.1)))
            .help_template(below)
            .override_usage(lang.pick(usage.0, usage.1).to_owned())
            .next_help_heading(options)
            .disable_help_flag(true)
    };
    let report = sub(
        "report",
        "bao-cao",
        ("đọc mọi bảng tính, tính các chỉ tiêu và ghi báo cáo tổng hợp", "read all spreadsheets, work out the indicators and write the summary workbook"),
        ("bdg report [THƯ MỤC|TỆP]... [TÙY CHỌN]", "bdg report [FOLDER|FILES]... [OPTIONS]"),
    )
    .arg(paths())
    .arg(value("output", Some('o'), lang.pick("TỆP|THƯ MỤC", "FILE|FOLDER"), lang.pick(
        "ghi vào đâu: một tệp .xlsx, hoặc một thư mục",
        "where to write: an .xlsx file, or a folder",
    )).value_parser(value_parser!(PathBuf)))
    .arg(value("each", None, lang.pick("CẤP", "LEVEL"), lang.pick(
        "lập thêm một báo cáo cho từng đơn vị của cấp này: province, district, commune (tỉnh, huyện, xã)",
        "also write one report for each unit of this level: province, district, commune",
    )))
    .arg(value("edition", None, lang.pick("BẢN", "EDITION"), lang.pick(
        "internal: bản nội bộ; public: bản công khai (chưa có, vì chưa bảo mật số liệu nhỏ)",
        "internal, or public (not yet: small numbers are not protected)",
    )))
    .after_help(lang.pick(
        "Ví dụ:\n  bdg report bao-cao-2024 --period 2024 -o tong-hop-2024.xlsx\n  bdg report bao-cao-2024 --each commune",
        "Examples:\n  bdg report received-2024 --period 2024 -o summary-2024.xlsx\n  bdg report received-2024 --each commune",
    ));
    let check = sub(
        "check",
        "kiem-tra",
        (
            "đọc và kiểm tra, không ghi gì; nêu mọi lỗi với tệp, trang, ô",
            "read and check, write nothing; every problem with file, sheet and cell",
        ),
        (
            "bdg check [THƯ MỤC|TỆP]... [TÙY CHỌN]",
            "bdg check [FOLDER|FILES]... [OPTIONS]",
        ),
    )
    .arg(paths());
    let inspect = sub(
        "inspect",
        "xem",
        (
            "cho thấy một tệp được hiểu thế nào, từng ô",
            "show how a file was understood, cell by cell",
        ),
        ("bdg inspect TỆP [TÙY CHỌN]", "bdg inspect FILE [OPTIONS]"),
    )
    .arg(
        Arg::new("file")
            .value_name(lang.pick("TỆP", "FILE"))
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help_heading(arguments)
            .help(lang.pick("bảng tính cần xem", "the spreadsheet to look at")),
    )
    .arg(value(
        "sheet",
        None,
        lang.pick("TRANG", "SHEET"),
        lang.pick("chỉ trang này", "only this sheet"),
    ));
    let explain = sub(
        "explain",
        "giai-thich",
        (
            "giải thích một lỗi, một chỉ tiêu, một số liệu; kèm thư mục thì truy một con số về các ô nguồn",
            "explain a problem, an indicator, a measure; with a folder, trace a figure to its source cells",
        ),
        (
            "bdg explain TÊN [THƯ MỤC|TỆP]... [TÙY CHỌN]",
            "bdg explain NAME [FOLDER|FILES]... [OPTIONS]",
        ),
    )
    .arg(
        Arg::new("name")
            .value_name(lang.pick("TÊN", "NAME"))
            .required(true)
            .help_heading(arguments)
            .help(lang.pick(
                "tên lỗi (not-a-number), mã chỉ tiêu (3.2a) hoặc mã số liệu (dv-victims)",
                "name of a problem (not-a-number), id of an indicator (3.2a) or of a measure (dv-victims)",
            )),
    )
    .arg(paths().help(lang.pick(
        "thư mục hay tệp có số liệu: con số được truy về các ô nguồn",
        "folder or files with the data: the figure is traced to its source cells",
    )))
    .after_help(lang.pick(
        "Ví dụ:\n  bdg explain not-a-number\n  bdg explain 3.2a bao-cao-2024 --locality 22813 --period 2024",
        "Examples:\n  bdg explain not-a-number\n  bdg explain 3.2a received-2024 --locality 22813 --period 2024",
    ));
    let list = sub(
        "list",
        "danh-sach",
        ("liệt kê những gì chương trình biết", "list what the program knows"),
        ("bdg list GÌ [CHỨA] [TÙY CHỌN]", "bdg list WHAT [CONTAINING] [OPTIONS]"),
    )
    .arg(
        Arg::new("what")
            .value_name(lang.pick("GÌ", "WHAT"))
            .required(true)
            .help_heading(arguments)
            .help(lang.pick(
                "indicators (chỉ tiêu), targets (mục tiêu), localities (địa phương), checks (phép kiểm tra), problems (các loại lỗi), measures (số liệu), forms (biểu mẫu)",
                "indicators, targets, localities, checks, problems, measures, forms",
            )),
    )
    .arg(
        Arg::new("containing")
            .value_name(lang.pick("CHỨA", "CONTAINING"))
            .help_heading(arguments)
            .help(lang.pick("chỉ dòng có chữ này", "only lines with this text")),
    );
    let completions = Command::new("completions")
        .about(lang.pick(
            "in lệnh tự điền cho bash, zsh, fish, powershell, elvish",
            "print completions for bash, zsh, fish, powershell, elvish",
        ))
        .help_template(below)
        .override_usage(
            lang.pick("bdg completions VỎ", "bdg completions SHELL")
                .to_owned(),
        )
        .next_help_heading(options)
        .disable_help_flag(true)
        .arg(
            Arg::new("shell")
                .value_name(lang.pick("VỎ", "SHELL"))
                .required(true)
                .help_heading(arguments)
                .hide_possible_values(true)
                .help("bash, zsh, fish, powershell, elvish")
                .value_parser(value_parser!(clap_complete::Shell)),
        );
    let root = Command::new("bdg")
        .version(env!("CARGO_PKG_VERSION"))
        .about(lang.pick(
            "Từ thư mục bảng tính các đơn vị gửi đến, tính các chỉ tiêu của Chiến lược quốc gia về bình đẳng giới 2021-2030, so với mục tiêu và lập báo cáo tổng hợp",
            "From a folder of spreadsheets that units have sent: the indicators of the National Strategy on Gender Equality 2021-2030, compared with their targets, in a summary workbook",
        ))
        .help_template(top)
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .infer_subcommands(false)
        .subcommand_help_heading(commands)
        .next_help_heading(options)
        .max_term_width(110)
        .after_help(after_help(lang))
        .subcommands([report, check, inspect, explain, list, completions]);
    general(root, lang)
}

fn after_help(lang: Lang) -> StyledStr {
    lang.pick(
        "Mã kết thúc:\n  0  xong, đủ\n  1  xong, nhưng có số liệu bị bỏ ra hoặc không qua kiểm tra\n  2  không làm được gì: sai lệnh, sai cấu hình hay danh mục\n  3  lỗi của chương trình\n\nVí dụ:\n  bdg check bao-cao-2024\n  bdg report bao-cao-2024 --locality 585 --period 2024\n\nKhông dùng mạng; không có gì rời khỏi máy này.",
        "Exit codes:\n  0  done, complete\n  1  done, but figures were left out or a check failed\n  2  nothing done: wrong command, configuration or definitions\n  3  a fault of the program\n\nExamples:\n  bdg check received-2024\n  bdg report received-2024 --locality 585 --period 2024\n\nNo network is used; nothing leaves this machine.",
    )
    .into()
}

fn general(root: Command, lang: Lang) -> Command {
    let global = |name, short, of, help| value(name, short, of, help).global(true);
    let switch = |name: &'static str, short: Option<char>, help: &'static str| {
        let arg = Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .global(true)
            .help(help);
        match short {
            Some(c) => arg.short(c),
            None => arg,
        }
    };
    root.arg(global(
        "period",
        Some('p'),
        lang.pick("KỲ", "PERIOD"),
        lang.pick(
            "kỳ báo cáo: 2024, 2024-H1 (6 tháng đầu), 2024-Q3, 2024-M07, 2023-2024 (năm học)",
            "period: 2024, 2024-H1, 2024-Q3, 2024-M07, 2023-2024 (school year)",
        ),
    ))
    .arg(global(
        "locality",
        Some('l'),
        lang.pick("ĐỊA PHƯƠNG", "LOCALITY"),
        lang.pick(
            "mã hoặc tên đơn vị hành chính: 585, \"huyện Ninh Sơn, tỉnh Ninh Thuận\"",
            "code or name of a unit: 585, \"huyện Ninh Sơn, tỉnh Ninh Thuận\"",
        ),
    ))
    .arg(global(
        "lang",
        None,
        "vi|en",
        lang.pick(
            "ngôn ngữ của thông báo và báo cáo",
            "language of messages and report",
        ),
    ))
    .arg(
        global(
            "indicators",
            None,
            lang.pick("THƯ MỤC", "FOLDER"),
            lang.pick(
                "dùng danh mục chỉ tiêu này thay cho danh mục có sẵn",
                "use this catalogue of indicators in place of the built-in one",
            ),
        )
        .value_parser(value_parser!(PathBuf)),
    )
    .arg(
        global(
            "config",
            None,
            lang.pick("TỆP", "FILE"),
            lang.pick(
                "dùng tệp cấu hình này thay cho bdg.toml tìm thấy",
                "use this configuration in place of the bdg.toml that is found",
            ),
        )
        .value_parser(value_parser!(PathBuf)),
    )
    .arg(switch(
        "no-config",
        None,
        lang.pick("không tìm bdg.toml", "do not look for bdg.toml"),
    ))
    .arg(global(
        "format",
        None,
        "human|json",
        lang.pick("cho người đọc, hoặc JSON từng dòng", "for people, or JSON lines"),
    ))
    .arg(switch(
        "strict",
        None,
        lang.pick("cảnh báo cũng cho mã kết thúc 1", "warnings too give exit code 1"),
    ))
    .arg(global(
        "jobs",
        Some('j'),
        "N",
        lang.pick("số luồng chạy song song", "number of threads"),
    ))
    .arg(switch(
        "quiet",
        Some('q'),
        lang.pick("chỉ in kết quả", "print results only"),
    ))
    .arg(switch(
        "verbose",
        Some('v'),
        lang.pick("in mọi lỗi, không gộp", "print every problem, ungrouped"),
    ))
    .arg(global(
        "color",
        None,
        "auto|always|never",
        lang.pick("màu trên màn hình", "colour on the terminal"),
    ))
    .arg(
        Arg::new("help")
            .long("help")
            .short('h')
            .action(ArgAction::Help)
            .global(true)
            .help(lang.pick("in hướng dẫn", "print help")),
    )
    .arg(
        Arg::new("version")
            .long("version")
            .short('V')
            .action(ArgAction::Version)
            .help(lang.pick("in phiên bản", "print the version")),
    )
}

fn value(name: &'static str, short: Option<char>, of: &'static str, help: &'static str) -> Arg {
    let arg = Arg::new(name)
        .long(name)
        .value_name(of)
        .help(help)
        .value_parser(ValueParser::string());
    match short {
        Some(c) => arg.short(c),
        None => arg,
    }
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
            each: words("each").map(|w| level(&w, lang)).transpose()?,
            edition: words("edition")
                .map(|w| {
                    let all = [("internal", Edition::Internal), ("public", Edition::Public)];
                    refusal::choice("--edition", &w, &all, lang)
                })
                .transpose()?,
        },
        "check" => Ask::Check { paths: paths() },
        "inspect" => Ask::Inspect {
            file: path("file").unwrap_or_default(),
            sheet: words("sheet"),
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
        indicators: path("indicators"),
        config: path("config"),
        no_config: matches.get_flag("no-config"),
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
