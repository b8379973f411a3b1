//! Runs: text that looks the same.

use crate::annotation::{KindId, Stroke};
use crate::exchange::looks::{Colour, look, on_light, tint};
use crate::exchange::markup::{escaped, faithful};
use crate::exchange::voice::Voice;

/// Text as a run in a face, or in that of its paragraph where none is named. Ends of lines and tabs are elements.
///
/// The hint says that marks such as “ and … are Chinese: Word would set them in the Latin face.
pub(super) fn run(face: &str, properties: &str, text: &str) -> String {
    set(face, properties, text, escaped)
}

/// A stretch of the report's own text as a run.
pub(super) fn run_of_text(face: &str, properties: &str, text: &str) -> String {
    set(face, properties, text, faithful)
}

fn set(face: &str, properties: &str, text: &str, written: fn(&str) -> String) -> String {
    let words = |text: &str| {
        if text.is_empty() { String::new() } else { format!("<w:t xml:space=\"preserve\">{}</w:t>", written(text)) }
    };
    let face = if face.is_empty() { String::new() } else { format!(" w:eastAsia=\"{face}\"") };
    let line = |line: &str| line.split('\t').map(&words).collect::<Vec<_>>().join("<w:tab/>");
    let lines = text.split('\n').map(line).collect::<Vec<_>>().join("<w:br/>");
    format!("<w:r><w:rPr><w:rFonts{face} w:hint=\"eastAsia\"/>{properties}</w:rPr>{lines}</w:r>")
}

/// A paragraph in a style.
pub(super) fn paragraph(style: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
}

/// How words tagged as a kind look: underlined as in the window, on the kind's tint.
pub(super) fn highlight(voice: &Voice<'_>, kind: &KindId) -> String {
    let (role, stroke) = look(voice.handed.book, kind);
    let stroke = match stroke {
        Stroke::Solid => "single",
        Stroke::Dotted => "dotted",
        Stroke::Dashed => "dash",
    };
    let hex = |colour: Colour| colour.map(|part| format!("{part:02X}")).concat();
    format!(
        "<w:u w:val=\"{stroke}\" w:color=\"{}\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{}\"/>",
        hex(on_light(role)),
        hex(tint(role))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_lines_and_tabs_are_elements() {
        assert_eq!(
            run("黑体", "<w:b/>", "甲\t\n <乙>"),
            "<w:r><w:rPr><w:rFonts w:eastAsia=\"黑体\" w:hint=\"eastAsia\"/><w:b/></w:rPr>\
             <w:t xml:space=\"preserve\">甲</w:t><w:tab/><w:br/><w:t xml:space=\"preserve\"> &lt;乙&gt;</w:t></w:r>"
        );
    }

    #[test]
    fn only_the_report_itself_may_hold_what_cannot_be_seen() {
        let words = "发\u{200B}展";
        assert!(run("", "", words).contains(">发\\u{200b}展</w:t>") && run_of_text("", "", words).contains(">发\u{200B}展</w:t>"));
    }
}
