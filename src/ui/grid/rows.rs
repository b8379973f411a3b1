//! The rows of the grid in their order: worked out anew only when something they depend on changes.

use super::columns::Column;
use crate::annotation::PersonId;
use crate::locale::Words;
use crate::report::{Field, Progress};
use crate::session::{Project, State};
use crate::source::Format;
use crate::store::{Card, SeenWork, Viewer};
use crate::text::Pos;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// What a row is about: a file, or one of several reports in it.
pub type RowKey = (PathBuf, Option<Pos>);

/// A row with the text of each column.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is about.
    pub key: RowKey,
    /// What stands in the first column.
    pub label: String,
    texts: BTreeMap<Column, String>,
    /// Why the file does not open.
    pub trouble: Option<String>,
}

impl Row {
    /// The text of a column.
    pub fn text(&self, column: Column) -> &str {
        self.texts.get(&column).map_or("", String::as_str)
    }
}

/// A line of the grid.
#[derive(Clone, Debug)]
pub enum Line {
    /// Above the rows of a group.
    Group {
        /// What they have in common.
        name: String,
        /// How many there are.
        count: usize,
    },
    /// A report.
    Row(Arc<Row>),
}

/// What the lines depend on.
#[derive(Clone, Debug, Default, PartialEq)]
struct Key {
    root: PathBuf,
    edition: u64,
    viewer: Option<PersonId>,
    language: &'static str,
    filter: String,
    order: (Column, bool),
    group: Option<Column>,
    folded: BTreeSet<String>,
}

/// The lines as last worked out.
#[derive(Debug, Default)]
pub struct Rows {
    key: Option<Key>,
    all: Vec<Arc<Row>>,
    lines: Arc<Vec<Line>>,
}

impl Rows {
    /// The lines.
    pub fn lines(&self) -> Arc<Vec<Line>> {
        Arc::clone(&self.lines)
    }

    /// Works the lines out again where something has changed.
    pub fn renew(
        &mut self,
        state: &State,
        words: &Words,
        filter: &str,
        order: (Column, bool),
        group: Option<Column>,
        folded: &BTreeSet<String>,
    ) {
        let Some(project) = &state.project else { return };
        let key = Key {
            root: project.root.clone(),
            edition: project.edition,
            viewer: state.person().map(|person| person.id),
            language: words.language().key(),
            filter: filter.trim().to_lowercase(),
            order,
            group,
            folded: folded.clone(),
        };
        let Some(before) = self.key.replace(key.clone()).filter(|before| *before != key) else {
            if self.all.is_empty() {
                self.read(state, project, words);
                self.arrange(&key, words);
            }
            return;
        };
        if (before.root, before.edition, before.viewer, before.language) != (key.root.clone(), key.edition, key.viewer, key.language) {
            self.read(state, project, words);
        }
        self.arrange(&key, words);
    }

    fn read(&mut self, state: &State, project: &Project, words: &Words) {
        let person = state.person();
        let viewer = Viewer::of(person.as_ref(), &project.cards);
        self.all = project.cards.iter().flat_map(|card| rows_of(card, &project.seen(card, viewer), words)).map(Arc::new).collect();
    }

    fn arrange(&mut self, key: &Key, words: &Words) {
        let passes = |row: &&Arc<Row>| {
            let found = |word: &str| row.texts.values().chain(&row.trouble).any(|text| text.to_lowercase().contains(word));
            key.filter.split_whitespace().all(found)
        };
        let mut rows: Vec<Arc<Row>> = self.all.iter().filter(passes).cloned().collect();
        let (column, descending) = key.order;
        rows.sort_by(|a, b| {
            let (a_text, b_text) = (a.text(column), b.text(column));
            let order = compare(a_text, b_text);
            // What is empty comes last either way.
            let turned = descending && !a_text.is_empty() && !b_text.is_empty();
            (if turned { order.reverse() } else { order }).then_with(|| a.key.cmp(&b.key))
        });
        self.lines = Arc::new(match key.group {
            None => rows.into_iter().map(Line::Row).collect(),
            Some(group) => grouped(rows, group, &key.folded, words),
        });
    }
}

