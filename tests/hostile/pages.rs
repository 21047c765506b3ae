//! Web pages, Excel 2003 XML and text that ask for more than they are.

use super::Expected::{Cells, Refused, Survived};
use super::{Case, case};

fn xml(table: &str) -> Vec<u8> {
    format!(
        "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet ss:Name='A'><Table>{table}</Table></Worksheet></Workbook>"
    )
    .into_bytes()
}

pub fn cases() -> Vec<Case> {
    let spans = "<table>".to_owned() + &"<tr><td colspan=1000 rowspan=65534>a".repeat(60_000);
    let beneath = "<table><tr>".to_owned()
        + &"<td colspan=1000 rowspan=65534>".repeat(16)
        + &"<tr><td>a".repeat(300_000);
    vec![
        case("html-spans", spans.into_bytes(), Survived),
        case("html-beneath-spans", beneath.into_bytes(), Refused(&["file-too-large"])),
        case("html-nested", "<table><tr><td>".repeat(200_000).into_bytes(), Survived),
        case("html-never-closed", ("<table><tr><td>7".to_owned() + &"<font face='.VnTime'><span>".repeat(200_000)).into_bytes(), Cells(&["A1 7"])),
        case("html-lonely-brackets", ("<table><tr><td>7<".to_owned() + &"<".repeat(1_000_000)).into_bytes(), Survived),
        case("html-quotes", ("<table><tr>".to_owned() + &"<td a=\"'>7".repeat(200_000)).into_bytes(), Survived),
        case("html-styles", ("<style>".to_owned() + &".a{font-family:x}".repeat(300_000) + "</style><table><tr><td class=a>7").into_bytes(), Cells(&["A1 7"])),
        case("xml-indices", xml("<Row ss:Index='4294967295'><Cell ss:Index='4294967295'><Data ss:Type='Number'>1</Data></Cell></Row><Row ss:Index='0'><Cell><Data ss:Type='Number'>1</Data></Cell></Row><Row ss:Index='1'><Cell ss:Index='-3'><Data ss:Type='Number'>1</Data></Cell><Cell ss:Index='1'><Data ss:Type='Number'>7</Data></Cell></Row>"), Cells(&["A1 7"])),
        case("xml-spans", xml(&("<Column ss:Span='4294967295' ss:StyleID='a' ss:Hidden='1'/>".repeat(20_000) + &"<Row><Cell ss:MergeAcross='4294967295' ss:MergeDown='4294967295'><Data ss:Type='Number'>7</Data></Cell></Row>".repeat(1000))), Survived),
        case("xml-numbers", xml("<Row><Cell><Data ss:Type='Number'>NaN</Data></Cell><Cell><Data ss:Type='Number'>1e999</Data></Cell><Cell><Data ss:Type='DateTime'>2023-02-30T00:00:00</Data></Cell><Cell><Data ss:Type='Odd'>7</Data></Cell></Row>"), Cells(&["A1 #NUM!", "B1 #NUM!", "C1 ########", "D1 7"])),
        case("xml-never-closed", b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet><Table><Row>".to_vec(), Refused(&["file-damaged"])),
        case("csv-one-quote", ("\"".to_owned() + &"a,b\n".repeat(500_000)).into_bytes(), Survived),
        case("csv-quotes", "\"a,\n".repeat(300_000).into_bytes(), Survived),
        case("csv-one-line", "1,".repeat(3_000_000).into_bytes(), Survived),
        case("csv-old-letters", b"X\xB7;N\xF7 d\xA9n t\xE9c\n".repeat(100_000), Survived),
        case("csv-lines", "\n".repeat(20_000_000).into_bytes(), Survived),
    ]
}
