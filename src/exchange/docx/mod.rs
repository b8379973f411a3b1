//! Word documents, .docx (ISO/IEC 29500, transitional): the report with its tags highlighted and commented on, and behind
//! it the table of tags.

mod body;
mod comments;
mod fixed;
mod layout;
mod runs;
mod styles;
mod table;

use super::handed::Handed;
use super::markup::escaped;
use super::package::{TooLarge, packed};
use super::voice::Voice;
use body::Body;
use runs::{paragraph, run};

pub use layout::DocxLayout;

/// How every part begins.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// What elements of Word are named in.
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                          xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// Writes reports as one document, each beginning on a page of its own. What is written depends on nothing but what is
/// handed over: the same gives the same bytes.
///
/// # Errors
/// If it would be larger than a document can be.
pub fn write_docx(handed: Handed<'_>, layout: DocxLayout) -> Result<Vec<u8>, TooLarge> {
    let voice = Voice::new(handed);
    let mut body = Body::new(&voice, layout);
    for report in handed.reports {
        body.report(report);
    }
    let (document, comments) = body.finish();
    let (odd, even) = layout.footers();
    let mark = handed.secrecy().map(|level| run("", "", level.mark())).unwrap_or_default();
    packed(&[
        ("[Content_Types].xml", fixed::CONTENT_TYPES),
        ("_rels/.rels", fixed::RELATIONS),
        ("word/document.xml", &part("document", &document)),
        ("word/_rels/document.xml.rels", fixed::DOCUMENT_RELATIONS),
        ("word/styles.xml", &part("styles", &styles::styles(layout))),
        ("word/settings.xml", &part("settings", layout.settings())),
        ("word/fontTable.xml", &part("fonts", &styles::fonts())),
        ("word/comments.xml", &part("comments", &comments)),
        ("word/header1.xml", &part("hdr", &paragraph("Header", &mark))),
        ("word/footer1.xml", &part("ftr", &odd)),
        ("word/footer2.xml", &part("ftr", &even)),
        ("docProps/core.xml", &properties(&voice)),
    ])
}

/// A part of Word's own: the element of this name with all that stands in it.
fn part(name: &str, content: &str) -> String {
    format!("{DECLARATION}<w:{name} {NAMESPACES}>{content}</w:{name}>")
}

/// What the document says of itself: its title. No date, for that would be another one each time.
fn properties(voice: &Voice<'_>) -> String {
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title></cp:coreProperties>",
        escaped(&voice.title())
    )
}

#[cfg(test)]
mod tests {
    use super::super::laid::tests::Desk;
    use super::*;
    use crate::source::{Wish, read};
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use std::io::{Cursor, Read as _};

    const TEXT: &str = "政府工作报告\n——在云溪市人民代表大会上\n一、回顾\n（一）工业。全市<b>生产总值增长8%，居全省第1位。\n𠮷县力争9%。\n";
    const LAYOUTS: [DocxLayout; 2] = [DocxLayout::Plain, DocxLayout::Official];

    fn written(desk: &Desk, layout: DocxLayout) -> Vec<u8> {
        desk.hand(|handed| write_docx(handed, layout)).unwrap()
    }

    fn text_of(bytes: &[u8]) -> String {
        read(bytes, "a.docx", Wish::default()).unwrap().text
    }

    fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            parts.insert(name, text);
        }
        parts
    }

    /// What stands behind each place of these words, up to the quotation mark.
    fn named<'a>(part: &'a str, words: &str) -> Vec<&'a str> {
        part.split(words).skip(1).map(|rest| rest.split('"').next().unwrap_or("")).collect()
    }

    #[test]
    fn what_is_written_reads_as_the_report() {
        let desk =
            Desk::new(TEXT).tagged("生产总值增长8%", "target").tagged("增长8%，居全省第1位", "indicator").tagged("位。\n𠮷县", "own");
        for layout in LAYOUTS {
            let text = text_of(&written(&desk, layout));
            assert!(text.starts_with(TEXT), "{text}");
        }
    }

    #[test]
    fn tables_read_as_tables() {
        let desk = Desk::with_table().tagged("2561亿元\t8%", "indicator");
        let text = text_of(&written(&desk, DocxLayout::Plain));
        assert!(text.starts_with(desk.report.text().as_str()), "{text}");
    }

    #[test]
    fn a_secret_report_is_stamped() {
        let desk = Desk::new("机密★1年\n政府工作报告\n全市生产总值增长8%。\n");
        for layout in LAYOUTS {
            let bytes = written(&desk, layout);
            assert!(text_of(&bytes).starts_with("机密\n机密★1年\n"));
            assert!(parts(&bytes)["word/header1.xml"].contains(">机密</w:t>"));
            assert!(parts(&bytes)["word/document.xml"].contains("<w:titlePg/>"), "once on the first page");
        }
        let open = parts(&written(&Desk::new(TEXT), DocxLayout::Plain));
        assert!(!open["word/document.xml"].contains("headerReference"));
    }

    #[test]
    fn the_same_gives_the_same_bytes() {
        let desk = Desk::new(TEXT).tagged("生产总值增长8%", "target");
        for layout in LAYOUTS {
            assert_eq!(written(&desk, layout), written(&desk, layout));
        }
    }

    #[test]
    fn a_comment_says_who_and_what() {
        let bytes = written(&Desk::new(TEXT).tagged("生产总值增长8%", "target"), DocxLayout::Plain);
        let comments = parts(&bytes)["word/comments.xml"].clone();
        for said in [
            "w:author=\"王&lt;芳&gt;\"",
            "w:date=\"2023-11-14T22:13:20Z\"",
            ">target</w:t>",
            ">modalitycolonstrive、ensure</w:t>",
            ">notecolon看&lt;一&gt;看</w:t>",
        ] {
            assert!(comments.contains(said), "{said}\n{comments}");
        }
    }

    #[test]
    fn every_name_of_a_style_and_a_font_is_known() {
        for layout in LAYOUTS {
            let parts = parts(&written(&Desk::new(TEXT).tagged("生产总值增长8%", "target"), layout));
            let (known, fonts) = (named(&parts["word/styles.xml"], "w:styleId=\""), named(&parts["word/fontTable.xml"], "w:name=\""));
            for part in parts.values() {
                for word in ["w:pStyle w:val=\"", "w:rStyle w:val=\"", "w:tblStyle w:val=\"", "w:basedOn w:val=\""] {
                    named(part, word).iter().for_each(|style| assert!(known.contains(style), "{style}"));
                }
                let faces = named(part, "w:eastAsia=\"").into_iter().filter(|face| !face.starts_with("zh"));
                faces.for_each(|face| assert!(fonts.contains(&face), "{face}"));
            }
        }
    }

    proptest! {
        /// Whatever is written and tagged: every part is XML, every comment stands on words, and the text reads back.
        #[test]
        fn any_report_and_any_tags(
            text in "[一二增长8%<>&\"'。，\n\u{20000}]{1,60}",
            spans in proptest::collection::vec((0usize..60, 1usize..20), 0..8),
        ) {
            let length = text.chars().count();
            let mut desk = Desk::new(&text);
            for (start, size) in spans {
                if start + size <= length {
                    desk = desk.tagged_at(start, start + size, ["target", "indicator", "own"][start % 3]);
                }
            }
            let bytes = written(&desk, DocxLayout::Official);
            let parts = parts(&bytes);
            for (name, part) in &parts {
                prop_assert!(roxmltree::Document::parse(part).is_ok(), "{}\n{}", name, part);
            }
            let document = &parts["word/document.xml"];
            for id in named(&parts["word/comments.xml"], "<w:comment w:id=\"") {
                let mark = |name: &str| format!("<w:{name} w:id=\"{id}\"/>");
                let place = |name: &str| document.match_indices(&mark(name)).map(|(at, _)| at).collect::<Vec<_>>();
                let (start, end, reference) = (place("commentRangeStart"), place("commentRangeEnd"), place("commentReference"));
                prop_assert_eq!((start.len(), end.len(), reference.len()), (1, 1, 1));
                prop_assert!(start < end && end < reference);
            }
            let expected: Vec<&str> = desk.report.paragraphs().iter().map(|paragraph| desk.report.quote(paragraph.span)).collect();
            let read = text_of(&bytes);
            prop_assert_eq!(read.lines().take(expected.len()).collect::<Vec<_>>(), expected);
        }
    }
}
