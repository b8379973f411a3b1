//! Where the words of a row stand in a report.

use super::Misfit;
use super::said::plain;
use crate::exchange::handed::HandedReport;
use crate::report::{Reading, ScriptView};
use crate::text::Span;

/// Excel holds no longer text in a cell.
pub(in crate::exchange) const LONGEST_CELL: usize = 32_767;

/// As much of words as a cell holds. What is left out is marked.
pub(in crate::exchange) fn cut(words: &str) -> &str {
    // Excel counts UTF-16 units.
    let mut units = 0;
    let end = words.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST_CELL
    });
    end.and_then(|(at, _)| words.get(..at)).unwrap_or(words)
}

/// Whether these words stand at a place, as the report has them or as somebody may have read them.
pub(super) fn stands(report: &HandedReport<'_>, span: Span, words: &str, reading: Reading) -> bool {
    if span.is_empty() || span.end().get() > report.report.text().len() {
        return false;
    }
    let words = plain(words);
    let readings = ScriptView::ALL.into_iter().map(Reading::of);
    std::iter::once(Reading::SOURCE).chain([reading]).chain(readings).any(|reading| {
        let shown = report.shown(span, reading);
        plain(&shown) == words || plain(cut(&shown)) == words
    })
}

/// Whether these are words of a tag, as they are or as somebody may have read them.
pub(super) fn says(report: &HandedReport<'_>, own: &str, words: &str) -> bool {
    let words = plain(words);
    let readings = ScriptView::ALL.into_iter().map(Reading::of);
    readings.map(|reading| report.report.words_shown(own, reading)).any(|own| plain(cut(&own)) == words)
}

/// The place of words in a report: the one that is named, if they stand there, or else the only one where they do.
///
/// # Errors
/// If they do not stand there at all, or more than once.
pub(super) fn place(report: &HandedReport<'_>, named: Option<Span>, words: Option<&str>, reading: Reading) -> Result<Span, Misfit> {
    let text = report.report.text();
    match (named, words.filter(|words| !words.is_empty())) {
        (Some(span), Some(words)) if stands(report, span, words, reading) => Ok(span),
        (Some(span), None) if !span.is_empty() && span.end().get() <= text.len() => Ok(span),
        (_, Some(words)) => {
            // Line ends may have become those of another system on the way.
            let plain = plain(words);
            let words = if text.as_str().contains(words) { words } else { plain.as_str() };
            let mut found = text.as_str().match_indices(words);
            let (at, _) = found.next().ok_or_else(|| Misfit::Nowhere(words.to_owned()))?;
            if found.next().is_some() {
                return Err(Misfit::Ambiguous(words.to_owned()));
            }
            Ok(Span::new(text.pos_of(at), text.pos_of(at + words.len())))
        }
        (_, None) => Err(Misfit::Tag),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Corrections, Report};

    #[test]
    fn words_are_found_by_place_or_alone() {
        let report = Report::new("全市𠮷生产总值增长8%，\n全市失业率2%。".into(), Corrections::default());
        let handed = HandedReport { report: &report, name: "a.txt", layers: &[] };
        let at = |named, words| place(&handed, named, Some(words), Reading::SOURCE);
        assert_eq!(at(Some(Span::of(0, 2)), "全市"), Ok(Span::of(0, 2)));
        assert_eq!(at(Some(Span::of(3, 7)), "生產總值"), Ok(Span::of(3, 7)), "as it is read");
        assert_eq!(at(Some(Span::of(1, 3)), "失业率"), Ok(Span::of(15, 18)), "the only place of these words");
        assert_eq!(at(None, "8%，\r\n全市"), Ok(Span::of(9, 15)), "with the line ends of another system");
        assert_eq!(at(None, "全市"), Err(Misfit::Ambiguous("全市".into())));
        assert_eq!(at(Some(Span::of(90, 99)), "出口"), Err(Misfit::Nowhere("出口".into())));
        assert_eq!(place(&handed, Some(Span::of(2, 3)), None, Reading::SOURCE), Ok(Span::of(2, 3)));
        assert_eq!(place(&handed, None, Some(""), Reading::SOURCE), Err(Misfit::Tag));
    }

    #[test]
    fn a_cell_holds_only_so_much() {
        let long = "𠮷".repeat(LONGEST_CELL);
        assert_eq!(cut(&long).encode_utf16().count(), LONGEST_CELL - 1);
        assert_eq!(cut("全市"), "全市");
        let report = Report::new(long.clone(), Corrections::default());
        let handed = HandedReport { report: &report, name: "a.txt", layers: &[] };
        assert!(stands(&handed, report.text().span(), cut(&long), Reading::SOURCE));
    }
}
