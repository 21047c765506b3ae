//! `bdg.toml`: what an office says once instead of on every command line.
//!
//! In:  the folder of the data, the flags. Out: [`Settings`], flags over configuration; the catalogue.
//! Holds: the file is looked for in the data folder and then in its parents, and which one was used is
//!        said; an unknown key is a fault with its line and a near word; nothing is written.
//! Leaves to others: whether the locality exists and the variants are known (`engine`).

use std::path::{Component, Path, PathBuf};

use super::args::General;
use crate::classification::locality::KNOWN_SINCE;
use crate::definition::gates::Gates;
use crate::definition::reader::{Source, Table};
use crate::definition::{self, Catalogue, DefinitionFault, DefinitionFile};
use crate::engine;
use crate::host::{Found, Host, in_words};
use crate::lang::{Lang, Words};
use crate::period::Period;
use crate::recast::Boundaries;

/// Name of the configuration file.
pub const FILE: &str = "bdg.toml";

/// Name of the folder beside the data whose definitions are laid over the catalogue.
pub const OVERLAY: &str = "indicators";

/// No definition file is larger; a bigger one is surely something else.
const LARGEST: usize = 32 << 20;

/// Flags and configuration, merged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// The configuration that was used.
    pub file: Option<PathBuf>,
    pub lang: Lang,
    pub period: Option<Period>,
    pub locality: Option<String>,
    /// The locality of the configuration, whatever the flag says.
    pub configured_locality: Option<String>,
    pub office: String,
    pub superior: String,
    pub contact: String,
    pub signatories: Vec<String>,
    pub provisional: bool,
    /// On whose units the figures stand.
    pub boundaries: Boundaries,
    /// A file, or the id of a plan of the catalogue.
    pub plan: Option<String>,
    /// Ids of the programmes that figures are judged by; empty: the leading one.
    pub programmes: Vec<String>,
    /// (indicator, variant).
    pub variants: Vec<(String, String)>,
    pub tolerance_tenths: Option<i64>,
    /// Of how many of its units an indicator must be to be judged.
    pub gates: Gates,
    /// In place of the built-in catalogue.
    pub indicators: Option<PathBuf>,
    /// Laid over it, in this order.
    pub overlays: Vec<PathBuf>,
}

/// Finds and reads the configuration, and lays the flags over it. `Err` holds all its faults.
pub fn settings(host: &dyn Host, general: &General, data: Option<&Path>) -> Result<Settings, Vec<String>> {
    let lang = general.lang.unwrap_or_default();
    let folder = data_folder(host, data);
    let file = match (&general.config, general.no_config) {
        (Some(file), _) => Some(file.clone()),
        (None, true) => None,
        (None, false) => find(host, folder.as_deref()),
    };
    let mut settings = match &file {
        None => Settings::default(),
        Some(file) => {
            let bytes = host.read(file).map_err(|error| {
                let (shown, why) = (file.display(), in_words(&error));
                vec![lang.pick(
                    format!("không đọc được {shown}: {}", why.vi),
                    format!("cannot read {shown}: {}", why.en),
                )]
            })?;
            parse(&file.display().to_string(), &bytes).map_err(|faults| printed(&faults, lang))?
        }
    };
    let beside = file.as_deref().and_then(Path::parent).map(Path::to_path_buf);
    for folder in [beside, folder].into_iter().flatten() {
        let overlay = folder.join(OVERLAY);
        let known = |folder: &PathBuf| is_same(folder, &overlay);
        if host.is_folder(&overlay) && !settings.overlays.iter().any(known) {
            settings.overlays.push(plain(&overlay));
        }
    }
    settings.file = file;
    settings.lang = general.lang.unwrap_or(settings.lang);
    settings.period = general.period.or(settings.period);
    settings.configured_locality.clone_from(&settings.locality);
    settings.boundaries = general.boundaries.unwrap_or(settings.boundaries);
    settings.plan = general.plan.clone().or(settings.plan);
    if !general.programmes.is_empty() {
        settings.programmes.clone_from(&general.programmes);
    }
    settings.locality = general.locality.clone().or(settings.locality);
    settings.indicators.clone_from(&general.indicators);
    Ok(settings)
}

