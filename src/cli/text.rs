//! `jiannuo text`: the text of a report, nothing added.

use super::{Status, out, say};
use crate::locale::Words;
use crate::report::{Field, Reading, Report, Role, ScriptView};
use crate::source::{Extent, Wish};
use crate::store::{OpenError, OpenRequest, RealDisk, open_report};
use crate::text::Span;
use crate::text::decode::Encoding;
use crate::text::repair::Repairs;
use crate::text::script::{Conversion, convert};
use serde_json::json;
use std::path::PathBuf;

/// What is asked for.
pub(super) struct TextRequest {
    pub file: PathBuf,
    /// A script view's key or a configuration's name.
    pub script: String,
    pub repair: bool,
    pub encoding: Option<String>,
    /// Whether everything in the file is wanted.
    pub whole: bool,
    pub json: bool,
}

pub(super) fn text(request: &TextRequest, words: &Words) -> Status {
    let encoding = match request.encoding.as_deref().map(|name| Encoding::from_name(name).ok_or(name)) {
        None => None,
        Some(Ok(encoding)) => Some(encoding),
        Some(Err(name)) => {
            say(&words.fill("cli_no_such_encoding", &[name]));
            return Status::Failed;
        }
    };
    let extent = if request.whole { Extent::Whole } else { Extent::Main };
    let wish = (encoding.is_some() || request.whole).then_some(Wish { encoding, extent });
    let opened = match open_report(&RealDisk, &request.file, |_| OpenRequest { wish, ..OpenRequest::default() }) {
        Ok(opened) => opened,
        Err(error) => return fail(&error, words),
    };
    let report = &opened.report;
    if request.json {
        let paragraphs: Vec<_> = report
            .paragraphs()
            .iter()
            .map(|paragraph| {
                let level = match paragraph.role {
                    Role::Heading(level) => Some(level.number()),
                    Role::Title | Role::Byline | Role::Lead | Role::Body => None,
                };
                json!({
                    "start": paragraph.span.start().get(), "end": paragraph.span.end().get(),
                    "view_text": shown(report, paragraph.span, request), "level": level, "role": paragraph.role.key(),
                    "page": report.layout().place(paragraph.span.start()).page,
                })
            })
            .collect();
        let errors: Vec<u32> = opened.errors.iter().map(|place| place.get()).collect();
        let object = json!({
            "format": opened.method.format.key(), "encoding": opened.method.encoding.map(Encoding::name), "errors": errors, "sha256": report.id().to_string(),
            "title": report.facts().get(Field::Title), "paragraphs": paragraphs,
        });
        out(&format!("{object}\n"));
    } else {
        out(&shown(report, report.text().span(), request));
    }
    if opened.errors.is_empty() {
        return Status::Done;
    }
    let format = words.named("format", opened.method.format.key());
    let read_as = opened.method.encoding.map_or(format, |encoding| encoding.name());
    let key = if opened.method.encoding.is_some() { "cli_undecodable" } else { "cli_unmapped" };
    say(&words.fill(key, &[&request.file.display().to_string(), &opened.errors.len().to_string(), read_as]));
    Status::Findings
}

/// A stretch in a script view or under an OpenCC configuration, repaired if that was asked for.
fn shown(report: &Report, span: Span, request: &TextRequest) -> String {
    let repairs = if request.repair { Repairs::ALL } else { Repairs::NONE };
    let script = ScriptView::from_key(&request.script).unwrap_or_default();
    if let (ScriptView::Source, conversion) = (script, Conversion::from_name(&request.script)) {
        let repaired = report.damage().repaired(report.text().slice(span), span, repairs).0;
        return conversion.map_or(repaired.clone(), |conversion| convert(&repaired, conversion).text);
    }
    report.shown(span, Reading { repairs, ..Reading::of(script) }).text
}

fn fail(error: &OpenError, words: &Words) -> Status {
    say(&words.open_error(error));
    Status::Failed
}
