//! A configuration: stages of dictionaries, each reading what the one before wrote.

use super::Converted;
use super::dictionary::{Dictionary, dictionary};
use crate::text::offset_map::OffsetMap;
use crate::text::position::View;
use serde::Deserialize;

/// A configuration file of OpenCC, as far as it concerns us; other fields are left aside.
#[derive(Deserialize)]
struct Configuration {
    #[serde(default)]
    normalization: Vec<Stage>,
    conversion_chain: Vec<Stage>,
}

#[derive(Deserialize)]
struct Stage {
    dict: Node,
}

/// A dictionary, or several looked up together.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Node {
    Text { file: String },
    Group { match_policy: Option<Policy>, dicts: Vec<Node> },
}

/// What a group does when several of its dictionaries have an entry.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Policy {
    /// The first dictionary with any entry at the place wins, however short that entry is.
    ShortCircuit,
    /// The longest entry of all wins; of two as long, that of the first dictionary.
    Union,
}

enum Matcher {
    Dictionary(&'static Dictionary),
    Group(Policy, Vec<Matcher>),
    /// A dictionary the program does not have; a test shows that there is none.
    Missing(#[cfg_attr(not(test), expect(dead_code, reason = "only the test that there is none reads it"))] String),
}

impl Matcher {
    fn new(node: Node) -> Self {
        match node {
            Node::Text { file } => dictionary(&file).map_or(Self::Missing(file), Self::Dictionary),
            Node::Group { match_policy, dicts } => {
                Self::Group(match_policy.unwrap_or(Policy::ShortCircuit), dicts.into_iter().map(Self::new).collect())
            }
        }
    }

    fn longest_prefix(&self, text: &str) -> Option<(usize, &'static str)> {
        match self {
            Self::Dictionary(dictionary) => dictionary.longest_prefix(text),
            Self::Group(Policy::ShortCircuit, of) => of.iter().find_map(|matcher| matcher.longest_prefix(text)),
            Self::Group(Policy::Union, of) => {
                let mut best: Option<(usize, &'static str)> = None;
                for found in of.iter().filter_map(|matcher| matcher.longest_prefix(text)) {
                    if best.is_none_or(|(len, _)| found.0 > len) {
                        best = Some(found);
                    }
                }
                best
            }
            Self::Missing(_) => None,
        }
    }

    #[cfg(test)]
    fn missing(&self, to: &mut Vec<String>) {
        match self {
            Self::Dictionary(_) => {}
            Self::Group(_, of) => of.iter().for_each(|matcher| matcher.missing(to)),
            Self::Missing(file) => to.push(file.clone()),
        }
    }
}

/// The stages of a conversion in order.
pub(super) struct Chain {
    stages: Vec<Matcher>,
}

impl Chain {
    /// Changes nothing.
    pub(super) const EMPTY: Self = Self { stages: Vec::new() };

    /// Reads a configuration; one that cannot be read changes nothing, and the tests show it.
    pub(super) fn parse(json: &str) -> Self {
        let Ok(configuration) = serde_json::from_str::<Configuration>(json) else {
            return Self::EMPTY;
        };
        let stages = configuration.normalization.into_iter().chain(configuration.conversion_chain);
        Self { stages: stages.map(|stage| Matcher::new(stage.dict)).collect() }
    }

    /// Names of dictionaries a configuration asks for and the program does not have.
    #[cfg(test)]
    pub(super) fn missing(&self) -> Vec<String> {
        let mut missing = if self.stages.is_empty() { vec!["no stages".to_owned()] } else { Vec::new() };
        self.stages.iter().for_each(|stage| stage.missing(&mut missing));
        missing
    }

    pub(super) fn convert(&self, text: &str) -> Converted {
        let len = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let mut converted = Converted { text: text.to_owned(), map: OffsetMap::identity(len) };
        for stage in &self.stages {
            let (text, changes) = run(stage, &converted.text);
            converted.text = text;
            if !changes.is_empty() {
                let map: OffsetMap<View, View> = OffsetMap::from_changes(converted.map.b_len(), changes);
                converted.map = converted.map.then(&map);
            }
        }
        converted
    }
}

/// Runs one stage; lists what changed its length, as `(start, length before, length after)` in characters.
fn run(stage: &Matcher, text: &str) -> (String, Vec<(u32, u32, u32)>) {
    let mut written = String::with_capacity(text.len() + text.len() / 16);
    let mut changes = Vec::new();
    let (mut rest, mut place) = (text, 0u32);
    while let Some(first) = rest.chars().next() {
        let (taken, replacement) = match stage.longest_prefix(rest) {
            Some((taken, replacement)) => (taken, replacement),
            None => (first.len_utf8(), ""),
        };
        let (before, after) = rest.split_at(taken);
        if replacement.is_empty() {
            written.push(first);
            place += 1;
        } else {
            written.push_str(replacement);
            let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            let (len, new_len) = if taken == first.len_utf8() { (1, count(replacement)) } else { (count(before), count(replacement)) };
            if len != new_len {
                changes.push((place, len, new_len));
            }
            place += len;
        }
        rest = after;
    }
    (written, changes)
}
