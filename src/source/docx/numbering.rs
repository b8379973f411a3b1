//! Automatic numbers: 一、 （一） 1. that stand only in `numbering.xml` and in styles (ISO/IEC 29500-1 §17.9).

use crate::source::NotAReport;
use crate::source::ordinal::Style;
use crate::source::xml::{self, Local as _};
use roxmltree::Node;
use std::collections::{BTreeMap, BTreeSet};

/// Levels of a list.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    style: Style,
    bullet: bool,
    /// `%1、`: each `%n` stands for the number of level n.
    text: String,
    /// After which level's number this one begins anew; 0 is never.
    restart: Option<usize>,
    /// Whether the numbers of all levels are written in digits.
    legal: bool,
    /// The paragraph style that belongs to it.
    of_style: Option<String>,
}

/// A list as defined: its levels.
type Levels = [Option<Level>; LEVELS];

/// A list as used: the definition, and what it changes.
#[derive(Clone, Debug, Default)]
struct List {
    definition: String,
    levels: BTreeMap<usize, Level>,
    starts: BTreeMap<usize, u32>,
}

/// What a paragraph style says of numbering.
#[derive(Clone, Debug, Default)]
struct ParagraphStyle {
    list: Option<String>,
    level: Option<usize>,
    based_on: Option<String>,
    contents: bool,
}

/// The lists and counters of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: BTreeMap<String, Levels>,
    lists: BTreeMap<String, List>,
    styles: BTreeMap<String, ParagraphStyle>,
    default_style: Option<String>,
    /// The last number of each level of each definition.
    counters: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// Lists whose own starts were applied, by level.
    begun: BTreeSet<(String, usize)>,
}

impl Numbering {
    /// Reads the parts that say how paragraphs are numbered.
    ///
    /// # Errors
    /// If one is damaged.
    pub(super) fn read(numbering: Option<&str>, styles: Option<&str>) -> Result<Self, NotAReport> {
        let mut read = Self::default();
        if let Some(text) = styles {
            read.read_styles(xml::parse(text)?.root_element());
        }
        if let Some(text) = numbering {
            read.read_lists(xml::parse(text)?.root_element());
        }
        Ok(read)
    }

    fn read_styles(&mut self, root: Node<'_, '_>) {
        for node in root.all("style").filter(|node| node.value("type") == Some("paragraph")) {
            let id = node.value("styleId").unwrap_or("").to_owned();
            let name = node.child("name").and_then(|name| name.value("val")).unwrap_or("").to_ascii_lowercase();
            let properties = node.child("pPr").and_then(|pr| pr.child("numPr"));
            let style = ParagraphStyle {
                list: properties.and_then(|pr| pr.child("numId")).and_then(|id| id.value("val")).map(str::to_owned),
                level: properties.and_then(|pr| pr.child("ilvl")).and_then(|level| level.value("val")?.parse().ok()),
                based_on: node.child("basedOn").and_then(|base| base.value("val")).map(str::to_owned),
                contents: name.strip_prefix("toc ").is_some_and(|rest| rest.trim().parse::<u8>().is_ok()),
            };
            if matches!(node.value("default"), Some("1" | "true")) {
                self.default_style = Some(id.clone());
            }
            self.styles.insert(id, style);
        }
    }

    fn read_lists(&mut self, root: Node<'_, '_>) {
        let mut style_links: BTreeMap<String, String> = BTreeMap::new();
        let mut refer: Vec<(String, String)> = Vec::new();
        for node in root.all("abstractNum") {
            let id = node.value("abstractNumId").unwrap_or("").to_owned();
            let mut levels = Levels::default();
            for level in node.all("lvl") {
                let at = level.value("ilvl").and_then(|at| at.parse::<usize>().ok());
                if let Some(place) = at.and_then(|at| levels.get_mut(at)) {
                    *place = Some(read_level(level));
                }
            }
            if let Some(link) = node.child("styleLink").and_then(|link| link.value("val")) {
                style_links.insert(link.to_owned(), id.clone());
            }
            if let Some(link) = node.child("numStyleLink").and_then(|link| link.value("val")) {
                refer.push((id.clone(), link.to_owned()));
            }
            self.definitions.insert(id, levels);
        }
        for (id, link) in refer {
            if let Some(levels) = style_links.get(&link).and_then(|other| self.definitions.get(other)).cloned() {
                self.definitions.insert(id, levels);
            }
        }
        for node in root.all("num") {
            let definition = node.child("abstractNumId").and_then(|id| id.value("val")).unwrap_or("").to_owned();
            let mut list = List { definition, ..List::default() };
            for change in node.all("lvlOverride") {
                let Some(at) = change.value("ilvl").and_then(|at| at.parse::<usize>().ok()) else { continue };
                if let Some(start) = change.child("startOverride").and_then(|start| start.value("val")?.parse().ok()) {
                    list.starts.insert(at, start);
                }
                if let Some(level) = change.child("lvl") {
                    list.levels.insert(at, read_level(level));
                }
            }
            self.lists.insert(node.value("numId").unwrap_or("").to_owned(), list);
        }
    }