/// What of the catalogue is at hand if no programme is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unless {
    Leading,
    All,
}

/// The whole catalogue that these settings ask for. `Err` holds every fault of every file.
pub fn catalogue(host: &dyn Host, settings: &Settings) -> Result<Catalogue, Vec<String>> {
    let lang = settings.lang;
    let mut files = match &settings.indicators {
        Some(folder) => read_folder(host, folder, lang)?,
        None => definition::embedded(),
    };
    for folder in &settings.overlays {
        if !settings
            .indicators
            .as_ref()
            .is_some_and(|own| is_same(own, folder))
        {
            files = definition::overlay(files, read_folder(host, folder, lang)?);
        }
    }
    let mut catalogue = definition::load(files).map_err(|faults| printed(&faults, lang))?;
    // What is not used today is proved too.
    catalogue.choose_all();
    let faults = engine::examples::faults(&catalogue);
    if !faults.is_empty() {
        return Err(printed(&faults, lang));
    }
    if let Some(tenths) = settings.tolerance_tenths {
        catalogue.settings.approximate_tolerance_tenths = tenths;
    }
    let ids: Vec<&str> = catalogue.indicators.iter().map(|i| i.id.as_str()).collect();
    let file = settings.file.as_ref().map(|f| f.display().to_string());
    let faults = settings.gates.faults(&file.unwrap_or_default(), &ids);
    if !faults.is_empty() {
        return Err(printed(&faults, lang));
    }
    settings.gates.over(&mut catalogue.settings);
    Ok(catalogue)
}

/// Keeps of the catalogue what the run is judged by.
pub fn judged_by(catalogue: &mut Catalogue, settings: &Settings, unless: Unless) -> Result<(), Words> {
    match (settings.programmes.is_empty(), unless) {
        (false, _) => catalogue.choose(&settings.programmes)?,
        (true, Unless::Leading) => catalogue.choose_leading(),
        (true, Unless::All) => {}
    }
    Ok(())
}

/// Whether two paths are one: "./indicators", "indicators" and "nhan/../indicators". A folder that is found
/// in two ways is laid over once.
fn is_same(a: &Path, b: &Path) -> bool {
    let whole = |path: &Path| std::path::absolute(path).map(|path| plain(&path));
    a == b || whole(a).ok().is_some_and(|a| whole(b).is_ok_and(|b| a == b))
}

/// A path without "." and without the steps down that ".." takes back.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for step in path.components() {
        match step {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            step => out.push(step),
        }
    }
    out
}

fn printed(faults: &[DefinitionFault], lang: Lang) -> Vec<String> {
    faults.iter().map(|f| f.print(lang)).collect()
}

fn read_folder(host: &dyn Host, folder: &Path, lang: Lang) -> Result<Vec<DefinitionFile>, Vec<String>> {
    let shown = folder.display().to_string();
    let listing = host.list(folder).map_err(|error| {
        let why = in_words(&error);
        vec![lang.pick(
            format!("không đọc được thư mục {shown}: {}", why.vi),
            format!("cannot read the folder {shown}: {}", why.en),
        )]
    })?;
    let mut files = Vec::new();
    let mut faults = Vec::new();
    for Found { name, path } in listing.files {
        let hidden = name
            .split('/')
            .any(|part| part.starts_with('.') || part.starts_with("~$"));
        if hidden || !(name.ends_with(".toml") || name.ends_with(".csv")) {
            continue;
        }
        let reason = match host.read(&path) {
            Err(error) => in_words(&error).get(lang).to_owned(),
            Ok(bytes) if bytes.len() > LARGEST => lang.pick("quá lớn", "too large").to_owned(),
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => {
                    files.push(DefinitionFile {
                        path: name,
                        text,
                        embedded: false,
                    });
                    continue;
                }
                Err(_) => lang
                    .pick("không phải là chữ UTF-8", "is not UTF-8 text")
                    .to_owned(),
            },
        };
        faults.push(format!("{shown}/{name}: {reason}"));
    }
    if faults.is_empty() { Ok(files) } else { Err(faults) }
}

