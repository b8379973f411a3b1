//! `jiannuo suggest`: what can be proposed for reports, as a table or one JSON object a line.

use super::as_person::AsPerson;
use super::{Status, out, say};
use crate::annotation::{AttributeId, Value};
use crate::locale::Words;
use crate::quantity::{Basis, Quantity};
use crate::report::Report;
use crate::session::What;
use crate::store::{OpenRequest, RealDisk, open_report};
use crate::suggest::{Proposal, Suggestions};
use rust_decimal::Decimal;
use serde_json::json;
use std::path::{Path, PathBuf};

/// What is asked for.
pub(super) struct SuggestRequest {
    /// The reports, as they were named.
    pub files: Vec<PathBuf>,
    pub json: bool,
    /// Whose tags the proposals are to become.
    pub person: Option<String>,
    /// Whether they are added to tags made by hand, too, and where the project shows no proposals.
    pub force: bool,
}

pub(super) fn suggest(request: &SuggestRequest, words: &Words) -> Status {
    let mut person = match request.person.as_deref().map(AsPerson::new).transpose() {
        Ok(person) => person,
        Err(why) => {
            say(&words.notice(&What::BadName(why)));
            return Status::Failed;
        }
    };
    crate::text::words::load();
    let mut status = Status::Done;
    for file in &request.files {
        if suggest_for(file, request, person.as_mut(), words) == Status::Failed {
            status = Status::Failed;
        }
    }
    status
}

fn suggest_for(file: &Path, request: &SuggestRequest, person: Option<&mut AsPerson>, words: &Words) -> Status {
    // What is kept of a report names its folder, so the path must not depend on where the program was started.
    let path = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let open = |hash: &str| person.as_ref().map_or_else(OpenRequest::default, |person| person.request(hash));
    let opened = match open_report(&RealDisk, &path, open) {
        Ok(opened) => opened,
        Err(error) => {
            say(&words.open_error(&error));
            return Status::Failed;
        }
    };
    opened.lexicon_troubles.iter().for_each(|trouble| say(&words.lexicon_trouble(trouble)));
    let found = crate::suggest::suggest(&opened.report, &opened.proposing.lexicon);
    let name = file.display().to_string();
    match person {
        Some(person) => person.write(opened, &found, request, &name, words),
        None if request.json => {
            found.proposals.iter().for_each(|proposal| out(&format!("{}\n", object(&name, &opened.report, proposal))));
            Status::Done
        }
        None => {
            out(&table(&name, &opened.report, &found, words));
            Status::Done
        }
    }
}

/// A proposal as one object; what is absent is null.
fn object(name: &str, report: &Report, proposal: &Proposal) -> serde_json::Value {
    let attribute = |key: &str| proposal.statement.attributes.get(&AttributeId::new(key));
    let text = |key: &str| attribute(key).map(Value::text).filter(|text| !text.is_empty());
    let modality = match attribute("modality") {
        Some(Value::Many(keys)) => keys.clone(),
        Some(Value::One(key)) => vec![key.clone()],
        None => Vec::new(),
    };
    json!({
        "file": name, "kind": proposal.kind.as_str(), "start": proposal.span.start().get(), "end": proposal.span.end().get(),
        "quote": report.quote(proposal.span), "indicator": text("indicator_name"),
        "quantities": proposal.statement.quantities.iter().map(quantity).collect::<Vec<_>>(),
        "modality": modality, "period": text("period"), "deadline": text("deadline"), "owner": text("owner_lead"),
        "rule": proposal.rule.0, "confidence": f64::from(proposal.confidence.get()) / 100.0,
    })
}

fn quantity(quantity: &Quantity) -> serde_json::Value {
    let Quantity { measure, basis, stated, .. } = quantity;
    let basis = Some(*basis).filter(|basis| *basis != Basis::None).map(Basis::key);
    let unit = Some(stated.unit.as_str()).filter(|unit| !unit.is_empty());
    json!({
        "measure": measure.key(), "basis": basis, "value": number(stated.value), "value_high": number(stated.high),
        "unit": unit, "bound": stated.bound.key(),
    })
}

