//! A report's text as it is read, paragraph by paragraph: repaired, and in another script.
//!
//! Converting a paragraph alone gives what converting the whole text would: no dictionary entry
//! crosses a line end.

use super::Report;
use crate::text::repair::Repairs;
use crate::text::script::{Conversion, convert};
use crate::text::{OffsetMap, Source, Span, View, ViewSpan};
use std::borrow::Cow;

/// The two scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// 简体.
    Simplified,
    /// 繁體.
    Traditional,
}

impl Script {
    /// Its key with whose forms it has, as those of [`ScriptView`].
    pub const fn key(self, region: Region) -> &'static str {
        match (self, region) {
            (Self::Simplified, _) => "hans",
            (Self::Traditional, Region::Standard) => "hant",
            (Self::Traditional, Region::Taiwan) => "tw",
            (Self::Traditional, Region::HongKong) => "hk",
        }
    }
}

/// Whose forms traditional characters have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Region {
    /// OpenCC's standard, or no telling.
    #[default]
    Standard,
    /// Those of Taiwan.
    Taiwan,
    /// Those of Hong Kong.
    HongKong,
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
    /// In the traditional characters of Taiwan.
    Taiwan,
    /// In the traditional characters of Hong Kong.
    HongKong,
}

impl ScriptView {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 5] = [Self::Source, Self::Simplified, Self::Traditional, Self::Taiwan, Self::HongKong];

    /// Its name on the command line and in the settings.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Simplified => "hans",
            Self::Traditional => "hant",
            Self::Taiwan => "tw",
            Self::HongKong => "hk",
        }
    }

    /// The view of a name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.key() == key)
    }

    /// The view of a report in the script it is written in.
    pub const fn own(script: Script) -> Self {
        match script {
            Script::Simplified => Self::Simplified,
            Script::Traditional => Self::Traditional,
        }
    }

    /// The script of the characters it shows of a report written in `own`.
    pub const fn script(self, own: Script) -> Script {
        match self {
            Self::Source => own,
            Self::Simplified => Script::Simplified,
            Self::Traditional | Self::Taiwan | Self::HongKong => Script::Traditional,
        }
    }

    /// What has to be converted for it, with the region's words or without; nothing for a report that is in that script
    /// already.
    const fn conversion(self, (script, region): (Script, Region), wording: bool) -> Option<Conversion> {
        use Conversion as C;
        Some(match (self, script, region) {
            (Self::Source, ..) | (Self::Simplified, Script::Simplified, _) | (Self::Traditional, Script::Traditional, _) => return None,
            (Self::Simplified, Script::Traditional, Region::Standard) if wording => C::TaiwanWordingToSimplified,
            (Self::Simplified, Script::Traditional, Region::Standard) => C::TraditionalToSimplified,
            (Self::Simplified, Script::Traditional, Region::Taiwan) if wording => C::TaiwanWordingToSimplified,
            (Self::Simplified, Script::Traditional, Region::Taiwan) => C::TaiwanToSimplified,
            (Self::Simplified, Script::Traditional, Region::HongKong) if wording => C::HongKongWordingToSimplified,
            (Self::Simplified, Script::Traditional, Region::HongKong) => C::HongKongToSimplified,
            (Self::Traditional, Script::Simplified, _) => C::SimplifiedToTraditional,
            (Self::Taiwan, Script::Simplified, _) if wording => C::SimplifiedToTaiwanWording,
            (Self::Taiwan, Script::Simplified, _) => C::SimplifiedToTaiwan,
            (Self::Taiwan, Script::Traditional, _) => C::TraditionalToTaiwan,
            (Self::HongKong, Script::Simplified, _) if wording => C::SimplifiedToHongKongWording,
            (Self::HongKong, Script::Simplified, _) => C::SimplifiedToHongKong,
            (Self::HongKong, Script::Traditional, _) => C::TraditionalToHongKong,
        })
    }
}

/// How a report is read: nothing of it changes the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reading {
    /// In which script.
    pub script: ScriptView,
    /// With the words of the place the script is of, too: 信息 for 資訊. It changes words, and is often wrong.
    pub wording: bool,
    /// With which repairs of damage; none in the source view.
    pub repairs: Repairs,
}

impl Reading {
    /// The text as it stands in the file.
    pub const SOURCE: Self = Self { script: ScriptView::Source, wording: false, repairs: Repairs::NONE };

    /// A script with all repairs and without the words of another place.
    pub const fn of(script: ScriptView) -> Self {
        Self { script, wording: false, repairs: Repairs::ALL }
    }

    /// The repairs it shows.
    pub const fn repairs(self) -> Repairs {
        match self.script {
            ScriptView::Source => Repairs::NONE,
            ScriptView::Simplified | ScriptView::Traditional | ScriptView::Taiwan | ScriptView::HongKong => self.repairs,
        }
    }

