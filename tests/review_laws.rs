//! Laws of comparing, deciding and merging, over random histories of three people who tag at three machines each, and of two
//! who decide.

use jiannuo::annotation::{
    Anchor, Annotations, AttributeId, CaseKey, Change, Decision, DecisionOption, Edit, Hand, KindId, Outcome, Person, PersonId, Remark,
    RemarkId, Says, Tag, TagId, Time, Touch, Value,
};
use jiannuo::quantity::Quantity;
use jiannuo::review::{Judged, Layer, Merged, Progress, Sort, Standing, cases, judge, judge_again, merged, queue};
use jiannuo::text::{Span, Text};
use proptest::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const PEOPLE: usize = 3;
const MACHINES: usize = 3;
const LENGTH: u32 = 60;

/// Something that happens; numbers choose among what there is.
#[derive(Clone, Debug)]
enum Step {
    /// Somebody makes a tag at a machine.
    Make(usize, usize, u32, u32, u8),
    /// Lets it say something else.
    Say(usize, usize, usize, u8),
    /// Puts it on other words.
    Move(usize, usize, usize, u32, u32),
    /// Deletes it.
    Delete(usize, usize, usize),
    /// Takes in what the same person did at another machine.
    TakeIn(usize, usize, usize),
    /// Somebody decides on a case.
    Decide(usize, usize, u8),
}

fn step() -> impl Strategy<Value = Step> {
    let (who, machine, tag) = (0..PEOPLE, 0..MACHINES, 0usize..8);
    let (start, len, says) = (0..LENGTH - 12, 1u32..12, 0u8..8);
    prop_oneof![
        6 => (who.clone(), machine.clone(), start.clone(), len.clone(), says.clone()).prop_map(|(p, m, s, l, v)| Step::Make(p, m, s, l, v)),
        2 => (who.clone(), machine.clone(), tag.clone(), says).prop_map(|(p, m, t, v)| Step::Say(p, m, t, v)),
        2 => (who.clone(), machine.clone(), tag.clone(), start, len).prop_map(|(p, m, t, s, l)| Step::Move(p, m, t, s, l)),
        1 => (who.clone(), machine.clone(), tag).prop_map(|(p, m, t)| Step::Delete(p, m, t)),
        2 => (who, machine.clone(), machine).prop_map(|(p, m, from)| Step::TakeIn(p, m, from)),
        2 => (0usize..2, 0usize..8, 0u8..6).prop_map(|(d, at, verdict)| Step::Decide(d, at, verdict)),
    ]
}

/// What a tag says: its kind, a number and an attribute, as three bits.
fn saying(mut tag: Tag, says: u8) -> Tag {
    tag.kind = KindId::new(if says & 1 == 0 { "target" } else { "indicator" });
    tag.quantities = vec![Quantity::of_words(if says & 2 == 0 { "8%" } else { "9%" })];
    tag.set_attribute(AttributeId::new("period"), Value::One(if says & 4 == 0 { "2020" } else { "2021" }.into()));
    tag
}

/// What a tag says and where, without its name.
fn said(tag: &Tag) -> String {
    format!("{:?} {} {:?} {:?}", tag.anchor.span, tag.kind, tag.quantities, tag.attributes)
}

fn person(number: usize) -> Person {
    Person { id: PersonId(Uuid::from_u128(number as u128 + 1)), name: number.to_string() }
}

/// Three people at their machines, and two who decide.
struct World {
    text: Text,
    copies: Vec<Vec<Annotations>>,
    deciders: Vec<Annotations>,
    /// How many names were given.
    names: u128,
}

impl World {
    fn after(steps: &[Step]) -> Self {
        let text = Text::new("一".repeat(LENGTH as usize));
        let copies = vec![vec![Annotations::default(); MACHINES]; PEOPLE];
        let mut world = Self { text, copies, deciders: vec![Annotations::default(); 2], names: 0 };
        steps.iter().for_each(|step| world.step(step));
        world
    }

    fn name(&mut self) -> Uuid {
        self.names += 1;
        Uuid::from_u128(self.names)
    }

    /// A change that somebody makes at a machine.
    fn change(&mut self, person: usize, machine: usize, change: Change) {
        let hand = Hand::new(((person * MACHINES + machine + 1) as u32) << 8);
        let by = Touch { at: Time(self.names as i64), hand };
        self.copies[person][machine].apply(&Edit::new(vec![change]), by).unwrap();
    }

