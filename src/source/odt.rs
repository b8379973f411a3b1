//! OpenDocument text, .odt (ISO/IEC 26300).
//!
//! As with Word: changes as accepted (deleted text stands apart from the text), list numbers written out, notes at the
//! end. Left out are headers, footers, comments and contents.

use super::NotAReport;
use super::extracted::{Extent, Extracted, Format, Method, Told};
use super::lines::{Lines, note_reference, with_number};
use super::ordinal::Style;
use super::package::Package;
use super::xml::{self, Local as _};
use roxmltree::Node;
use std::collections::{BTreeMap, BTreeSet};

/// One level of a list style.
#[derive(Clone, Debug, Default)]
struct Level {
    style: Style,
    prefix: String,
    suffix: String,
    start: u32,
    /// How many levels above are shown with it.
    shown: usize,
    /// LibreOffice's own form: `第%1%章`.
    form: Option<String>,
}

/// The list styles by name, the outline's under an empty one.
type ListStyles = BTreeMap<String, BTreeMap<usize, Level>>;

struct Walk {
    lines: Lines,
    styles: ListStyles,
    /// The styles of text that is not shown.
    hidden: BTreeSet<String>,
    /// The list style of a paragraph style.
    of_paragraphs: BTreeMap<String, String>,
    /// The last numbers of each list style, by level.
    counters: BTreeMap<String, Vec<u32>>,
    notes: Vec<String>,
    boxes: Vec<String>,
    extent: Extent,
    left_out: bool,
}

/// Where in lists a paragraph stands.
#[derive(Clone, Debug, Default)]
struct Listed {
    style: String,
    level: usize,
    /// Whether it is the first of its item, which bears the number.
    first: bool,
    start: Option<u32>,
}

/// Reads a document.
///
/// # Errors
/// If it is damaged, locked or larger than any document.
pub(super) fn read(bytes: &[u8], extent: Extent) -> Result<Extracted, NotAReport> {
    let mut package = Package::open(bytes)?;
    if let Some(manifest) = package.text_if_any("META-INF/manifest.xml")?
        && manifest.contains("encryption-data")
    {
        return Err(NotAReport::Locked);
    }
    let content = package.text("content.xml")?;
    let styles = package.text_if_any("styles.xml")?;
    let meta = package.text_if_any("meta.xml")?;
    let tree = xml::parse(&content)?;
    let mut walk = Walk {
        lines: Lines::default(),
        styles: ListStyles::new(),
        hidden: BTreeSet::new(),
        of_paragraphs: BTreeMap::new(),
        counters: BTreeMap::new(),
        notes: Vec::new(),
        boxes: Vec::new(),
        extent,
        left_out: false,
    };
    if let Some(styles) = &styles {
        walk.read_styles(xml::parse(styles)?.root_element());
    }
    walk.read_styles(tree.root_element());
    let body = tree.root_element().child("body").and_then(|body| body.child("text")).ok_or(NotAReport::Damaged)?;
    walk.blocks(body, &Listed::default())?;
    let notes = std::mem::take(&mut walk.notes);
    walk.lines.notes(notes.iter().map(String::as_str));
    let (text, layout) = walk.lines.finish();
    let told = meta.as_deref().map_or_else(BTreeMap::new, read_meta);
    Ok(Extracted { text, method: Method::of(Format::Odt, None, extent), errors: Vec::new(), layout, told, left_out: walk.left_out })
}

fn read_meta(text: &str) -> BTreeMap<Told, String> {
    let tree = xml::parse(text).ok();
    let meta = tree.as_ref().and_then(|tree| tree.root_element().child("meta"));
    let title = meta.and_then(|meta| meta.child("title")).and_then(|title| title.text()).map(str::trim);
    title.filter(|title| title.chars().count() > 3).map(|title| (Told::Title, title.to_owned())).into_iter().collect()
}

impl Walk {
    fn read_styles(&mut self, root: Node<'_, '_>) {
        for node in root.descendants().filter(Node::is_element) {
            match node.local() {
                "list-style" => {
                    self.styles.insert(node.value("name").unwrap_or("").to_owned(), read_levels(node));
                }
                "outline-style" => {
                    self.styles.insert(String::new(), read_levels(node));
                }
                "style" if node.value("family") == Some("text") => {
                    let hides = node.child("text-properties").is_some_and(|properties| properties.value("display") == Some("none"));
                    self.hidden.extend(node.value("name").filter(|_| hides).map(str::to_owned));
                }
                "style" if node.value("family") == Some("paragraph") => {
                    if let (Some(name), Some(list)) = (node.value("name"), node.value("list-style-name")) {
                        self.of_paragraphs.insert(name.to_owned(), list.to_owned());
                    }
                }
                _ => {}
            }
        }
    }

