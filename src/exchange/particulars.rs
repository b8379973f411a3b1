//! What is said of tags in what comes of a review: kind, words, numbers and attributes, each by its name. Notes are not
//! decided on.

use super::handed::{Handed, TagRow};
use super::voice::{Particular, Voice};
use crate::annotation::{Tag, TagId};
use std::collections::BTreeMap;

/// How many things are always said of a tag, first of all: its kind and its words.
pub(super) const ALWAYS: usize = 2;

/// What is said of the tags that are handed over.
pub(super) struct Particulars<'a> {
    /// In which words.
    pub voice: Voice<'a>,
    rows: BTreeMap<TagId, TagRow<'a>>,
}

impl<'a> Particulars<'a> {
    pub fn of(handed: Handed<'a>) -> Self {
        Self { voice: Voice::new(handed), rows: handed.tags().map(|row| (row.tag.id, row)).collect() }
    }

    /// All that is said of a tag, its kind and its words first.
    pub fn all(&self, tag: &Tag) -> Vec<Particular> {
        let kind = (self.voice.label("column", "kind"), self.voice.kind(&tag.kind));
        let quote = self.voice.label("column", "quote");
        let Some(row) = self.rows.get(&tag.id) else { return vec![kind, (quote, tag.anchor.quote.clone())] };
        let mut said = self.voice.particulars(row);
        if !tag.note.is_empty() {
            said.pop();
        }
        [kind, (quote, row.quote().into_owned())].into_iter().chain(said).collect()
    }

    /// In what tags differ besides kind and words, by its names.
    pub fn apart(&self, tags: &[&Tag]) -> Vec<String> {
        let said: Vec<Vec<Particular>> = tags.iter().map(|tag| self.all(tag).into_iter().skip(ALWAYS).collect()).collect();
        let differs = |name: &&str| {
            let mut words = said.iter().map(|said| words_of(said, name, "\n"));
            let first = words.next();
            words.any(|other| Some(other) != first)
        };
        names(said.iter().flatten()).into_iter().filter(differs).map(str::to_owned).collect()
    }
}

/// The names of what is said, each once.
pub(super) fn names<'s>(said: impl Iterator<Item = &'s Particular>) -> Vec<&'s str> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in said {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names
}

/// What is said under a name: several quantities may measure the same.
pub(super) fn words_of(said: &[Particular], name: &str, between: &str) -> String {
    let words = said.iter().filter(|(other, _)| other == name).map(|(_, words)| words.as_str());
    words.collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::super::handed::Office;
    use super::super::reviewed::tests::{Panel, TEXT};
    use super::*;

    #[test]
    fn tags_differ_in_what_is_not_said_of_all() {
        let growth = ["增长8%"];
        let panel = Panel::new(TEXT).with("甲", Office::Annotation);
        let panel = panel.says("生产总值增长8%", "indicator", &growth, &[("period", "2020"), ("indicator_name", "生产总值")]);
        let panel = panel.with("乙", Office::Annotation).says("生产总值增长8%", "target", &growth, &[("period", "2021")]);
        panel.hand(|handed| {
            let particulars = Particulars::of(handed);
            let tags: Vec<&Tag> = handed.tags().map(|row| row.tag).collect();
            let mut apart = particulars.apart(&tags);
            apart.sort();
            assert_eq!(apart, ["indicator_name", "period"], "kind and words are always said");
            assert!(particulars.apart(&tags[..1]).is_empty() && particulars.apart(&[]).is_empty());
            let said = particulars.all(tags[1]);
            assert_eq!(words_of(&said, "period", "、"), "2021");
            assert_eq!(names(said.iter())[..ALWAYS], ["kind", "quote"]);
        });
    }
}
