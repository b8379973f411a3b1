//! How a document is laid out: as office programs do by themselves, or as official documents have to be.
//!
//! GB/T 9704—2012 《党政机关公文格式》 is followed where it speaks of running text, not where it speaks of the head of a
//! document (版头) and its end (版记), which a report with tags has none of.

use super::runs::paragraph;
use crate::report::Level;

/// How a document is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocxLayout {
    /// A4 with the usual margins.
    #[default]
    Plain,
    /// As GB/T 9704—2012 sets official documents (公文).
    Official,
}

/// On which pages the mark of secrecy (密级) stands in the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marked {
    /// On none.
    Nowhere,
    /// On each.
    EveryPage,
    /// On all but the first, at whose head it stands in the text, where GB/T 9704—2012 §7.2.2 has it.
    FollowingPages,
}

/// The page, in twentieths of a point: A4 (GB/T 9704—2012 §5.1).
const PAGE: (u32, u32) = (11_906, 16_838);

/// Margins in twentieths of a point.
struct Margins {
    top: u32,
    bottom: u32,
    left: u32,
    right: u32,
    /// From the page's end to the end of the footer.
    footer: u32,
}

impl DocxLayout {
    /// Both, in the order people are shown.
    pub const ALL: [Self; 2] = [Self::Plain, Self::Official];

    /// Its key in the locale and on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Official => "official",
        }
    }

    /// The layout of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.key() == key)
    }

    /// GB/T 9704—2012 §5.2.1: 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm, which leaves 35 mm below and 26 mm at the right.
    /// §7.5: the dash beside the page number stands 7 mm below the text, so that a footer 25 mm from the page's end has it
    /// there.
    const fn margins(self) -> Margins {
        match self {
            Self::Plain => Margins { top: 1_440, bottom: 1_440, left: 1_440, right: 1_440, footer: 851 },
            Self::Official => Margins { top: 2_098, bottom: 1_984, left: 1_587, right: 1_474, footer: 1_417 },
        }
    }

    /// How wide the text is.
    pub(super) const fn text_width(self) -> u32 {
        let margins = self.margins();
        PAGE.0 - margins.left - margins.right
    }

    /// The section that holds everything.
    pub(super) fn section(self, marked: Marked) -> String {
        let Margins { top, bottom, left, right, footer } = self.margins();
        let header = match marked {
            Marked::Nowhere => "",
            Marked::EveryPage | Marked::FollowingPages => {
                "<w:headerReference w:type=\"default\" r:id=\"rId7\"/><w:headerReference w:type=\"even\" r:id=\"rId7\"/>"
            }
        };
        // A first page that is set apart has no header, and the footer of odd pages.
        let (first, set_apart) = match marked {
            Marked::Nowhere | Marked::EveryPage => ("", ""),
            Marked::FollowingPages => ("<w:footerReference w:type=\"first\" r:id=\"rId5\"/>", "<w:titlePg/>"),
        };
        format!(
            "<w:sectPr>{header}\
             <w:footerReference w:type=\"default\" r:id=\"rId5\"/><w:footerReference w:type=\"even\" r:id=\"rId6\"/>{first}\
             <w:pgSz w:w=\"{}\" w:h=\"{}\"/>\
             <w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"851\" w:footer=\"{footer}\" \
             w:gutter=\"0\"/>{set_apart}</w:sectPr>",
            PAGE.0, PAGE.1
        )
    }

    /// The footers of odd and of even pages.
    ///
    /// GB/T 9704—2012 §7.5: 4号半角宋体阿拉伯数字, a 一字线 at either side, on odd pages one character from the right, on even
    /// ones from the left.
    pub(super) fn footers(self) -> (String, String) {
        let number = |properties: &str| {
            let run = |text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
            let field = format!("<w:fldSimple w:instr=\" PAGE \">{}</w:fldSimple>", run("1"));
            (run("— "), field, run(" —"))
        };
        match self {
            Self::Plain => {
                let (_, field, _) = number("");
                let centred = paragraph("Footer", &field);
                (centred.clone(), centred)
            }
            Self::Official => {
                let face = "<w:rFonts w:ascii=\"宋体\" w:hAnsi=\"宋体\" w:eastAsia=\"宋体\"/><w:sz w:val=\"28\"/>";
                let (before, field, after) = number(face);
                let number = format!("{before}{field}{after}");
                (paragraph("FooterOdd", &number), paragraph("FooterEven", &number))
            }
        }
    }

    /// What programs have to know of the whole document.
    pub(super) const fn settings(self) -> &'static str {
        match self {
            Self::Plain => concat!(
                r#"<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>"#,
                r#"<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>"#
            ),
            Self::Official => concat!(
                r#"<w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat>"#,
                r#"<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>"#
            ),
        }
    }

    /// The face and the properties of a heading that runs on into its paragraph; those of headings that stand alone are in
    /// their styles.
    ///
    /// GB/T 9704—2012 §7.3.3: 第一层用黑体字、第二层用楷体字、第三层和第四层用仿宋体字.
    pub(super) const fn run_in(self, level: Level) -> (&'static str, &'static str) {
        match (self, level) {
            (Self::Plain, _) => ("", "<w:b/>"),
            (Self::Official, Level::One) => ("黑体", ""),
            (Self::Official, Level::Two) => ("楷体", ""),
            (Self::Official, Level::Three | Level::Four) => ("", ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twentieths of a point as millimetres.
    fn millimetres(twentieths: u32) -> f64 {
        f64::from(twentieths) / 20.0 / 72.0 * 25.4
    }

    #[test]
    fn an_official_page_has_the_margins_of_the_standard() {
        let Margins { top, bottom, left, right, .. } = DocxLayout::Official.margins();
        let found = [top, bottom, left, right, DocxLayout::Official.text_width()].map(millimetres);
        for (found, expected) in found.into_iter().zip([37.0, 35.0, 28.0, 26.0, 156.0]) {
            assert!((found - expected).abs() < 0.05, "{found} for {expected}");
        }
        assert!((millimetres(PAGE.1 - top - bottom) - 225.0).abs() < 0.05);
    }

    #[test]
    fn the_mark_of_secrecy_stands_on_each_page_once() {
        let cases = [(Marked::Nowhere, 0, false), (Marked::EveryPage, 2, false), (Marked::FollowingPages, 2, true)];
        for (marked, headers, is_set_apart) in cases {
            let section = DocxLayout::Official.section(marked);
            let has_footer = section.contains("<w:footerReference w:type=\"first\" r:id=\"rId5\"/>");
            assert_eq!(section.matches("<w:headerReference ").count(), headers, "{section}");
            assert_eq!((has_footer, section.ends_with("<w:titlePg/></w:sectPr>")), (is_set_apart, is_set_apart), "{section}");
        }
    }

    #[test]
    fn a_layout_is_found_by_its_key() {
        for layout in DocxLayout::ALL {
            assert_eq!(DocxLayout::from_key(layout.key()), Some(layout));
        }
    }
}
