//! Word documents, .docx: ISO/IEC 29500, transitional and strict.
//!
//! Tracked changes are read as accepted, automatic numbers written out, `mc:AlternateContent` read once, fields by
//! their results. Left out are what is not the text itself: headers, footers, comments, contents, hidden text.

mod numbering;
mod paragraph;

use super::NotAReport;
use super::extracted::{Extent, Extracted, Format, Method, Told};
use super::lines::Lines;
use super::package::{Package, resolve};
use super::xml::{self, Local as _};
use numbering::Numbering;
use paragraph::{Field, Inline};
use roxmltree::Node;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What walking the document gathers.
struct Walk {
    lines: Lines,
    numbering: Numbering,
    /// The footnotes and endnotes there are, by kind and id.
    known: Arc<BTreeSet<(Note, String)>>,
    /// Those referred to, in order.
    referred: Vec<(Note, String)>,
    fields: Vec<Field>,
    /// A paragraph whose end was deleted: the next one goes on it.
    pending: String,
    extent: Extent,
    left_out: bool,
}

/// A footnote or an endnote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Note {
    Foot,
    End,
}

/// Reads a document.
///
/// # Errors
/// If it is damaged, locked or larger than any document.
pub(super) fn read(bytes: &[u8], extent: Extent) -> Result<Extracted, NotAReport> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let document = package.text(&main)?;
    let part = |package: &mut Package<'_>, name: &str| package.text_if_any(&resolve(&main, name));
    let styles = part(&mut package, "styles.xml")?;
    let numbering = part(&mut package, "numbering.xml")?;
    let mut notes = BTreeMap::new();
    for (kind, name, element) in [(Note::Foot, "footnotes.xml", "footnote"), (Note::End, "endnotes.xml", "endnote")] {
        if let Some(text) = part(&mut package, name)? {
            read_notes(&text, kind, element, &mut notes)?;
        }
    }
    let told = match package.text_if_any("docProps/core.xml")? {
        Some(text) => read_core(&text),
        None => BTreeMap::new(),
    };
    let tree = xml::parse(&document)?;
    let body = tree.root_element().child("body").ok_or(NotAReport::Damaged)?;
    let mut walk = Walk {
        lines: Lines::default(),
        numbering: Numbering::read(numbering.as_deref(), styles.as_deref())?,
        known: Arc::new(notes.keys().cloned().collect()),
        referred: Vec::new(),
        fields: Vec::new(),
        pending: String::new(),
        extent,
        left_out: false,
    };
    walk.blocks(body)?;
    walk.end_pending();
    let referred = std::mem::take(&mut walk.referred);
    walk.lines.notes(referred.iter().filter_map(|key| notes.get(key)).map(String::as_str));
    let (text, layout) = walk.lines.finish();
    let left_out = walk.left_out;
    Ok(Extracted { text, method: Method::of(Format::Docx, None, extent), errors: Vec::new(), layout, told, left_out })
}

/// The main part, as the package's relations name it.
fn main_part(package: &mut Package<'_>) -> Result<String, NotAReport> {
    let Some(relations) = package.text_if_any("_rels/.rels")? else { return Ok("word/document.xml".into()) };
    let tree = xml::parse(&relations)?;
    let main = tree.root_element().all("Relationship").find(|relation| {
        relation.value("Type").is_some_and(|kind| kind.ends_with("/officeDocument")) && relation.value("TargetMode") != Some("External")
    });
    Ok(main.and_then(|relation| relation.value("Target")).map_or_else(|| "word/document.xml".into(), |target| resolve("", target)))
}

fn read_notes(text: &str, kind: Note, element: &'static str, notes: &mut BTreeMap<(Note, String), String>) -> Result<(), NotAReport> {
    let tree = xml::parse(text)?;
    for note in tree.root_element().all(element) {
        // Separators are notes of a type of their own.
        if note.value("type").is_some_and(|kind| kind != "normal") {
            continue;
        }
        let mut paragraphs = Vec::new();
        for paragraph in note.descendants().filter(|node| node.is("p")) {
            let mut inline = Inline::default();
            inline.read(paragraph, &mut Vec::new());
            paragraphs.push(inline.text);
        }
        notes.insert((kind, note.value("id").unwrap_or("").to_owned()), paragraphs.join(" "));
    }
    Ok(())
}

/// The title from the document's properties. When the file was made says nothing of when the report was published.
fn read_core(text: &str) -> BTreeMap<Told, String> {
    let tree = xml::parse(text).ok();
    let title = tree.as_ref().and_then(|tree| tree.root_element().child("title")).and_then(|title| title.text()).map(str::trim);
    title.filter(|title| title.chars().count() > 3).map(|title| (Told::Title, title.to_owned())).into_iter().collect()
}

