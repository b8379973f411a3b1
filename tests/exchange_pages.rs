//! Pages and documents that are handed over: against golden files, and as this program reads them back.
//!
//! `JIANNUO_BLESS=1 cargo test --test it exchange_pages` writes the golden files anew; whoever does so looks at them in a
//! browser and in an office program, light, dark and printed, before they are kept.

use jiannuo::annotation::{
    Anchor, Annotations, AttributeId, Change, Codebook, Edit, Hand, KindId, Person, PersonId, Tag, TagId, Time, Touch, Value,
};
use jiannuo::exchange::{DocxLayout, Handed, HandedLayer, HandedReport, Labels, Office, Options, write_docx, write_html};
use jiannuo::locale::{Language, Words};
use jiannuo::quantity::Quantity;
use jiannuo::report::{Corrections, Reading, Report, ScriptView};
use jiannuo::source::{Layout, Mark, Wish, read};
use jiannuo::suggest::{Lexicon, suggest};
use jiannuo::text::{Pos, Span};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// A report with a mark of secrecy, headings of each kind, a table, a control character, and characters beyond the first plane.
const WORK: &str = "机密★1年
政府工作报告
——2024年1月9日在𣲗河市第五届人民代表大会第四次会议上
𣲗河市市长　沈𬱟
各位代表：
一、2023年工作回顾
全市生产总值2561亿元，同比增长13.5％，高于全省<平均>水平0.8个百分点；教育、医疗支出分别增长16%和15%。
指标\t数值\t增长
一般公共预算收入\t812.6亿元\t7.5%
其中：税收\t601.3亿元
（一）稳住工业。工业投资增长12.4%，\u{202E}工业用电量增长9.3%。
二、2024年总体安排
1.主要目标
生产总值增长6%—6.5%，城镇调查失业率控制在5.5%以内。
2.重点工作
6月底前开工建设𡐓下镇中学，由市教育局牵头，
力争年内建成公园30个。
";

/// What is tagged in it: the words, the kind, what was typed for a quantity, the period.
const TAGS: [(&str, &str, &str, &str); 10] = [
    ("全市生产总值2561亿元，同比增长13.5％", "indicator", "2561亿元", "2023"),
    ("同比增长13.5％，高于全省<平均>水平0.8个百分点", "indicator", "高于0.8个百分点", "2023"),
    ("教育、医疗支出分别增长16%和15%", "indicator", "增长16%", "2023"),
    ("教育、医疗支出分别增长16%和15%", "indicator", "增长15%", "2023"),
    ("一般公共预算收入\t812.6亿元\t7.5%", "indicator", "812.6亿元", "2023"),
    ("工业投资增长12.4%", "indicator", "增长12.4%", "2023"),
    ("生产总值增长6%—6.5%", "target", "6%—6.5%", "2024"),
    ("城镇调查失业率控制在5.5%以内", "target", "控制在5.5%以内", "2024"),
    ("6月底前开工建设𡐓下镇中学，由市教育局牵头，\n力争年内建成公园30个", "commitment", "30个", "2024"),
    ("公园30个", "of_our_own", "30个", "2024"),
];

/// A report as it was scraped.
const SCRAPED: &str = "全區經濟工作會議講話\n一、上半年計劃執行情況\n財政總收入 118.6 億元,增長 12.5% ,發(fā)展勢頭出來了。\n產(chǎn)業(yè)發(fā)展、就業(yè)和產(chǎn)值都好。\n";

/// The words of a language.
struct Spoken(Words);

impl Labels for Spoken {
    fn label<'a>(&'a self, group: &str, key: &'a str) -> &'a str {
        self.0.named(group, key)
    }
}

/// A report and what people put on it.
struct Put {
    report: Report,
    name: &'static str,
    layers: Vec<(Person, Annotations)>,
}

impl Put {
    fn layers(&self) -> Vec<HandedLayer<'_>> {
        let layers = self.layers.iter();
        layers.map(|(person, annotations)| HandedLayer { person, role: Office::Annotation, annotations }).collect()
    }
}

/// The cells of the lines that hold tabs.
fn layout_of(text: &str) -> Layout {
    let (mut marks, mut at, mut row) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        let cells: Vec<&str> = line.trim_end_matches('\n').split('\t').collect();
        if let [_] = cells.as_slice() {
            marks.push((Pos::new(at), Mark::Text));
        } else {
            row += 1;
            let mut begin = at;
            for (column, cell) in (1..).zip(&cells) {
                marks.push((Pos::new(begin), Mark::Cell { table: 1, row, column }));
                begin += cell.chars().count() as u32 + 1;
            }
        }
        at += line.chars().count() as u32;
    }
    Layout::new(marks)
}

