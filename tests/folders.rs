//! What stands in a folder besides good spreadsheets, and streams that cannot be written: each is told,
//! nothing hangs, and the good files are read.

use std::path::Path;
use std::process::Command;

use crate::made::{bdg, put, table, xlsx};

fn population() -> Vec<u8> {
    xlsx(&[(
        "S",
        &table("Dân số năm 2024\nXã | Tổng số | Nữ\nXã Lâm Sơn | 100 | 50\nXã Quảng Sơn | 90 | 40"),
    )])
}

const IN_NINH_SON: [&str; 4] = ["-l", "585", "-p", "2024"];

fn check(folder: &Path, more: &[&str]) -> crate::made::Ran {
    bdg(folder, &[&["check", "."][..], &IN_NINH_SON, more].concat())
}

#[cfg(unix)]
#[test]
fn links_pipes_and_folders_named_like_files_are_told_by_name() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    put(folder.path(), "tot.xlsx", population());
    put(folder.path(), "thu-muc.xlsx/trong.pdf", "%PDF-1.4");
    std::os::unix::fs::symlink("tot.xlsx", at("lien-ket.xlsx")).unwrap();
    std::os::unix::fs::symlink("khong-co.xlsx", at("lien-ket-hong.xlsx")).unwrap();
    let made = Command::new("mkfifo").arg(at("ong-dan.xlsx")).status().unwrap();
    assert!(made.success());
    let odd = std::ffi::OsStr::from_bytes(b"x\xE3 A.xlsx");
    std::fs::write(
        folder.path().join(odd),
        xlsx(&[("S", &table("Dân số năm 2024\nXã | Tổng số\nXã Mỹ Sơn | 70"))]),
    )
    .unwrap();

    let ran = check(folder.path(), &["--format", "json"]);
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    let told: Vec<(String, String)> = ran
        .problems()
        .into_iter()
        .filter(|(_, name)| name == "not-a-file")
        .collect();
    let files: Vec<&str> = told.iter().map(|(file, _)| file.as_str()).collect();
    assert_eq!(
        files,
        [
            "lien-ket-hong.xlsx",
            "lien-ket.xlsx",
            "ong-dan.xlsx",
            "thu-muc.xlsx"
        ]
    );
    let summary = ran.json().pop().unwrap();
    assert_eq!(
        summary["figures"], 5,
        "the file whose name is no text is read too: {}",
        ran.out
    );
    let foreign = ("thu-muc.xlsx/trong.pdf".to_owned(), "file-foreign".to_owned());
    assert!(ran.problems().contains(&foreign), "{}", ran.out);

    // Asked for by name, a pipe is refused at once.
    let ran = bdg(
        folder.path(),
        &["check", "ong-dan.xlsx", "-l", "585", "-p", "2024"],
    );
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("không phải là một tệp thường"), "{}", ran.err);
    let ran = bdg(folder.path(), &["inspect", "thu-muc.xlsx", "--lang", "en"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("this is a folder"), "{}", ran.err);
}

#[test]
fn a_place_that_is_not_there_is_said_in_one_language() {
    let folder = tempfile::tempdir().unwrap();
    let vi = bdg(folder.path(), &["report", "khong-co"]);
    assert!(
        vi.err.contains("không có tệp hoặc thư mục này") && !vi.err.contains("no such"),
        "{}",
        vi.err
    );
    let en = bdg(folder.path(), &["report", "khong-co", "--lang", "en"]);
    assert!(
        en.err.contains("there is no such file") && !en.err.contains("không"),
        "{}",
        en.err
    );
    assert_eq!((vi.code, en.code), (2, 2));
}

/// A device on which nothing can be written.
#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_shows_in_the_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "tot.xlsx", population());
    let run = |words: &[&str], out: std::process::Stdio| {
        let output = Command::new(env!("CARGO_BIN_EXE_bdg"))
            .args(words)
            .current_dir(folder.path())
            .stdout(out)
            .output()
            .unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let full =
        || std::process::Stdio::from(std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    let words = [&["check", "."][..], &IN_NINH_SON].concat();
    assert_eq!(run(&words, std::process::Stdio::piped()).0, 0);
    for words in [&words[..], &["list", "checks"], &["--help"]] {
        let (code, err) = run(words, full());
        assert_eq!(code, 1, "{words:?} {err}");
        assert!(err.contains("ổ đĩa đã đầy"), "{words:?} {err}");
    }
    // Whoever reads only the beginning (`| head`) has what he wants.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(
        run(&["list", "localities", "-q"], writer.into()),
        (0, String::new())
    );
}

#[test]
fn a_level_that_the_scope_has_not_is_refused_with_those_it_has() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "tot.xlsx", population());
    let words = [
        &["report", ".", "-o", "kq", "--each", "province"][..],
        &IN_NINH_SON,
    ]
    .concat();
    let ran = bdg(folder.path(), &words);
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("các cấp có: cấp xã (commune)"), "{}", ran.err);
    assert!(!folder.path().join("kq").exists());
}

#[test]
fn nothing_that_can_be_read_sends_nobody_to_the_command_just_run() {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "a.xlsx",
        xlsx(&[("S", &table("Cây | Diện tích\nLúa | 12"))]),
    );
    let ran = check(folder.path(), &[]);
    assert_eq!(ran.code, 2);
    assert!(
        !format!("{}{}", ran.out, ran.err).contains("bdg check"),
        "{}",
        ran.err
    );
}

#[test]
fn a_summary_of_ours_is_known_under_any_name() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "gui/tot.xlsx", population());
    let ran = bdg(
        folder.path(),
        &[&["report", "gui", "-o", "ra"][..], &IN_NINH_SON].concat(),
    );
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let made = std::fs::read_dir(folder.path().join("ra")).unwrap();
    let made = made.map(|entry| entry.unwrap().path());
    let workbook = made
        .into_iter()
        .find(|p| p.extension().is_some_and(|e| e == "xlsx"))
        .unwrap();
    put(
        folder.path(),
        "gui/bao cao da sua.xlsx",
        std::fs::read(workbook).unwrap(),
    );
    // The same properties as an office suite writes them into its own format.
    let meta = "<office:document-meta xmlns:office='o' xmlns:meta='m'><office:meta>\
                <meta:user-defined meta:name='bdg-summary'>0.1.0</meta:user-defined></office:meta></office:document-meta>";
    let parts: [(&str, &[u8]); 3] = [
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", b"<office:document-content xmlns:office='o'/>"),
        ("meta.xml", meta.as_bytes()),
    ];
    put(folder.path(), "gui/ban khac.ods", crate::made::archive(&parts));

    let ran = bdg(
        folder.path(),
        &[&["check", "gui", "--format", "json"][..], &IN_NINH_SON].concat(),
    );
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert_eq!(
        ran.problems(),
        [
            ("ban khac.ods".to_owned(), "file-own-summary".to_owned()),
            ("bao cao da sua.xlsx".to_owned(), "file-own-summary".to_owned()),
        ]
    );
    assert_eq!(ran.json().pop().unwrap()["figures"], 4);
}
