//! xlsx and ods whose parts say what no program writes.

use super::Expected::{Cells, Refused, Survived, Told};
use super::{Case, case};
use crate::made::archive;

/// An xlsx from the XML of its sheets, its shared texts and its styles.
pub fn book(sheets: &[(&str, &str)], texts: &str, styles: &str) -> Vec<u8> {
    let mut list = String::new();
    let mut relations = String::from(
        "<Relationship Id='t' Type='x/sharedStrings' Target='sharedStrings.xml'/><Relationship Id='s' Type='x/styles' Target='styles.xml'/>",
    );
    let mut parts: Vec<(String, String)> = Vec::new();
    for (i, (name, xml)) in sheets.iter().enumerate() {
        list += &format!("<sheet name='{name}' sheetId='{i}' r:id='r{i}'/>");
        relations += &format!("<Relationship Id='r{i}' Type='x/worksheet' Target='worksheets/s{i}.xml'/>");
        parts.push((format!("xl/worksheets/s{i}.xml"), (*xml).to_owned()));
    }
    parts.push((
        "xl/workbook.xml".into(),
        format!("<workbook><sheets>{list}</sheets></workbook>"),
    ));
    parts.push((
        "xl/_rels/workbook.xml.rels".into(),
        format!("<Relationships>{relations}</Relationships>"),
    ));
    parts.push(("xl/sharedStrings.xml".into(), texts.to_owned()));
    parts.push(("xl/styles.xml".into(), styles.to_owned()));
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, c)| (n.as_str(), c.as_bytes())).collect();
    archive(&parts)
}

fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

fn rows(rows: &str) -> Vec<u8> {
    book(&[("A", &sheet(rows))], "<sst><si><t>a</t></si></sst>", STYLES)
}

const STYLES: &str = "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>";

