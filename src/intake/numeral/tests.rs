use proptest::prelude::*;

use super::*;
use crate::lang::Lang;
use crate::origin::CellAddress;
use crate::quantity::print_decimal;

fn of(digits: i128, decimals: u8) -> Decimal {
    Decimal { digits, decimals }
}

fn count(text: &str) -> Reading {
    read_text(text, Notation::default(), Expect::Count)
}

fn amount(text: &str) -> Reading {
    read_text(text, Notation::default(), Expect::Amount)
}

fn cell(value: Value, percent: bool) -> Cell {
    Cell {
        at: CellAddress::new(0, 0),
        value,
        percent,
    }
}

#[test]
fn numbers_in_the_ways_of_many_offices() {
    for (text, digits, decimals) in [
        ("12", 12, 0),
        (" 12\n", 12, 0),
        ("'12", 12, 0),
        ("\u{a0}7\u{a0}", 7, 0),
        ("1.234,5", 12_345, 1),
        ("1,234.5", 12_345, 1),
        ("1.234,567", 1_234_567, 3),
        ("26,10", 2_610, 2),
        ("100.00", 10_000, 2),
        ("15.000.000", 15_000_000, 0),
        ("15,000,000", 15_000_000, 0),
        ("1 234", 1_234, 0),
        ("1\u{202f}234\u{202f}567,8", 12_345_678, 1),
        ("3.359,80", 335_980, 2),
        ("0.123", 123, 3),
        ("1234.567", 1_234_567, 3),
        (",5", 5, 1),
        ("-5", -5, 0),
        ("−5", -5, 0),
        ("+5", 5, 0),
        ("12 người", 12, 0),
        ("12người", 12, 0),
        ("1.234.567 lượt", 1_234_567, 0),
        ("１２", 12, 0),
        ("007", 7, 0),
    ] {
        assert_eq!(amount(text), Reading::Number(of(digits, decimals)), "{text}");
        assert_eq!(count(text), Reading::Number(of(digits, decimals)), "{text}");
    }
}

#[test]
fn what_is_no_number_is_not_made_one() {
    for text in [
        "Nữ",
        "1.2.3",
        "1,2,3",
        "12.",
        "12,",
        "1 2",
        "1 23",
        "12 345 6",
        "6 tháng đầu năm",
        "Lớp 1",
        "1e5",
        "1O",
        "~12",
        ">5",
        "<5",
        "5-7",
        "5/10/2024",
        "68%/32%",
        "12\n30",
        "--5",
        "- 5",
        "1.23.456",
        "1,23,456",
        "12,34.5,6",
        "5 năm",
        "12 abc",
        "1234567890123456789012345678901234567890",
        "½",
        "..5",
        "%",
        "/",
        "()",
        "( )",
        "5,",
        "1 234.5 6",
    ] {
        assert_eq!(count(text), Reading::Bad, "{text}");
    }
}

#[test]
fn signs_are_kept_apart() {
    for (text, expected) in [
        ("-", Reading::None),
        ("–", Reading::None),
        ("---", Reading::None),
        ("Không", Reading::None),
        ("không phát sinh.", Reading::None),
        ("…", Reading::Unknown),
        ("...", Reading::Unknown),
        ("……………", Reading::Unknown),
        ("____", Reading::Unknown),
        ("?", Reading::Unknown),
        ("N/A", Reading::Unknown),
        ("Chưa có số liệu", Reading::Unknown),
        ("(chưa có số liệu)", Reading::Unknown),
        ("x", Reading::NotApplicable),
        ("X", Reading::NotApplicable),
        ("\"", Reading::Ditto),
        ("-nt-", Reading::Ditto),
        ("//", Reading::Ditto),
        (" \u{a0} ", Reading::Blank),
        ("'", Reading::Blank),
    ] {
        assert_eq!(count(text), expected, "{text}");
    }
    assert_eq!(read(None, Notation::default(), Expect::Count), Reading::Blank);
}

#[test]
fn a_lone_mark_with_three_digits_is_settled_by_evidence_only() {
    let both = |whole, decimal| Reading::Ambiguous(of(whole, 0), of(decimal, 3));
    assert_eq!(amount("1.234"), both(1_234, 1_234));
    assert_eq!(amount("105,000"), both(105_000, 105_000));
    // A count is whole.
    assert_eq!(count("1.234"), Reading::Number(of(1_234, 0)));
    assert_eq!(count("105,000"), Reading::Number(of(105_000, 0)));
    // Other texts of the column.
    for (others, text, expected) in [
        (&["12.345.678"][..], "1.234", of(1_234, 0)),
        (&["12,5"], "1.234", of(1_234, 0)),
        (&["12,5"], "1,234", of(1_234, 3)),
        (&["1.234,50"], "105,000", of(105_000, 3)),
        (&["98.5", "100.00"], "105.000", of(105_000, 3)),
        (&["98.5%"], "1.234", of(1_234, 3)),
        (&["12.345.678"], "1,234", of(1_234, 3)),
    ] {
        let cells: Vec<Cell> = others
            .iter()
            .map(|t| cell(Value::Text((*t).into()), false))
            .collect();
        let notation = Notation::learn(&cells);
        let read = |expect| read_text(text, notation, expect);
        assert_eq!(
            read(Expect::Amount),
            Reading::Number(expected),
            "{text} beside {others:?}"
        );
        match expected.decimals {
            0 => assert_eq!(read(Expect::Count), Reading::Number(expected)),
            // A count has no decimals, whatever the column shows of its marks: it is asked.
            _ => assert!(matches!(read(Expect::Count), Reading::Ambiguous(_, d) if d == expected)),
        }
    }
    // A column that contradicts itself decides nothing, not even for counts.
    let mixed = Notation::of("12,5").and(Notation::of("1,234,567"));
    assert!(mixed.contradicts_itself());
    assert_eq!(read_text("1,234", mixed, Expect::Count), both(1_234, 1_234));
    // The wider evidence counts only where the column has none.
    assert_eq!(Notation::of("12.5").or(mixed), Notation::of("12.5"));
    assert_eq!(Notation::default().or(mixed), mixed);
}

