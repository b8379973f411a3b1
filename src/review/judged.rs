//! Where a review stands: the cases of several layers, held against what was decided on them.

use super::Layer;
use super::cases::{Case, Sort, cases};
use super::disagreement::Disagreement;
use crate::annotation::{Annotations, CaseKey, Decision, Outcome, Person, RemarkId, Tag, TagRef, Time};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// How it stands with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// All say the same, and nothing was decided.
    Agreed,
    /// It is to be decided.
    Open,
    /// It is decided.
    Decided,
    /// It was decided in different ways.
    Conflict,
    /// It is to be decided later.
    Deferred,
    /// Somebody was asked.
    Asked,
    /// Something was decided before one of its tags changed, came or went.
    Changed,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Agreed, Self::Open, Self::Decided, Self::Conflict, Self::Deferred, Self::Asked, Self::Changed];

    /// Its key in files and in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Open => "open",
            Self::Decided => "decided",
            Self::Conflict => "conflict",
            Self::Deferred => "deferred",
            Self::Asked => "asked",
            Self::Changed => "changed",
        }
    }

    /// Whether somebody has to decide.
    pub const fn is_to_decide(self) -> bool {
        !matches!(self, Self::Agreed | Self::Decided)
    }

    /// Which come first in the queue.
    const fn turn(self) -> u8 {
        match self {
            Self::Conflict | Self::Changed => 0,
            Self::Agreed | Self::Open | Self::Decided => 1,
            Self::Deferred | Self::Asked => 2,
        }
    }
}

/// A case, and how it stands with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The case.
    pub case: Case,
    /// Its name.
    pub key: CaseKey,
    /// How it stands with it.
    pub standing: Standing,
    /// What was decided on it; and, under other names, what was decided on some of its tags before they changed. In the
    /// order of time.
    pub decisions: Vec<Given>,
}

/// A decision, and who made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Who.
    pub by: Person,
    /// The record of it.
    pub remark: RemarkId,
    /// When.
    pub at: Time,
    /// What.
    pub decision: Decision,
    /// How many of the tags that came of it are no longer there: whoever decided has deleted them since.
    pub gone: usize,
}

impl Given {
    fn settles(&self) -> bool {
        self.decision.outcome.settles()
    }
}

impl Judged {
    /// What was decided on the case as it is now, so that nothing is left to decide.
    pub fn settling(&self) -> impl Iterator<Item = &Given> {
        self.decisions.iter().filter(|given| given.decision.case == self.key && given.settles())
    }
}

/// The cases of these layers in the order of the text, each with what these people decided on it.
pub fn judge(layers: &[Layer], decided: &[(Person, &Annotations)]) -> Vec<Judged> {
    let open = |case: Case| Judged { key: case.key(layers), case, standing: Standing::Open, decisions: Vec::new() };
    judge_again(layers, cases(layers).into_iter().map(open).collect(), decided)
}

/// The same cases of the same layers with what is decided on them now.
pub fn judge_again(layers: &[Layer], mut judged: Vec<Judged>, decided: &[(Person, &Annotations)]) -> Vec<Judged> {
    let minutes = Minutes::of(decided, &judged.iter().map(|judged| judged.key).collect());
    for judged in &mut judged {
        minutes.judge(layers, judged);
    }
    judged
}

/// Those that are to be decided on, by their places: conflicts and what changed first of all, then what is open, last what was
/// put off. In each of these the worst comes first, and of what is equally bad what stands first in the text.
pub fn queue(judged: &[Judged]) -> Vec<usize> {
    let mut queue: Vec<(usize, &Judged)> = judged.iter().enumerate().filter(|(_, judged)| judged.standing.is_to_decide()).collect();
    queue.sort_by_key(|(_, judged)| (judged.standing.turn(), Reverse(judged.case.badness())));
    queue.into_iter().map(|(at, _)| at).collect()
}