    /// Whether the words of a place make a difference here.
    pub fn has_wording(self, report: &Report) -> bool {
        let own = (report.script(), report.region());
        self.script.conversion(own, true) != self.script.conversion(own, false)
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
    /// A stretch of the report as it is read.
    pub fn shown(&self, span: Span, reading: Reading) -> Shown {
        let (text, map) = self.damage().repaired(self.text().slice(span), span, reading.repairs());
        match reading.script.conversion((self.script(), self.region()), reading.wording) {
            None => Shown { span, text, map },
            Some(conversion) => {
                let converted = convert(&text, conversion);
                let map = if converted.map.blocks().is_empty() { map } else { map.then(&converted.map.of_texts::<View, View>()) };
                Shown { span, text: converted.text, map }
            }
        }
    }

    /// Words that were taken from the report, in the script it is read in. Nothing in them is repaired: they stand nowhere.
    pub fn words_shown<'w>(&self, words: &'w str, reading: Reading) -> Cow<'w, str> {
        match reading.script.conversion((self.script(), self.region()), reading.wording) {
            None => Cow::Borrowed(words),
            Some(conversion) => Cow::Owned(convert(words, conversion).text),
        }
    }
}

/// How many characters are read to tell the script: first a few, and more where these leave it open.
const SAMPLES: [usize; 2] = [1_500, 8_000];
/// So many more characters of one script than of the other leave nothing open.
const CLEAR: usize = 24;

/// The script a text is written in: the one whose characters it has more of, among those that
/// differ; simplified if there are none.
pub fn own_script(text: &str) -> Script {
    let mut script = Script::Simplified;
    for most in SAMPLES {
        let sample = sample(text, most);
        let traditional = changed(&sample, Conversion::TraditionalToSimplified);
        let simplified = changed(&sample, Conversion::SimplifiedToTraditional);
        script = if traditional > simplified { Script::Traditional } else { Script::Simplified };
        if traditional.abs_diff(simplified) >= CLEAR {
            break;
        }
    }
    script
}

/// The script a text is written in, and whose forms its characters have.
pub fn script_and_region(text: &str) -> (Script, Region) {
    let script = own_script(text);
    (script, own_region(text, script))
}

/// Whose forms a traditional text has: those that conversion to them changes least; the standard's where that is no more.
pub(super) fn own_region(text: &str, script: Script) -> Region {
    let mut region = Region::Standard;
    for most in SAMPLES.into_iter().filter(|_| script == Script::Traditional) {
        let sample = sample(text, most);
        let standard = changed(&sample, Conversion::TaiwanToTraditional).max(changed(&sample, Conversion::HongKongToTraditional));
        let taiwan = changed(&sample, Conversion::TraditionalToTaiwan);
        let hong_kong = changed(&sample, Conversion::TraditionalToHongKong);
        region = if standard <= taiwan.min(hong_kong) {
            Region::Standard
        } else if taiwan <= hong_kong {
            Region::Taiwan
        } else {
            Region::HongKong
        };
        let mut counts = [standard, taiwan, hong_kong];
        counts.sort_unstable();
        if let [least, next, _] = counts
            && next - least >= CLEAR
        {
            break;
        }
    }
    region
}

fn sample(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// How many characters of a text a conversion changes.
fn changed(sample: &str, conversion: Conversion) -> usize {
    let converted = convert(sample, conversion);
    sample.chars().zip(converted.text.chars()).filter(|(before, after)| before != after).count()
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
        let shown = report.shown(paragraph, Reading::of(ScriptView::Traditional));
        assert_eq!(shown.text, "𠮷縣失業率");
        assert_eq!(shown.to_source(ViewSpan::of(2, 5)), Span::of(7, 10));
        assert_eq!(shown.to_view(Span::of(0, 7)), ViewSpan::of(0, 2));
        assert_eq!(report.words_shown("𠮷县失业率", Reading::of(ScriptView::Traditional)), "𠮷縣失業率");
        assert_eq!(report.words_shown("后台", Reading::of(ScriptView::Simplified)), "后台");
    }

    #[test]
    fn a_report_tells_whose_characters_it_has() {
        for (text, expected) in
            [("在社區裡為民眾", Region::Taiwan), ("在社區裏為民眾", Region::HongKong), ("在社區裏爲民衆", Region::Standard)]
        {
            let report = Report::new(text.into(), Corrections::default());
            assert_eq!((report.script(), report.region()), (Script::Traditional, expected), "{text}");
        }
    }

    #[test]
    fn views_compose() {
        let report = Report::new("發(fā)展產(chǎn)業(yè),發(fā)展農(nóng)業(yè)。軟體".into(), Corrections::default());
        let reading = Reading { wording: true, ..Reading::of(ScriptView::Simplified) };
        let shown = report.shown(report.text().span(), reading);
        assert_eq!(shown.text, "发展产业，发展农业。软件");
        assert_eq!(report.quote(shown.to_source(ViewSpan::of(2, 4))), "產(chǎn)業(yè)");
        assert_eq!(report.quote(shown.to_source(ViewSpan::of(4, 5))), ",");
    }
}
