//! Proposals in words, and words of the report marked among what stands around them.

use crate::locale::Words;
use crate::session::Document;
use crate::suggest::Proposal;
use crate::text::{Span, ViewPos, ViewSpan};
use egui::text::LayoutJob;
use egui::{TextFormat, TextStyle, Ui};

/// Its numbers as the report words them.
pub(super) fn value(proposal: &Proposal) -> String {
    proposal.statement.quantities.iter().map(|quantity| quantity.words.as_str()).collect::<Vec<_>>().join("；")
}

/// How sure it is.
pub(super) fn confidence(proposal: &Proposal) -> String {
    format!("{}%", proposal.confidence.get())
}

/// The rule that made it, in words; a project's own rule is its key.
pub(super) fn rule<'a>(proposal: &'a Proposal, words: &'a Words) -> &'a str {
    words.named("rule", &proposal.rule.0)
}

/// A proposal as one line: the words of the report, the indicator, the numbers.
pub fn line(document: &Document, proposal: &Proposal) -> String {
    let quote = document.report.shown(proposal.span, document.view).text.replace('\n', " ");
    let said = [quote, proposal.indicator(), value(proposal)];
    said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// All there is to say of a proposal, a line each.
pub fn summary(proposal: &Proposal, words: &Words) -> String {
    let sure = words.fill("proposal_confidence", &[&confidence(proposal)]);
    let lines = [
        words.kind(&proposal.kind).to_owned(),
        proposal.indicator(),
        value(proposal),
        words.fill("proposal_by_rule", &[rule(proposal, words)]),
        sure,
    ];
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Running text of a panel.
pub fn plain(ui: &Ui) -> TextFormat {
    TextFormat::simple(TextStyle::Body.resolve(ui.style()), ui.visuals().text_color())
}

/// A stretch of the report as it is shown, with some of it set otherwise; where marks overlap the later one counts.
pub fn marked(document: &Document, around: Span, plain: &TextFormat, marks: &[(Span, TextFormat)]) -> LayoutJob {
    let shown = document.report.shown(around, document.view);
    let inside = marks.iter().filter(|(span, _)| span.overlaps(around));
    let marks: Vec<(ViewSpan, &TextFormat)> = inside.map(|(span, format)| (shown.to_view(*span), format)).collect();
    let ends = [ViewPos::ZERO, ViewPos::new(shown.len())];
    let mut edges: Vec<ViewPos> = marks.iter().flat_map(|(span, _)| [span.start(), span.end()]).chain(ends).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut job = LayoutJob::default();
    let mut characters = shown.text.chars().map(|c| if c == '\n' { ' ' } else { c });
    for pair in edges.windows(2) {
        let [from, to] = pair else { continue };
        let part: String = characters.by_ref().take(to.since(*from) as usize).collect();
        let format = marks.iter().rev().find(|(span, _)| span.covers(*from)).map_or(plain, |(_, format)| *format);
        job.append(&part, 0.0, format.clone());
    }
    job
}
