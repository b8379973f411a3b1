//! A report's text in another script, paragraph by paragraph.
//!
//! Converting a paragraph alone gives what converting the whole text would: no dictionary entry
//! crosses a line end.

use super::Report;
use crate::text::script::{Conversion, convert};
use crate::text::{OffsetMap, Source, Span, View, ViewSpan};

/// The two scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// 简体.
    Simplified,
    /// 繁體.
    Traditional,
}

/// In which script a report is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScriptView {
    /// As it stands in the file.
    #[default]
    Source,
    /// In simplified characters.
    Simplified,
    /// In traditional characters.
    Traditional,
}

impl ScriptView {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Source, Self::Simplified, Self::Traditional];

    /// Its name on the command line and in the settings.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Simplified => "hans",
            Self::Traditional => "hant",
        }
    }

    /// The view of a name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.key() == key)
    }

    /// The script of the characters it shows of a report written in `own`.
    pub const fn script(self, own: Script) -> Script {
        match self {
            Self::Source => own,
            Self::Simplified => Script::Simplified,
            Self::Traditional => Script::Traditional,
        }
    }

    /// What has to be converted for it; nothing for a report that is in that script already.
    const fn conversion(self, own: Script) -> Option<Conversion> {
        match (self, own) {
            (Self::Simplified, Script::Traditional) => Some(Conversion::TraditionalToSimplified),
            (Self::Traditional, Script::Simplified) => Some(Conversion::SimplifiedToTraditional),
            (Self::Source, _) | (Self::Simplified, Script::Simplified) | (Self::Traditional, Script::Traditional) => None,
        }
    }
}

/// A stretch of source text as it is shown, with the map between the two.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The stretch of source text.
    pub span: Span,
    /// What is shown for it.
    pub text: String,
    map: OffsetMap<Source, View>,
}

impl Shown {
    /// Where a stretch of the source stands in the shown text; what lies outside is cut off.
    pub fn to_view(&self, span: Span) -> ViewSpan {
        let base = self.span.start();
        let inside = Span::of(self.span.clamp(span.start()).since(base), self.span.clamp(span.end()).since(base));
        self.map.forward_span(inside)
    }

    /// The stretch of source text that a stretch of the shown text stands for.
    pub fn to_source(&self, span: ViewSpan) -> Span {
        let inside = self.map.back_span(span);
        let base = self.span.start();
        Span::new(base.plus(inside.start().get()), base.plus(inside.end().get()))
    }

    /// How many characters are shown.
    pub const fn len(&self) -> u32 {
        self.map.b_len()
    }

    /// Whether nothing is shown.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Report {
    /// A stretch of the report in a script view.
    pub fn shown(&self, span: Span, view: ScriptView) -> Shown {
        let source = self.text().slice(span);
        match view.conversion(self.script()) {
            None => Shown { span, text: source.to_owned(), map: OffsetMap::identity(span.len()) },
            Some(conversion) => {
                let converted = convert(source, conversion);
                Shown { span, text: converted.text, map: converted.map }
            }
        }
    }
}

/// How many characters are read to tell the script.
const SAMPLE: usize = 20_000;

/// The script a text is written in: the one whose characters it has more of, among those that
/// differ; simplified if there are none.
pub fn own_script(text: &str) -> Script {
    let sample: String = text.chars().take(SAMPLE).collect();
    let changed = |conversion| {
        let converted = convert(&sample, conversion);
        sample.chars().zip(converted.text.chars()).filter(|(before, after)| before != after).count()
    };
    if changed(Conversion::TraditionalToSimplified) > changed(Conversion::SimplifiedToTraditional) {
        Script::Traditional
    } else {
        Script::Simplified
    }
}

#[cfg(test)]
mod tests {
    use super::super::Corrections;
    use super::*;

    #[test]
    fn the_same_words_in_either_script() {
        let report = Report::new("经济发展\n𠮷县失业率".into(), Corrections::default());
        assert_eq!(report.script(), Script::Simplified);
        let paragraph = report.paragraphs().last().map(|p| p.span).unwrap_or(Span::of(0, 0));
        let shown = report.shown(paragraph, ScriptView::Traditional);
        assert_eq!(shown.text, "𠮷縣失業率");
        assert_eq!(shown.to_source(ViewSpan::of(2, 5)), Span::of(7, 10));
        assert_eq!(shown.to_view(Span::of(0, 7)), ViewSpan::of(0, 2));
    }
}