fn report(text: &str) -> Report {
    Report::of_original(text.to_owned(), Corrections::default(), layout_of(text), BTreeMap::new())
}

fn person(number: u128, name: &str) -> Person {
    Person { id: PersonId(Uuid::from_u128(number)), name: name.to_owned() }
}

fn made(tags: Vec<Tag>) -> Annotations {
    let mut annotations = Annotations::default();
    let by = Touch { at: Time(1_704_790_800_000), hand: Hand::new(1) };
    annotations.apply(&Edit::new(tags.into_iter().map(Change::add_tag).collect()), by).unwrap();
    annotations
}

/// Tags on the first place of each of these words.
fn tags(report: &Report, wanted: &[(&str, &str, &str, &str)], person: u128) -> Annotations {
    let text = report.text();
    let tag = |(number, (words, kind, quantity, period)): (u128, &(&str, &str, &str, &str))| {
        let start = text.as_str().split_once(words).map(|(before, _)| before.chars().count() as u32).unwrap();
        let anchor = Anchor::new(text, Span::of(start, start + words.chars().count() as u32));
        let mut tag = Tag::new(TagId(Uuid::from_u128((person << 32) | number)), KindId::new(*kind), anchor);
        tag.quantities.push(Quantity::of_words(quantity));
        tag.set_attribute(AttributeId::new("period"), Value::One((*period).to_owned()));
        if *kind == "commitment" {
            tag.set_attribute(AttributeId::new("modality"), Value::Many(vec!["strive".to_owned()]));
            tag.set_attribute(AttributeId::new("owner_lead"), Value::One("市教育局".to_owned()));
            tag.note = "两件事，\"先\"合在一起 & 再看".to_owned();
            tag.unsure = true;
        }
        tag
    };
    made((1..).zip(wanted).map(tag).collect())
}

fn work() -> Put {
    let report = report(WORK);
    let layers = vec![(person(1, "王芳"), tags(&report, &TAGS, 1))];
    Put { report, name: "work.txt", layers }
}

fn scraped() -> Put {
    let report = report(SCRAPED);
    let income = [("財政總收入 118.6 億元,增長 12.5%", "indicator", "118.6 億元", "2023-H1")];
    let growth = [("增長 12.5% ,發(fā)展", "indicator", "增長 12.5%", "2023-H1")];
    let layers = vec![(person(1, "王芳"), tags(&report, &income, 1)), (person(2, "<b>李</b>"), tags(&report, &growth, 2))];
    Put { report, name: "scraped.txt", layers }
}

fn hand<T>(put: &[Put], options: &Options, language: Language, take: impl for<'a> FnOnce(Handed<'a>) -> T) -> T {
    let layers: Vec<Vec<HandedLayer<'_>>> = put.iter().map(Put::layers).collect();
    let reports: Vec<HandedReport<'_>> =
        put.iter().zip(&layers).map(|(put, layers)| HandedReport { report: &put.report, name: put.name, layers }).collect();
    let (book, labels) = (Codebook::standard(), Spoken(Words::new(language)));
    take(Handed { reports: &reports, book: &book, options, labels: &labels })
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exchange/pages").join(name)
}

/// The lines in which two texts differ, those of the golden file with a minus sign.
fn difference(expected: &str, found: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("- {line}\n"));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+ {line}\n"));
    gone.chain(come).collect()
}

/// The parts of a document as one text, a paragraph a line. Bytes may differ where another edition of the packer packs better.
fn unpacked(document: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(document)).unwrap();
    let mut parts = String::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        parts.push_str(&format!("== {}\n", file.name().unwrap()));
        let mut part = String::new();
        file.read_to_string(&mut part).unwrap();
        parts.push_str(&part.replace("</w:p>", "</w:p>\n").replace("</w:style>", "</w:style>\n"));
        parts.push('\n');
    }
    parts
}

/// Compares what is written with the golden file of this name; `said` makes both comparable.
fn check(name: &str, found: &[u8], said: fn(&[u8]) -> String) {
    let path = golden(name);
    if std::env::var_os("JIANNUO_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, found).unwrap();
        return;
    }
    let expected = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}; JIANNUO_BLESS=1 writes it", path.display()));
    let (expected, found) = (said(&expected), said(found));
    assert!(expected == found, "{} (+ is what is written now):\n{}", path.display(), difference(&expected, &found));
}

fn as_text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn in_simplified() -> Options {
    Options { reading: Reading::of(ScriptView::Simplified), ..Options::default() }
}

#[test]
fn a_page_of_one_report() {
    let page = hand(&[work()], &Options::default(), Language::Simplified, write_html);
    check("one.html", page.as_bytes(), as_text);
}

