//! The embedded fonts. No other file names one, so that tests without a window need not link them.
//!
//! The regional shape of a character is chosen by the face, not by a language tag, so each script
//! has families of its own (fonts/README.md).

use crate::report::Script;
use egui::{FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

const SANS: &[u8] = include_bytes!("../../fonts/NotoSansCJK-Regular.ttc");
const SANS_BOLD: &[u8] = include_bytes!("../../fonts/NotoSansCJK-Bold.ttc");
const SERIF: &[u8] = include_bytes!("../../fonts/NotoSerifCJK-Regular.ttc");

/// A typeface for report text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Face {
    /// 宋体: running text.
    Serif,
    /// 黑体 bold: headings.
    Bold,
    /// 黑体: bylines.
    Sans,
}

/// The family of a face in a script.
pub fn family(face: Face, script: Script) -> FontFamily {
    FontFamily::Name(name(face, script).into())
}

const fn name(face: Face, script: Script) -> &'static str {
    match (face, script) {
        (Face::Serif, Script::Simplified) => "serif-hans",
        (Face::Serif, Script::Traditional) => "serif-hant",
        (Face::Bold, Script::Simplified) => "bold-hans",
        (Face::Bold, Script::Traditional) => "bold-hant",
        (Face::Sans, Script::Simplified) => "sans-hans",
        (Face::Sans, Script::Traditional) => "sans-hant",
    }
}

/// Sets the fonts, with the interface in the shapes of a script.
pub fn install(ctx: &egui::Context, interface: Script) {
    let mut fonts = FontDefinitions::empty();
    for script in [Script::Simplified, Script::Traditional] {
        for (face, bytes) in [(Face::Serif, SERIF), (Face::Bold, SANS_BOLD), (Face::Sans, SANS)] {
            // Face 0 of each file has the mainland's shapes, face 1 Taiwan's.
            let mut data = FontData::from_static(bytes);
            data.index = u32::from(script == Script::Traditional);
            fonts.font_data.insert(name(face, script).to_owned(), Arc::new(data));
            // What the serif subset lacks the sans may have.
            let chain = [name(face, script), name(Face::Sans, script)];
            fonts.families.insert(family(face, script), chain.iter().map(|&name| name.to_owned()).collect());
        }
    }
    for proportional in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(proportional, vec![name(Face::Sans, interface).to_owned()]);
    }
    ctx.set_fonts(fonts);
}
