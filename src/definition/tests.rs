//! The catalogue that is built in must load whole; what is wrong in a file must be named precisely.

use super::*;
use crate::lang::Lang;

fn file(path: &str, text: &str) -> DefinitionFile {
    DefinitionFile {
        path: path.to_owned(),
        text: text.to_owned(),
        embedded: false,
    }
}

/// The faults, in English, of the built-in catalogue with these files laid over it.
fn faults(extra: &[(&str, &str)]) -> Vec<String> {
    let with_register = extra.iter().any(|(path, _)| *path == "targets.csv");
    let extra = extra.iter().map(|(path, text)| file(path, text)).collect();
    let mut base = embedded();
    // The register takes a while to read in a test build, and only targets refer to it.
    base.retain(|f| with_register || !f.path.starts_with("localities/"));
    match load(overlay(base, extra)) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(|f| f.print(Lang::En)).collect(),
    }
}

/// The text of a built-in file with one piece of it replaced.
fn spoilt(path: &str, from: &str, to: &str) -> String {
    let all = embedded();
    let text = &all.iter().find(|f| f.path == path).unwrap().text;
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

fn catalogue() -> Catalogue {
    load(embedded()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

#[test]
fn the_built_in_catalogue_holds_the_whole_strategy() {
    let catalogue = catalogue();
    let of_targets = catalogue.indicators.iter().filter(|i| !i.target.is_empty());
    let ids: Vec<&str> = of_targets.clone().map(|i| i.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "1", "2.1", "2.2", "2.3", "3.1", "3.2a", "3.2b", "3.3", "3.4", "4.1", "4.2", "4.3", "4.4",
            "5.1a", "5.1b", "5.2a", "5.2b", "5.2c", "5.2d", "5.3", "5.4a", "5.4b", "6.1", "6.2", "6.3",
            "6.4"
        ]
    );
    let mut targets: Vec<&str> = of_targets.map(|i| i.target.as_str()).collect();
    targets.dedup();
    assert_eq!(targets.len(), 20);
    for indicator in &catalogue.indicators {
        assert!(indicator.examples.len() >= 2, "{}", indicator.id);
        let national = |t: &&Target| t.indicator == indicator.id && t.locality == "VN";
        let rows = catalogue.targets.iter().filter(national).count();
        assert_eq!(rows > 0, !indicator.target.is_empty(), "{}", indicator.id);
        for variant in &indicator.variants {
            let shown = indicator.examples.iter().any(|e| e.variant == variant.id);
            assert!(shown, "{} {} has no example", indicator.id, variant.id);
        }
    }
    assert_eq!(catalogue.programmes[0].objectives.len(), 6);
    assert_eq!(catalogue.programmes[0].targets.len(), 20);
}

#[test]
fn fifty_four_groups_and_their_numbers_in_two_lists() {
    let lists = catalogue().lists;
    let list = lists.list(lists.list_named("ethnicity").unwrap());
    let minority = lists.find("ethnicity", "minority").unwrap();
    let single: Vec<_> = list
        .categories
        .iter()
        .filter(|c| lists.category(**c).parent == Some(minority))
        // "Dân tộc thiểu số khác" is no group, and no list gives it a number.
        .filter(|c| !lists.category(**c).numbers.is_empty())
        .collect();
    assert_eq!(single.len(), 53);
    for name in ["121-1979", "1019-2008"] {
        let mut codes: Vec<&str> = list
            .categories
            .iter()
            .flat_map(|c| &lists.category(*c).numbers)
            .filter(|(l, n)| l == name && n != "55")
            .map(|(_, n)| n.as_str())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 54, "{name}");
    }
    assert!(lists.contains(minority, lists.find("ethnicity", "hmong").unwrap()));
    assert!(!lists.contains(minority, lists.find("ethnicity", "kinh").unwrap()));
}

#[test]
fn a_mistyped_key_is_named_with_its_line_and_the_nearest_key() {
    let text = spoilt("strategy/3.2a.toml", "numerator =", "numerater =");
    let line = text.lines().position(|l| l.starts_with("numerater")).unwrap() + 1;
    assert_eq!(
        faults(&[("strategy/3.2a.toml", &text)])[1],
        format!(
            "strategy/3.2a.toml, line {line}, variant[1].numerater: “numerater” is not a key that is used \
             here; did you mean “numerator”?"
        )
    );
}

#[test]
fn references_are_proved_and_all_faults_are_told_at_once() {
    let indicator = spoilt(
        "strategy/3.2b.toml",
        "\"dv-perpetrators-counselled\"",
        "\"dv-perpetrator-counselled\"",
    );
    let indicator = indicator.replacen("breakdowns = [\"sex\"", "breakdowns = [\"sexx\"", 1);
    let entrants = spoilt("strategy/5.3.toml", "sex = \"female\"", "sex = \"femal\"");
    let found = faults(&[
        ("strategy/3.2b.toml", &indicator),
        ("strategy/5.3.toml", &entrants),
        (
            "checks-more.toml",
            "[[check]]\nid = \"x\"\nname = { vi = \"x\", en = \"x\" }\nrelation = \"at-most\"\nleft = [{ measure = \"dv-cases\" }]\nright = [{ measure = \"dv-victims\", item = \"grade-1\" }]\n",
        ),
        ("stratergy/9.toml", ""),
        (
            "targets.csv",
            "indicator,locality,year,when,comparator,value,act\n3.2z,VN,2025,by,=>,80.55,x\n6.1,99999,2025,soon,>=,80,\n",
        ),
    ]);
    let expect = [
        "“dv-perpetrator-counselled” is not a measure of measures.toml; did you mean “dv-perpetrators-counselled”?",
        "“sexx” is not a dimension; did you mean “sex”?",
        "“femal” is not a code of the list “sex”; did you mean “female”?",
        "“grade-1” is not a code of the list “violence-form”",
        "stratergy/9.toml: “stratergy/” is not a file or folder of the catalogue; did you mean “strategy/”?",
        "targets.csv, line 2, indicator: “3.2z” is not the id of an indicator; did you mean",
        "targets.csv, line 2, comparator: “=>” is not a comparator",
        "targets.csv, line 2, value: “80.55” is not a number with at most one decimal",
        "targets.csv, line 3, locality: “99999” is not the code of a unit",
        "targets.csv, line 3, when: “soon” is not a way to apply",
        "targets.csv, line 3, act: the legal act is missing",
    ];
    for words in expect {
        assert!(found.iter().any(|f| f.contains(words)), "{words}\n{found:#?}");
    }
}

#[test]
fn formulas_that_cannot_be_meant_are_refused() {
    for (path, from, to, words) in [
        (
            "strategy/3.3.toml",
            "scale = 100",
            "scale = 0",
            "the declared unit needs the scale 100",
        ),
        (
            "strategy/3.3.toml",
            "breakdowns = [\"sex\"",
            "breakdowns = [\"item\"",
            "not split so",
        ),
        (
            "strategy/5.3.toml",
            "breakdowns = [\"age\"",
            "breakdowns = [\"sex\"",
            "already fixes this dimension",
        ),
        (
            "strategy/3.3.toml",
            "value = \"100.0\"",
            "value = \"100\"",
            "exactly 1 digits after the point",
        ),
        (
            "strategy/3.3.toml",
            "numerator = 5\n",
            "",
            "gives its numerator and denominator",
        ),
        (
            "strategy/4.2.toml",
            "province = {",
            "nation = {",
            "this level is in levels",
        ),
        (
            "strategy/3.3.toml",
            "period = \"2025\"",
            "period = \"25\"",
            "not a period",
        ),
        (
            "strategy/3.3.toml",
            "objective = 3",
            "objective = 9",
            "there is no objective 9",
        ),
        (
            "strategy/5.2a-proxy.toml",
            "proxy_for = \"5.2a\"",
            "proxy_for = \"5.2x\"",
            "not the id of an indicator",
        ),
        (
            "measures.toml",
            "unit = \"persons\"",
            "unit = \"person\"",
            "did you mean “persons”?",
        ),
        (
            "measures.toml",
            "items = \"area\"",
            "items = \"arae\"",
            "did you mean “area”?",
        ),
        (
            "codelists/ethnicity.toml",
            "\"Pa Dí\"]\nparent = \"minority\"",
            "\"Pa Dí\"]\nparent = \"tay\"",
            "the parents form a circle",
        ),
        (
            "codelists/ethnicity.toml",
            "ambiguous = [\"Thổ\", ",
            "ambiguous = [",
            "“Thổ” also names “tay”",
        ),
        (
            "codelists/sex.toml",
            "code = \"male\"",
            "code = \"man\"",
            "the list must have the code “male”",
        ),
        ("settings.toml", "= 1.0", "= 1.05", "at most one decimal"),
        (
            "settings.toml",
            "default = 50",
            "default = 50\n\"3.2aa\" = 80",
            "did you mean “3.2a”?",
        ),
        ("settings.toml", "default = 50", "default = 101", "from 0 to 100"),
        ("settings.toml", "default = 50", "", "this key is missing"),
        (
            "settings.toml",
            "missing_history_percent = 30",
            "missing_history_percent = -1",
            "from 0 to 1000",
        ),
        ("objectives.toml", "[[objective]]", "[objective", "not valid TOML"),
    ] {
        let found = faults(&[(path, &spoilt(path, from, to))]);
        assert!(
            found.iter().any(|f| f.contains(words)),
            "{path}: {words}\n{found:#?}"
        );
    }
}

#[test]
fn persons_and_cases_are_not_added() {
    let text = spoilt(
        "strategy/3.2a.toml",
        "denominator = [{ measure = \"dv-victims\" }]",
        "denominator = [{ measure = \"dv-victims\" }, { measure = \"dv-cases\" }]",
    );
    let found = faults(&[("strategy/3.2a.toml", &text)]);
    assert!(
        found
            .iter()
            .any(|f| f.contains("persons and cases cannot be added")),
        "{found:#?}"
    );
}

#[test]
fn an_office_adds_targets_measures_and_words_in_small_files() {
    let extra = vec![
        file(
            "targets.csv",
            "indicator;locality;year;when;comparator;value;act\r\n3.1;585;2025;by;<=;1,5;Kế hoạch 1\r\n",
        ),
        file(
            "measures-ours.toml",
            "[[measure]]\nid = \"clubs\"\nname = { vi = \"Câu lạc bộ\", en = \"Clubs\" }\nunit = \"organisations\"\nflow = \"stock\"\nspread = \"total\"\n",
        ),
        file(
            "codelists/words.toml",
            "id = \"sex\"\nextends = true\n[[category]]\ncode = \"female\"\nname = { vi = \"Nữ\", en = \"Female\" }\nsynonyms = [\"Chị em\"]\n",
        ),
    ];
    let built_in = catalogue();
    let ours = load(overlay(embedded(), extra)).unwrap();
    let target = ours.targets.last().unwrap();
    assert_eq!(
        (target.value_tenths, target.row, target.locality.as_str()),
        (15, 2, "585")
    );
    assert_eq!(ours.targets.len(), built_in.targets.len() + 1);
    assert!(ours.measures.find("clubs").is_some());
    let female = ours.lists.find("sex", "female").unwrap();
    assert!(
        ours.lists
            .category(female)
            .synonyms
            .contains(&"Chị em".to_owned())
    );
}

#[test]
fn no_text_makes_the_loader_panic() {
    let base = embedded();
    for (i, other) in base
        .iter()
        .enumerate()
        .filter(|(_, f)| !f.path.starts_with("localities/"))
    {
        let mut files = base.clone();
        files.retain(|f| !f.path.starts_with("localities/"));
        let Some(at) = files.iter().position(|f| f.path == other.path) else {
            continue;
        };
        let text = files[at].text.clone();
        let cut = (0..text.len())
            .filter(|n| text.is_char_boundary(*n))
            .nth(text.chars().count() * (i % 7) / 8);
        files[at].text = text[..cut.unwrap_or(0)].to_owned();
        let _ = load(files);
    }
    assert!(load(Vec::new()).is_err());
}
