//! One proposal: as a line of the queue, and in full with what can be done with it.

use super::said::{confidence, line, marked, plain, rule};
use crate::annotation::AttributeId;
use crate::locale::Words;
use crate::session::Document;
use crate::suggest::Proposal;
use crate::text::Span;
use crate::ui::action::{Action, Asked};
use crate::ui::inspector::spoken;
use crate::ui::menus::item_ui;
use crate::ui::tag_list::spoken as spoken_value;
use crate::ui::theme::Palette;
use egui::text::LayoutJob;
use egui::{Button, Color32, Grid, Label, RichText, ScrollArea, Stroke, TextFormat, TextWrapMode, Ui};

/// Characters shown at most before and behind the words of a proposal: some sentences fill a page.
const AROUND: u32 = 120;

/// Draws a line of the queue; a click goes there.
pub(super) fn row_ui(
    ui: &mut Ui,
    document: &Document,
    proposal: &Proposal,
    here: bool,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) {
    ui.horizontal(|ui| {
        ui.weak(confidence(proposal)).on_hover_text(words.fill("proposal_confidence", &[&confidence(proposal)]));
        ui.label(RichText::new(words.kind(&proposal.kind)).color(colour(document, proposal, palette)));
        let row = ui.add(Button::selectable(here, line(document, proposal)).wrap_mode(TextWrapMode::Truncate));
        if row.clicked() {
            asked.action(Action::GoToProposal(Box::new(proposal.clone())));
        }
    });
}

/// Draws the proposal at hand.
pub(super) fn detail_ui(ui: &mut Ui, document: &Document, proposal: &Proposal, words: &Words, palette: &Palette, asked: &mut Asked) {
    let actions = [
        ("accept_proposal", Action::AcceptProposal),
        ("reject_proposal", Action::RejectProposal),
        ("mend_proposal", Action::MendProposal),
        ("previous_proposal", Action::PreviousProposal),
        ("next_proposal", Action::NextProposal),
    ];
    ui.horizontal_wrapped(|ui| {
        for (name, action) in actions {
            item_ui(ui, words, name, true, action, asked);
        }
    });
    ScrollArea::vertical().id_salt("proposal").auto_shrink(false).show(ui, |ui| {
        ui.add(Label::new(sentence(ui, document, proposal, palette)).wrap());
        Grid::new("statement").num_columns(2).spacing([8.0, 4.0]).show(ui, |ui| {
            let kind = RichText::new(words.kind(&proposal.kind)).color(colour(document, proposal, palette));
            field_ui(ui, words.get("column_kind"), kind);
            for (name, value) in stated(document, proposal, words) {
                field_ui(ui, &name, RichText::new(value));
            }
            field_ui(ui, words.get("proposal_rule"), RichText::new(why(document, proposal, words)));
            field_ui(ui, words.get("proposal_sure"), RichText::new(confidence(proposal)));
        });
    });
}

fn field_ui(ui: &mut Ui, name: &str, value: RichText) {
    ui.weak(name);
    ui.add(Label::new(value).wrap());
    ui.end_row();
}

fn colour(document: &Document, proposal: &Proposal, palette: &Palette) -> Color32 {
    document.codebook().kind(&proposal.kind).map_or(palette.faint, |kind| palette.kind(kind.colour))
}

/// What the tag would say: the indicator, the numbers as they were read, then the rest in the order of the codebook.
fn stated(document: &Document, proposal: &Proposal, words: &Words) -> Vec<(String, String)> {
    let indicator = AttributeId::new("indicator_name");
    let statement = &proposal.statement;
    let attribute = |id: &AttributeId| {
        let value = statement.attributes.get(id)?;
        Some((words.attribute(id).to_owned(), spoken_value(id, value, words)))
    };
    let quantities = statement.quantities.iter().map(|quantity| {
        let measure = words.named("measure", quantity.measure.key()).to_owned();
        let read = quantity.stated.value.map(|_| format!(" = {}", spoken(&quantity.stated, words)));
        (measure, format!("{}{}", quantity.words, read.unwrap_or_default()))
    });
    let book = document.codebook();
    let rest = book.attributes.iter().filter(|other| other.id != indicator).filter_map(|other| attribute(&other.id));
    attribute(&indicator).into_iter().chain(quantities).chain(rest).collect()
}

/// The rule that made it, with the words it went by.
fn why(document: &Document, proposal: &Proposal, words: &Words) -> String {
    let rule = rule(proposal, words);
    let by: Vec<String> = proposal.words.iter().map(|span| document.report.shown(*span, document.view).text).collect();
    if by.is_empty() { rule.to_owned() } else { words.fill("proposal_words", &[rule, &by.join(words.get("list_comma"))]) }
}

/// The sentence a proposal stands in: its words stand out, and among them those that decided.
fn sentence(ui: &Ui, document: &Document, proposal: &Proposal, palette: &Palette) -> LayoutJob {
    let (report, span) = (&document.report, proposal.span);
    let sentence = report.sentence_at(span.start()).unwrap_or(span).union(span);
    let around = Span::new(sentence.clamp(span.start().minus(AROUND)), sentence.clamp(span.end().plus(AROUND)));
    let faint = TextFormat { color: palette.faint, ..plain(ui) };
    let own = TextFormat {
        color: ui.visuals().strong_text_color(),
        underline: Stroke::new(1.0, colour(document, proposal, palette)),
        ..plain(ui)
    };
    let deciding = |within: bool| {
        let format = if within { own.clone() } else { faint.clone() };
        TextFormat { background: palette.hit, ..format }
    };
    let marks = std::iter::once((span, own.clone()));
    let marks = marks.chain(proposal.words.iter().map(|word| (*word, deciding(span.overlaps(*word)))));
    marked(document, around, &faint, &marks.collect::<Vec<_>>())
}
