//! What was read of another tool's file: tags by the labels they have there, and all that did not fit.

use super::standoff::{QUANTITIES, UNSURE, YES, quantities_of, visible};
use crate::annotation::{Anchor, AttributeId, Codebook, KindId, Tag, TagId, Value, ValueType};
use crate::text::{Span, Text};
use std::collections::BTreeMap;

/// A tag of another tool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedTag {
    /// What the other tool calls its kind; empty where it has none.
    pub label: String,
    /// Where its words stand in the source text; nothing where they could not be found.
    pub span: Option<Span>,
    /// Its words: those of the report where it has a place, else those of the file.
    pub quote: String,
    /// What else is said of it.
    pub attributes: BTreeMap<String, String>,
    /// Free text.
    pub note: String,
}

/// What of a file did not fit, or had to be done to make it fit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Problem {
    /// The file is not of the format.
    #[error("the file cannot be read: {reason}")]
    Unreadable {
        /// What its reader says.
        reason: String,
    },
    /// An entry is no tag, or not one with a place in a text.
    #[error("entry {number} cannot be read")]
    Entry {
        /// Its number in the file, from 1: the line, where the format goes by lines.
        number: usize,
    },
    /// The words of a tag stand nowhere in the report.
    #[error("{label}: nowhere in the report: {quote}")]
    Lost {
        /// Its label.
        label: String,
        /// Its words.
        quote: String,
    },
    /// The words of a tag do not stand at its place, and at several others.
    #[error("{label}: at {times} places in the report: {quote}")]
    Several {
        /// Its label.
        label: String,
        /// Its words.
        quote: String,
        /// At how many places they stand.
        times: usize,
    },
    /// The words of a tag do not stand at its place, but at one other. It stands there now.
    #[error("{label}: at another place in the report: {quote}")]
    Moved {
        /// Its label.
        label: String,
        /// Its words.
        quote: String,
    },
    /// The file does not say the words of a tag, so that nothing shows whether its place is right.
    #[error("{label}: its words are not in the file: {quote}")]
    Unchecked {
        /// Its label.
        label: String,
        /// The words at its place.
        quote: String,
    },
    /// A tag stands on several stretches with others between. It stands on all from the first to the last now.
    #[error("{label}: has gaps: {quote}")]
    Gaps {
        /// Its label.
        label: String,
        /// The words it stands on now.
        quote: String,
    },
    /// Tags with a label for which no kind is known.
    #[error("no kind for {count} tags with the label {label}")]
    Unmapped {
        /// The label.
        label: String,
        /// How many tags have it.
        count: usize,
    },
    /// Tags of another report.
    #[error("{tags} tags of another report: {name}")]
    OtherReport {
        /// What the file calls it, or how its text begins.
        name: String,
        /// How many.
        tags: usize,
    },
    /// All tags are of another report or of another text of this one.
    #[error("{tags} tags of another report, or of another text of it")]
    OtherText {
        /// How many.
        tags: usize,
    },
    /// The words of hardly any tag stand in the report: it is another one, and none is taken.
    #[error("{tags} tags of another report: their words do not stand here")]
    Elsewhere {
        /// How many.
        tags: usize,
    },
    /// Tags whose numbers were read anew from their words, because the table that says more of them is not there.
    #[error("no table of quantities for {tags} tags")]
    Unmeasured {
        /// How many.
        tags: usize,
    },
    /// The file holds the work of several people, which is taken together.
    #[error("the work of {count} people")]
    SeveralPeople {
        /// How many.
        count: usize,
    },
    /// Links between tags are not taken.
    #[error("{count} links")]
    Links {
        /// How many.
        count: usize,
    },
}

