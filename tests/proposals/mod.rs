//! What is proposed, shown: against the reference set, on the project's own samples, sentence by sentence, and by laws.

mod gold;
mod language;
mod laws;
mod samples;
mod score;

use jiannuo::annotation::{AttributeId, Value};
use jiannuo::quantity::{Basis, Quantity};
use jiannuo::report::{Corrections, Report};
use jiannuo::suggest::{Lexicon, Proposal, Suggestions, suggest};
use rust_decimal::Decimal;

/// A text as a report.
fn report(text: &str) -> Report {
    Report::new(text.to_owned(), Corrections::default())
}

/// What the program proposes for a report.
fn proposed(report: &Report) -> Suggestions {
    suggest(report, &Lexicon::standard())
}

/// What an attribute of a proposal says, empty if it says nothing.
fn attribute(proposal: &Proposal, key: &str) -> String {
    proposal.statement.attributes.get(&AttributeId::new(key)).map(Value::text).unwrap_or_default()
}

/// A quantity as the fixtures write it: measure, value or range, unit, bound, and what it is counted against, if it says so.
fn written(quantity: &Quantity) -> String {
    let number = |value: Option<Decimal>| value.map(|value| value.normalize().to_string());
    let value = number(quantity.stated.value).unwrap_or_else(|| "-".to_owned());
    let high = number(quantity.stated.high).map_or(String::new(), |high| format!("..{high}"));
    let unit = if quantity.stated.unit.is_empty() { "-" } else { &quantity.stated.unit };
    let basis = if quantity.basis == Basis::None { String::new() } else { format!(" {}", quantity.basis.key()) };
    format!("{} {value}{high} {unit} {}{basis}", quantity.measure.key(), quantity.stated.bound.key())
}

/// The quantities of a proposal as the fixtures write them.
fn quantities(proposal: &Proposal) -> String {
    proposal.statement.quantities.iter().map(written).collect::<Vec<_>>().join("; ")
}

/// The words of a proposal in one row of a fixture.
fn quote(report: &Report, proposal: &Proposal) -> String {
    report.quote(proposal.span).replace(['\n', '\t'], " ")
}