    /// A change after all others.
    fn at_the_end(&self) -> Touch {
        Touch { at: Time(self.names as i64 + 1), hand: Hand::new(1 << 30) }
    }

    fn tag_at(&self, person: usize, machine: usize, number: usize) -> Option<Tag> {
        let copy = &self.copies[person][machine];
        let order = copy.order();
        copy.tag(order.get(number % order.len().max(1))?.1).cloned()
    }

    fn step(&mut self, step: &Step) {
        match *step {
            Step::Make(person, machine, start, len, says) => {
                let anchor = Anchor::new(&self.text, Span::of(start, start + len));
                let tag = Tag::new(TagId(self.name()), KindId::new("target"), anchor);
                self.change(person, machine, Change::add_tag(saying(tag, says)));
            }
            Step::Say(person, machine, number, says) => {
                let Some(tag) = self.tag_at(person, machine, number) else { return };
                self.change(person, machine, Change::set_tag(tag.clone(), saying(tag, says)));
            }
            Step::Move(person, machine, number, start, len) => {
                let Some(tag) = self.tag_at(person, machine, number) else { return };
                let moved = Tag { anchor: Anchor::new(&self.text, Span::of(start, start + len)), ..tag.clone() };
                self.change(person, machine, Change::set_tag(tag, moved));
            }
            Step::Delete(person, machine, number) => {
                let Some(tag) = self.tag_at(person, machine, number) else { return };
                self.change(person, machine, Change::delete_tag(tag));
            }
            Step::TakeIn(person, machine, from) => {
                self.copies[person][machine] = self.copies[person][machine].merged(&self.copies[person][from]);
            }
            Step::Decide(decider, number, verdict) => {
                let layers = self.layers();
                let judged = judge(&layers, &self.decided());
                let queue = queue(&judged);
                if let Some(at) = queue.get(number % queue.len().max(1)) {
                    self.decide(decider, &layers, &judged[*at], verdict);
                }
            }
        }
    }

    /// Each person's copies as one.
    fn layers(&self) -> Vec<Layer> {
        let whole = |copies: &Vec<Annotations>| copies.iter().fold(Annotations::default(), |all, copy| all.merged(copy));
        self.copies.iter().enumerate().map(|(number, copies)| Layer::of(person(number), &whole(copies))).collect()
    }

    fn decided(&self) -> Vec<(Person, &Annotations)> {
        self.deciders.iter().enumerate().map(|(number, annotations)| (person(PEOPLE + number), annotations)).collect()
    }

    /// Decides on a case; what the same person decided on it before is taken back.
    fn decide(&mut self, decider: usize, layers: &[Layer], judged: &Judged, verdict: u8) {
        let own = &self.deciders[decider];
        let given = judged.decisions.iter().filter(|given| given.by == person(PEOPLE + decider));
        let before: Vec<Remark> = given.filter_map(|given| own.remark(given.remark)).cloned().collect();
        let is_of_before =
            |tag: &&Tag| before.iter().any(|remark| matches!(&remark.says, Says::Decision(said) if said.tags.contains(&tag.id)));
        let tags: Vec<Tag> = own.tags().filter(is_of_before).cloned().collect();
        let mut changes: Vec<Change> =
            tags.into_iter().map(Change::delete_tag).chain(before.into_iter().map(Change::delete_remark)).collect();
        let all: Vec<(&Layer, &Tag)> = judged.case.tags(layers).collect();
        let (outcome, taken): (Outcome, Vec<&Tag>) = match verdict {
            0 => (Outcome::Taken, vec![all[0].1]),
            1 => (Outcome::Taken, all.iter().filter(|(layer, _)| layer.person == all[0].0.person).map(|(_, tag)| *tag).collect()),
            2 => (Outcome::Nothing, Vec::new()),
            3 => (Outcome::Mended, vec![all[0].1]),
            4 => (Outcome::Deferred, Vec::new()),
            _ => (Outcome::Asked, Vec::new()),
        };
        let option =
            |(layer, tag): &(&Layer, &Tag)| DecisionOption { person: layer.person.clone(), tag: tag.id, taken: taken.contains(tag) };
        let options = all.iter().map(option).collect();
        let mend = |tag: Tag| if outcome == Outcome::Mended { saying(tag, 7) } else { tag };
        let tags: Vec<Tag> = taken.iter().map(|tag| mend(Tag { id: TagId(self.name()), ..(*tag).clone() })).collect();
        let ids = tags.iter().map(|tag| tag.id).collect();
        let decision = Decision { case: judged.key, options, outcome, tags: ids, reason: None, words: String::new() };
        let remark = Remark { id: RemarkId(self.name()), anchor: all[0].1.anchor.clone(), says: Says::Decision(decision) };
        changes.extend(tags.into_iter().map(Change::add_tag).chain([Change::add_remark(remark)]));
        let by = Touch { at: Time(self.names as i64), hand: Hand::new((99 + decider as u32) << 8) };
        self.deciders[decider].apply(&Edit::new(changes), by).unwrap();
    }
}

