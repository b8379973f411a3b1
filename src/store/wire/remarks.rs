//! What a person says beside tags, as it stands in a file, a line each.

use super::records::{WirePast, anchor_from_wire, by_to_wire, stamp_of};
use super::remark_lists::RemarkList;
use super::{Ext, WirePerson};
use crate::annotation::{
    Comment, Decision, DecisionOption, Dismissed, KindId, Outcome, Person, Reason, Remark, RemarkId, Says, Stamp, TagRef, Version,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A remark of any list; what the list does not use is empty and left out.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct WireRemark {
    pub id: String,
    /// Of a dismissal: `proposal` or `hint`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Of a comment: the tag it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<WireTagRef>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answers: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Option<bool>,
    /// Of a decision: the case.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub case: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub outcome: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<WireOption>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Of a comment, or of a decision's note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    pub span: (u32, u32),
    pub quote: String,
    #[serde(default)]
    pub before: String,
    #[serde(default)]
    pub after: String,
    pub created: String,
    pub changed: String,
    pub revision: u64,
    /// The version's name: the hand and the number of its change.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub past: WirePast,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ext: Ext,
}

/// A tag of somebody.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WireTagRef {
    pub person: String,
    pub tag: String,
}

/// A tag that was to be chosen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WireOption {
    pub person: WirePerson,
    pub tag: String,
    pub taken: bool,
}

pub(super) fn remark_from_wire(list: RemarkList, wire: &WireRemark) -> Option<(RemarkId, Version<Remark>)> {
    let stamp = stamp_of(&wire.created, &wire.changed, wire.revision, &wire.by, &wire.past)?;
    let anchor = anchor_from_wire(wire.span, &wire.quote, &wire.before, &wire.after)?;
    let says = match list {
        RemarkList::Dismissals => Says::Dismissed(dismissed_from_wire(wire)?),
        RemarkList::Comments => Says::Comment(comment_from_wire(wire)?),
        RemarkList::Decisions => Says::Decision(decision_from_wire(wire)?),
        RemarkList::PartsRead => Says::Read,
    };
    let remark = Remark { id: wire.id.parse().ok()?, anchor, says };
    Some((remark.id, Version { stamp, content: Some(remark) }))
}

fn dismissed_from_wire(wire: &WireRemark) -> Option<Dismissed> {
    match wire.of.as_str() {
        "proposal" => Some(Dismissed::Proposal { kind: KindId::new(wire.kind.clone()), rule: wire.rule.clone() }),
        "hint" => Some(Dismissed::Hint { key: wire.key.clone() }),
        _ => None,
    }
}

fn comment_from_wire(wire: &WireRemark) -> Option<Comment> {
    let about = match &wire.about {
        Some(about) => Some(TagRef { person: about.person.parse().ok()?, tag: about.tag.parse().ok()? }),
        None => None,
    };
    let answers = if wire.answers.is_empty() { None } else { Some(wire.answers.parse().ok()?) };
    Some(Comment { about, answers, words: wire.words.clone(), settles: wire.settles })
}

fn decision_from_wire(wire: &WireRemark) -> Option<Decision> {
    let option = |option: &WireOption| {
        let person = Person { id: option.person.id.parse().ok()?, name: option.person.name.clone() };
        Some(DecisionOption { person, tag: option.tag.parse().ok()?, taken: option.taken })
    };
    Some(Decision {
        case: wire.case.parse().ok()?,
        options: wire.options.iter().map(option).collect::<Option<_>>()?,
        outcome: Outcome::from_key(&wire.outcome)?,
        tags: wire.tags.iter().map(|tag| tag.parse().ok()).collect::<Option<_>>()?,
        reason: if wire.reason.is_empty() { None } else { Some(Reason::from_key(&wire.reason)?) },
        words: wire.words.clone(),
    })
}

pub(super) fn remark_to_wire(remark: &Remark, stamp: &Stamp, ext: Ext) -> WireRemark {
    let (by, past) = by_to_wire(stamp);
    WireRemark {
        id: remark.id.to_string(),
        span: (remark.anchor.span.start().get(), remark.anchor.span.end().get()),
        quote: remark.anchor.quote.clone(),
        before: remark.anchor.before.clone(),
        after: remark.anchor.after.clone(),
        created: stamp.created.to_string(),
        changed: stamp.changed.to_string(),
        revision: stamp.revision(),
        by,
        past,
        ext,
        ..says_to_wire(&remark.says)
    }
}

fn says_to_wire(says: &Says) -> WireRemark {
    let none = WireRemark::default();
    match says {
        Says::Dismissed(Dismissed::Proposal { kind, rule }) => {
            WireRemark { of: "proposal".to_owned(), kind: kind.as_str().to_owned(), rule: rule.clone(), ..none }
        }
        Says::Dismissed(Dismissed::Hint { key }) => WireRemark { of: "hint".to_owned(), key: key.clone(), ..none },
        Says::Comment(Comment { about, answers, words, settles }) => WireRemark {
            about: about.map(|TagRef { person, tag }| WireTagRef { person: person.to_string(), tag: tag.to_string() }),
            answers: answers.map(|answers| answers.to_string()).unwrap_or_default(),
            words: words.clone(),
            settles: *settles,
            ..none
        },
        Says::Decision(Decision { case, options, outcome, tags, reason, words }) => WireRemark {
            case: case.to_string(),
            options: options.iter().map(option_to_wire).collect(),
            outcome: outcome.key().to_owned(),
            tags: tags.iter().map(ToString::to_string).collect(),
            reason: reason.map(|reason| reason.key().to_owned()).unwrap_or_default(),
            words: words.clone(),
            ..none
        },
        Says::Read => none,
    }
}

fn option_to_wire(option: &DecisionOption) -> WireOption {
    let person = WirePerson { id: option.person.id.to_string(), name: option.person.name.clone() };
    WireOption { person, tag: option.tag.to_string(), taken: option.taken }
}
