//! What is proposed, and why.

use crate::annotation::{Anchor, AttributeId, DefinitionId, KindId, Origin, Tag, TagId, Value};
use crate::quantity::Quantity;
use crate::text::{Span, Text};
use std::collections::BTreeMap;
use std::fmt;

/// Names the rule that made a proposal: its key in `assets/rules.ron` and, with `rule_` before it, in the locale.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub String);

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How sure a proposal is, in per cent: of a hundred like it so many are expected to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u8);

impl Confidence {
    /// So many per cent, at most 99: a program is never certain.
    pub fn percent(percent: u8) -> Self {
        Self(percent.min(99))
    }

    /// In per cent.
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// What words state: the part of a tag that is not its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// In numbers.
    pub quantities: Vec<Quantity>,
    /// Attributes that have a value; the indicator is among them.
    pub attributes: BTreeMap<AttributeId, Value>,
}

/// A tag somebody may make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The words it would stand on.
    pub span: Span,
    /// Target, indicator, commitment, or a kind of the project's own.
    pub kind: KindId,
    /// What the words state.
    pub statement: Statement,
    /// The rule that made it.
    pub rule: RuleId,
    /// The words that decided, within the span or before it.
    pub words: Vec<Span>,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Proposal {
    /// The name of the indicator, or of what is promised; empty if there is none.
    pub fn indicator(&self) -> String {
        self.statement.attributes.get(&AttributeId::new("indicator_name")).map(Value::text).unwrap_or_default()
    }

    /// The tag it becomes when it is taken as it is.
    pub fn tag(&self, id: TagId, text: &Text, definition: Option<DefinitionId>) -> Tag {
        Tag {
            quantities: self.statement.quantities.clone(),
            attributes: self.statement.attributes.clone(),
            origin: Origin::Accepted(self.rule.0.clone()),
            definition,
            ..Tag::new(id, self.kind.clone(), Anchor::new(text, self.span))
        }
    }

    /// Whether two stretches are so alike that both are about the same words: they share at least half of what they cover
    /// together.
    pub fn is_about(one: Span, other: Span) -> bool {
        let shared = one.end().min(other.end()).get().saturating_sub(one.start().max(other.start()).get());
        let all = one.end().max(other.end()).get().saturating_sub(one.start().min(other.start()).get());
        shared > 0 && shared * 2 >= all
    }
}

/// What a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureKind {
    /// A number expression.
    Number,
    /// Words of promising: 确保, 力争, 完成, 不低于.
    Promise,
}

/// Something in a report that nobody should pass over: a number, or words of promising.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Figure {
    /// Its words.
    pub span: Span,
    /// What it is.
    pub kind: FigureKind,
}