/// Rows under the lines of their groups.
fn grouped(rows: Vec<Arc<Row>>, group: Column, folded: &BTreeSet<String>, words: &Words) -> Vec<Line> {
    let mut groups: BTreeMap<String, Vec<Arc<Row>>> = BTreeMap::new();
    for row in rows {
        let name = row.text(group);
        groups.entry(if name.is_empty() { words.get("group_none").to_owned() } else { name.to_owned() }).or_default().push(row);
    }
    let mut groups: Vec<(String, Vec<Arc<Row>>)> = groups.into_iter().collect();
    groups.sort_by(|a, b| compare(&a.0, &b.0));
    let mut lines = Vec::new();
    for (name, rows) in groups {
        let hidden = folded.contains(&name);
        lines.push(Line::Group { name, count: rows.len() });
        lines.extend(rows.into_iter().filter(|_| !hidden).map(Line::Row));
    }
    lines
}

/// Numbers by their value, everything else by its characters; what is empty comes last.
fn compare(a: &str, b: &str) -> Ordering {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => a.total_cmp(&b),
        _ => a.is_empty().cmp(&b.is_empty()).then_with(|| a.cmp(b)),
    }
}

/// A row for a file, and one for each report in it where there are several.
fn rows_of(card: &Card, seen: &SeenWork<'_>, words: &Words) -> Vec<Row> {
    let parts = card.state.as_ref().map_or(&[][..], |state| state.parts.as_slice());
    std::iter::once(None).chain(parts.iter().map(|part| Some(part.start))).map(|part| row(card, part, seen, words)).collect()
}

fn row(card: &Card, part: Option<Pos>, seen: &SeenWork<'_>, words: &Words) -> Row {
    let mut texts = BTreeMap::new();
    let (folder, name) = card.inside.rsplit_once('/').unwrap_or(("", &card.inside));
    texts.insert(Column::Folder, folder.to_owned());
    texts.insert(Column::Name, card.inside.clone());
    // The file is named in the first column.
    let named = card.path.display().to_string();
    let trouble = card.state.as_ref().err().map(|error| words.open_error(error).replace(&named, "").trim().to_owned());
    if let Ok(state) = &card.state {
        let counts = seen.counts(part);
        let is_begun = counts.values().any(|count| *count > 0) || (part.is_none() && seen.withheld > 0);
        for column in Column::ALL {
            if let Some(field) = column.field() {
                texts.insert(column, fact(card, part, field, is_begun, words));
            }
            if let Some(count) = column.kind().map(|kind| counts.get(&kind).copied().unwrap_or(0)) {
                texts.insert(column, if count == 0 { String::new() } else { count.to_string() });
            }
        }
        let names = seen.people.iter().map(|(name, _)| (*name).to_owned());
        let others = (seen.withheld > 0).then(|| words.fill("grid_withheld", &[&seen.withheld.to_string()]));
        texts.insert(Column::People, names.chain(others).collect::<Vec<_>>().join("、"));
        texts.insert(Column::Script, words.named("short", state.script.key(state.region)).to_owned());
        let format = words.named("format", state.format.key());
        let encoding = match (state.format, state.encoding) {
            (Format::Text, Some(encoding)) => encoding.name().to_owned(),
            (_, Some(encoding)) => format!("{format} · {}", encoding.name()),
            (_, None) => format.to_owned(),
        };
        texts.insert(Column::Encoding, encoding);
        if part.is_none() && !state.parts.is_empty() {
            texts.insert(Column::Parts, state.parts.len().to_string());
        }
    }
    // A part stands under its file, also where rows are sorted by file.
    let label = part.map_or_else(|| card.inside.clone(), |part| format!("　└ {}", card.fact(Some(part), Field::Title).unwrap_or(name)));
    Row { label, key: (card.path.clone(), part), texts, trouble }
}

/// A fact in the reader's words. Work that nobody said anything of has begun when there are tags.
fn fact(card: &Card, part: Option<Pos>, field: Field, is_begun: bool, words: &Words) -> String {
    let value = card.fact(part, field);
    match (field, value) {
        (Field::Progress, None) => {
            let progress = if is_begun { Progress::Begun } else { Progress::Waiting };
            words.named(field.key(), progress.key()).to_owned()
        }
        (_, None) => String::new(),
        (_, Some(value)) if field.choices().is_some() => words.named(field.key(), value).to_owned(),
        (_, Some(value)) => value.to_owned(),
    }
}
