//! The options of every command, with their help in both languages; each works before and after the command.

use std::path::PathBuf;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, Command, value_parser};

use crate::lang::Lang;

/// Adds them to the whole command.
pub(super) fn general(root: Command, lang: Lang) -> Command {
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
        "boundaries",
        None,
        lang.pick("ĐỊA GIỚI", "BOUNDARIES"),
        lang.pick(
            "địa giới của mọi số liệu: 2024, 2025 (ngày cuối năm), một ngày (2025-07-01), hoặc as-reported (mỗi kỳ theo địa giới của kỳ); mặc định là của kỳ báo cáo",
            "units on which all figures stand: 2024, 2025 (end of year), a day (2025-07-01), or as-reported (each period on its own); by default those of the period",
        ),
    ))
    .arg(global(
        "plan",
        None,
        lang.pick("TỆP|MÃ", "FILE|ID"),
        lang.pick(
            "kế hoạch của cơ quan: địa bàn, kỳ, chương trình, chỉ tiêu riêng, ai phải báo cáo và khi nào (bdg list plans; mẫu: bdg explain plan-template)",
            "the office's plan: locality, periods, programmes, own targets, who reports by when (bdg list plans; pattern: bdg explain plan-template)",
        ),
    ))
    .arg(
        global(
            "received",
            None,
            lang.pick("TỆP-CSV", "CSV-FILE"),
            lang.pick(
                "sổ nhận báo cáo, hai cột: tệp, ngày nhận; cùng với --plan cho biết ai đúng hạn, ai muộn",
                "log of received reports, two columns: file, received; with --plan it tells who was in time and who late",
            ),
        )
        .value_parser(value_parser!(PathBuf)),
    )
    .arg(global(
        "programme",
        None,
        lang.pick("CHƯƠNG TRÌNH", "PROGRAMMES"),
        lang.pick(
            "chương trình dùng để đánh giá, cách nhau bằng dấu phẩy (bdg list programmes); mặc định: Chiến lược 2021-2030",
            "programmes to judge by, separated by commas (bdg list programmes); by default the Strategy 2021-2030",
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
    .arg(switch(
        "no-cache",
        None,
        lang.pick(
            "đọc lại mọi tệp, không dùng và không ghi kết quả đọc lần trước (bdg cache)",
            "read every file anew; neither use nor keep readings of earlier runs (bdg cache)",
        ),
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

/// An option with a value of words.
pub(super) fn value(name: &'static str, short: Option<char>, of: &'static str, help: &'static str) -> Arg {
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
