//! Forms are proved when they are loaded.

use super::*;
use crate::definition::{Catalogue, DefinitionFile, embedded, load};

fn with(text: &str) -> Catalogue {
    let mut catalogue = load(embedded()).expect("the embedded catalogue is proved by its own tests");
    catalogue.forms = vec![DefinitionFile {
        path: "forms/x.toml".to_owned(),
        text: text.to_owned(),
        embedded: false,
    }];
    catalogue
}

const HEAD: &str =
    "id = \"x\"\nname = { vi = \"X\", en = \"X\" }\nissuer = { vi = \"X\", en = \"X\" }\nsenders = \"one\"\n";

#[test]
fn the_embedded_forms_are_sound() {
    let catalogue = load(embedded()).expect("the embedded catalogue is proved by its own tests");
    let forms = parse_forms(&catalogue).expect("every form names what exists");
    assert!(forms.all.len() >= 20, "{}", forms.all.len());
    for form in &forms.all {
        assert!(
            !form.name.vi.is_empty() && !form.name.en.is_empty(),
            "{}",
            form.id
        );
    }
}

#[test]
fn a_fault_names_line_key_and_a_near_word() {
    let text = format!(
        "{HEAD}[recognise]\ntitles = [[\"x\"]]\n[rows]\nrole = \"label\"\n[[label]]\ntext = [\"Nạn nhân\"]\nmeasure = \"dv-victim\"\n"
    );
    let faults = parse_forms(&with(&text)).expect_err("two mistakes");
    let told: Vec<String> = faults.iter().map(|f| format!("{} {}", f.line, f.key)).collect();
    assert_eq!(told, ["11 measure", "8 role"], "{faults:?}");
    assert!(faults[0].message.vi.contains("dv-victims"), "{faults:?}");
}

#[test]
fn a_mistyped_key_is_a_fault() {
    let text = format!("{HEAD}[recognise]\ntitle = [[\"x\"]]\n[rows]\nrole = \"labels\"\n");
    let faults = parse_forms(&with(&text)).expect_err("title is not a key");
    assert_eq!(faults[0].line, 6, "{faults:?}");
}

#[test]
fn declared_texts_fit_whole_begin_end_or_inside() {
    let label = |t: &str| crate::intake::label::parse(t);
    assert!(Declared::new("Tổng số vụ").fits(&label("1. Tổng số vụ (vụ)")));
    assert!(Declared::new("tin, bài").fits(&label("Tin/bài")));
    assert!(Declared::new("*tảo hôn*").fits(&label("Số hộ có người tảo hôn")));
    assert!(Declared::new("Góp ý*").fits(&label("- Góp ý, phê bình")));
    assert!(Declared::new("Nạn nhân").fits(&label("Nan nhan")));
    assert!(!Declared::new("Tày").fits(&label("Tây")));
}