/// A number as JSON writes it.
fn number(value: Option<Decimal>) -> serde_json::Value {
    value.and_then(|value| serde_json::from_str(&value.normalize().to_string()).ok()).unwrap_or_default()
}

/// How wide the columns of kind, indicator and numbers are, in half-width characters.
const COLUMNS: [usize; 3] = [14, 32, 36];

/// The proposals of a report, one a line.
fn table(name: &str, report: &Report, found: &Suggestions, words: &Words) -> String {
    let mut table = format!("{}\n", words.fill("cli_suggest_count", &[name, &found.proposals.len().to_string()]));
    for proposal in &found.proposals {
        let numbers: Vec<&str> = proposal.statement.quantities.iter().map(|quantity| quantity.words.as_str()).collect();
        let cells = [words.kind(&proposal.kind).to_owned(), proposal.indicator(), numbers.join("，")];
        let cells: Vec<String> = cells.iter().zip(COLUMNS).map(|(cell, width)| padded(cell, width)).collect();
        let place = format!("{}–{}", proposal.span.start().get(), proposal.span.end().get());
        let quote = report.quote(proposal.span).replace('\n', " ");
        table.push_str(&format!("{place:<15}{:>3}%  {}{quote}\n", proposal.confidence.get(), cells.concat()));
    }
    table
}

/// A cell as wide as its column: Chinese characters are twice as wide as Latin ones.
pub(super) fn padded(cell: &str, width: usize) -> String {
    let taken: usize = cell.chars().map(|c| if c < '\u{2E80}' { 1 } else { 2 }).sum();
    format!("{cell}{}", " ".repeat(width.saturating_sub(taken).max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::KindId;
    use crate::report::Corrections;
    use crate::suggest::{Confidence, RuleId, Statement};
    use crate::text::Span;

    fn report() -> Report {
        Report::new("确保生产总值增长6%—6.5%\n".to_owned(), Corrections::default())
    }

    fn proposal() -> Proposal {
        let attributes = [("indicator_name", Value::One("地区生产总值".into())), ("modality", Value::Many(vec!["ensure".into()]))];
        let quantities = vec![Quantity::of_words("增长6%—6.5%"), Quantity::of_words("1016")];
        Proposal {
            span: Span::of(0, 15),
            kind: KindId::new("target"),
            statement: Statement { quantities, attributes: attributes.map(|(key, value)| (AttributeId::new(key), value)).into() },
            rule: RuleId("goal".into()),
            words: vec![Span::of(0, 2)],
            confidence: Confidence::percent(85),
        }
    }

    #[test]
    fn a_proposal_as_an_object() {
        let object = object("报告.txt", &report(), &proposal());
        assert_eq!(object["quote"], "确保生产总值增长6%—6.5%");
        assert_eq!((&object["indicator"], &object["modality"]), (&json!("地区生产总值"), &json!(["ensure"])));
        assert_eq!((&object["period"], &object["owner"], &object["confidence"]), (&json!(null), &json!(null), &json!(0.85)));
        let growth = json!({ "measure": "growth", "basis": null, "value": 6, "value_high": 6.5, "unit": "%", "bound": "between" });
        let level = json!({ "measure": "level", "basis": null, "value": 1016, "value_high": null, "unit": null, "bound": "exact" });
        assert_eq!(object["quantities"], json!([growth, level]));
    }

    #[test]
    fn a_table_has_a_line_for_each() {
        let silent = Proposal { statement: Statement::default(), ..proposal() };
        let found = Suggestions { proposals: vec![proposal(), silent], ..Suggestions::default() };
        let words = Words::new(crate::locale::Language::Simplified);
        let table = table("报告.txt", &report(), &found, &words);
        assert_eq!(table.lines().count(), 3, "{table}");
        assert!(table.lines().skip(1).all(|line| line.ends_with("确保生产总值增长6%—6.5%")), "{table}");
    }
}
