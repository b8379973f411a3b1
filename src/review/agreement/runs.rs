//! A text cut where what somebody has of its characters changes.

use std::ops::Range;

/// A half-open stretch of characters.
pub type Stretch = Range<u32>;

/// One person's stretches, in order, none overlapping another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Coder {
    /// What they tagged.
    pub tagged: Vec<Stretch>,
    /// What they did not read.
    pub unread: Vec<Stretch>,
}

/// A run of characters on which nobody's judgement changes.
pub(super) struct Run {
    /// Which characters.
    pub span: Stretch,
    /// How many people read it.
    pub readers: u32,
    /// How many of those tagged it.
    pub taggers: u32,
    /// Whether the first person is one of them.
    pub by_first: bool,
}

impl Run {
    /// From whether each person tagged it, and whether they left it unread.
    fn of(span: Stretch, states: &[(bool, bool)]) -> Self {
        let count = |which: fn(&(bool, bool)) -> bool| states.iter().filter(|state| which(state)).count() as u32;
        Self {
            span,
            readers: count(|(_, unread)| !unread),
            taggers: count(|(tagged, unread)| *tagged && !unread),
            by_first: states.first() == Some(&(true, false)),
        }
    }
}

/// The runs of a text, in order.
pub(super) fn runs(length: u32, coders: &[Coder]) -> Vec<Run> {
    // Place, whether it begins there, whether it is unread, whose it is: where one ends and another begins, ends come first.
    let mut edges: Vec<(u32, bool, bool, usize)> = Vec::new();
    for (number, coder) in coders.iter().enumerate() {
        for (unread, stretches) in [(false, &coder.tagged), (true, &coder.unread)] {
            edges.extend(stretches.iter().flat_map(|it| [(it.start, true, unread, number), (it.end, false, unread, number)]));
        }
    }
    edges.sort_unstable();
    let mut states = vec![(false, false); coders.len()];
    let (mut runs, mut at) = (Vec::new(), 0);
    for (place, begins, unread, number) in edges {
        if place > at {
            runs.push(Run::of(at..place, &states));
            at = place;
        }
        if let Some(state) = states.get_mut(number) {
            *(if unread { &mut state.1 } else { &mut state.0 }) = begins;
        }
    }
    if at < length {
        runs.push(Run::of(at..length, &states));
    }
    runs
}

/// Stretches within a text in their order, those united that share a character.
pub(super) fn united(stretches: impl IntoIterator<Item = Stretch>, length: u32) -> Vec<Stretch> {
    let mut sorted: Vec<Stretch> = stretches.into_iter().map(|it| it.start..it.end.min(length)).filter(|it| it.start < it.end).collect();
    sorted.sort_unstable_by_key(|it| (it.start, it.end));
    let mut united: Vec<Stretch> = Vec::with_capacity(sorted.len());
    for next in sorted {
        match united.last_mut() {
            Some(last) if next.start < last.end => last.end = last.end.max(next.end),
            _ => united.push(next),
        }
    }
    united
}

/// The runs that all read, each with how many such characters stand before it.
pub(super) struct ReadByAll(Vec<(Stretch, u64)>);

impl ReadByAll {
    pub fn of(runs: &[Run], coders: u32) -> Self {
        let (mut before, mut kept) = (0, Vec::new());
        for run in runs.iter().filter(|run| run.readers == coders) {
            kept.push((run.span.clone(), before));
            before += u64::from(run.span.end.saturating_sub(run.span.start));
        }
        Self(kept)
    }

    /// How many characters of a stretch all read.
    pub fn within(&self, stretch: &Stretch) -> u64 {
        self.before(stretch.end).saturating_sub(self.before(stretch.start))
    }

    fn before(&self, place: u32) -> u64 {
        let after = self.0.partition_point(|(span, _)| span.start < place);
        let last = after.checked_sub(1).and_then(|number| self.0.get(number));
        last.map_or(0, |(span, before)| before + u64::from(place.min(span.end).saturating_sub(span.start)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(length: u32, coders: &[Coder]) -> Vec<(u32, u32, u32, u32)> {
        let parts = |run: Run| (run.span.start, run.span.end, run.readers, run.taggers);
        runs(length, coders).into_iter().map(parts).collect()
    }

    #[test]
    fn what_shares_a_character_is_united() {
        assert_eq!(united([5..9, 0..5], 20), [0..5, 5..9]);
        assert_eq!(united([8..9, 0..5, 4..6, 1..2], 20), [0..6, 8..9]);
        assert!(united([5..9, 7..9], 5).is_empty());
    }

    #[test]
    fn a_text_is_cut_where_something_changes() {
        let first = Coder { tagged: united([2..5, 5..7], 10), unread: Vec::new() };
        let second = Coder { tagged: united([4..6, 9..20], 10), unread: united([0..1, 5..6], 10) };
        let expected = [(0, 1, 1, 0), (1, 2, 2, 0), (2, 4, 2, 1), (4, 5, 2, 2), (5, 6, 1, 1), (6, 7, 2, 1), (7, 9, 2, 0), (9, 10, 2, 1)];
        assert_eq!(drawn(10, &[first.clone(), second.clone()]), expected);
        let read = ReadByAll::of(&runs(10, &[first, second]), 2);
        assert_eq!([read.within(&(0..10)), read.within(&(0..2)), read.within(&(4..7)), read.within(&(5..6))], [8, 1, 2, 0]);
        assert_eq!(drawn(10, &[]), [(0, 10, 0, 0)]);
        assert!(drawn(0, &[]).is_empty());
    }
}