impl Problem {
    /// Its key in the locale.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable",
            Self::Entry { .. } => "entry",
            Self::Lost { .. } => "lost",
            Self::Several { .. } => "several",
            Self::Moved { .. } => "moved",
            Self::Unchecked { .. } => "unchecked",
            Self::Gaps { .. } => "gaps",
            Self::Unmapped { .. } => "unmapped",
            Self::OtherReport { .. } => "other_report",
            Self::OtherText { .. } => "other_text",
            Self::Elsewhere { .. } => "elsewhere",
            Self::Unmeasured { .. } => "unmeasured",
            Self::SeveralPeople { .. } => "several_people",
            Self::Links { .. } => "links",
        }
    }

    /// What stands in the gaps of its sentence. In words of the file, what would hide or turn text is written out.
    pub fn says(&self) -> Vec<String> {
        match self {
            Self::Unreadable { reason } => vec![visible(reason)],
            Self::Entry { number } => vec![number.to_string()],
            Self::Lost { label, quote } | Self::Moved { label, quote } | Self::Unchecked { label, quote } | Self::Gaps { label, quote } => {
                vec![visible(label), visible(quote)]
            }
            Self::Several { label, quote, times } => vec![visible(label), visible(quote), times.to_string()],
            Self::Unmapped { label, count } => vec![visible(label), count.to_string()],
            Self::OtherReport { name, tags } => vec![visible(name), tags.to_string()],
            Self::OtherText { tags: count } | Self::Elsewhere { tags: count } | Self::Unmeasured { tags: count } => {
                vec![count.to_string()]
            }
            Self::SeveralPeople { count } | Self::Links { count } => vec![count.to_string()],
        }
    }

    /// Whether it is about the place of one tag.
    const fn is_of_a_place(&self) -> bool {
        match self {
            Self::Lost { .. } | Self::Several { .. } | Self::Moved { .. } | Self::Unchecked { .. } | Self::Gaps { .. } => true,
            Self::Unreadable { .. }
            | Self::Entry { .. }
            | Self::Unmapped { .. }
            | Self::OtherReport { .. }
            | Self::OtherText { .. }
            | Self::Elsewhere { .. }
            | Self::Unmeasured { .. }
            | Self::SeveralPeople { .. }
            | Self::Links { .. } => false,
        }
    }
}

/// Where so many tags stand nowhere in a report, it may be another one they are on.
const MANY: usize = 3;
/// It is if not even one of so many stands there: reports of one place have sentences in common from year to year.
const OF: usize = 10;

/// Whether tags of which so many stand in a report, and so many nowhere in it, are on another one.
pub(super) const fn is_elsewhere(found: usize, lost: usize) -> bool {
    lost >= MANY && found * OF < found + lost
}

/// What was read of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The tags, in the order of the file.
    pub tags: Vec<ImportedTag>,
    /// What did not fit.
    pub problems: Vec<Problem>,
}

impl Imported {
    /// Nothing, and why.
    pub(super) fn unreadable(reason: impl ToString) -> Self {
        Self { tags: Vec::new(), problems: vec![Problem::Unreadable { reason: reason.to_string() }] }
    }

    /// Says how many links and people there were, if that is more than a report can take. Of tags that are on another report it
    /// says nothing but that.
    pub(super) fn conclude(&mut self, links: usize, people: usize) {
        let lost = self.problems.iter().filter(|problem| matches!(problem, Problem::Lost { .. })).count();
        let tags = self.tags.len();
        if is_elsewhere(tags.saturating_sub(lost), lost) {
            self.tags.clear();
            self.problems.retain(|problem| !problem.is_of_a_place());
            self.problems.push(Problem::Elsewhere { tags });
            return;
        }
        if links > 0 {
            self.problems.push(Problem::Links { count: links });
        }
        if people > 1 {
            self.problems.push(Problem::SeveralPeople { count: people });
        }
    }

    /// The labels, and how many tags have each.
    pub fn labels(&self) -> BTreeMap<&str, usize> {
        let mut labels = BTreeMap::new();
        for tag in &self.tags {
            *labels.entry(tag.label.as_str()).or_default() += 1;
        }
        labels
    }

