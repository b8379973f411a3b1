//! What stands inside a paragraph: runs, fields, notes, text boxes.

use super::Note;
use crate::source::lines::note_reference;
use crate::source::xml::Local as _;
use roxmltree::Node;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most fields that may stand in one another.
const MOST_FIELDS: usize = 1_000;
/// The longest code of a field that is read, in bytes: its first word says what it is.
const LONGEST_CODE: usize = 256;

/// A complex field that is open (ISO/IEC 29500-1 §17.16.18).
#[derive(Debug, Default)]
pub(super) struct Field {
    code: String,
    /// Whether its result has begun.
    in_result: bool,
    kind: FieldKind,
}

/// What a field makes, as far as that matters here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum FieldKind {
    /// A table of contents or an index.
    Contents,
    /// The number of a page, which is no part of the text.
    PageNumber,
    /// Something else.
    #[default]
    Other,
}

impl Field {
    /// Whether it makes a table of contents or an index.
    pub(super) fn is_contents(&self) -> bool {
        self.kind == FieldKind::Contents
    }

    /// Its result begins: by now its code is whole.
    fn begin_result(&mut self) {
        self.in_result = true;
        self.kind = match self.code.split_whitespace().next().unwrap_or("").to_ascii_uppercase().as_str() {
            "TOC" | "INDEX" | "TOA" => FieldKind::Contents,
            "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "PAGEREF" => FieldKind::PageNumber,
            _ => FieldKind::Other,
        };
    }
}

/// The text of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Inline {
    pub(super) text: String,
    /// The paragraphs of text boxes anchored in it.
    pub(super) boxes: Vec<String>,
    /// Notes referred to, in order.
    pub(super) referred: Vec<(Note, String)>,
    /// How many notes were referred to before.
    pub(super) numbered_from: usize,
    /// The notes there are.
    pub(super) known: Arc<BTreeSet<(Note, String)>>,
}

impl Inline {
    /// Reads what stands in a paragraph or in something inside it. `fields` are the fields that are open.
    pub(super) fn read(&mut self, parent: Node<'_, '_>, fields: &mut Vec<Field>) {
        for node in parent.children().filter(Node::is_element) {
            match node.local() {
                "r" if is_hidden(node) => {}
                "fldSimple" => {
                    let mut field = Field { code: node.value("instr").unwrap_or("").to_owned(), ..Field::default() };
                    field.begin_result();
                    fields.push(field);
                    self.read(node, fields);
                    fields.pop();
                }
                "r" | "ins" | "moveTo" | "hyperlink" | "smartTag" | "sdtContent" | "customXml" | "dir" | "bdo" => self.read(node, fields),
                "sdt" => node.child("sdtContent").into_iter().for_each(|content| self.read(content, fields)),
                "ruby" => node.child("rubyBase").into_iter().for_each(|base| self.read(base, fields)),
                "AlternateContent" => chosen(node).into_iter().for_each(|chosen| self.read(chosen, fields)),
                "drawing" | "pict" | "object" => self.read_boxes(node),
                "fldChar" => read_field_mark(node, fields),
                "instrText" => {
                    if let Some(field) = fields.last_mut().filter(|field| !field.in_result && field.code.len() < LONGEST_CODE) {
                        field.code.push_str(node.text().unwrap_or(""));
                    }
                }
                name => {
                    if fields.iter().all(|field| field.in_result && field.kind != FieldKind::PageNumber) {
                        self.read_mark(name, node);
                    }
                }
            }
        }
    }

    fn read_mark(&mut self, name: &str, node: Node<'_, '_>) {
        match name {
            "t" => self.text.push_str(node.text().unwrap_or("")),
            "tab" | "ptab" => self.text.push(' '),
            "cr" => self.text.push('\n'),
            "br" if !matches!(node.value("type"), Some("page" | "column")) => self.text.push('\n'),
            "noBreakHyphen" => self.text.push('-'),
            "sym" => self.text.extend(symbol(node)),
            "footnoteReference" => self.refer(Note::Foot, node),
            "endnoteReference" => self.refer(Note::End, node),
            _ => {}
        }
    }

    fn refer(&mut self, kind: Note, node: Node<'_, '_>) {
        let key = (kind, node.value("id").unwrap_or("").to_owned());
        if self.known.contains(&key) {
            self.referred.push(key);
            let number = u32::try_from(self.numbered_from + self.referred.len()).unwrap_or(u32::MAX);
            self.text.push_str(&note_reference(number));
        }
    }

    /// The paragraphs of the text boxes in a drawing.
    fn read_boxes(&mut self, drawing: Node<'_, '_>) {
        for content in outermost(drawing, "txbxContent") {
            for paragraph in paragraphs_in(content) {
                let mut inside =
                    Inline { numbered_from: self.numbered_from + self.referred.len(), known: Arc::clone(&self.known), ..Self::default() };
                inside.read(paragraph, &mut Vec::new());
                self.referred.append(&mut inside.referred);
                self.boxes.push(inside.text);
                self.boxes.append(&mut inside.boxes);
            }
        }
    }
}

/// Elements of a name that stand in no other of that name, each alternative content once.
fn outermost<'a, 'i>(parent: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    for child in parent.children().filter(Node::is_element) {
        if child.is(name) {
            found.push(child);
        } else if child.is("AlternateContent") {
            found.extend(chosen(child).into_iter().flat_map(|chosen| outermost(chosen, name)));
        } else {
            found.extend(outermost(child, name));
        }
    }
    found
}

/// The paragraphs in a cell or a text box, those of tables in it included, but not those of text boxes in them.
pub(super) fn paragraphs_in<'a, 'i>(parent: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    for child in parent.children().filter(Node::is_element) {
        match child.local() {
            "p" => found.push(child),
            "AlternateContent" => found.extend(chosen(child).into_iter().flat_map(paragraphs_in)),
            "del" | "moveFrom" | "tcPr" | "tblPr" | "trPr" | "sdtPr" => {}
            "tr" if child.child("trPr").is_some_and(|pr| pr.child("del").is_some()) => {}
            _ => found.extend(paragraphs_in(child)),
        }
    }
    found
}

/// The alternative that is read: the first choice that says something, else the fallback (ISO/IEC 29500-3 §7.5).
pub(super) fn chosen<'a, 'i>(alternatives: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let says = |node: &Node<'a, 'i>| node.descendants().any(|node| node.is("t") && node.text().is_some_and(|text| !text.is_empty()));
    let choice = alternatives.all("Choice").find(says);
    choice.or_else(|| alternatives.child("Fallback")).or_else(|| alternatives.child("Choice"))
}

/// Whether a run is hidden.
fn is_hidden(run: Node<'_, '_>) -> bool {
    let Some(properties) = run.child("rPr") else { return false };
    let on = |name: &str| properties.child(name).is_some_and(|node| !matches!(node.value("val"), Some("0" | "false" | "off")));
    on("vanish") || on("webHidden")
}

fn read_field_mark(node: Node<'_, '_>, fields: &mut Vec<Field>) {
    match node.value("fldCharType") {
        Some("begin") if fields.len() < MOST_FIELDS => fields.push(Field::default()),
        Some("separate") => fields.last_mut().into_iter().for_each(Field::begin_result),
        Some("end") => drop(fields.pop()),
        _ => {}
    }
}

/// A symbol by its code; those of symbol fonts, which stand in the private area, say nothing without their font.
fn symbol(node: Node<'_, '_>) -> Option<char> {
    let code = u32::from_str_radix(node.value("char")?, 16).ok()?;
    char::from_u32(code).filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c))
}
