//! A page's tree as blocks one below the other: paragraphs and tables, as a browser would show them.

use super::notes::{self, Notes};
use super::tree::{Content, NodeId, Tree};
use crate::source::lines::{LineEnd, collapse_with, is_data, note_reference, with_number};
use crate::source::ordinal::Style;
use crate::text::classes::ends_sentence;

/// What a block shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// A paragraph.
    Paragraph(String),
    /// A table by rows.
    Table(Vec<Vec<String>>),
}

/// A block.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// What it shows.
    pub(super) shown: Shown,
    /// The element it stands in.
    pub(super) element: NodeId,
    /// How many characters it has, space apart.
    pub(super) characters: usize,
    /// How many of them are links.
    pub(super) linked: usize,
    /// How many sentences end in it.
    pub(super) stops: usize,
    /// How many commas it has.
    pub(super) commas: usize,
    /// The rank of the heading it is.
    pub(super) heading: Option<u8>,
}

impl Block {
    /// Whether it reads as running text does: long enough, with stops, and not made of links.
    pub(super) const fn is_running_text(&self) -> bool {
        let prose = (self.characters >= 14 && self.stops > 0) || (self.characters >= 80 && self.commas > 1);
        prose && self.linked * 3 < self.characters
    }

    /// Whether most of it is links.
    pub(super) const fn is_links(&self) -> bool {
        self.linked * 2 > self.characters
    }

    /// Its text, a table's without the lines between.
    pub(super) fn text(&self) -> String {
        match &self.shown {
            Shown::Paragraph(text) => text.clone(),
            Shown::Table(rows) => rows.concat().concat(),
        }
    }
}

/// Elements that show nothing of the text.
const UNSEEN: [&str; 22] = [
    "script", "style", "noscript", "template", "head", "iframe", "svg", "math", "object", "embed", "canvas", "audio", "video", "select",
    "option", "button", "input", "textarea", "rt", "rp", "map", "frameset",
];
/// Elements that stand in a line of text; all others begin a block.
const INLINE: [&str; 34] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "nobr", "q", "rb", "rtc", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "u",
];

/// The blocks of what stands in an element.
pub(super) fn blocks(tree: &Tree, root: NodeId) -> Vec<Block> {
    let mut walk = Walk::new(tree);
    walk.children(root, root, false);
    walk.flush(root);
    walk.blocks
}

/// The blocks of a chapter of a book: references to notes are numbered, notes stand apart.
pub(super) fn blocks_of_chapter(tree: &Tree, file: &str, notes: &mut Notes) -> Vec<Block> {
    let root = tree.root();
    let mut walk = Walk { notes: Some((file, notes)), ..Walk::new(tree) };
    walk.children(root, root, false);
    walk.flush(root);
    walk.blocks
}

struct Walk<'a> {
    tree: &'a Tree,
    /// The file of a chapter and the notes of its book.
    notes: Option<(&'a str, &'a mut Notes)>,
    blocks: Vec<Block>,
    text: String,
    /// Characters of `text` that stand in links.
    linked: usize,
    /// The number of a list's item whose first block has not come yet.
    number: String,
    line_end: LineEnd,
}

/// LibreOffice ends lines only at spaces, which browsers of Chinese then drop.
fn line_end(tree: &Tree) -> LineEnd {
    let generator = tree.descendants(tree.root()).take(200).filter(|id| tree.name(*id) == "meta").find_map(|id| {
        let is_it = tree.attribute(id, "name").is_some_and(|name| name.eq_ignore_ascii_case("generator"));
        tree.attribute(id, "content").filter(|_| is_it)
    });
    let office = generator.is_some_and(|name| name.starts_with("LibreOffice") || name.starts_with("OpenOffice"));
    if office { LineEnd::Space } else { LineEnd::Nothing }
}

impl<'a> Walk<'a> {
    fn new(tree: &'a Tree) -> Self {
        Self { tree, notes: None, blocks: Vec::new(), text: String::new(), linked: 0, number: String::new(), line_end: line_end(tree) }
    }

    fn children(&mut self, parent: NodeId, block: NodeId, link: bool) {
        for &child in self.tree.children(parent) {
            self.node(child, block, link);
        }
    }

    fn node(&mut self, id: NodeId, block: NodeId, link: bool) {
        match self.tree.get(id).map(|node| &node.content) {
            Some(Content::Text(text)) => {
                self.linked += if link { count(text) } else { 0 };
                self.text.push_str(text);
            }
            Some(Content::Element(..)) if !is_hidden(self.tree, id) => self.element(id, block, link),
            _ => {}
        }
    }

    fn element(&mut self, id: NodeId, block: NodeId, link: bool) {
        let name = self.tree.name(id);
        match name {
            _ if UNSEEN.contains(&name) => {}
            _ if self.notes.is_some() && notes::is_note(self.tree, id) => {}
            "a" if self.refer(id) => {}
            "br" => self.flush(block),
            "wbr" | "img" => {}
            "a" => self.children(id, block, link || self.tree.attribute(id, "href").is_some()),
            _ if INLINE.contains(&name) => self.children(id, block, link),
            "table" => {
                self.flush(block);
                match data_rows(self.tree, id) {
                    Some(rows) => self.table(id, rows),
                    None => self.children(id, id, link),
                }
                self.flush(block);
            }
            "ol" => {
                self.flush(block);
                self.ordered(id, link);
                self.flush(block);
            }
            _ => {
                self.flush(block);
                self.children(id, id, link);
                self.flush(id);
            }
        }
    }

