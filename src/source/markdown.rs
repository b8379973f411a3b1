//! Markdown: CommonMark with tables and notes.

use super::NotAReport;
use super::extracted::{Extent, Extracted, Format, Method};
use super::lines::{Lines, collapse, note_reference, unknown_characters, with_number};
use crate::text::decode::{Encoding, decode, decode_as};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;

/// What reading gathers.
#[derive(Default)]
struct Walk {
    lines: Lines,
    text: String,
    /// The next number of each list that is open; nothing for bullets.
    lists: Vec<Option<u64>>,
    /// The number of an item whose first paragraph has not come yet.
    number: String,
    rows: Option<Vec<Vec<String>>>,
    /// Notes by name in the order of their first mention, and their texts.
    referred: Vec<String>,
    notes: BTreeMap<String, String>,
    in_note: Option<String>,
    /// Lines of code are lines of text.
    in_code: bool,
    hidden: usize,
}

/// Reads Markdown.
///
/// # Errors
/// If it is longer than any document.
pub(super) fn read(bytes: &[u8], encoding: Option<Encoding>) -> Result<Extracted, NotAReport> {
    let decoded = encoding.map_or_else(|| decode(bytes), |encoding| decode_as(bytes, encoding));
    let mut walk = Walk::default();
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for event in Parser::new_ext(&decoded.text, options) {
        walk.take(event);
        if walk.lines.is_too_long() {
            return Err(NotAReport::Bomb);
        }
    }
    walk.end_paragraph();
    let notes: Vec<&str> = walk.referred.iter().map(|name| walk.notes.get(name).map_or("", String::as_str)).collect();
    walk.lines.notes(notes.into_iter());
    let (text, layout) = walk.lines.finish();
    let errors = unknown_characters(&text);
    let method = Method::of(Format::Markdown, Some(decoded.encoding), Extent::Main);
    Ok(Extracted { text, method, errors, layout, told: BTreeMap::new(), left_out: false })
}

impl Walk {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_code => text.lines().for_each(|line| {
                self.text.push_str(line);
                self.flush();
            }),
            Event::Text(text) | Event::Code(text) if self.hidden == 0 => self.text.push_str(&text),
            Event::SoftBreak => self.text.push('\n'),
            // A break in a paragraph begins a new line of text.
            Event::HardBreak if self.rows.is_none() => self.flush(),
            Event::HardBreak => self.text.push(' '),
            Event::FootnoteReference(name) => {
                let known = self.referred.iter().position(|known| **known == *name);
                let at = known.unwrap_or_else(|| {
                    self.referred.push(name.to_string());
                    self.referred.len() - 1
                });
                self.text.push_str(&note_reference(u32::try_from(at + 1).unwrap_or(u32::MAX)));
            }
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::BlockQuote(_) => self.end_paragraph(),
            Tag::CodeBlock(_) => {
                self.end_paragraph();
                self.in_code = true;
            }
            Tag::List(start) => {
                self.end_paragraph();
                self.lists.push(*start);
            }
            Tag::Item => {
                self.end_paragraph();
                if let Some(Some(next)) = self.lists.last_mut() {
                    self.number = format!("{next}.");
                    *next += 1;
                }
            }
            Tag::FootnoteDefinition(name) => {
                self.end_paragraph();
                self.in_note = Some(name.to_string());
            }
            Tag::Table(_) => {
                self.end_paragraph();
                self.rows = Some(Vec::new());
            }
            Tag::TableHead | Tag::TableRow => self.rows.iter_mut().for_each(|rows| rows.push(Vec::new())),
            Tag::Image { .. } | Tag::MetadataBlock(_) => self.hidden += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item => self.end_paragraph(),
            TagEnd::CodeBlock => {
                self.end_paragraph();
                self.in_code = false;
            }
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::FootnoteDefinition => {
                self.end_paragraph();
                self.in_note = None;
            }
            TagEnd::TableCell => {
                let cell = collapse(&std::mem::take(&mut self.text));
                if let Some(row) = self.rows.as_mut().and_then(|rows| rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                let rows = self.rows.take().unwrap_or_default();
                self.lines.table(&rows);
            }
            TagEnd::Image | TagEnd::MetadataBlock(_) => self.hidden = self.hidden.saturating_sub(1),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        self.number.clear();
    }

    /// Writes what was gathered, behind the number of its item.
    fn flush(&mut self) {
        let text = collapse(&std::mem::take(&mut self.text));
        if text.trim().is_empty() {
            return;
        }
        let text = with_number(&std::mem::take(&mut self.number), &text);
        match &self.in_note {
            Some(name) => {
                let note = self.notes.entry(name.clone()).or_default();
                note.push(' ');
                note.push_str(&text);
            }
            None => self.lines.paragraph(&text),
        }
    }
}
