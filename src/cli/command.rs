//! Commands and flags, with their help in both languages.
//!
//! Out: the command that the argument library parses, prints help from and makes completions of.
//! Holds: help is written beside the flag it explains, once, in both languages; every general flag
//!        works before and after the command.
//! Why the builder and not derived structs: help texts must be chosen by language while the command
//!        is built, and attributes hold one text only.

use std::path::PathBuf;

use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command, value_parser};

use super::locality;
use super::options::{self, value};
use crate::lang::Lang;

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
    .arg(value("facts", None, lang.pick("THƯ MỤC", "FOLDER"), lang.pick(
        "ghi thêm mọi số liệu đã đọc thành Parquet chia theo năm và tỉnh vào thư mục này, cho DuckDB, Spark, Trino",
        "also write all reported figures into this folder, as Parquet by year and province, for DuckDB, Spark, Trino",
    )).value_parser(value_parser!(PathBuf)))
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
            "đọc và kiểm tra, không lập báo cáo; nêu mọi lỗi với tệp, trang, ô",
            "read and check, write no report; every problem with file, sheet and cell",
        ),
        (
            "bdg check [THƯ MỤC|TỆP]... [TÙY CHỌN]",
            "bdg check [FOLDER|FILES]... [OPTIONS]",
        ),
    )
    .arg(paths())
    .arg(value("return", None, lang.pick("THƯ MỤC", "FOLDER"), lang.pick(
        "ghi vào thư mục này chính tệp của từng đơn vị, các ô cần sửa được tô màu, có ghi chú và một trang “Việc cần sửa”",
        "write each unit's own workbook into this folder, with the cells to mend coloured and commented and a first sheet that lists them",
    )).value_parser(value_parser!(PathBuf)))
    .arg(value("slips", None, lang.pick("THƯ MỤC", "FOLDER"), lang.pick(
        "ghi vào thư mục này cho mỗi đơn vị một phiếu để in: gửi ai, tệp nào, sửa gì, hạn nào (với --plan)",
        "write a slip for each unit into this folder, for printing: to whom, which files, what to mend, by when (with --plan)",
    )).value_parser(value_parser!(PathBuf)))
    .after_help(lang.pick(
        "Ví dụ:\n  bdg check bao-cao-2024\n  bdg check bao-cao-2024 --return tra-lai",
        "Examples:\n  bdg check received-2024\n  bdg check received-2024 --return to-send-back",
    ));
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
    ))
    .arg(
        value(
            "html",
            None,
            lang.pick("TỆP-HTML", "HTML-FILE"),
            lang.pick(
                "vẽ các trang như đã hiểu, mỗi ô một màu, vào tệp này",
                "paint the sheets as they were understood, a colour for each cell, into this file",
            ),
        )
        .value_parser(value_parser!(PathBuf)),
    );
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
                "indicators (chỉ tiêu), programmes (chương trình), plans (kế hoạch), targets (mục tiêu), localities (địa phương), checks (phép kiểm tra), problems (các loại lỗi), measures (số liệu), forms (biểu mẫu)",
                "indicators, programmes, plans, targets, localities, checks, problems, measures, forms",
            )),
    )
    .arg(
        Arg::new("containing")
            .value_name(lang.pick("CHỨA", "CONTAINING"))
            .help_heading(arguments)
            .help(lang.pick("chỉ dòng có chữ này", "only lines with this text")),
    );
    let locality = locality::arguments(
        sub(
            "locality",
            "dia-phuong",
            (
                "một đơn vị hành chính: tên, mã, lịch sử, nay thuộc đâu",
                "one administrative unit: name, code, history, what it is part of today",
            ),
            (
                "bdg locality TÊN|MÃ... [TÙY CHỌN]",
                "bdg locality NAME|CODE... [OPTIONS]",
            ),
        ),
        arguments,
        lang,
    );
    let cache = sub(
        "cache",
        "bo-nho-dem",
        (
            "kết quả đọc các lần trước, ghi trong thư mục dữ liệu để lần sau chạy nhanh: xem, xóa",
            "readings of earlier runs, kept in the folder of the data so that the next is quick: show, clear",
        ),
        ("bdg cache [THƯ MỤC] [--clear]", "bdg cache [FOLDER] [--clear]"),
    )
    .arg(
        Arg::new("folder")
            .value_name(lang.pick("THƯ MỤC", "FOLDER"))
            .value_parser(value_parser!(PathBuf))
            .help_heading(arguments)
            .help(lang.pick(
                "thư mục báo cáo đã nhận; bỏ trống: thư mục hiện tại",
                "folder of received reports; left out: the current folder",
            )),
    )
    .arg(
        Arg::new("clear")
            .long("clear")
            .action(ArgAction::SetTrue)
            .help(lang.pick("xóa", "remove them")),
    );
    let run = |name: &'static str, of: (&'static str, &'static str), help: (&'static str, &'static str)| {
        Arg::new(name)
            .value_name(lang.pick(of.0, of.1))
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help_heading(arguments)
            .help(lang.pick(help.0, help.1))
    };
    let diff = sub(
        "diff",
        "so-sanh",
        (
            "so hai lần chạy: mỗi số thay đổi được tách theo nguyên nhân (ô sửa, báo cáo đến thêm, đơn vị mới, địa giới, định nghĩa, mục tiêu)",
            "compare two runs: every changed figure split into causes (corrected cells, late reports, new units, boundaries, definition, target)",
        ),
        ("bdg diff LẦN-1 LẦN-2 [-o TỆP.xlsx]", "bdg diff RUN-1 RUN-2 [-o FILE.xlsx]"),
    )
    .arg(run(
        "first",
        ("LẦN-1", "RUN-1"),
        (
            "thư mục kết quả của lần trước, hoặc tệp bdg-run.json trong đó",
            "folder of results of the earlier run, or the bdg-run.json in it",
        ),
    ))
    .arg(run(
        "second",
        ("LẦN-2", "RUN-2"),
        ("thư mục kết quả của lần sau", "folder of results of the later run"),
    ))
    .arg(value("output", Some('o'), lang.pick("TỆP.xlsx", "FILE.xlsx"), lang.pick(
        "ghi bảng so sánh vào tệp này: tóm tắt, từng số thay đổi, từng ô đã sửa, phương pháp",
        "write the comparison into this workbook: summary, every changed figure, every changed cell, methods",
    )).value_parser(value_parser!(PathBuf)))
    .after_help(lang.pick(
        "Không cần các tệp đã nhận: mọi thứ nằm trong hai thư mục kết quả. Mã kết thúc 1 nếu có phần không tách được.\n\nVí dụ:\n  bdg diff ket-qua-thang-11 ket-qua-thang-12 -o so-sanh.xlsx",
        "The received files are not needed: everything is in the two folders of results. Exit code 1 if some part could not be split.\n\nExample:\n  bdg diff results-november results-december -o changes.xlsx",
    ));
    let sql = sub(
        "sql",
        "cau-lenh-sql",
        (
            "in cả phép tính thành một câu lệnh SQL trên số liệu do report --facts ghi, cho DuckDB, Spark, Trino",
            "print the whole evaluation as one SQL statement over what report --facts wrote, for DuckDB, Spark, Trino",
        ),
        ("bdg sql THƯ_MỤC [TÙY CHỌN]", "bdg sql FOLDER [OPTIONS]"),
    )
    .arg(
        Arg::new("folder")
            .value_name(lang.pick("THƯ_MỤC", "FOLDER"))
            .required(true)
            .help_heading(arguments)
            .help(lang.pick(
                "thư mục do --facts ghi, như máy chạy câu lệnh nhìn thấy (có thể là s3://…)",
                "the folder that --facts wrote, as the engine sees it (it may be s3://…)",
            )),
    )
    .arg(value(
        "dialect",
        None,
        "duckdb|spark|trino|ansi",
        lang.pick(
            "máy chạy câu lệnh; chỉ phần đọc tệp khác nhau. Mặc định: duckdb",
            "the engine; only how files are read differs. Default: duckdb",
        ),
    ))
    .after_help(lang.pick(
        "Mỗi năm được tính theo địa giới của năm đó, như --boundaries as-reported.\n\nVí dụ:\n  bdg report bao-cao-2024 -p 2024 --facts so-lieu\n  bdg sql so-lieu -p 2024 > tinh.sql\n  duckdb < tinh.sql",
        "Every year is computed on its own units, as with --boundaries as-reported.\n\nExamples:\n  bdg report received-2024 -p 2024 --facts facts\n  bdg sql facts -p 2024 > evaluate.sql\n  duckdb < evaluate.sql",
    ));
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
        .subcommands([report, check, inspect, explain, list, locality, cache, diff, sql, completions]);
    options::general(root, lang)
}

fn after_help(lang: Lang) -> StyledStr {
    lang.pick(
        "Mã kết thúc:\n  0  xong, đủ\n  1  xong, nhưng có số liệu bị bỏ ra hoặc không qua kiểm tra\n  2  không làm được gì: sai lệnh, sai cấu hình hay danh mục\n  3  lỗi của chương trình\n\nVí dụ:\n  bdg check bao-cao-2024\n  bdg report bao-cao-2024 --locality 585 --period 2024\n\nKhông dùng mạng; không có gì rời khỏi máy này.",
        "Exit codes:\n  0  done, complete\n  1  done, but figures were left out or a check failed\n  2  nothing done: wrong command, configuration or definitions\n  3  a fault of the program\n\nExamples:\n  bdg check received-2024\n  bdg report received-2024 --locality 585 --period 2024\n\nNo network is used; nothing leaves this machine.",
    )
    .into()
}