    /// The tags whose labels have a kind, each with it, and the others as problems: label by label, with their number.
    pub fn mapped(&self, map: &KindMap) -> (Vec<(KindId, &ImportedTag)>, Vec<Problem>) {
        let known = self.tags.iter().filter_map(|tag| Some((map.kind(&tag.label)?.clone(), tag))).collect();
        let unknown = self.labels().into_iter().filter(|(label, _)| map.kind(label).is_none());
        (known, unknown.map(|(label, count)| Problem::Unmapped { label: label.to_owned(), count }).collect())
    }
}

/// Which kind each label of another tool is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KindMap(BTreeMap<String, KindId>);

/// What is wrong with a line of a map.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadMapping {
    /// It is not a label, `=` and a kind.
    #[error("not LABEL=KIND: {0}")]
    NotAPair(String),
    /// The codebook has no such kind.
    #[error("no such kind: {0}")]
    NoSuchKind(String),
}

impl KindMap {
    /// Each kind of a codebook by its key, and by the name a project gave it.
    pub fn of(book: &Codebook) -> Self {
        let named = book.kinds.iter().filter(|kind| !kind.label.is_empty()).map(|kind| (kind.label.clone(), kind.id.clone()));
        let keys = book.kinds.iter().map(|kind| (kind.id.as_str().to_owned(), kind.id.clone()));
        // Keys come last: where a name is another kind's key, the key counts.
        Self(named.chain(keys).collect())
    }

    /// These labels.
    pub const fn new(kinds: BTreeMap<String, KindId>) -> Self {
        Self(kinds)
    }

    /// The labels and their kinds.
    pub const fn kinds(&self) -> &BTreeMap<String, KindId> {
        &self.0
    }

    /// One label more, or another kind for it.
    pub fn set(&mut self, label: impl Into<String>, kind: KindId) {
        self.0.insert(label.into(), kind);
    }

    /// Takes in `LABEL=KIND,LABEL=KIND`, as typed behind `--map`, with kinds by the names by which they are known.
    ///
    /// # Errors
    /// The first pair that says nothing.
    pub fn take(&mut self, typed: &str, known: &Self) -> Result<(), BadMapping> {
        for pair in typed.split([',', '，', '\n']).map(str::trim).filter(|pair| !pair.is_empty()) {
            // Labels may hold `=`, keys of kinds hardly do.
            let (label, kind) = pair.rsplit_once('=').ok_or_else(|| BadMapping::NotAPair(pair.to_owned()))?;
            let kind = kind.trim();
            let known = known.kind(kind).ok_or_else(|| BadMapping::NoSuchKind(kind.to_owned()))?;
            self.set(label.trim(), known.clone());
        }
        Ok(())
    }

    /// The kind of a label.
    pub fn kind(&self, label: &str) -> Option<&KindId> {
        self.0.get(label)
    }
}

impl ImportedTag {
    /// It as a tag of this program, if it has a place. Lists are read as the codebook has them.
    pub fn as_tag(&self, id: TagId, kind: KindId, text: &Text, book: &Codebook) -> Option<Tag> {
        let mut tag = Tag::new(id, kind, Anchor::new(text, self.span?));
        tag.definition = book.definition(&tag.kind);
        tag.note.clone_from(&self.note);
        for (key, said) in &self.attributes {
            match key.as_str() {
                QUANTITIES => tag.quantities = quantities_of(said),
                UNSURE => tag.unsure = said == YES,
                _ => {
                    let attribute = AttributeId::new(key);
                    let value = value_of(&attribute, said, book);
                    tag.set_attribute(attribute, value);
                }
            }
        }
        Some(tag)
    }
}