/// The folder whose configuration counts: the first folder or the folder of the first file.
fn data_folder(host: &dyn Host, data: Option<&Path>) -> Option<PathBuf> {
    let path = data.unwrap_or(Path::new("."));
    if host.is_folder(path) {
        return Some(path.to_path_buf());
    }
    path.parent().map(|parent| match parent.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => parent.to_path_buf(),
    })
}

/// `bdg.toml` in the folder or its nearest parent. Named as the user would name it where that can be
/// done, so that messages carry no more of the machine than needed.
fn find(host: &dyn Host, folder: Option<&Path>) -> Option<PathBuf> {
    let folder = folder?;
    let near = match folder == Path::new(".") {
        true => PathBuf::from(FILE),
        false => folder.join(FILE),
    };
    if host.exists(&near) {
        return Some(near);
    }
    let whole = std::path::absolute(folder).ok()?;
    let found = whole.ancestors().skip(1).map(|up| up.join(FILE));
    found.into_iter().find(|file| host.exists(file))
}

/// Reads the file; all faults at once.
pub fn parse(name: &str, bytes: &[u8]) -> Result<Settings, Vec<DefinitionFault>> {
    let mut faults = Vec::new();
    let Ok(text) = std::str::from_utf8(bytes) else {
        let message = Words::new("không phải là chữ UTF-8", "is not UTF-8 text");
        return Err(vec![DefinitionFault {
            file: name.to_owned(),
            line: 0,
            key: String::new(),
            message,
        }]);
    };
    let settings = Source::new(name, text).read(&mut faults, top);
    if faults.is_empty() {
        Ok(settings)
    } else {
        faults.sort();
        Err(faults)
    }
}

fn top(t: &Table) -> Settings {
    let text = |key| t.text_if(key).map(|spot| spot.value);
    let variants = t.table_if("variants").map(|table| {
        let all = table.free_texts();
        all.into_iter().map(|spot| spot.value).collect()
    });
    let settings = Settings {
        office: text("office").unwrap_or_default(),
        superior: text("superior").unwrap_or_default(),
        contact: text("contact").unwrap_or_default(),
        signatories: t.texts("signatories").into_iter().map(|s| s.value).collect(),
        locality: text("locality"),
        period: period(t),
        lang: lang(t),
        boundaries: boundaries(t),
        provisional: t.flag("provisional", false),
        plan: text("plan"),
        programmes: t.texts("programmes").into_iter().map(|s| s.value).collect(),
        variants: variants.unwrap_or_default(),
        tolerance_tenths: tolerance(t),
        gates: Gates::read(t),
        ..Settings::default()
    };
    t.finish();
    settings
}

fn period(t: &Table) -> Option<Period> {
    let spot = t.text_if("period")?;
    let period = Period::parse(&spot.value.to_ascii_uppercase());
    if period.is_none() {
        t.fault(
            &spot,
            Words::new(
                format!(
                    "“{}” không phải là một kỳ; viết như \"2024\", \"2024-H1\", \"2024-Q3\", \"2023-2024\"",
                    spot.value
                ),
                format!(
                    "“{}” is not a period; write \"2024\", \"2024-H1\", \"2024-Q3\", \"2023-2024\"",
                    spot.value
                ),
            ),
        );
    }
    period
}