/// The tags that came of a case, as they are now in the file of who decided on it. None if it is not decided, or if there is
/// nothing to tag.
pub fn settled_tags<'d>(judged: &Judged, decided: &[(Person, &'d Annotations)]) -> Vec<&'d Tag> {
    let Some(given) = judged.settling().next().filter(|_| judged.standing == Standing::Decided) else { return Vec::new() };
    let of_decider = decided.iter().find(|(by, annotations)| by.id == given.by.id && annotations.remark(given.remark).is_some());
    of_decider.map(|(_, annotations)| tags_of(&given.decision, annotations)).unwrap_or_default()
}

/// The tags that came of a decision, as they are now.
fn tags_of<'d>(decision: &Decision, annotations: &'d Annotations) -> Vec<&'d Tag> {
    decision.tags.iter().filter_map(|id| annotations.tag(*id)).collect()
}

/// All that was decided, in the order of time.
struct Minutes<'d> {
    given: Vec<Noted<'d>>,
    /// The decisions on a case, by their places.
    of_case: FxHashMap<CaseKey, Vec<usize>>,
    /// Those on a case that is no more, by each of its tags.
    of_tag: FxHashMap<TagRef, Vec<usize>>,
}

/// A decision with the tags that came of it, as they are now.
struct Noted<'d> {
    given: Given,
    tags: Vec<&'d Tag>,
}

impl<'d> Minutes<'d> {
    /// What these people decided, where there are these cases.
    fn of(decided: &[(Person, &'d Annotations)], cases: &FxHashSet<CaseKey>) -> Self {
        let mut given: Vec<Noted> = decided.iter().flat_map(|(by, annotations)| noted(by, annotations)).collect();
        given.sort_by_key(|Noted { given, .. }| (given.at, given.by.id, given.remark));
        // Of two copies of one record one is enough.
        given.dedup_by(|one, other| one.given == other.given && one.tags == other.tags);
        let mut minutes = Self { given: Vec::new(), of_case: FxHashMap::default(), of_tag: FxHashMap::default() };
        for (at, Noted { given, .. }) in given.iter().enumerate() {
            minutes.of_case.entry(given.decision.case).or_default().push(at);
            if !cases.contains(&given.decision.case) {
                given.decision.options.iter().for_each(|option| minutes.of_tag.entry(option.tag_ref()).or_default().push(at));
            }
        }
        Self { given, ..minutes }
    }

    fn judge(&self, layers: &[Layer], judged: &mut Judged) {
        let here = self.of_case.get(&judged.key).map(Vec::as_slice).unwrap_or_default();
        let of_tag = |(layer, tag): (&Layer, &Tag)| self.of_tag.get(&TagRef { person: layer.person.id, tag: tag.id });
        let before: BTreeSet<usize> = judged.case.tags(layers).filter_map(of_tag).flatten().copied().collect();
        judged.standing = self.standing(here, &before, &judged.case.sort);
        let all: BTreeSet<usize> = here.iter().copied().chain(before).collect();
        judged.decisions = all.into_iter().filter_map(|at| Some(self.given.get(at)?.given.clone())).collect();
    }

    /// How it stands with a case on which this was decided, and that on some of its tags before.
    fn standing(&self, here: &[usize], before: &BTreeSet<usize>, sort: &Sort) -> Standing {
        let settles = |at: &usize| self.given.get(*at).filter(|noted| noted.given.settles());
        let settling: Vec<&Noted> = here.iter().filter_map(settles).collect();
        if let Some((first, rest)) = settling.split_first() {
            let same = rest.iter().all(|other| first.says_the_same(other));
            return if same { Standing::Decided } else { Standing::Conflict };
        }
        // Who put it off after it had changed has seen that it did.
        let settled_before = before.iter().copied().rfind(|at| settles(at).is_some());
        if settled_before > here.last().copied() {
            return Standing::Changed;
        }
        match here.last().and_then(|at| self.given.get(*at)) {
            Some(last) if last.given.decision.outcome == Outcome::Asked => Standing::Asked,
            Some(_) => Standing::Deferred,
            None if *sort == Sort::Agreed => Standing::Agreed,
            None => Standing::Open,
        }
    }
}

impl Noted<'_> {
    fn says_the_same(&self, other: &Self) -> bool {
        self.given.decision.outcome == other.given.decision.outcome && same_tags(&self.tags, &other.tags)
    }
}

/// What a person decided.
fn noted<'d>(by: &Person, annotations: &'d Annotations) -> Vec<Noted<'d>> {
    let noted = annotations.decisions().map(|(remark, stamp, decision)| {
        let tags = tags_of(decision, annotations);
        let gone = decision.tags.len().saturating_sub(tags.len());
        Noted { given: Given { by: by.clone(), remark: remark.id, at: stamp.created, decision: decision.clone(), gone }, tags }
    });
    noted.collect()
}