/// Copies of one person's records are merged in whatever order, and nothing is lost.
fn copies_become_one(copies: &[Annotations]) {
    let [a, b, c] = [&copies[0], &copies[1], &copies[2]];
    assert_eq!(a.merged(b), b.merged(a));
    assert_eq!(a.merged(b).merged(c), a.merged(&b.merged(c)));
    assert_eq!(&a.merged(a), a);
    let whole = a.merged(b).merged(c);
    assert_eq!(whole.merged(b), whole);
    for (id, kept) in copies.iter().flat_map(Annotations::tag_records) {
        let there: Vec<_> = whole.tag_records()[id].versions().collect();
        let is_kept = kept.versions().all(|version| there.iter().any(|it| *it == version || it.stamp.continues(&version.stamp)));
        assert!(is_kept, "a version is lost that nothing continues");
    }
}

/// What is found does not depend on who is given first.
fn comparing_is_symmetric(layers: &[Layer], decided: &[(Person, &Annotations)]) {
    type Found = BTreeMap<CaseKey, (Sort, Standing)>;
    let found = |layers: &[Layer], decided: &[(Person, &Annotations)]| -> Found {
        judge(layers, decided).into_iter().map(|judged| (judged.key, (judged.case.sort, judged.standing))).collect()
    };
    let there = found(layers, decided);
    for turn in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let turned = turn.map(|at| layers[at].clone());
        let deciders: Vec<(Person, &Annotations)> = decided.iter().rev().cloned().collect();
        assert_eq!(there, found(&turned, &deciders));
    }
}

/// The queue holds what is to be decided, each once, and conflicts and changes before the rest.
fn the_queue_is_complete(judged: &[Judged]) {
    let queue = queue(judged);
    let to_decide: BTreeSet<usize> = (0..judged.len()).filter(|at| judged[*at].standing.is_to_decide()).collect();
    assert_eq!((queue.len(), queue.iter().copied().collect::<BTreeSet<_>>()), (to_decide.len(), to_decide));
    let progress = Progress::of(judged);
    assert_eq!((progress.total(), progress.left()), (judged.len(), queue.len()));
    let turn = |at: &usize| match judged[*at].standing {
        Standing::Conflict | Standing::Changed => 0,
        Standing::Deferred | Standing::Asked => 2,
        _ => 1,
    };
    assert!(queue.is_sorted_by_key(turn));
}

/// The first decider decides on all that is open, and nothing is asked any more; returns what came of it.
fn all_is_decided(world: &mut World, layers: &[Layer], verdicts: &[u8]) -> Merged {
    let decider = |world: &World| vec![(person(PEOPLE), world.deciders[0].clone())];
    let judged_by =
        |decided: &[(Person, Annotations)]| judge(layers, &decided.iter().map(|(person, all)| (person.clone(), all)).collect::<Vec<_>>());
    let judged = judged_by(&decider(&*world));
    for (at, verdict) in queue(&judged).into_iter().zip(verdicts.iter().cycle()) {
        world.decide(0, layers, &judged[at], *verdict);
    }
    let after = judged_by(&decider(&*world));
    assert_eq!(queue(&after), [0usize; 0]);
    let decided = [(person(PEOPLE), &world.deciders[0])];
    assert_eq!(judge_again(layers, judged, &decided), after);
    let mut names = 1u128 << 100;
    let mut name = || {
        names += 1;
        Uuid::from_u128(names)
    };
    let first = merged(layers, &decided, || TagId(name()));
    assert!(first.open.is_empty());
    let edit = first.edit(&world.deciders[0], || RemarkId(name()));
    let mut file = world.deciders[0].clone();
    file.apply(&edit, world.at_the_end()).unwrap();
    let again = merged(layers, &[(person(PEOPLE), &file)], || panic!("all that is agreed on has a name"));
    assert_eq!(again, first);
    first
}