impl Walk {
    /// What stands one below the other: paragraphs, tables, and what wraps them.
    fn blocks(&mut self, parent: Node<'_, '_>) -> Result<(), NotAReport> {
        for node in parent.children().filter(Node::is_element) {
            match node.local() {
                "p" => self.paragraph(node)?,
                "tbl" => self.table(node)?,
                "sdt" if is_contents(node) && self.extent == Extent::Main => self.left_out = true,
                "sdt" => node.child("sdtContent").into_iter().try_for_each(|content| self.blocks(content))?,
                "ins" | "moveTo" | "smartTag" | "customXml" | "sdtContent" => self.blocks(node)?,
                "AlternateContent" => paragraph::chosen(node).into_iter().try_for_each(|chosen| self.blocks(chosen))?,
                _ => {}
            }
            if self.lines.is_too_long() {
                return Err(NotAReport::Bomb);
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, node: Node<'_, '_>) -> Result<(), NotAReport> {
        let contents = self.is_in_contents() || self.numbering.is_contents(node);
        let number = self.numbering.number_of(node);
        let inline = self.inline(node);
        if self.extent == Extent::Main && (contents || self.is_in_contents()) {
            self.left_out |= !inline.text.trim().is_empty();
            return Ok(());
        }
        let deleted_end =
            node.child("pPr").and_then(|pr| pr.child("rPr")).is_some_and(|pr| pr.child("del").is_some() || pr.child("moveFrom").is_some());
        // Word numbers what is empty, too, but shows nothing worth reading there.
        let text =
            if inline.text.trim().is_empty() { inline.text } else { super::lines::with_number(&number.unwrap_or_default(), &inline.text) };
        self.pending.push_str(&text);
        if !deleted_end {
            self.end_pending();
        }
        inline.boxes.iter().for_each(|text| self.lines.paragraph(text));
        Ok(())
    }

    fn end_pending(&mut self) {
        let text = std::mem::take(&mut self.pending);
        self.lines.paragraph(&text);
    }

    /// A paragraph's text; its notes are numbered in the order in which they are referred to.
    fn inline(&mut self, node: Node<'_, '_>) -> Inline {
        let mut inline = Inline { numbered_from: self.referred.len(), known: Arc::clone(&self.known), ..Inline::default() };
        inline.read(node, &mut self.fields);
        self.referred.append(&mut inline.referred);
        inline
    }

    /// Whether a field that makes a table of contents or an index is open.
    fn is_in_contents(&self) -> bool {
        self.fields.iter().any(|field| field.is_contents())
    }

    fn table(&mut self, table: Node<'_, '_>) -> Result<(), NotAReport> {
        self.end_pending();
        let mut rows = Vec::new();
        for row in rows_of(table) {
            if row.child("trPr").is_some_and(|pr| pr.child("del").is_some()) {
                continue;
            }
            let mut cells = Vec::new();
            for cell in cells_of(row) {
                let properties = cell.child("tcPr");
                let span =
                    properties.and_then(|pr| pr.child("gridSpan")).and_then(|span| span.value("val")).and_then(|span| span.parse().ok());
                let goes_on = properties.and_then(|pr| pr.child("vMerge")).is_some_and(|merge| merge.value("val") != Some("restart"));
                cells.push(if goes_on { String::new() } else { self.cell(cell) });
                let more = usize::min(span.unwrap_or(1usize).saturating_sub(1), 63);
                cells.extend(std::iter::repeat_n(String::new(), more));
            }
            rows.push(cells);
        }
        self.lines.table(&rows);
        Ok(())
    }

    /// The text of a cell, that of tables in it included.
    fn cell(&mut self, cell: Node<'_, '_>) -> String {
        let mut text = Vec::new();
        let paragraphs: Vec<Node<'_, '_>> = paragraph::paragraphs_in(cell);
        for node in paragraphs {
            let number = self.numbering.number_of(node);
            let inline = self.inline(node);
            if !inline.text.trim().is_empty() {
                text.push(super::lines::with_number(&number.unwrap_or_default(), &inline.text));
            }
            text.extend(inline.boxes);
        }
        text.join("\n")
    }
}

/// Whether a content control holds a table of contents that Word made.
fn is_contents(sdt: Node<'_, '_>) -> bool {
    let gallery = sdt.child("sdtPr").and_then(|pr| pr.child("docPartObj")).and_then(|part| part.child("docPartGallery"));
    gallery.and_then(|gallery| gallery.value("val")).is_some_and(|name| name.contains("Table of Contents"))
}

/// The rows of a table, those in content controls and insertions included.
fn rows_of<'a, 'i>(table: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    wrapped(table, "tr")
}

/// The cells of a row.
fn cells_of<'a, 'i>(row: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    wrapped(row, "tc")
}

/// Children of a name, also where something invisible is wrapped around them.
fn wrapped<'a, 'i>(parent: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    for child in parent.children().filter(Node::is_element) {
        match child.local() {
            local if local == name => found.push(child),
            "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag" => found.extend(wrapped(child, name)),
            _ => {}
        }
    }
    found
}
