//! A report cut into what is counted one by one: paragraphs, and the sections they belong to.

use super::super::agreement::Stretch;
use super::Drawn;
use crate::report::{Level, Paragraph, Report};
use crate::text::repair::Repairs;
use crate::text::{Pos, Span};
use std::collections::BTreeSet;
use std::ops::Range;

/// How many levels of headings begin sections.
const LEVELS: usize = 2;
/// From how many sections on these are drawn, and not paragraphs.
const ENOUGH: usize = 8;
/// Of more paragraphs than these, neighbouring ones are counted together.
const MOST: usize = 1000;
/// So many stretches are left of each section that has so many paragraphs.
const LEAST: usize = 8;

/// A report as it is counted.
pub struct Cut {
    /// Its paragraphs in order, each with the blanks behind it, as far as they are asked for. In a long report neighbouring
    /// paragraphs of a section stand together.
    pub stretches: Vec<Stretch>,
    /// Its sections, as far as anything of them is asked for.
    pub sections: Vec<Section>,
}

/// A section.
pub struct Section {
    /// Where it stands.
    pub span: Span,
    /// Its heading; empty for what stands before the first one.
    pub heading: String,
    /// Which of the stretches it is.
    pub stretches: Range<usize>,
}

impl Cut {
    /// Cuts a report, or those parts of it that are asked for.
    pub fn of(report: &Report, within: Option<&[Span]>) -> Self {
        let text = report.text().span();
        let asked = within.map_or_else(|| vec![text], |within| gaps(gaps(within.iter().copied(), text), text));
        let together = report.paragraphs().len().div_ceil(MOST);
        let mut cut = Self { stretches: Vec::new(), sections: Vec::new() };
        for (span, heading) in sections(report) {
            let from = cut.stretches.len();
            cut.stretches.extend(stretches(report, span, &asked, together));
            let stretches = from..cut.stretches.len();
            if !stretches.is_empty() {
                cut.sections.push(Section { span, heading, stretches });
            }
        }
        // People who say nothing of nothing are still so many people.
        if cut.stretches.is_empty() {
            cut.stretches.push(0..0);
        }
        cut
    }

    /// How many characters are asked for.
    pub fn characters(&self) -> u64 {
        self.stretches.iter().map(|it| u64::from(it.end - it.start)).sum()
    }

    /// What is drawn for the figures of all, and which of the stretches each of them is.
    pub fn units(&self) -> (Drawn, Vec<Range<usize>>) {
        if self.sections.len() >= ENOUGH {
            (Drawn::Sections, self.sections.iter().map(|section| section.stretches.clone()).collect())
        } else {
            (Drawn::Paragraphs, (0..self.stretches.len()).map(|at| at..at + 1).collect())
        }
    }
}

/// The stretches of a section, so many paragraphs together, as far as they are asked for.
fn stretches(report: &Report, section: Span, asked: &[Span], together: usize) -> Vec<Stretch> {
    let starts = report.paragraphs().iter().map(|paragraph| paragraph.span.start());
    let starts: Vec<Pos> = starts.filter(|start| section.covers(*start)).collect();
    let together = together.min(starts.len() / LEAST).max(1);
    let starts: Vec<Pos> = std::iter::once(section.start()).chain(starts.into_iter().step_by(together).skip(1)).collect();
    let ends = starts.iter().skip(1).copied().chain([section.end()]);
    let spans = starts.iter().copied().zip(ends).map(|(start, end)| Span::new(start, end));
    spans.flat_map(|span| asked.iter().filter_map(move |part| part.shared(span))).map(stretch).collect()
}

/// A span as figures count it.
pub fn stretch(span: Span) -> Stretch {
    span.start().get()..span.end().get()
}

/// What none of these spans covers of a text, in order.
pub fn gaps(spans: impl IntoIterator<Item = Span>, text: Span) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.into_iter().filter(|span| !span.is_empty()).collect();
    spans.sort_unstable();
    let (mut gaps, mut at) = (Vec::new(), text.start());
    for span in spans {
        let end = span.start().min(text.end());
        if end > at {
            gaps.push(Span::new(at, end));
        }
        at = at.max(span.end());
    }
    if at < text.end() {
        gaps.push(Span::new(at, text.end()));
    }
    gaps
}

