//! Finding words in a report, whatever script they are written in and whatever scraping did to the text.

use super::Report;
use crate::text::Span;
use crate::text::script::{Conversion, convert};
use crate::text::shadow::{ShadowPos, ShadowSpan, fold};
use regex::{Regex, RegexBuilder};

/// What is looked for, ready to be looked for in many reports.
#[derive(Clone, Debug)]
pub enum Pattern {
    /// Any of these words, folded as shadows are.
    Words(Vec<String>),
    /// Whatever this matches in a shadow.
    Expression(Box<Regex>),
}

/// The largest compiled regular expression, in bytes: a typed one needs a few thousand.
const LARGEST: usize = 1 << 20;

impl Pattern {
    /// Words to look for; nothing if they are nothing but space.
    pub fn words(typed: &str) -> Option<Self> {
        let folded = fold(typed.trim());
        (!folded.is_empty()).then(|| Self::Words(vec![folded]))
    }

    /// The same words, or those that stand for them in the wording of Taiwan, Hong Kong or the mainland: who reads 軟體 where
    /// the report has 软件 looks for what they read.
    #[must_use]
    pub fn in_any_wording(self) -> Self {
        use Conversion as C;
        let Self::Words(mut all) = self else { return self };
        let wordings =
            [C::TaiwanWordingToSimplified, C::HongKongWordingToSimplified, C::SimplifiedToTaiwanWording, C::SimplifiedToHongKongWording];
        let others: Vec<String> =
            all.iter().flat_map(|words| wordings.map(|wording| fold(&convert(&traditional(words, wording), wording).text))).collect();
        all.extend(others);
        all.sort_unstable();
        all.dedup();
        Self::Words(all)
    }

    /// A regular expression to look for, over the text as it is when folded: simplified, half-width, in lower case and
    /// without space inside Chinese.
    ///
    /// # Errors
    /// What is wrong with it, in the words of the `regex` crate.
    pub fn expression(typed: &str) -> Result<Self, String> {
        let built = RegexBuilder::new(&fold_expression(typed)).multi_line(true).case_insensitive(true).size_limit(LARGEST).build();
        match built {
            Ok(regex) => Ok(Self::Expression(Box::new(regex))),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Byte ranges of all places where it stands in a shadow, in order.
    fn find(&self, shadow: &str, most: usize) -> Vec<(usize, usize)> {
        match self {
            Self::Words(all) => {
                let one =
                    |words: &String| shadow.match_indices(words.as_str()).map(|(at, found)| (at, at + found.len())).collect::<Vec<_>>();
                let mut found: Vec<(usize, usize)> = all.iter().flat_map(one).collect();
                found.sort_unstable();
                found.truncate(most);
                found
            }
            Self::Expression(regex) => {
                let found = regex.find_iter(shadow).filter(|found| !found.is_empty());
                found.take(most).map(|found| (found.start(), found.end())).collect()
            }
        }
    }
}

/// Folded words in the script that a conversion reads.
fn traditional(words: &str, wording: Conversion) -> String {
    if wording.name().starts_with('s') { words.to_owned() } else { convert(words, Conversion::SimplifiedToTaiwan).text }
}

/// An expression folded letter by letter: what folds to a sign of the syntax stands for itself.
fn fold_expression(typed: &str) -> String {
    let mut folded = String::with_capacity(typed.len());
    for c in typed.chars() {
        let mut letter = [0; 4];
        let becomes = if c.is_ascii() { c.to_string() } else { fold(c.encode_utf8(&mut letter)) };
        if becomes.len() == 1 && !c.is_ascii() {
            folded.push_str(&regex::escape(&becomes));
        } else {
            folded.push_str(&becomes);
        }
    }
    folded
}

impl Report {
    /// All places where a pattern stands, in order, at most so many.
    pub fn find(&self, pattern: &Pattern, most: usize) -> Vec<Span> {
        let shadow = self.shadow();
        let text = shadow.as_str();
        // Bytes to characters in one walk: places come in order.
        let (mut byte, mut character) = (0, 0u32);
        let mut place = |to: usize| {
            let passed = text.get(byte..to).map_or(0, |part| part.chars().count());
            character = character.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
            byte = to;
            ShadowPos::new(character)
        };
        let found = pattern.find(text, most);
        found.into_iter().map(|(start, end)| shadow.to_source(ShadowSpan::new(place(start), place(end)))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Corrections;
    use super::*;

    #[test]
    fn words_are_found_in_any_form() {
        let source = "上半年，生產 總值增長８%,ＧＤＰ 8%；發(fā)展產(chǎn)業(yè)發(fā)展農(nóng)業(yè)。\n生产总值（GDP）";
        let report = Report::new(source.into(), Corrections::default());
        let quotes = |pattern: Pattern| -> Vec<&str> { report.find(&pattern, 99).into_iter().map(|span| report.quote(span)).collect() };
        let words = |typed: &str| quotes(Pattern::words(typed).unwrap());
        assert_eq!(words("生产总值"), ["生產 總值", "生产总值"]);
        assert_eq!(words("生產總值"), ["生產 總值", "生产总值"]);
        assert_eq!(words("gdp"), ["ＧＤＰ", "GDP"]);
        assert_eq!(words("8％"), ["８%", "8%"]);
        assert_eq!(words("發展農業"), ["發(fā)展農(nóng)業(yè)"]);
        assert!(Pattern::words("  ").is_none());
        let wording = Report::new("互联网和软件；網際網路".into(), Corrections::default());
        let pattern = |typed| Pattern::words(typed).unwrap().in_any_wording();
        let found = |typed| -> Vec<&str> { wording.find(&pattern(typed), 9).into_iter().map(|span| wording.quote(span)).collect() };
        assert_eq!(
            (found("網際網路"), found("軟體"), found("互联网")),
            (vec!["互联网", "網際網路"], vec!["软件"], vec!["互联网", "網際網路"])
        );
        assert_eq!(quotes(Pattern::expression(r"\d+%").unwrap()), ["８%", "8%"]);
        assert_eq!(quotes(Pattern::expression("總值（").unwrap()), ["总值（"]);
        assert!(Pattern::expression("(").is_err());
    }
}