/// `boundaries = "2025"`.
fn boundaries(t: &Table) -> Boundaries {
    let Some(spot) = t.text_if("boundaries") else {
        return Boundaries::default();
    };
    Boundaries::parse(&spot.value).unwrap_or_else(|| {
        let words = Words::new(
            format!(
                "“{}” không phải là địa giới; viết như \"2024\", \"2025-07-01\", \"as-reported\"; biết từ ngày {KNOWN_SINCE}",
                spot.value
            ),
            format!(
                "“{}” are no boundaries; write \"2024\", \"2025-07-01\", \"as-reported\"; known since {KNOWN_SINCE}",
                spot.value
            ),
        );
        t.fault(&spot, words);
        Boundaries::default()
    })
}

fn lang(t: &Table) -> Lang {
    let Some(spot) = t.text_if("lang") else {
        return Lang::default();
    };
    match spot.value.as_str() {
        "vi" => Lang::Vi,
        "en" => Lang::En,
        other => {
            let kind = Words::new("ngôn ngữ được dùng", "a language that can be used");
            t.fault(&spot, definition::not_known(other, &kind, ["vi", "en"]));
            Lang::default()
        }
    }
}

/// `tolerance = 1.5`, in units of the indicator, one decimal.
fn tolerance(t: &Table) -> Option<i64> {
    let spot = t.decimal_if("tolerance")?;
    let (whole, part) = spot.value.split_once(['.', ',']).unwrap_or((&spot.value, "0"));
    let digits = |text: &str| !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit());
    let value = (digits(whole) && part.len() == 1 && digits(part))
        .then(|| format!("{whole}{part}").parse::<i64>().ok())
        .flatten();
    if value.is_none() {
        t.fault(
            &spot,
            Words::new(
                "phải là số không âm, không quá một chữ số thập phân",
                "must be a number not below 0 with at most one decimal",
            ),
        );
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Memory;
    use crate::period::Day;

    fn host(files: &[(&str, &str)]) -> Memory {
        let host = Memory::new(Day::new(2025, 1, 15));
        for (path, text) in files {
            host.replace(Path::new(path), text.as_bytes()).unwrap();
        }
        host
    }

    #[test]
    fn flags_stand_over_the_configuration() {
        let host = host(&[(
            "data/bdg.toml",
            "office = \"UBND huyện Ninh Sơn\"\nlocality = \"585\"\nperiod = \"2024\"\ntolerance = 1.5\n[variants]\n\"1\" = \"ubnd-only\"\n",
        )]);
        let general = General {
            period: Period::parse("2023"),
            ..General::default()
        };
        let settings = settings(&host, &general, Some(Path::new("data"))).unwrap();
        assert_eq!(settings.period, Period::parse("2023"));
        assert_eq!(settings.locality.as_deref(), Some("585"));
        assert_eq!(settings.tolerance_tenths, Some(15));
        assert_eq!(settings.variants, [("1".to_owned(), "ubnd-only".to_owned())]);
        assert_eq!(settings.file.as_deref(), Some(Path::new("data/bdg.toml")));
    }

    #[test]
    fn a_mistyped_key_is_named_with_its_line_and_a_near_word() {
        let faults = parse(
            "bdg.toml",
            b"office = \"A\"\nlocalty = \"585\"\nperiod = \"24\"\n",
        )
        .unwrap_err();
        let text: Vec<String> = faults.iter().map(|f| f.print(Lang::En)).collect();
        assert!(
            text[0].contains("line 2") && text[0].contains("“locality”"),
            "{text:?}"
        );
        assert!(
            text[1].contains("line 3") && text[1].contains("not a period"),
            "{text:?}"
        );
        assert!(parse("bdg.toml", b"\xff\xfe").is_err());
        assert!(parse("bdg.toml", b"office = ").is_err());
    }

    #[test]
    fn definitions_beside_the_data_are_laid_over() {
        let host = host(&[("data/a.xlsx", ""), ("data/indicators/targets.csv", "x")]);
        let general = General::default();
        let found = settings(&host, &general, Some(Path::new("data/a.xlsx"))).unwrap();
        assert_eq!(found.overlays, [PathBuf::from("data/indicators")]);
        assert_eq!(found.file, None);
    }
}