/// The sections of a report one after the other, each with its heading; together they are the whole text. They begin at the
/// headings of the two highest levels there are, and where another report in the same file begins. A heading right under another
/// one begins nothing of its own: such a section has both. What stands before the first of these has no heading. Headings are as
/// people read them: repaired where they are damaged.
pub fn sections(report: &Report) -> Vec<(Span, String)> {
    let text = report.text().span();
    let levels = report.paragraphs().iter().filter(|paragraph| paragraph.heading().is_some()).map(|paragraph| report.level_of(paragraph));
    let levels: BTreeSet<Level> = levels.collect();
    let levels: Vec<Level> = levels.into_iter().take(LEVELS).collect();
    let heading = |paragraph: &Paragraph| {
        let heading = paragraph.heading().filter(|_| levels.contains(&report.level_of(paragraph)));
        let begins_report = report.parts().iter().any(|part| part.span.start() == paragraph.span.start());
        let words = heading.or_else(|| begins_report.then_some(paragraph.span))?;
        let (shown, _) = report.damage().repaired(report.quote(words), words, Repairs::ALL);
        Some(shown.trim().trim_end_matches('。').to_owned())
    };
    let mut begun: Vec<(Pos, String)> = Vec::new();
    let mut nothing_yet = false;
    for paragraph in report.paragraphs() {
        let start = if begun.is_empty() { text.start() } else { paragraph.span.start() };
        let heading = heading(paragraph);
        let is_only_heading = heading.is_some() && paragraph.run_in.is_none();
        match heading {
            Some(below) if nothing_yet => begun.last_mut().into_iter().for_each(|(_, heading)| *heading = format!("{heading} {below}")),
            Some(heading) => begun.push((start, heading)),
            None if begun.is_empty() => begun.push((start, String::new())),
            None => {}
        }
        nothing_yet = is_only_heading;
    }
    if begun.is_empty() {
        begun.push((text.start(), String::new()));
    }
    let ends: Vec<Pos> = begun.iter().skip(1).map(|(start, _)| *start).chain([text.end()]).collect();
    begun.into_iter().zip(ends).map(|((start, heading), end)| (Span::new(start, end), heading)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Corrections;

    fn report(text: &str) -> Report {
        Report::new(text.to_owned(), Corrections::default())
    }

    fn headings(text: &str) -> Vec<(String, String)> {
        let report = report(text);
        let all = sections(&report);
        let whole: String = all.iter().map(|(span, _)| report.quote(*span)).collect();
        assert_eq!(whole, text, "nothing is left out or twice");
        all.into_iter().map(|(span, heading)| (report.quote(span).chars().take(4).collect(), heading)).collect()
    }

    fn expected(sections: &[(&str, &str)]) -> Vec<(String, String)> {
        sections.iter().map(|(begins, heading)| ((*begins).to_owned(), (*heading).to_owned())).collect()
    }

    #[test]
    fn sections_begin_at_headings_of_two_levels() {
        let text = "政府工作报告\n各位代表：去年增长8%。\n一、工作回顾\n全市增长7%。\n（一）工业\n增长6%。\n1.钢铁\n增长5%。\n二、工作安排\n扎实工作。\n";
        let sections = [("政府工作", ""), ("一、工作", "一、工作回顾"), ("（一）工", "（一）工业"), ("二、工作", "二、工作安排")];
        assert_eq!(headings(text), expected(&sections));
    }

    #[test]
    fn a_heading_under_a_heading_begins_nothing_of_its_own() {
        let text = "一、工作回顾\n（一）工业\n增长6%。\n（二）农业\n增长3%。\n";
        assert_eq!(headings(text), expected(&[("一、工作", "一、工作回顾 （一）工业"), ("（二）农", "（二）农业")]));
    }

    #[test]
    fn a_text_without_headings_is_one_section() {
        assert_eq!(headings("全市增长7%。"), expected(&[("全市增长", "")]));
        assert_eq!(headings(""), expected(&[("", "")]));
        assert_eq!(headings("\n \n"), expected(&[("\n \n", "")]));
    }

    #[test]
    fn a_damaged_heading_is_told_as_it_is_read() {
        let text = "一、經(jīng)濟(jì)發(fā)展\n產(chǎn)業(yè)發(fā)展、就業(yè)和產(chǎn)值都好。\n";
        assert_eq!(headings(text), expected(&[("一、經(", "一、經濟發展")]));
    }

    #[test]
    fn gaps_are_what_is_left() {
        let text = Span::of(0, 20);
        let of = |spans: &[(u32, u32)]| gaps(spans.iter().map(|&(start, end)| Span::of(start, end)), text);
        assert_eq!(of(&[]), [text]);
        assert_eq!(of(&[(12, 30), (3, 5), (4, 8)]), [Span::of(0, 3), Span::of(8, 12)]);
        assert!(of(&[(0, 20)]).is_empty());
        assert_eq!(of(&[(25, 30), (7, 7)]), [text]);
    }

    #[test]
    fn paragraphs_are_cut_to_what_is_asked_for() {
        let report = report("一、工作回顾\n增长6%。\n增长5%。\n二、工作安排\n扎实工作。\n");
        let cut = Cut::of(&report, None);
        assert_eq!(cut.stretches, [0..7, 7..13, 13..19, 19..26, 26..32]);
        assert_eq!((cut.characters(), cut.units().0), (32, Drawn::Paragraphs));
        let cut = Cut::of(&report, Some(&[Span::of(10, 15), Span::of(14, 16)]));
        assert_eq!(cut.stretches, [10..13, 13..16]);
        assert_eq!((cut.characters(), cut.sections.len()), (6, 1));
        let none = Cut::of(&report, Some(&[]));
        assert_eq!((none.stretches.len(), none.characters(), none.sections.len()), (1, 0, 0));
    }

    #[test]
    fn in_a_long_report_neighbouring_paragraphs_stand_together() {
        let text: String = (1..=2500).map(|number| format!("第{number}段。\n")).collect();
        let cut = Cut::of(&report(&text), None);
        assert_eq!(cut.stretches.len(), 834);
        assert_eq!(cut.characters(), u64::from(report(&text).text().len()));
        let text = format!("{text}一、工作\n{}", "增长6%。\n".repeat(15));
        assert_eq!(Cut::of(&report(&text), None).sections[1].stretches.len(), 8, "a short section keeps some");
        let text: String = "一、工作\n增长6%。\n".repeat(ENOUGH);
        assert_eq!(Cut::of(&report(&text), None).units(), (Drawn::Sections, (0..ENOUGH).map(|at| at * 2..at * 2 + 2).collect()));
    }
}
