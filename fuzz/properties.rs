//! What has to hold of every input, whatever it is.
//!
//! The fuzz targets look for one of which it does not hold; tests/fuzz_finds.rs tries the seeds and all that was found.

#[path = "one_file.rs"]
mod one_file;

use encoding_rs::{BIG5, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use jiannuo::annotation::{self, Anchor, Codebook, Fit};
use jiannuo::quantity::{Quantity, Year, date, deadline, number, period, stated};
use jiannuo::report::{Corrections, Field, Report};
use jiannuo::source::{Extracted, Wish, read};
use jiannuo::store::wire::{self, Extras, PersonRecord, ReportFile, Role, Troubles, WireCodebook};
use jiannuo::store::{Disk as _, Memory, Recovered, ReportRecord, Seal, load_index, load_memory, orphans, save_index, seal, unseal};
use jiannuo::text::decode::{Decoded, Encoding, decode_as};
use jiannuo::text::repair::{Damage, Repair, Repairs};
use jiannuo::text::script::{Conversion, convert};
use jiannuo::text::shadow::{Shadow, ShadowPos, ShadowSpan, fold};
use jiannuo::text::{Between, Bias, OffsetMap, Position, Span};
use one_file::OneFile;
use sha2::{Digest, Sha256};
use std::io::{Cursor, Write as _};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Bytes as text: every encoding reads what the reference decoder reads, and what was read without error can be written.
pub fn decode(bytes: &[u8]) {
    let found = jiannuo::text::decode::decode(bytes);
    for encoding in Encoding::ALL {
        let decoded = decode_as(bytes, encoding);
        assert!(encoding != found.encoding || decoded == found);
        is_as_the_reference_reads_it(bytes, &decoded);
        if decoded.errors.is_empty() {
            can_be_written(bytes, &decoded);
        }
    }
}

const fn codec(encoding: Encoding) -> &'static encoding_rs::Encoding {
    match encoding {
        Encoding::Utf8 => UTF_8,
        Encoding::Gb18030 => GB18030,
        Encoding::Big5 => BIG5,
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
    }
}

/// The bytes behind the byte order mark that was dropped.
fn unmarked<'a>(bytes: &'a [u8], decoded: &Decoded) -> &'a [u8] {
    let mark = match decoded.encoding {
        Encoding::Utf8 => 3,
        Encoding::Utf16Le | Encoding::Utf16Be => 2,
        Encoding::Gb18030 => 4,
        Encoding::Big5 => 0,
    };
    if decoded.bom { &bytes[mark..] } else { bytes }
}

fn is_as_the_reference_reads_it(bytes: &[u8], decoded: &Decoded) {
    let (expected, broken) = codec(decoded.encoding).decode_without_bom_handling(unmarked(bytes, decoded));
    assert_eq!(decoded.text, expected.replace("\r\n", "\n").replace('\r', "\n"));
    assert_eq!(decoded.errors.is_empty(), !broken);
    are_errors(&decoded.text, &decoded.errors);
}

/// Places of errors are in order, and U+FFFD stands there.
fn are_errors(text: &str, errors: &[jiannuo::text::Pos]) {
    let chars: Vec<char> = text.chars().collect();
    assert!(errors.is_sorted_by(|one, other| one < other));
    assert!(errors.iter().all(|place| chars[place.get() as usize] == '\u{FFFD}'));
}

fn can_be_written(bytes: &[u8], decoded: &Decoded) {
    let rest = unmarked(bytes, decoded);
    let units = |unit: fn([u8; 2]) -> u16| rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect::<Vec<u16>>();
    let written = || decoded.text.encode_utf16().collect::<Vec<u16>>();
    match decoded.encoding {
        Encoding::Utf8 => assert_eq!(decoded.text.as_bytes(), with_line_feeds(rest)),
        Encoding::Utf16Le => assert_eq!(written(), with_line_feeds(&units(u16::from_le_bytes))),
        Encoding::Utf16Be => assert_eq!(written(), with_line_feeds(&units(u16::from_be_bytes))),
        // Several sequences of bytes stand for one character there, so the text is compared; for those in the area of
        // private use even the way back is another.
        Encoding::Gb18030 | Encoding::Big5 => {
            // A text may begin with a second mark: the first one is dropped.
            let mark = if decoded.encoding == Encoding::Gb18030 { "\u{FEFF}" } else { "" };
            let text = format!("{mark}{}", decoded.text);
            let (written, _, unmappable) = codec(decoded.encoding).encode(&text);
            if !unmappable && !decoded.text.contains(|c| matches!(c, '\u{E000}'..='\u{F8FF}')) {
                assert_eq!(decode_as(&written, decoded.encoding).text, decoded.text);
            }
        }
    }
}