#[test]
fn shares_pairs_and_brackets() {
    assert_eq!(count("98.0%"), Reading::Percent(of(980, 1)));
    assert_eq!(count("98,5 %"), Reading::Percent(of(985, 1)));
    assert_eq!(count("12,345%"), Reading::Percent(of(12_345, 3)));
    assert_eq!(count("12/30"), Reading::PartOfWhole(of(12, 0), of(30, 0)));
    assert_eq!(count("(12)"), Reading::Ambiguous(of(12, 0), of(-12, 0)));
    assert_eq!(count("(Nữ)"), Reading::Bad);
}

#[test]
fn stored_values_are_taken_as_they_are() {
    let read = |value, percent| super::read(Some(&cell(value, percent)), Notation::default(), Expect::Count);
    assert_eq!(read(Value::Number(12.0), false), Reading::Number(of(12, 0)));
    assert_eq!(read(Value::Number(0.1 + 0.2), false), Reading::Number(of(3, 1)));
    assert_eq!(read(Value::Number(0.455), true), Reading::Percent(of(455, 1)));
    assert_eq!(read(Value::Number(1.0), true), Reading::Percent(of(100, 0)));
    assert_eq!(
        read(Value::Error("#VALUE!".into()), false),
        Reading::Error("#VALUE!".into())
    );
    // An error, not a remark: whoever made the sheet wanted a figure here.
    assert_eq!(
        read(Value::Error("#N/A".into()), false),
        Reading::Error("#N/A".into())
    );
    assert_eq!(
        read(Value::FormulaWithoutValue, false),
        Reading::FormulaWithoutValue
    );
    assert_eq!(count("#REF!"), Reading::Error("#REF!".into()));
    assert_eq!(read(Value::Date(2024, 1, 12), false), Reading::Bad);
    assert_eq!(read(Value::Bool(true), false), Reading::Bad);
    assert_eq!(read(Value::Number(1e300), false), Reading::Bad);
}

#[test]
fn yes_and_no_and_marks() {
    for (value, expected) in [
        (Value::Text("Có".into()), Some(true)),
        (Value::Text(" x ".into()), Some(true)),
        (Value::Text("✓".into()), Some(true)),
        (Value::Number(1.0), Some(true)),
        (Value::Bool(false), Some(false)),
        (Value::Text("Chưa".into()), Some(false)),
        (Value::Text("Không có".into()), Some(false)),
        (Value::Text("12".into()), None),
        (Value::Number(2.0), None),
    ] {
        assert_eq!(yes_no(&value), expected, "{value:?}");
    }
}

#[test]
fn tables_are_made_of_what_stands_for_numbers() {
    for (text, expected) in [
        ("1.234", true),
        ("-", true),
        ("…", true),
        ("98%", true),
        ("Nữ", false),
        ("Lớp 1", false),
        ("", false),
    ] {
        assert_eq!(
            stands_for_number(&cell(Value::Text(text.into()), false)),
            expected,
            "{text}"
        );
    }
    assert!(stands_for_number(&cell(Value::Number(0.0), false)));
    assert!(!stands_for_number(&cell(Value::Date(2024, 1, 1), false)));
}

proptest! {
    #[test]
    fn a_number_prints_and_reads_back(value in any::<i64>(), decimals in 0u8..6, vietnamese in any::<bool>()) {
        let lang = if vietnamese { Lang::Vi } else { Lang::En };
        let text = print_decimal(value, decimals, lang);
        let notation = Notation::of(if vietnamese { "1.234,5" } else { "1,234.5" });
        let expected = Reading::Number(of(i128::from(value), decimals));
        prop_assert_eq!(read_text(&text, notation, Expect::Amount), expected);
    }

    #[test]
    fn a_stored_number_reads_back(digits in -999_999_999_999i64..999_999_999_999, decimals in 0u8..4) {
        let float: f64 = format!("{digits}e-{decimals}").parse().unwrap();
        let value = Decimal::from_float(float).unwrap();
        prop_assert_eq!(value.scaled(decimals), Some((digits, true)));
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,30}|[0-9., %/()'-]{0,30}") {
        let notation = Notation::of(&text);
        let _ = (read_text(&text, notation, Expect::Amount), is_numbering(&text), yes_no(&Value::Text(text.clone())));
        let plain = text.chars().all(|c| !c.is_ascii_digit());
        if plain {
            prop_assert!(!matches!(count(&text), Reading::Number(_)));
        }
    }
}
