//! How many tags of each kind people made, counted only when their tags have changed.

use crate::annotation::{Annotations, KindId};
use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

/// How many tags there are of each kind.
type Counted = Arc<BTreeMap<KindId, usize>>;

/// What was counted.
#[derive(Debug, Default)]
pub(super) struct Counts {
    known: Vec<(Weak<Annotations>, Counted)>,
}

impl Counts {
    /// How many tags of each kind there are.
    pub(super) fn of(&mut self, annotations: &Arc<Annotations>) -> Arc<BTreeMap<KindId, usize>> {
        let known = self.known.iter().find(|(known, _)| std::ptr::eq(known.as_ptr(), Arc::as_ptr(annotations)));
        if let Some((_, counts)) = known {
            return Arc::clone(counts);
        }
        let mut counts: BTreeMap<KindId, usize> = BTreeMap::new();
        annotations.tags().for_each(|tag| *counts.entry(tag.kind.clone()).or_default() += 1);
        let counts = Arc::new(counts);
        self.known.retain(|(known, _)| known.strong_count() > 0);
        self.known.push((Arc::downgrade(annotations), Arc::clone(&counts)));
        counts
    }
}