/// Bytes, or units of two, with their line ends made LF.
fn with_line_feeds<T: Copy + PartialEq + From<u8>>(units: &[T]) -> Vec<T> {
    let (cr, lf) = (T::from(b'\r'), T::from(b'\n'));
    let mut made = Vec::with_capacity(units.len());
    let mut before = None;
    for &unit in units {
        if unit != lf || before != Some(cr) {
            made.push(if unit == cr { lf } else { unit });
        }
        before = Some(unit);
    }
    made
}

/// A person's file: what loads is written, and what was written loads as the same.
pub fn person_ron(bytes: &[u8]) {
    let (text, _) = unseal(bytes);
    // Of CR CR LF nobody can say how many line ends it is.
    if text.contains("\r\n") {
        return;
    }
    if let Ok((record, _)) = wire::person_from_wire(&text) {
        comes_back(&record);
    }
}

fn comes_back(record: &PersonRecord) {
    let printed = seal(wire::print(&wire::person_to_wire(record)));
    let (text, intact) = unseal(printed.as_bytes());
    assert_eq!(intact, Seal::Intact);
    let (again, troubles) = wire::person_from_wire(&text).expect("what was written can be read");
    assert_eq!(troubles, Troubles::default());
    assert_eq!(again.annotations, record.annotations);
    assert_eq!((&again.person, &again.role, &again.codebook), (&record.person, &record.role, &record.codebook));
    assert_eq!((again.report, &again.report_name), (record.report, &record.report_name));
    assert_eq!(seal(wire::print(&wire::person_to_wire(&again))), printed);
}

/// Every other file the program keeps: the report's own, a codebook, what is remembered, the index of a folder, a journal.
pub fn project_ron(bytes: &[u8]) {
    let (text, _) = unseal(bytes);
    report_file(&text);
    memory(bytes);
    index(bytes);
    journal(&text);
    let _ = Codebook::parse(&text);
}

fn report_file(text: &str) {
    let Ok(file) = ReportFile::parse(text) else { return };
    let report = file.report.clone();
    let Some(record) = file.record() else { return };
    let print = |record: &ReportRecord| wire::print(&ReportFile::new(report.clone(), record));
    let printed = print(&record);
    let again = ReportFile::parse(&printed).expect("what was written can be read");
    assert_eq!(print(&again.record().expect("and says how the report was read")), printed);
}

fn memory(bytes: &[u8]) {
    let disk = OneFile::holding("/state/memory.ron", bytes);
    let memory = load_memory(&disk, &disk.path);
    let (size, leading) = (memory.settings.text_size, memory.settings.leading);
    assert!((4.0..=400.0).contains(&size) && (0.5..=20.0).contains(&leading), "a text of {size} points cannot be set {leading} high");
    let printed = wire::print(&memory);
    let again: Memory = wire::parse(&printed).expect("what was written can be read");
    assert_eq!(wire::print(&again), printed);
}

/// An index in which the input stands under a head of this edition: the cards it gives are written as they are read.
fn index(bytes: &[u8]) {
    let root = Path::new("/reports");
    let disk = OneFile::holding("/reports/jiannuo/index.jsonl", b"");
    let save = |cards: &[_]| save_index(&disk, root, cards).expect("nothing fails on this disk");
    save(&[]);
    disk.append(&disk.path, bytes).expect("nothing fails on this disk");
    let cards = load_index(&disk, root);
    save(&cards);
    let (once, again) = (disk.bytes(), load_index(&disk, root));
    save(&again);
    assert_eq!((again.len(), disk.bytes()), (cards.len(), once));
}

/// The first line of a journal.
const HEAD: &str = concat!(
    r#"head((version:1,report:"446e740c808d482ea05abab6192950d024425f56bb838da5382df59848822fbc",report_name:"r.txt","#,
    r#"folder:"/reports/jiannuo/r~446e740c",original:"446e740c808d482ea05abab6192950d024425f56bb838da5382df59848822fbc","#,
    r#"encoding:"UTF-8",encoding_chosen:false,person:(id:"01934d2a-7c00-7000-8000-5f3a9c1e2b40",name:"王小明")))"#
);

