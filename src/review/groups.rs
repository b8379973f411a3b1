//! Tags of several layers, put together step by step.

use super::Layer;
use rustc_hash::FxHashMap;
use std::mem::take;

/// A tag, by its layer and its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    /// The layer.
    pub layer: usize,
    /// The place in it.
    pub tag: usize,
}

/// Two tags of two layers, with how much speaks for putting them together.
pub type Bond = (u32, Member, Member);

/// Tags put together.
pub struct Groups {
    groups: Vec<Vec<Member>>,
    /// In which of them a tag is.
    of: FxHashMap<Member, usize>,
}

impl Groups {
    /// Each tag of these layers alone.
    pub fn new(layers: &[(usize, &Layer)]) -> Self {
        let of_layer = |&(layer, of): &(usize, &Layer)| (0..of.tags.len()).map(move |tag| Member { layer, tag });
        let members: Vec<Member> = layers.iter().flat_map(of_layer).collect();
        let of = members.iter().enumerate().map(|(at, member)| (*member, at)).collect();
        Self { groups: members.into_iter().map(|member| vec![member]).collect(), of }
    }

    /// The groups. Those that have gone into others are empty.
    pub fn all(&self) -> impl Iterator<Item = &[Member]> {
        self.groups.iter().map(Vec::as_slice)
    }

    /// Whether there is a tag of a layer in the group of a tag.
    pub fn has(&self, member: Member, layer: usize) -> bool {
        self.with(member).iter().any(|there| there.layer == layer)
    }

    /// Whether no layer has tags in the groups of both.
    pub fn have_nobody_in_common(&self, one: Member, other: Member) -> bool {
        !self.with(one).iter().any(|member| self.has(other, member.layer))
    }

    /// Makes one group of the groups of both.
    pub fn join(&mut self, one: Member, other: Member) {
        let (Some(&into), Some(&from)) = (self.of.get(&one), self.of.get(&other)) else { return };
        if into == from {
            return;
        }
        let moved = self.groups.get_mut(from).map(take).unwrap_or_default();
        self.of.extend(moved.iter().map(|member| (*member, into)));
        if let Some(group) = self.groups.get_mut(into) {
            group.extend(moved);
        }
    }

    fn with(&self, member: Member) -> &[Member] {
        self.of.get(&member).and_then(|at| self.groups.get(*at)).map(Vec::as_slice).unwrap_or_default()
    }
}
