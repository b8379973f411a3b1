//! How much of what each section of a report states has been looked at.

use super::proposal::Figure;
use crate::report::{Level, Report};
use crate::text::{Pos, Span};

/// How much of a section has been looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The headings down to it, as [`Report::section_of`] has them; none for what stands before the first one.
    pub section: Vec<Span>,
    /// The section, up to the next heading of its level or a higher one: those below it lie within.
    pub span: Span,
    /// How many figures it has.
    pub figures: usize,
    /// How many of them are tagged or were turned down.
    pub tagged: usize,
}

/// The shares of the sections of the first and second level that have figures, in the order of the text, outer ones first.
/// Figures and omissions are in the order of the text.
pub fn coverage(report: &Report, figures: &[Figure], omissions: &[Figure]) -> Vec<Share> {
    let share = |(section, span): (Vec<Span>, Span)| {
        let figures = count(figures, span);
        Share { section, span, figures, tagged: figures.saturating_sub(count(omissions, span)) }
    };
    sections(report).into_iter().map(share).filter(|share| share.figures > 0).collect()
}

/// How many figures there are in all, and how many of them are tagged or were turned down.
pub fn total(shares: &[Share]) -> (usize, usize) {
    let (mut figures, mut tagged, mut end) = (0, 0, Pos::ZERO);
    // Sections within sections are counted with the outer one.
    for share in shares {
        if share.span.start() >= end {
            figures += share.figures;
            tagged += share.tagged;
            end = share.span.end();
        }
    }
    (figures, tagged)
}

/// How many figures begin in a stretch.
fn count(figures: &[Figure], span: Span) -> usize {
    let before = |place: Pos| figures.partition_point(|figure| figure.span.start() < place);
    before(span.end()).saturating_sub(before(span.start()))
}

/// The sections of the first and second level with the headings down to them, and what stands before the first heading.
fn sections(report: &Report) -> Vec<(Vec<Span>, Span)> {
    let text = report.text().span();
    let mut sections: Vec<(Vec<Span>, Span)> = vec![(Vec::new(), text)];
    // Those that go on, with their place among the sections. What has no heading ends at any.
    let mut open = vec![(Level::Four, 0)];
    let mut parts = report.parts().iter().map(|part| part.span.start()).peekable();
    for paragraph in report.paragraphs() {
        let start = paragraph.span.start();
        if parts.next_if(|part| *part <= start).is_some() {
            end(&mut sections, &mut open, Level::One, start);
            open.push((Level::Four, sections.len()));
            sections.push((Vec::new(), Span::new(start, text.end())));
        }
        let Some(heading) = paragraph.heading() else { continue };
        let level = report.level_of(paragraph);
        if level <= Level::Two {
            end(&mut sections, &mut open, level, start);
            let above = open.last().and_then(|&(_, number)| sections.get(number));
            let path = above.map(|(path, _)| path.as_slice()).unwrap_or_default();
            let path = path.iter().copied().chain([heading]).collect();
            open.push((level, sections.len()));
            sections.push((path, Span::new(start, text.end())));
        }
    }
    sections
}

/// Ends the sections that a heading of this level ends.
fn end(sections: &mut [(Vec<Span>, Span)], open: &mut Vec<(Level, usize)>, level: Level, place: Pos) {
    open.retain(|&(other, number)| {
        let goes_on = other < level;
        if !goes_on && let Some((_, span)) = sections.get_mut(number) {
            *span = Span::new(span.start(), place);
        }
        goes_on
    });
}

#[cfg(test)]
mod tests {
    use super::super::proposal::FigureKind;
    use super::*;
    use crate::report::Corrections;

    const REPORT: &str = "政府工作报告\n各位代表：去年增长8%。\n一、2019年工作回顾\n全市增长7%。\n（一）工业\n工业增长6%。投资增长5%。\n\
                          （二）农业。粮食产量30亿斤。\n1.林业\n造林4万亩。\n二、2020年工作安排\n扎实工作。\n（一）主要任务\n增长9%。\n";

    /// Every digit before a unit, with the unit.
    fn figures(report: &Report) -> Vec<Figure> {
        let chars: Vec<char> = report.text().as_str().chars().collect();
        let is_figure = |pair: &[char]| pair[0].is_ascii_digit() && ['%', '亿', '万'].contains(&pair[1]);
        let places = chars.windows(2).enumerate().filter(|(_, pair)| is_figure(pair)).map(|(at, _)| at as u32);
        places.map(|at| Figure { span: Span::of(at, at + 2), kind: FigureKind::Number }).collect()
    }

    fn read(report: &Report, shares: &[Share]) -> Vec<(String, usize, usize)> {
        let path = |share: &Share| share.section.iter().map(|span| report.quote(*span).to_owned()).collect::<Vec<_>>().join(">");
        shares.iter().map(|share| (path(share), share.figures, share.tagged)).collect()
    }

    fn expected(rows: &[(&str, usize, usize)]) -> Vec<(String, usize, usize)> {
        rows.iter().map(|(path, figures, tagged)| ((*path).to_owned(), *figures, *tagged)).collect()
    }

    #[test]
    fn a_row_for_each_section_of_two_levels() {
        let report = Report::new(REPORT.into(), Corrections::default());
        let figures = figures(&report);
        assert_eq!(figures.len(), 7);
        let omissions = [figures[1], figures[2], figures[5]];
        let shares = coverage(&report, &figures, &omissions);
        let rows = [
            ("", 1, 1),
            ("一、2019年工作回顾", 5, 2),
            ("一、2019年工作回顾>（一）工业", 2, 1),
            ("一、2019年工作回顾>（二）农业。", 2, 1),
            ("二、2020年工作安排", 1, 1),
            ("二、2020年工作安排>（一）主要任务", 1, 1),
        ];
        assert_eq!(read(&report, &shares), expected(&rows));
        assert_eq!(total(&shares), (7, 4));
        for share in &shares {
            let path = report.section_of(share.span.start());
            assert!(share.section.is_empty() || share.section == path, "{:?}", share.section);
        }
    }

    #[test]
    fn without_headings_and_without_figures() {
        let report = Report::new("全市增长8%，力争增长9%。\n".into(), Corrections::default());
        let figures = figures(&report);
        let shares = coverage(&report, &figures, &figures);
        assert_eq!(read(&report, &shares), expected(&[("", 2, 0)]));
        assert_eq!(total(&shares), (2, 0));
        assert!(coverage(&report, &[], &[]).is_empty());
        assert_eq!(total(&[]), (0, 0));
    }

    #[test]
    fn each_report_of_a_file_has_sections_of_its_own() {
        let text = "工作总结材料篇1\n增长1%。\n一、工作回顾\n增长2%。\n工作总结材料篇2\n增长3%。\n（一）工业\n增长4%。\n";
        let report = Report::new(text.into(), Corrections::default());
        assert_eq!(report.parts().len(), 2);
        let figures = figures(&report);
        let shares = coverage(&report, &figures, &[]);
        assert_eq!(read(&report, &shares), expected(&[("", 1, 1), ("一、工作回顾", 1, 1), ("", 1, 1), ("（一）工业", 1, 1)]));
        assert_eq!(total(&shares), (4, 4));
    }
}