    fn blocks(&mut self, parent: Node<'_, '_>, listed: &Listed) -> Result<(), NotAReport> {
        for node in parent.children().filter(Node::is_element) {
            match node.local() {
                "p" => self.paragraph(node, listed),
                "h" => self.heading(node, listed),
                "list" => self.list(node, listed)?,
                "table" => self.table(node),
                "section" | "index-body" | "index-title" | "numbered-paragraph" => self.blocks(node, listed)?,
                "table-of-content" | "alphabetical-index" | "illustration-index" | "table-index" | "user-index" => {
                    if self.extent == Extent::Whole {
                        self.blocks(node, listed)?;
                    }
                    self.left_out |= self.extent == Extent::Main;
                }
                "frame" => self.frame(node),
                _ => {}
            }
            if self.lines.is_too_long() {
                return Err(NotAReport::Bomb);
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, node: Node<'_, '_>, listed: &Listed) {
        let number = if listed.first { self.count(&listed.style, listed.level, listed.start) } else { None };
        self.write(node, number);
    }

    /// A heading has a number by the outline unless it stands in a list.
    fn heading(&mut self, node: Node<'_, '_>, listed: &Listed) {
        if listed.first {
            return self.paragraph(node, listed);
        }
        let unnumbered = node.value("is-list-header") == Some("true");
        let level = node.value("outline-level").and_then(|level| level.parse::<usize>().ok()).unwrap_or(1).max(1);
        let number = if unnumbered { None } else { self.count("", level, None) };
        self.write(node, number);
    }

    fn write(&mut self, node: Node<'_, '_>, number: Option<String>) {
        let text = self.inline(node);
        let text = if text.trim().is_empty() { text } else { with_number(&number.unwrap_or_default(), &text) };
        self.lines.paragraph(&text);
        std::mem::take(&mut self.boxes).iter().for_each(|text| self.lines.paragraph(text));
    }

    fn list(&mut self, list: Node<'_, '_>, outer: &Listed) -> Result<(), NotAReport> {
        let style = list.value("style-name").unwrap_or(&outer.style).to_owned();
        let goes_on = list.value("continue-numbering") == Some("true") || list.value("continue-list").is_some();
        let level = outer.level + 1;
        if outer.level == 0 && !goes_on {
            self.counters.remove(&style);
        }
        for item in list.children().filter(|node| node.is("list-item") || node.is("list-header")) {
            let start = item.value("start-value").and_then(|start| start.parse().ok());
            let mut first = item.is("list-item");
            for block in item.children().filter(Node::is_element) {
                let bears = std::mem::take(&mut first) && !block.is("list");
                let listed = Listed { style: style.clone(), level, first: bears, start };
                match block.local() {
                    "p" => self.paragraph(block, &listed),
                    "h" => self.heading(block, &listed),
                    "list" => self.list(block, &listed)?,
                    "table" => self.table(block),
                    _ => {}
                }
                if self.lines.is_too_long() {
                    return Err(NotAReport::Bomb);
                }
            }
        }
        Ok(())
    }

    /// Counts a paragraph of a level and writes its number.
    fn count(&mut self, style: &str, level: usize, start: Option<u32>) -> Option<String> {
        let levels = self.styles.get(style)?;
        let this = levels.get(&level)?.clone();
        let counters = self.counters.entry(style.to_owned()).or_default();
        while counters.len() < level {
            let above = levels.get(&(counters.len() + 1)).map_or(1, |level| level.start);
            // The level itself is counted below; one above that was passed over counts as begun.
            counters.push(if counters.len() + 1 == level { above.saturating_sub(1) } else { above });
        }
        counters.truncate(level);
        let counter = counters.last_mut()?;
        *counter = start.unwrap_or_else(|| counter.saturating_add(1));
        if this.style == Style::None && this.form.is_none() {
            return Some(format!("{}{}", this.prefix, this.suffix)).filter(|number| !number.is_empty());
        }
        let written = |at: usize| {
            let number = counters.get(at.checked_sub(1)?).copied()?;
            Some(levels.get(&at).map_or(Style::Decimal, |level| level.style).write(number))
        };
        if let Some(form) = &this.form {
            let numbers = (1..=level).fold(form.clone(), |form, at| form.replace(&format!("%{at}%"), &written(at).unwrap_or_default()));
            return Some(numbers);
        }
        let shown: Vec<String> = (level.saturating_sub(this.shown.saturating_sub(1)).max(1)..=level).filter_map(written).collect();
        Some(format!("{}{}{}", this.prefix, shown.join("."), this.suffix))
    }

    fn table(&mut self, table: Node<'_, '_>) {
        let rows: Vec<Vec<String>> = rows_in(table).into_iter().map(|row| self.cells(row)).collect();
        self.lines.table(&rows);
    }

    fn cells(&mut self, row: Node<'_, '_>) -> Vec<String> {
        let mut cells = Vec::new();
        for cell in row.children().filter(|node| node.is("table-cell") || node.is("covered-table-cell")) {
            let repeated = cell.value("number-columns-repeated").and_then(|count| count.parse().ok()).unwrap_or(1usize).min(64);
            let text = if cell.is("table-cell") { self.cell(cell) } else { String::new() };
            cells.extend(std::iter::repeat_n(text, repeated));
        }
        cells
    }

    /// The text of a cell, that of tables and lists in it included.
    fn cell(&mut self, cell: Node<'_, '_>) -> String {
        let mut text = Vec::new();
        for node in paragraphs_in(cell) {
            text.push(self.inline(node));
            text.append(&mut self.boxes);
        }
        text.retain(|text| !text.trim().is_empty());
        text.join("\n")
    }

    /// The text boxes of a frame that stands by itself.
    fn frame(&mut self, frame: Node<'_, '_>) {
        self.read_boxes(frame);
        std::mem::take(&mut self.boxes).iter().for_each(|text| self.lines.paragraph(text));
    }

    fn read_boxes(&mut self, frame: Node<'_, '_>) {
        for content in frame.children().filter(|node| node.is("text-box")) {
            for paragraph in paragraphs_in(content) {
                let text = self.inline(paragraph);
                self.boxes.push(text);
            }
        }
    }

    fn inline(&mut self, node: Node<'_, '_>) -> String {
        let mut text = String::new();
        self.read_inline(node, &mut text);
        text
    }

    fn read_inline(&mut self, parent: Node<'_, '_>, text: &mut String) {
        for node in parent.children() {
            if let Some(part) = node.text().filter(|_| node.is_text()) {
                // White space in the file is one space (ISO/IEC 26300 §6.1.2).
                text.push_str(&super::lines::collapse(part));
                continue;
            }
            match node.local() {
                "s" => {
                    let count = node.value("c").and_then(|count| count.parse().ok()).unwrap_or(1usize).min(200);
                    text.extend(std::iter::repeat_n(' ', count));
                }
                "tab" => text.push(' '),
                "line-break" => text.push('\n'),
                "note" => self.note(node, text),
                "frame" => self.read_boxes(node),
                "ruby" => node.child("ruby-base").into_iter().for_each(|base| self.read_inline(base, text)),
                // What is said of the text and not in it.
                "annotation" | "annotation-end" | "tracked-changes" | "page-number" | "page-count" | "hidden-text" | "script" => {}
                "" => {}
                "span" if node.value("style-name").is_some_and(|style| self.hidden.contains(style)) => {}
                _ => self.read_inline(node, text),
            }
        }
    }

    fn note(&mut self, note: Node<'_, '_>, text: &mut String) {
        let Some(body) = note.child("note-body") else { return };
        // The reference is numbered before what the note itself refers to.
        self.notes.push(String::new());
        let at = self.notes.len() - 1;
        text.push_str(&note_reference(u32::try_from(self.notes.len()).unwrap_or(u32::MAX)));
        let paragraphs: Vec<String> = paragraphs_in(body).into_iter().map(|paragraph| self.inline(paragraph)).collect();
        if let Some(place) = self.notes.get_mut(at) {
            *place = paragraphs.join(" ");
        }
    }
}

/// The rows of a table, those of its header and groups included.
fn rows_in<'a, 'i>(parent: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let mut rows = Vec::new();
    for child in parent.children().filter(Node::is_element) {
        match child.local() {
            "table-row" => rows.push(child),
            "table-header-rows" | "table-rows" | "table-row-group" => rows.extend(rows_in(child)),
            _ => {}
        }
    }
    rows
}

/// The paragraphs in a cell, a note or a text box, at any depth, but not those inside other paragraphs.
fn paragraphs_in<'a, 'i>(parent: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    for child in parent.children().filter(Node::is_element) {
        if child.is("p") || child.is("h") {
            found.push(child);
        } else {
            found.extend(paragraphs_in(child));
        }
    }
    found
}

fn read_levels(style: Node<'_, '_>) -> BTreeMap<usize, Level> {
    let mut levels = BTreeMap::new();
    for node in style.children().filter(Node::is_element) {
        let Some(at) = node.value("level").and_then(|level| level.parse::<usize>().ok()).filter(|at| (1..=10).contains(at)) else {
            continue;
        };
        let text = |name: &str| node.value(name).unwrap_or("").to_owned();
        let level = if node.is("list-level-style-bullet") || node.is("list-level-style-image") {
            Level::default_bullet()
        } else {
            Level {
                style: Style::of_series(node.value("num-format").unwrap_or("")),
                prefix: text("num-prefix"),
                suffix: text("num-suffix"),
                start: node.value("start-value").and_then(|start| start.parse().ok()).unwrap_or(1),
                shown: node.value("display-levels").and_then(|shown| shown.parse().ok()).unwrap_or(1),
                form: node.value("num-list-format").filter(|form| form.contains('%')).map(str::to_owned),
            }
        };
        levels.insert(at, level);
    }
    levels
}

impl Level {
    fn default_bullet() -> Self {
        Self { style: Style::None, start: 1, shown: 1, ..Self::default() }
    }
}
