use super::super::docx::DocxLayout;
use super::super::handed::Keys;
use super::super::standoff::tests::{hand, usual};
use super::*;
use crate::annotation::{Codebook, Time};
use std::collections::BTreeMap;

const EXTRA: Extra = Extra { layout: DocxLayout::Plain, now: Time(0) };

fn written(format: Format) -> Outgoing {
    hand(&usual(), "报告.txt", |handed| format.write(handed, &EXTRA)).unwrap()
}

#[test]
fn every_format_is_in_the_table_and_makes_what_it_says() {
    for format in Format::ALL {
        assert_eq!(Format::from_key(format.key()), Some(format));
        let outgoing = written(format);
        assert!(outgoing.files.iter().all(|file| !file.bytes.is_empty()), "{format:?}");
        assert_eq!(outgoing.files.len() == 1, format.shape() == Shape::File, "{format:?}");
        let paths: Vec<String> = outgoing.files.iter().map(|file| file.path.clone()).collect();
        assert_eq!(hand(&usual(), "报告.txt", |handed| format.paths(handed)), paths, "{format:?}");
        assert!(!hand(&usual(), "报告.txt", |handed| format.preview(handed)).is_empty(), "{format:?}");
    }
}

#[test]
fn what_was_written_is_known_again_and_read() {
    let sample = usual();
    let (book, kinds) = (Codebook::standard(), BTreeMap::new());
    let known = Known { book: &book, labels: &[&Keys], kinds: &kinds };
    for format in Format::ALL.into_iter().filter(|format| format.is_read()) {
        let outgoing = written(format);
        let ends = |file: &&OutgoingFile| file.path.ends_with(&format!(".{}", format.ending()));
        let file = outgoing.files.iter().find(ends).unwrap();
        let name = file.path.rsplit('/').next().unwrap();
        assert_eq!(Format::guess(name, &file.bytes), Some(format), "{name}");
        let brought = format.read(Received { bytes: &file.bytes, beside: None }, &sample.report, &known).unwrap();
        let tags = match brought {
            Brought::Tags(imported) => imported.tags.len(),
            Brought::Rows(rows) => rows.iter().filter(|row| row.tag.is_some()).count(),
        };
        assert_eq!(tags, sample.annotations.tag_count(), "{format:?}");
    }
    assert_eq!(Format::guess("a.txt", "无".as_bytes()), None);
    let nothing = Format::Html.read(Received { bytes: b"", beside: None }, &sample.report, &known);
    assert_eq!(nothing, Err(NotATable::NoTags));
}

#[test]
fn files_that_belong_together_are_called_after_the_first() {
    let called = |format: Format, name: &str| -> Option<Vec<String>> {
        let outgoing = written(format);
        Some(outgoing.beside(format, name)?.into_iter().map(|(name, _)| name).collect())
    };
    let names = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>());
    assert_eq!(called(Format::Csv, "出.csv"), names(&["出.csv", "出.quantities.csv"]));
    assert_eq!(called(Format::Csv, "出"), None);
    assert_eq!(called(Format::Json, "out.JSON"), names(&["out.JSON", "out.schema.json"]));
    assert_eq!(called(Format::Jsonl, "out.jsonl"), names(&["out.jsonl", "out.jsonl.schema.json"]));
    assert_eq!(called(Format::Html, "出"), names(&["出"]));
    assert_eq!(called(Format::Xmi, "a.xmi"), names(&["a.xmi", "a.TypeSystem.xml"]));
    assert_eq!(called(Format::Brat, "a.ann"), None);
}

#[test]
fn what_is_written_beside_a_table_of_tags_is_read_along_with_it() {
    let written: Vec<String> = written(Format::Csv).files.into_iter().map(|file| file.path).collect();
    assert_eq!(written, ["tags.csv", "quantities.csv"]);
    for (format, name, beside) in [
        (Format::Csv, "tags.csv", Some("quantities.csv")),
        (Format::Csv, "出.csv", Some("出.quantities.csv")),
        (Format::Tsv, "a.b.TSV", Some("a.b.quantities.TSV")),
        (Format::Brat, "甲.ann", Some("甲.txt")),
        (Format::Xlsx, "tags.xlsx", None),
        (Format::Jsonl, "tags.jsonl", None),
    ] {
        assert_eq!(format.companion(name).as_deref(), beside, "{name}");
    }
}

#[test]
fn a_table_keeps_the_line_ends_in_its_cells() {
    for (bytes, text) in [
        ("甲乙丙丁戊己庚辛\r\n".as_bytes(), "甲乙丙丁戊己庚辛\r\n"),
        ("\u{FEFF}甲\r\n".as_bytes(), "\u{FEFF}甲\r\n"),
        (b"\xFF\xFEa\0\r\0\n\0".as_slice(), "a\n"),
    ] {
        assert_eq!(with_its_line_ends(bytes), text);
    }
}