#[test]
fn a_page_of_several_reports_and_people_as_they_are_read() {
    let page = hand(&[work(), scraped()], &in_simplified(), Language::English, write_html);
    assert!(page.contains("&lt;b&gt;李&lt;/b&gt;") && !page.contains("<b>李"));
    assert!(page.contains("产业发展、就业和产值都好"), "repaired, and in simplified characters");
    check("several.html", page.as_bytes(), as_text);
}

#[test]
fn documents_of_both_layouts() {
    for layout in DocxLayout::ALL {
        let document = hand(&[work(), scraped()], &Options::default(), Language::Simplified, |handed| write_docx(handed, layout)).unwrap();
        check(&format!("{}.docx", layout.key()), &document, unpacked);
    }
}

/// A sample of the program's own with all that is proposed for it as tags.
fn sample(name: &'static str) -> Put {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples").join(name)).unwrap();
    let report = Report::new(text, Corrections::default());
    let proposals = suggest(&report, &Lexicon::standard()).proposals;
    let tags = (1..).zip(&proposals).map(|(number, proposal)| proposal.tag(TagId(Uuid::from_u128(number)), report.text(), None));
    let layers = vec![(person(1, "王芳"), made(tags.collect()))];
    Put { report, name, layers }
}

#[test]
fn a_document_of_a_long_report_reads_back_as_the_report() {
    for name in ["yunxi-2024-hans.txt", "panhai-2023-hant.txt"] {
        let put = [sample(name)];
        let report = &put[0].report;
        let plain = |line: &str| line.replace(['\t', '\u{A0}'], " ").trim().to_owned();
        let expected: Vec<String> = report.paragraphs().iter().map(|paragraph| plain(report.quote(paragraph.span))).collect();
        for layout in DocxLayout::ALL {
            let document = hand(&put, &Options::default(), Language::Traditional, |handed| write_docx(handed, layout)).unwrap();
            let text = read(&document, "a.docx", Wish::default()).unwrap().text;
            let found: Vec<String> = text.lines().map(plain).take(expected.len()).collect();
            assert!(found == expected, "{}", difference(&expected.join("\n"), &found.join("\n")));
        }
    }
}

/// The same as four people tag it who do not agree where tags end: each a character before the one before.
fn ended_by_four(name: &'static str) -> Put {
    let Put { report, layers, .. } = sample(name);
    let shorter = |tag: &Tag, by: u32| {
        let (start, end) = (tag.anchor.span.start().get(), tag.anchor.span.end().get());
        Tag { anchor: Anchor::new(report.text(), Span::of(start, end.saturating_sub(by).max(start + 1))), ..tag.clone() }
    };
    let layer = |by: u32| (person(u128::from(by) + 1, "王芳"), made(layers[0].1.tags().map(|tag| shorter(tag, by)).collect()));
    let layers = (0..4).map(layer).collect();
    Put { report, name, layers }
}

#[test]
fn no_number_of_a_tag_stands_within_a_figure() {
    for name in ["yunxi-2024-hans.txt", "panhai-2023-hant.txt"] {
        let page = hand(&[ended_by_four(name)], &Options::default(), Language::English, write_html);
        let text = page.split_once("<div class=\"text\"").unwrap().1.split_once("<section class=\"list\">").unwrap().0;
        let (mut before, mut is_behind_number, mut numbers) = (' ', false, 0);
        for part in text.split('<').skip(1) {
            let (markup, words) = part.split_once('>').unwrap();
            if markup.starts_with("a ") {
                (is_behind_number, numbers) = (true, numbers + 1);
            }
            let Some(last) = words.chars().last() else { continue };
            let goes_on = words.strip_prefix('.').unwrap_or(words).starts_with(|c: char| c.is_ascii_digit() || c == '%');
            assert!(!(is_behind_number && matches!(before, '0'..='9' | '.') && goes_on), "{name}: {before} and {words}");
            (before, is_behind_number) = (last, false);
        }
        assert!(numbers > 0, "{name}");
    }
}

#[test]
fn a_page_of_a_long_report_is_well_formed_and_has_every_tag() {
    for name in ["yunxi-2024-hans.txt", "panhai-2023-hant.txt"] {
        let put = [sample(name)];
        let page = hand(&put, &in_simplified(), Language::English, write_html);
        let body = page.split_once("<body>").unwrap().1.split_once("</body>").unwrap().0;
        let body = format!("<body>{body}</body>");
        assert!(roxmltree::Document::parse(&body).is_ok(), "{name}");
        let tags = put[0].layers[0].1.tag_count();
        assert_eq!((page.matches("<mark id=").count(), page.matches("<tr id=").count()), (tags, tags), "{name}");
    }
}