    /// Whether a paragraph is a line of a table of contents, by its style.
    pub(super) fn is_contents(&self, paragraph: Node<'_, '_>) -> bool {
        style_of(paragraph).and_then(|id| self.styles.get(id)).is_some_and(|style| style.contents)
    }

    /// The number of a paragraph as it is shown; counts it.
    pub(super) fn number_of(&mut self, paragraph: Node<'_, '_>) -> Option<String> {
        let (id, level) = self.list_of(paragraph)?;
        let list = self.lists.get(&id)?.clone();
        let levels: Vec<Option<Level>> = (0..LEVELS)
            .map(|at| list.levels.get(&at).cloned().or_else(|| self.definitions.get(&list.definition)?.get(at)?.clone()))
            .collect();
        let this = levels.get(level)?.clone()?;
        let counters = self.counters.entry(list.definition.clone()).or_default();
        let start = list.starts.get(&level).copied();
        let begins = start.is_some() && self.begun.insert((id, level));
        let next = match counters.get(level).copied().flatten() {
            _ if begins => start.unwrap_or(this.start),
            Some(last) => last.saturating_add(1),
            None => this.start,
        };
        for (at, counter) in counters.iter_mut().enumerate() {
            if at == level {
                *counter = Some(next);
            } else if at < level {
                // A level above that was passed over counts as begun.
                let first = levels.get(at).and_then(Option::as_ref).map_or(1, |level| level.start);
                counter.get_or_insert(first);
            } else {
                let restart = levels.get(at).and_then(Option::as_ref).and_then(|level| level.restart);
                if restart.is_none_or(|after| after > 0 && level < after) {
                    *counter = None;
                }
            }
        }
        if this.bullet {
            return None;
        }
        let counters = *counters;
        let mut written = String::new();
        let mut chars = this.text.chars();
        while let Some(c) = chars.next() {
            if c != '%' {
                written.push(c);
                continue;
            }
            let Some(at) = chars.next().and_then(|c| c.to_digit(10)).and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1)) else {
                continue;
            };
            let number = counters.get(at).copied().flatten().unwrap_or(0);
            let style = levels.get(at).and_then(Option::as_ref).map_or(Style::Decimal, |level| level.style);
            written.push_str(&if this.legal { Style::Decimal } else { style }.write(number));
        }
        Some(written).filter(|written| !written.is_empty())
    }

    /// The list and level of a paragraph: its own, or those of its style and of the styles that one is based on.
    fn list_of(&self, paragraph: Node<'_, '_>) -> Option<(String, usize)> {
        let own = paragraph.child("pPr").and_then(|pr| pr.child("numPr"));
        let mut list = own.and_then(|pr| pr.child("numId")).and_then(|id| id.value("val")).map(str::to_owned);
        let mut level = own.and_then(|pr| pr.child("ilvl")).and_then(|level| level.value("val")?.parse::<usize>().ok());
        let mut style = style_of(paragraph).map(str::to_owned).or_else(|| self.default_style.clone());
        // Styles may be based on one another in a ring.
        for _ in 0..32 {
            let Some(this) = style.as_ref().and_then(|id| self.styles.get(id)) else { break };
            if list.is_none() {
                list.clone_from(&this.list);
                level = level.or(this.level).or_else(|| self.level_of_style(list.as_ref()?, style.as_ref()?));
            }
            style.clone_from(&this.based_on);
        }
        // List 0 says that there is none.
        list.filter(|list| list != "0").map(|list| (list, level.unwrap_or(0)))
    }

    /// A style that names a list without a level has the level that names the style.
    fn level_of_style(&self, list: &str, style: &str) -> Option<usize> {
        let levels = self.definitions.get(&self.lists.get(list)?.definition)?;
        levels.iter().position(|level| level.as_ref().is_some_and(|level| level.of_style.as_deref() == Some(style)))
    }
}

fn style_of<'a>(paragraph: Node<'a, '_>) -> Option<&'a str> {
    paragraph.child("pPr")?.child("pStyle")?.value("val")
}

fn read_level(node: Node<'_, '_>) -> Level {
    let value = |name: &str| node.child(name).and_then(|child| child.value("val"));
    let format = value("numFmt").unwrap_or("decimal");
    Level {
        start: value("start").and_then(|start| start.parse().ok()).unwrap_or(0),
        style: Style::of_word(format),
        bullet: format == "bullet",
        // No number is longer.
        text: value("lvlText").unwrap_or("").chars().take(64).collect(),
        restart: value("lvlRestart").and_then(|level| level.parse().ok()),
        of_style: value("pStyle").map(str::to_owned),
        legal: node.child("isLgl").is_some_and(|node| !matches!(node.value("val"), Some("0" | "false" | "off"))),
    }
}