/// A journal in which every line of the input is a record: a line that was cut off behind them, and reading them twice,
/// changes nothing; and what it holds can be written to the person's file.
fn journal(text: &str) {
    let checked = |record: &str| {
        let sum: String = Sha256::digest(record.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        format!("{sum} {record}\n")
    };
    let (head, records) = (checked(HEAD), text.lines().map(checked).collect::<String>());
    let once = journal_of(&format!("{head}{records}"));
    let cut = journal_of(&format!("{head}{records}\n0123456789abcdef record(tag((id:\""));
    let twice = journal_of(&format!("{head}{records}{records}"));
    assert_eq!((&cut.annotations, &cut.corrections, cut.changes), (&once.annotations, &once.corrections, once.changes));
    assert_eq!((&twice.annotations, &twice.corrections), (&once.annotations, &once.corrections));
    comes_back(&PersonRecord {
        report: once.report,
        report_name: once.record.name,
        person: once.person,
        codebook: WireCodebook::default(),
        annotations: once.annotations,
        extras: Extras::default(),
        role: Role::Annotation,
    });
}

fn journal_of(text: &str) -> Recovered {
    let disk = OneFile::holding("/state/journal/1.journal", text.as_bytes());
    orphans(&disk, Path::new("/state/journal")).found.pop().expect("its head can be read")
}

/// A text repaired, converted and as a shadow: patches and losses lie apart, and all maps keep their laws.
pub fn repair(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let len = length(&text);
    let damage = Damage::of(&text);
    let patches: Vec<Span> = damage.patches().iter().map(|patch| patch.span).collect();
    let losses: Vec<Span> = damage.losses().iter().map(|(span, _)| *span).collect();
    for spans in [&patches, &losses] {
        assert!(spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
        assert!(spans.iter().all(|span| !span.is_empty() && span.end().get() <= len));
    }
    for repairs in [Repairs::NONE, Repairs::ALL].into_iter().chain(Repair::ALL.map(|repair| Repairs::NONE.with(repair, true))) {
        let (repaired, map) = damage.repaired(&text, Span::of(0, len), repairs);
        assert!(repairs != Repairs::NONE || repaired == text);
        keeps_its_laws(&map, len, length(&repaired));
    }
    for conversion in [Conversion::TraditionalToSimplified, Conversion::SimplifiedToTaiwanWording] {
        let converted = convert(&text, conversion);
        keeps_its_laws(&converted.map, len, length(&converted.text));
    }
    assert_eq!(Shadow::of(&text, &Damage::default()).as_str(), fold(&text));
    leads_back(&Shadow::of(&text, &damage), len);
}

fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap()
}

/// The ends meet, order is kept, and a span led there and back covers what it covered.
fn keeps_its_laws<A: Copy + Ord, B: Copy + Ord>(map: &OffsetMap<A, B>, a_len: u32, b_len: u32) {
    assert_eq!((map.a_len(), map.b_len()), (a_len, b_len));
    assert_eq!((map.forward(Position::ZERO, Bias::Start).get(), map.forward(Position::new(a_len), Bias::End).get()), (0, b_len));
    assert_eq!((map.back(Position::ZERO, Bias::Start).get(), map.back(Position::new(b_len), Bias::End).get()), (0, a_len));
    for bias in [Bias::Start, Bias::End] {
        assert!((0..=a_len).is_sorted_by_key(|place| map.forward(Position::new(place), bias).get()));
        assert!((0..=b_len).is_sorted_by_key(|place| map.back(Position::new(place), bias).get()));
    }
    for start in 0..a_len {
        let span = Between::of(start, (start + 1 + start % 7).min(a_len));
        assert!(map.back_span(map.forward_span(span)).contains(span), "{span:?}");
    }
}

/// Each character of a shadow stands for characters of its own in the source, in order, and is found from there.
fn leads_back(shadow: &Shadow, len: u32) {
    let mut before = 0;
    for place in 0..length(shadow.as_str()) {
        let span = ShadowSpan::new(ShadowPos::new(place), ShadowPos::new(place + 1));
        let source = shadow.to_source(span);
        assert!(!source.is_empty() && before <= source.start().get() && source.end().get() <= len, "{place}: {source:?}");
        assert!(shadow.to_shadow(source).contains(span), "{place}: {source:?}");
        before = source.end().get();
    }
}

/// What people type into fields, a line each: what is read is read again from its standard form.
pub fn quantity(bytes: &[u8]) {
    for line in String::from_utf8_lossy(bytes).lines().take(40) {
        let words: String = line.chars().take(200).collect();
        numbers(&words);
        times(&words);
        for field in Field::ALL {
            if let Ok(standard) = field.standard(&words) {
                assert_eq!(field.standard(&standard), Ok(standard.clone()), "{field:?} of {words:?}");
            }
        }
    }
}

fn numbers(words: &str) {
    if let Some(read) = number(words) {
        assert!((1..=words.chars().count()).contains(&read.taken));
        let printed = read.value.to_string();
        let again = number(&printed).map(|again| (again.value, again.taken));
        assert_eq!(again, Some((read.value, printed.len())), "{words:?}");
    }
    if let Ok(read) = stated(words)
        && let Some(value) = read.value
    {
        // Bounds have many words; the number and its unit have one form.
        let again = stated(&format!("{value}{}", read.unit)).map(|again| (again.value, again.unit));
        assert_eq!(again, Ok((Some(value), read.unit.clone())), "{words:?}");
        let _ = read.standard_value();
    }
    assert_eq!(Quantity::of_words(words).words, words);
}

fn times(words: &str) {
    let report = Year(Some(2020));
    if let Ok(read) = period(words, report) {
        assert_eq!(period(&read.to_string(), Year(None)), Ok(read), "{words:?}");
    }
    if let Ok(read) = deadline(words, report) {
        assert_eq!(deadline(&read.to_string(), Year(None)), Ok(read), "{words:?}");
    }
    if let Ok(read) = date(words) {
        assert_eq!(date(&read.to_string()), Ok(read), "{words:?}");
    }
}

/// A Word document, and one whose main part is the input.
pub fn docx(bytes: &[u8]) {
    document(bytes, "x.docx");
    document(&packed(bytes), "x.docx");
}

/// A package with the smallest set of parts a Word document has.
fn packed(main: &[u8]) -> Vec<u8> {
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [("[Content_Types].xml", types.as_bytes()), ("word/document.xml", main)] {
        package.start_file(name, stored).unwrap();
        package.write_all(part).unwrap();
    }
    package.finish().unwrap().into_inner()
}

/// A page, and one that surely is a page.
pub fn html(bytes: &[u8]) {
    document(bytes, "x.html");
    document(&[&b"<html><body>"[..], bytes].concat(), "x.html");
}

/// What a file gives is the same each time, and all it says of places is true of its text.
fn document(bytes: &[u8], name: &str) {
    let Ok(extracted) = read(bytes, name, Wish::default()) else { return };
    let Extracted { text, errors, layout, .. } = &extracted;
    are_errors(text, errors);
    let marks = layout.marks();
    assert!(marks.is_sorted_by_key(|(place, _)| *place));
    assert!(marks.last().is_none_or(|(place, _)| place.get() <= length(text)));
    if extracted.method.is_extracted() {
        assert!(text.ends_with('\n') && text.lines().all(|line| !line.is_empty()), "an empty line");
        assert!(!text.contains('\r'));
    }
    let again = read(bytes, name, Wish::default()).expect("what was read once is read again");
    assert!(again.text == *text && again.layout == *layout, "it reads otherwise the second time");
    assert_eq!((again.method, again.told, again.left_out), (extracted.method, extracted.told, extracted.left_out));
}

/// Tags of one text placed in another, the two parted by a line of `====`: what is placed without asking has its words.
pub fn reanchor(bytes: &[u8]) {
    let text: &str = &String::from_utf8_lossy(bytes);
    let (old, new) = text.split_once("\n====\n").unwrap_or((text, text));
    let report = |text: &str| Report::new(text.chars().take(3000).collect(), Corrections::default());
    let (old, new) = (report(old), report(new));
    let len = old.text().len();
    let spans = (0..24).map(|at| Span::of(len * at / 24, (len * at / 24 + 2 + at * 3).min(len)));
    let anchors: Vec<Anchor> = spans.filter(|span| !span.is_empty()).map(|span| Anchor::new(old.text(), span)).collect();
    let fits = annotation::reanchor(Some(&old), &new, &anchors);
    stand_on(&fits, &anchors, &new, |anchor| seen(&old, anchor.span));
    let fits = annotation::reanchor(None, &new, &anchors);
    stand_on(&fits, &anchors, &new, |anchor| fold(&anchor.quote).split_whitespace().collect());
    for (fit, anchor) in annotation::reanchor(Some(&old), &old, &anchors).iter().zip(&anchors) {
        assert!(matches!(fit, Fit::Kept(_)) || seen(&old, anchor.span).is_empty(), "{anchor:?}: {fit:?} in the same text");
    }
}

/// A stretch of a report without what does not count: damage, script, width and space.
fn seen(report: &Report, span: Span) -> String {
    let shadow = report.shadow();
    let span = shadow.to_shadow(span);
    let chars = shadow.as_str().chars().skip(span.start().get() as usize).take(span.len() as usize);
    chars.filter(|c| !c.is_whitespace()).collect()
}

fn stand_on(fits: &[Fit], anchors: &[Anchor], new: &Report, words: impl Fn(&Anchor) -> String) {
    assert_eq!(fits.len(), anchors.len());
    for (fit, anchor) in fits.iter().zip(anchors) {
        match fit {
            Fit::Kept(span) | Fit::Moved(span) => assert_eq!(seen(new, *span), words(anchor), "{anchor:?}: {fit:?}"),
            Fit::Changed(Some(span)) => assert!(!span.is_empty() && span.end().get() <= new.text().len(), "{anchor:?}: {fit:?}"),
            Fit::Changed(None) | Fit::Lost => {}
        }
    }
}