fn ods(content: &str) -> Vec<u8> {
    let content = format!("<office:document-content><office:body><office:spreadsheet>{content}");
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

pub fn cases() -> Vec<Case> {
    let whole = |table: &str| {
        ods(&format!(
            "{table}</office:spreadsheet></office:body></office:document-content>"
        ))
    };
    let digits = "9".repeat(400);
    let deep = format!("{}{}", "<a>".repeat(300_000), "</a>".repeat(300_000));
    let many: Vec<(String, String)> = (0..2500).map(|i| (format!("S{i}"), sheet(""))).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(n, x)| (n.as_str(), x.as_str())).collect();
    let utf16: Vec<u8> = {
        let text = sheet("<row r='1'><c r='A1'><v>7</v></c></row>");
        [0xFF, 0xFE]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect()
    };
    let wide = |part: &[u8]| {
        archive(&[
            ("xl/workbook.xml", b"<workbook><sheets><sheet name='A' r:id='r'/></sheets></workbook>"),
            (
                "xl/_rels/workbook.xml.rels",
                b"<Relationships><Relationship Id='r' Type='x/worksheet' Target='/xl/s.xml'/></Relationships>",
            ),
            ("xl/s.xml", part),
        ])
    };
    let unnamed = "<c><v>1</v></c>";
    let errors = [
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#GETTING_DATA",
        "#BLOCKED!",
        "#CONNECT!",
        "#BUSY!",
        "#PYTHON!",
        "#TIMEOUT!",
    ];
    let errors: String = errors
        .iter()
        .map(|e| format!("<c t='e'><v>{e}</v></c>"))
        .collect();
    vec![
        case("far-cell", rows("<row r='1048576'><c r='XFD1048576'><v>7</v></c></row>"), Cells(&["XFD1048576 7"])),
        case("beyond-the-grid", rows("<row r='1'><c r='XFE1'><v>7</v></c><c r='A1048577'><v>7</v></c></row>"), Told("cells-outside-grid")),
        case("address-too-long", rows("<row><c r='A99999999999999999999'><v>7</v></c><c r='AAAAAAAAAAAAAAAAAAA1'><v>7</v></c><c r='C1'><v>7</v></c></row>"), Cells(&["C1 7"])),
        case("row-too-large", rows("<row r='4294967295'><c><v>7</v></c></row><row><c><v>8</v></c></row>"), Told("cells-outside-grid")),
        case(
            "odd-dimension",
            book(&[("A", "<worksheet><dimension ref='A0:B2'/><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>")], "<sst/>", STYLES),
            Cells(&["A1 7"]),
        ),
        case("numbers-that-are-none", rows(&format!("<row><c><v>NaN</v></c><c><v>INF</v></c><c><v>1e309</v></c><c><v>{digits}</v></c><c><v> 7 </v></c><c><v>-1e-400</v></c></row>")),
            Cells(&["A1 #NUM!", "B1 #NUM!", "C1 #NUM!", "D1 #NUM!", "E1 7", "F1 -0"])),
        case("string-indices", rows("<row><c t='s'><v>-1</v></c><c t='s'><v>x</v></c><c t='s'><v>1e3</v></c><c t='s'><v>18446744073709551616</v></c><c t='s'><v>0</v></c></row>"),
            Cells(&["A1 #STRING!", "B1 #STRING!", "C1 #STRING!", "D1 #STRING!", "E1 a"])),
        case("unknown-errors", rows(&format!("<row>{errors}</row>")),
            Cells(&["A1 #SPILL!", "B1 #CALC!", "C1 #FIELD!", "D1 #GETTING_DATA", "E1 #BLOCKED!", "F1 #CONNECT!", "G1 #BUSY!", "H1 #PYTHON!", "I1 #TIMEOUT!"])),
        case("unknown-types", rows("<row><c t='zz'><v>7</v></c><c t='b'><v>maybe</v></c><c t='d'><v>2023-02-30</v></c><c t='str'><f>1</f><v></v></c><c><f>1</f></c></row>"),
            Cells(&["A1 7", "B1 #BOOL!", "C1 ########", "E1 ?"])),
        case("impossible-dates", rows("<row><c s='1'><v>-1e308</v></c><c s='1'><v>60</v></c><c s='1'><v>2958466</v></c><c s='1'><v>45413</v></c></row>"),
            Cells(&["A1 ########", "B1 ########", "C1 ########", "D1 2024-05-01"])),
        case("shared-formula-index", rows("<row><c><f t='shared' si='4294967295' ref='A1:XFD1048576'>1</f><v>7</v></c></row>"), Cells(&["A1 7"])),
        case("announced-strings", book(&[("A", &sheet("<row><c t='s'><v>0</v></c></row>"))], "<sst count='1000000000' uniqueCount='1000000000'><si><t>a</t></si></sst>", STYLES), Cells(&["A1 a"])),
        case("laughs", book(&[("A", &sheet("<row><c t='inlineStr'><is><t>&lol9;</t></is></c></row>"))],
            "<!DOCTYPE lolz [<!ENTITY lol 'lol'><!ENTITY lol9 '&lol;&lol;'>]><sst/>", STYLES), Cells(&["A1 &lol9;"])),
        case("outer-entity", rows("<row><c t='str'><v>&xxe;</v></c></row>"), Cells(&["A1 &xxe;"])),
        case("deep", rows(&format!("<row><c><v>7</v></c></row>{deep}")), Cells(&["A1 7"])),
        case("deep-in-a-cell", rows(&format!("<row><c>{deep}<v>7</v></c></row>")), Cells(&["A1 7"])),
        case("never-closed", rows("<row><c><v>7"), Refused(&["sheet-unreadable"])),
        case("many-sheets", book(&many, "<sst/>", STYLES), Refused(&["file-too-large"])),
        case("utf-16", wide(&utf16), Cells(&["A1 7"])),
        case("no-sheet-part", book(&[], "<sst/>", STYLES), Refused(&["file-damaged"])),
        case("cells-without-end", rows(&format!("<row>{}</row>", unnamed.repeat(20_000))), Told("cells-outside-grid")),
        case("five-million-cells", rows(&(0..5000).map(|_| format!("<row>{}</row>", unnamed.repeat(1000))).collect::<String>()), Refused(&["file-too-large"])),
        case("merges", book(&[("A", &format!("<worksheet><sheetData><row><c><v>7</v></c></row></sheetData><mergeCells>{}</mergeCells></worksheet>", "<mergeCell ref='A1:XFD1048576'/>".repeat(300_000)))], "<sst/>", STYLES), Cells(&["A1 7"])),
        case("hidden-columns", book(&[("A", &format!("<worksheet><cols>{}</cols><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>", "<col min='1' max='4294967295' hidden='1'/>".repeat(100_000)))], "<sst/>", STYLES), Told("lines-hidden")),
        case("attributes", rows(&format!("<row {}><c {}><v>7</v></c></row>", "a='b' ".repeat(200_000), "a='b' ".repeat(200_000))), Cells(&["A1 7"])),
        case("ampersands", rows(&format!("<row><c t='str'><v>{}</v></c></row>", "&".repeat(2_000_000))), Survived),
        case("escapes", rows(&format!("<row><c t='str'><v>{}</v></c></row>", "_x".repeat(1_000_000))), Survived),
        case("old-letters", rows(&format!("<row>{}</row>", (0..3000).map(|i| format!("<c t='str'><v>N÷ d©n téc {i}</v></c>")).collect::<String>())), Told("text-mended")),
        // ods
        case("ods-unclosed-table", ods("<table:table table:name='A'><table:table-row>"), Refused(&["file-damaged"])),
        case("ods-unclosed-annotation", ods("<table:table><table:table-row><table:table-cell><office:annotation><text:p>"), Refused(&["file-damaged"])),
        case("ods-repeats", whole("<table:table><table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='16384' office:value-type='float' office:value='1'/></table:table-row></table:table>"), Refused(&["file-too-large"])),
        case("ods-many-repeats", whole(&"<table:table><table:table-row table:number-rows-repeated='1000000'><table:table-cell office:value-type='float' office:value='1'/></table:table-row></table:table>".repeat(100)), Refused(&["file-too-large"])),
        case("ods-hidden-repeats", whole(&format!("<table:table>{}<table:table-row><table:table-cell office:value-type='float' office:value='7'/></table:table-row></table:table>", "<table:table-row table:visibility='collapse' table:number-rows-repeated='4294967295'/>".repeat(100_000))), Survived),
        case("ods-blanks", whole(&format!("<table:table><table:table-row><table:table-cell office:value-type='string'><text:p>{}</text:p></table:table-cell></table:table-row></table:table>", "<text:s text:c='4294967295'/>".repeat(100_000))), Survived),
        case("ods-bad-float", whole("<table:table>\n <table:table-row>\n  <table:table-cell office:value-type='float' office:value='x'/>\n  <table:table-cell office:value-type='float' office:value='7'/>\n </table:table-row>\n</table:table>"), Cells(&["A1 #NUM!", "B1 7"])),
        case("ods-span", whole("<table:table><table:table-row><table:table-cell table:number-columns-spanned='4294967295' table:number-rows-spanned='4294967295' office:value-type='float' office:value='7'/></table:table-row></table:table>"), Cells(&["A1 7"])),
        case("ods-styles-in-a-ring", whole("<style:style style:name='a' style:family='table-cell' style:parent-style-name='b'/><style:style style:name='b' style:family='table-cell' style:parent-style-name='a'/><table:table><table:table-row><table:table-cell table:style-name='a' office:value-type='float' office:value='7'/></table:table-row></table:table>"), Cells(&["A1 7"])),
    ]
}