/// The text of an attribute as its value.
fn value_of(attribute: &AttributeId, said: &str, book: &Codebook) -> Value {
    let is_list = book.attribute(attribute).is_some_and(|attribute| matches!(attribute.takes, ValueType::Choices(_) | ValueType::Names));
    if !is_list {
        return Value::One(said.to_owned());
    }
    let parts = said.split(['、', '，', ',', '；', ';']).map(str::trim).filter(|part| !part.is_empty());
    Value::Many(parts.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(label: &str) -> ImportedTag {
        ImportedTag { label: label.into(), ..ImportedTag::default() }
    }

    #[test]
    fn labels_without_a_kind_are_counted() {
        let book = Codebook::standard();
        let imported = Imported { tags: ["ORG", "target", "", "ORG", "目标"].map(tag).into(), problems: Vec::new() };
        let mut map = KindMap::of(&book);
        assert_eq!(map.take(" 目标 = target ，", &map.clone()), Ok(()));
        let (tags, problems) = imported.mapped(&map);
        assert_eq!(
            tags.iter().map(|(kind, tag)| (kind.as_str(), tag.label.as_str())).collect::<Vec<_>>(),
            [("target", "target"), ("target", "目标")]
        );
        let unmapped = |label: &str, count| Problem::Unmapped { label: label.into(), count };
        assert_eq!(problems, [unmapped("", 1), unmapped("ORG", 2)]);
    }

    #[test]
    fn a_map_that_says_nothing_is_refused() {
        let mut known = KindMap::of(&Codebook::standard());
        known.set("目标", KindId::new("target"));
        let take = |typed| KindMap::default().take(typed, &known);
        assert_eq!(take("ORG"), Err(BadMapping::NotAPair("ORG".into())));
        assert_eq!(take("a=target,ORG=org"), Err(BadMapping::NoSuchKind("org".into())));
        assert_eq!(take("a=target,ORG=a"), Err(BadMapping::NoSuchKind("a".into())), "a label is no kind");
        let mut map = KindMap::default();
        assert_eq!(map.take("a=b=target，ORG = 目标", &known), Ok(()));
        assert_eq!([map.kind("a=b"), map.kind("ORG")], [Some(&KindId::new("target")); 2]);
    }

    #[test]
    fn lists_are_read_as_the_codebook_has_them() {
        let book = Codebook::standard();
        let said = [("modality", "ensure、strive"), ("scope", "a、b"), ("unsure", "true"), ("quantities", "8%")];
        let imported = ImportedTag {
            span: Some(Span::of(0, 2)),
            attributes: said.map(|(key, text)| (key.to_owned(), text.to_owned())).into(),
            note: "n".into(),
            ..ImportedTag::default()
        };
        let tag = imported.as_tag(TagId(uuid::Uuid::nil()), KindId::new("target"), &Text::new("增长".into()), &book).unwrap();
        assert_eq!(tag.attributes.get(&AttributeId::new("modality")), Some(&Value::Many(vec!["ensure".into(), "strive".into()])));
        assert_eq!(tag.attributes.get(&AttributeId::new("scope")), Some(&Value::One("a、b".into())));
        assert_eq!((tag.unsure, tag.quantities.len(), tag.anchor.quote.as_str(), tag.note.as_str()), (true, 1, "增长", "n"));
        assert_eq!(tag.attributes.len(), 2);
    }

    #[test]
    fn tags_that_stand_nowhere_in_the_report_are_of_another_one() {
        let lost = |number: usize| Problem::Lost { label: "a".into(), quote: number.to_string() };
        let links = Problem::Links { count: 1 };
        for (tags, of_them_lost, elsewhere) in [(0, 0, false), (2, 2, false), (3, 3, true), (9, 8, false), (11, 10, true), (40, 20, false)]
        {
            let problems = (0..of_them_lost).map(lost).chain([Problem::Entry { number: 1 }]).collect();
            let mut imported = Imported { tags: vec![tag("a"); tags], problems };
            imported.conclude(1, 1);
            let expected = if elsewhere { Problem::Elsewhere { tags } } else { links.clone() };
            assert_eq!((imported.tags.len(), imported.problems.last()), (if elsewhere { 0 } else { tags }, Some(&expected)));
            assert_eq!(imported.problems.len(), if elsewhere { 2 } else { of_them_lost + 2 }, "{tags} {of_them_lost}");
        }
    }

    #[test]
    fn what_a_problem_says_hides_nothing() {
        let problem = Problem::Lost { label: "a\u{202E}".into(), quote: "b\n".into() };
        assert_eq!((problem.key(), problem.says()), ("lost", vec!["a\\u{202e}".to_owned(), "b\\u{a}".to_owned()]));
    }
}