/// Where all three take over what came of it, nothing is left to ask.
fn agreed_files_ask_nothing(came: &Merged) {
    let layer = |number: usize| {
        let name = |at: usize| TagId(Uuid::from_u128(((number as u128 + 1) << 64) + at as u128));
        let mut tags: Vec<Tag> = came.tags.iter().enumerate().map(|(at, tag)| Tag { id: name(at), ..tag.clone() }).collect();
        tags.sort_by_key(|tag| (tag.anchor.span.start(), Reverse(tag.anchor.span.end()), tag.id));
        Layer { person: person(number), tags }
    };
    let layers: Vec<Layer> = (0..PEOPLE).map(layer).collect();
    let mut names = 1u128 << 100;
    let again = merged(&layers, &[], || {
        names += 1;
        TagId(Uuid::from_u128(names))
    });
    assert!(again.open.is_empty());
    let all = |tags: &[Tag]| {
        let mut all: Vec<String> = tags.iter().map(said).collect();
        all.sort();
        all
    };
    assert_eq!(all(&again.tags), all(&came.tags));
}

/// All that hangs together with some stretches by overlapping, tag by tag.
fn hanging_together(start: [Span; 2], tags: &[Span]) -> BTreeSet<Span> {
    let mut found: BTreeSet<Span> = start.into();
    loop {
        let more: BTreeSet<Span> = tags.iter().copied().filter(|tag| found.iter().any(|there| there.overlaps(*tag))).collect();
        if more.is_subset(&found) {
            return found;
        }
        found.extend(more);
    }
}

/// After everything was decided, a change of one tag asks again only about what hangs together with it, and surely about it.
fn a_change_asks_only_what_it_touches(world: &World, layers: &[Layer], came: &Merged, (who, number, says): (usize, usize, u8)) {
    let mut file = world.deciders[0].clone();
    let mut names = 1u128 << 110;
    let edit = came.edit(&file, || {
        names += 1;
        RemarkId(Uuid::from_u128(names))
    });
    file.apply(&edit, world.at_the_end()).unwrap();
    let decided = [(person(PEOPLE), &file)];
    let mut changed = layers.to_vec();
    let count = changed[who].tags.len();
    let Some(tag) = changed[who].tags.get_mut(number % count.max(1)) else { return };
    let (before, id) = (tag.clone(), tag.id);
    *tag = saying(tag.clone(), says);
    let is_changed = said(&before) != said(tag);
    let spans: Vec<Span> = layers.iter().flat_map(|layer| &layer.tags).map(|tag| tag.anchor.span).collect();
    let touched = hanging_together([before.anchor.span; 2], &spans);
    let keys: BTreeSet<CaseKey> = cases(layers).iter().map(|case| case.key(layers)).collect();
    for judged in judge(&changed, &decided) {
        assert_eq!(judged.standing == Standing::Decided, keys.contains(&judged.key));
        if judged.case.tags(&changed).any(|(layer, tag)| layer.person == person(who) && tag.id == id) {
            assert_eq!(judged.standing, if is_changed { Standing::Changed } else { Standing::Decided });
        }
        if judged.standing != Standing::Decided {
            assert!(judged.case.tags(&changed).all(|(_, tag)| touched.contains(&tag.anchor.span)), "{judged:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn random_histories_of_three_people(
        steps in proptest::collection::vec(step(), 0..40),
        verdicts in proptest::collection::vec(0u8..4, 1..6),
        change in (0..PEOPLE, 0usize..8, 0u8..8),
    ) {
        let mut world = World::after(&steps);
        world.copies.iter().for_each(|copies| copies_become_one(copies));
        let layers = world.layers();
        comparing_is_symmetric(&layers, &world.decided());
        the_queue_is_complete(&judge(&layers, &world.decided()));
        let came = all_is_decided(&mut world, &layers, &verdicts);
        agreed_files_ask_nothing(&came);
        a_change_asks_only_what_it_touches(&world, &layers, &came, change);
    }
}