/// Whether tags say the same of the same words, in whatever order.
fn same_tags(one: &[&Tag], other: &[&Tag]) -> bool {
    let mut left = other.to_vec();
    one.len() == other.len()
        && one.iter().all(|tag| {
            let at = left.iter().position(|there| Disagreement::among(&[*tag, *there]).is_none());
            at.map(|at| left.swap_remove(at)).is_some()
        })
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::tests::{layer, tag};
    use super::*;
    use crate::annotation::{Change, DecisionOption, Edit, Hand, PersonId, Reason, Remark, Says, TagId, Touch};
    use uuid::Uuid;

    /// Somebody who decides.
    #[derive(Clone)]
    pub struct Decider {
        pub person: Person,
        pub annotations: Annotations,
        /// How many names were given.
        named: u128,
    }

    impl Decider {
        pub fn new(number: u128) -> Self {
            let person = Person { id: PersonId(Uuid::from_u128(number)), name: number.to_string() };
            Self { person, annotations: Annotations::default(), named: 0 }
        }

        fn name(&mut self) -> Uuid {
            self.named += 1;
            Uuid::from_u128((self.person.id.0.as_u128() << 64) + self.named)
        }

        /// Decides on a case; what is taken gets names of its own.
        pub fn decide(&mut self, layers: &[Layer], judged: &Judged, outcome: Outcome, taken: &[Tag]) {
            let tags: Vec<Tag> = taken.iter().map(|tag| Tag { id: TagId(self.name()), ..tag.clone() }).collect();
            let is_taken = |tag: &Tag| taken.iter().any(|taken| taken.id == tag.id);
            let option = |(layer, tag): (&Layer, &Tag)| DecisionOption { person: layer.person.clone(), tag: tag.id, taken: is_taken(tag) };
            let decision = Decision {
                case: judged.key,
                options: judged.case.tags(layers).map(option).collect(),
                outcome,
                tags: tags.iter().map(|tag| tag.id).collect(),
                reason: Some(Reason::Other),
                words: String::new(),
            };
            let anchor = judged.case.tags(layers).next().unwrap().1.anchor.clone();
            let remark = Remark { id: RemarkId(self.name()), anchor, says: Says::Decision(decision) };
            let changes = tags.into_iter().map(Change::add_tag).chain([Change::add_remark(remark)]).collect();
            let by = Touch { at: Time(self.named as i64), hand: Hand::new(7) };
            self.annotations.apply(&Edit::new(changes), by).unwrap();
        }
    }

    /// How deciders are handed over.
    pub fn decided(deciders: &[Decider]) -> Vec<(Person, &Annotations)> {
        deciders.iter().map(|decider| (decider.person.clone(), &decider.annotations)).collect()
    }

    fn all(judged: &[Judged]) -> Vec<Standing> {
        judged.iter().map(|judged| judged.standing).collect()
    }

    fn standings(layers: &[Layer], deciders: &[Decider]) -> Vec<Standing> {
        all(&judge(layers, &decided(deciders)))
    }

    /// Two people who agree on the first of four statements; in the others they differ in a boundary, in the kind, and in whether
    /// there is one.
    fn two() -> [Layer; 2] {
        [layer(1, &[(0, 9, 0), (10, 9, 0), (20, 9, 0), (30, 9, 0)]), layer(2, &[(0, 9, 0), (10, 8, 0), (20, 9, 1)])]
    }

    #[test]
    fn what_is_decided_is_no_longer_asked() {
        let (layers, mut decider) = (two(), Decider::new(9));
        let open = judge(&layers, &[]);
        assert_eq!(all(&open), [Standing::Agreed, Standing::Open, Standing::Open, Standing::Open]);
        assert_eq!(queue(&open), [3, 2, 1], "the worst first");
        decider.decide(&layers, &open[3], Outcome::Nothing, &[]);
        decider.decide(&layers, &open[2], Outcome::Deferred, &[]);
        decider.decide(&layers, &open[0], Outcome::Agreed, &layers[0].tags[..1]);
        let deciders = [decider];
        let judged = judge(&layers, &decided(&deciders));
        assert_eq!(all(&judged), [Standing::Decided, Standing::Open, Standing::Deferred, Standing::Decided]);
        assert_eq!(queue(&judged), [1, 2], "what was put off comes last");
        assert_eq!(judge_again(&layers, open, &decided(&deciders)), judged);
        let tags = settled_tags(&judged[0], &decided(&deciders));
        assert_eq!(tags.iter().map(|tag| tag.anchor.span).collect::<Vec<_>>(), [layers[0].tags[0].anchor.span]);
        assert!(settled_tags(&judged[2], &decided(&deciders)).is_empty() && settled_tags(&judged[3], &decided(&deciders)).is_empty());
    }

    #[test]
    fn what_came_of_a_decision_is_what_is_there_of_it_now() {
        let (layers, mut decider) = (two(), Decider::new(9));
        let open = judge(&layers, &[]);
        decider.decide(&layers, &open[1], Outcome::Taken, &layers[0].tags[1..2]);
        let tag = decider.annotations.tags().next().unwrap().clone();
        let mut after = |changes: Vec<Change>| {
            decider.annotations.apply(&Edit::new(changes), Touch { at: Time(9), hand: Hand::new(7) }).unwrap();
            let deciders = [decider.clone()];
            let judged = judge(&layers, &decided(&deciders)).swap_remove(1);
            let notes = settled_tags(&judged, &decided(&deciders)).into_iter().map(|tag| tag.note.clone()).collect::<Vec<_>>();
            (judged.standing, judged.decisions[0].gone, notes)
        };
        let mended = Tag { note: "按全市口径".into(), ..tag.clone() };
        assert_eq!(after(vec![Change::set_tag(tag, mended.clone())]), (Standing::Decided, 0, vec!["按全市口径".to_owned()]));
        assert_eq!(after(vec![Change::delete_tag(mended)]), (Standing::Decided, 1, Vec::new()), "it is decided, and says what is missing");
    }

    #[test]
    fn two_decisions_on_one_case_are_a_conflict_unless_they_say_the_same() {
        let layers = two();
        let open = judge(&layers, &[]);
        let (mine, theirs) = (&layers[0].tags[1..2], &layers[1].tags[1..2]);
        let with = |first: (Outcome, &[Tag]), second: (Outcome, &[Tag])| {
            let mut deciders = [Decider::new(8), Decider::new(9)];
            for (decider, (outcome, taken)) in deciders.iter_mut().zip([first, second]) {
                decider.decide(&layers, &open[1], outcome, taken);
            }
            let mut copies = deciders[0].clone();
            copies.annotations = copies.annotations.merged(&deciders[1].annotations);
            assert_eq!(standings(&layers, &deciders), standings(&layers, &[copies]), "of two people as of two copies of one");
            standings(&layers, &deciders)[1]
        };
        assert_eq!(with((Outcome::Taken, mine), (Outcome::Taken, mine)), Standing::Decided);
        assert_eq!(with((Outcome::Taken, mine), (Outcome::Taken, theirs)), Standing::Conflict);
        assert_eq!(with((Outcome::Taken, mine), (Outcome::Nothing, &[])), Standing::Conflict);
        assert_eq!(with((Outcome::Taken, mine), (Outcome::Mended, mine)), Standing::Conflict);
        assert_eq!(with((Outcome::Nothing, &[]), (Outcome::Asked, &[])), Standing::Decided, "who asks has not decided");
        assert_eq!(with((Outcome::Deferred, &[]), (Outcome::Asked, &[])), Standing::Asked, "the last one counts");
    }

    #[test]
    fn what_changes_is_asked_again_and_nothing_else() {
        let (mut layers, mut decider) = (two(), Decider::new(9));
        for (at, judged) in judge(&layers, &[]).iter().enumerate() {
            decider.decide(&layers, judged, Outcome::Taken, &layers[0].tags[at..=at]);
        }
        let deciders = [decider];
        assert!(standings(&layers, &deciders).iter().all(|standing| *standing == Standing::Decided));
        layers[1].tags[2].note = "一句话".into();
        assert!(standings(&layers, &deciders).iter().all(|standing| *standing == Standing::Decided), "a note says nothing else");
        let mut changed = layers.clone();
        changed[1].tags[2] = tag(changed[1].tags[2].id.0.as_u128(), (20, 9, 0));
        let of = |standing| [Standing::Decided, Standing::Decided, standing, Standing::Decided];
        assert_eq!(standings(&changed, &deciders), of(Standing::Changed), "now both agree, but not with what was decided on");
        changed[1].tags.remove(2);
        assert_eq!(standings(&changed, &deciders), of(Standing::Changed));
        let judged = judge(&changed, &decided(&deciders));
        assert_eq!((queue(&judged), judged[2].decisions.len(), judged[2].settling().count()), (vec![2], 1, 0));
        let newcomer = layer(3, &[(30, 9, 1)]);
        let with_third = [layers[0].clone(), layers[1].clone(), newcomer];
        let of = |standing| [Standing::Decided, Standing::Decided, Standing::Decided, standing];
        assert_eq!(standings(&with_third, &deciders), of(Standing::Changed), "a tag came");
    }

    #[test]
    fn what_changed_stays_put_off_if_it_was_put_off_afterwards() {
        let (mut layers, mut decider) = (two(), Decider::new(9));
        let first = |layers: &[Layer], decider: &Decider| judge(layers, &decided(std::slice::from_ref(decider))).swap_remove(0);
        let before = first(&layers, &decider);
        decider.decide(&layers, &before, Outcome::Agreed, &layers[0].tags[..1]);
        let says = |says| tag(1, (0, 9, says));
        layers[1].tags[0] = Tag { id: layers[1].tags[0].id, ..says(4) };
        let changed = first(&layers, &decider);
        assert_eq!(changed.standing, Standing::Changed);
        decider.decide(&layers, &changed, Outcome::Deferred, &[]);
        assert_eq!(first(&layers, &decider).standing, Standing::Deferred);
        layers[1].tags[0] = Tag { id: layers[1].tags[0].id, ..says(1) };
        let again = first(&layers, &decider);
        assert_eq!((again.standing, again.decisions.len()), (Standing::Changed, 2), "what was put off before is told, too");
    }

    #[test]
    fn conflicts_and_what_changed_come_first() {
        let (mut layers, open) = (two(), judge(&two(), &[]));
        let mut deciders = [Decider::new(8), Decider::new(9)];
        deciders[0].decide(&layers, &open[0], Outcome::Agreed, &layers[0].tags[..1]);
        deciders[0].decide(&layers, &open[1], Outcome::Taken, &layers[0].tags[1..2]);
        deciders[1].decide(&layers, &open[1], Outcome::Taken, &layers[1].tags[1..2]);
        deciders[1].decide(&layers, &open[2], Outcome::Deferred, &[]);
        layers[1].tags[0] = tag(layers[1].tags[0].id.0.as_u128(), (0, 9, 4));
        let judged = judge(&layers, &decided(&deciders));
        let expected = [Standing::Changed, Standing::Conflict, Standing::Deferred, Standing::Open];
        assert_eq!(all(&judged), expected);
        assert_eq!(queue(&judged), [1, 0, 3, 2]);
    }
}
