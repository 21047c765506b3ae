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
    assert_eq!(told, ["8 rows.role", "11 label[1].measure"], "{faults:?}");
    assert!(faults[0].message.en.contains("labels"), "{faults:?}");
    assert!(faults[1].message.vi.contains("dv-victims"), "{faults:?}");
}

#[test]
fn every_mistyped_key_is_told_with_the_right_one() {
    let text = format!(
        "{HEAD}[recognise]\ntitle = [[\"x\"]]\nheaders = [\"Xã\"]\n[rows]\nrole = \"labels\"\nperson = true\n\
         [[label]]\ntexts = [\"Nữ\"]\nnumber = \"1\"\n[[count]]\nmeasure = \"dv-victims\"\nage_on = \"31-12\"\nwhen = [{{ colum = \"Nữ\" }}]\n"
    );
    let faults = parse_forms(&with(&text)).expect_err("six mistakes");
    let told: Vec<String> = faults.iter().map(|f| format!("{} {}", f.line, f.key)).collect();
    let expected = [
        "6 recognise.title",
        "10 rows.person",
        "12 label[1].texts",
        "17 count[1].when[1].colum",
        "17 count[1].when[1]",
        "16 count[1].age_on",
    ];
    assert_eq!(told, expected, "{faults:#?}");
    assert!(faults[0].message.vi.contains("titles"), "{faults:?}");
    assert!(faults[2].message.en.contains("“text”"), "{faults:?}");
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