    /// Whether a link refers to a note; its number is then written.
    fn refer(&mut self, link: NodeId) -> bool {
        let Some((file, notes)) = &mut self.notes else { return false };
        let Some(number) = notes.refer(self.tree, link, file) else { return false };
        self.text.push_str(&note_reference(number));
        true
    }

    /// A numbered list: the numbers are written out.
    fn ordered(&mut self, list: NodeId, link: bool) {
        let style = list_style(self.tree, list);
        let mut next = self.tree.attribute(list, "start").and_then(|start| start.trim().parse::<u32>().ok()).unwrap_or(1);
        for &child in self.tree.children(list) {
            if self.tree.name(child) == "li" {
                next = self.tree.attribute(child, "value").and_then(|value| value.trim().parse().ok()).unwrap_or(next);
                self.number = format!("{}{}", style.write(next), style.css_suffix());
                next = next.saturating_add(1);
            }
            self.node(child, list, link);
            self.number.clear();
        }
    }

    fn table(&mut self, table: NodeId, rows: Vec<Vec<String>>) {
        let text = rows.concat().concat();
        let linked = self.tree.descendants(table).filter(|id| self.tree.name(*id) == "a").map(|id| count(&self.tree.text(id))).sum();
        self.push(table, Shown::Table(rows), &text, linked);
    }

    /// Ends the paragraph that was being gathered.
    fn flush(&mut self, block: NodeId) {
        let text = collapse_with(&std::mem::take(&mut self.text), self.line_end);
        let linked = std::mem::take(&mut self.linked);
        let text = text.trim();
        if text.chars().all(|c| c.is_whitespace() || c == '\u{200B}') {
            return;
        }
        let text = with_number(&std::mem::take(&mut self.number), text);
        self.push(block, Shown::Paragraph(text.clone()), &text, linked);
    }

    fn push(&mut self, element: NodeId, shown: Shown, text: &str, linked: usize) {
        let stops = text.chars().filter(|&c| ends_sentence(c) || c == '；').count();
        let commas = text.chars().filter(|c| matches!(c, '，' | ',' | '、')).count();
        let heading = std::iter::once(element).chain(self.tree.ancestors(element)).take(3).find_map(|id| heading(self.tree.name(id)));
        self.blocks.push(Block { shown, element, characters: count(text), linked, stops, commas, heading });
    }
}

fn heading(name: &str) -> Option<u8> {
    name.strip_prefix('h')?.parse().ok().filter(|rank| (1..=6).contains(rank))
}

fn count(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn list_style(tree: &Tree, list: NodeId) -> Style {
    let css = tree.attribute(list, "style").and_then(|style| {
        let value = style.split(';').filter_map(|rule| rule.split_once(':')).find(|(name, _)| name.trim().starts_with("list-style"))?.1;
        Some(value.split_whitespace().next().unwrap_or("").to_owned())
    });
    css.or_else(|| tree.attribute(list, "type").map(str::to_owned)).map_or(Style::Decimal, |name| Style::of_css(&name))
}

/// Whether an element is not to be seen, as far as it says itself.
fn is_hidden(tree: &Tree, id: NodeId) -> bool {
    let style = || tree.attribute(id, "style").unwrap_or("").to_ascii_lowercase().replace(' ', "");
    tree.attribute(id, "hidden").is_some() || ["display:none", "visibility:hidden"].iter().any(|hidden| style().contains(hidden))
}

/// The rows of a table of data; nothing for a table that only arranges the page: one that holds tables or long text,
/// or has no two rows with several cells.
fn data_rows(tree: &Tree, table: NodeId) -> Option<Vec<Vec<String>>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    // How many more rows a cell above reaches down, by column.
    let mut reach: Vec<usize> = Vec::new();
    for row in tree.descendants(table).skip(1).filter(|id| tree.name(*id) == "tr") {
        let mut cells: Vec<String> = Vec::new();
        for &cell in tree.children(row).iter().filter(|id| matches!(tree.name(**id), "td" | "th")) {
            if tree.descendants(cell).any(|id| tree.name(id) == "table") {
                return None;
            }
            covered(&mut cells, &mut reach);
            let text = blocks(tree, cell).iter().map(Block::text).collect::<Vec<_>>().join("\n");
            let span = |name: &str| tree.attribute(cell, name).and_then(|span| span.trim().parse().ok()).unwrap_or(1usize).clamp(1, 64);
            let (columns, down) = (span("colspan"), span("rowspan"));
            for at in 0..columns {
                cells.push(if at == 0 { text.clone() } else { String::new() });
                reach.resize(reach.len().max(cells.len()), 0);
                if let Some(reach) = reach.get_mut(cells.len() - 1) {
                    *reach = down - 1;
                }
            }
        }
        covered(&mut cells, &mut reach);
        rows.push(cells);
    }
    is_data(&rows).then_some(rows)
}

/// Adds the empty cells that those reaching down from above cover.
fn covered(cells: &mut Vec<String>, reach: &mut [usize]) {
    while let Some(left) = reach.get_mut(cells.len()).filter(|left| **left > 0) {
        *left -= 1;
        cells.push(String::new());
    }
}
