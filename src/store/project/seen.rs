//! What of people's work on the reports of a folder is shown to whoever looks at it: in a project where people tag blind, as
//! much as when a report is opened.

use super::card::{Card, CountsByPart, PersonCard, TagCounts, added_up};
use super::reviewing::Reviewing;
use crate::annotation::{Person, PersonId};
use crate::store::wire::Role;
use crate::text::Pos;

/// Whoever looks at a folder.
#[derive(Clone, Copy, Debug)]
pub struct Viewer<'a> {
    person: Option<&'a Person>,
    has_tags: bool,
}

/// What they see of people's work on a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenWork<'c> {
    /// Who tagged it, with how many tags.
    pub people: Vec<(&'c str, &'c CountsByPart)>,
    /// How many others did, whose tags are not shown yet.
    pub withheld: usize,
}

impl<'a> Viewer<'a> {
    /// A person who looks at these reports. Whoever tagged one of them is one of those who tag them all.
    pub fn of(person: Option<&'a Person>, cards: &[Card]) -> Self {
        let is_own = |work: &PersonCard| person.is_some_and(|person| work.id == person.id);
        Self { person, has_tags: cards.iter().flat_map(|card| &card.people).any(is_own) }
    }

    /// Who it is, if that is known.
    pub(in crate::store) const fn person(&self) -> Option<&'a Person> {
        self.person
    }

    /// Whether it is this person.
    pub(in crate::store) fn is(&self, other: PersonId) -> bool {
        self.person.is_some_and(|person| person.id == other)
    }

    /// As what they look at others' tags.
    pub(in crate::store) fn role(&self, reviewing: &Reviewing) -> Role {
        let decides = self.person.is_some_and(|person| reviewing.is_decider(person, self.has_tags));
        if decides { Role::Adjudication } else { Role::Annotation }
    }

    /// What they see of people's work on a report whose project is reviewed so. Where people tag blind that is their own; once they
    /// have submitted it, or if they decide, what others submitted, too.
    pub fn sees<'c>(&self, card: &'c Card, reviewing: &Reviewing) -> SeenWork<'c> {
        let has_submitted = || card.people.iter().any(|work| self.is(work.id) && work.submitted.is_some());
        let may_see = reviewing.blind && (self.role(reviewing) == Role::Adjudication || has_submitted());
        let seen = |work: &'c PersonCard| {
            let now = Some(&work.tags).filter(|_| !reviewing.blind || self.is(work.id));
            now.or_else(|| work.submitted.as_ref().filter(|_| may_see))
        };
        let all: Vec<_> = card.people.iter().map(|work| (work.name.as_str(), seen(work))).collect();
        let withheld = all.iter().filter(|(_, counts)| counts.is_none()).count();
        // Where all see all, who submitted tags that are gone now has none.
        let shown = |counts: &CountsByPart| reviewing.blind || !counts.is_empty();
        let people = all.into_iter().filter_map(|(name, counts)| Some((name, counts.filter(|counts| shown(counts))?))).collect();
        SeenWork { people, withheld }
    }
}

impl SeenWork<'_> {
    /// How many tags of each kind they see, all people together; in one part only, if one is named.
    pub fn counts(&self, part: Option<Pos>) -> TagCounts {
        added_up(self.people.iter().map(|(_, counts)| *counts), part)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cancel, Job, JobEvent, Scan, load_index, run_job, save_index, scan};
    use super::*;
    use crate::annotation::Time;
    use crate::store::change_reviewing;
    use crate::store::desk::{Desk, edit, person};
    use crate::store::disk::RealDisk;
    use crate::store::submitted::submit;
    use std::sync::Mutex;

    /// A report in a project where people tag blind, with three tags of one person and one of another.
    fn tagged(deciders: &[&Person]) -> (Desk, Person, Person, Reviewing) {
        let (desk, wang, li) = (Desk::new(), person(1, "王小明"), person(2, "李华"));
        desk.put("王小明.ron", &wang, Role::Annotation, &[(0, 4)]);
        desk.put("李华.ron", &li, Role::Annotation, &[(0, 4), (5, 7), (8, 9)]);
        let reviewing = Reviewing { blind: true, deciders: deciders.iter().copied().cloned().collect(), ..Reviewing::default() };
        change_reviewing(&RealDisk, desk.root(), &Reviewing::default(), &reviewing).unwrap();
        (desk, wang, li, reviewing)
    }

    fn cards(desk: &Desk, known: Vec<Card>) -> Vec<Card> {
        scan(Scan { disk: &RealDisk, root: desk.root(), known, cancel: &Cancel::default() }, &|_, _| {}).unwrap()
    }

    /// Whose tags a person sees in the grid, how many, and how many people's they do not.
    fn seen(cards: &[Card], viewer: Option<&Person>, reviewing: &Reviewing) -> (Vec<(String, usize)>, usize) {
        let seen = Viewer::of(viewer, cards).sees(&cards[0], reviewing);
        let count = |(name, counts): &(&str, &CountsByPart)| ((*name).to_owned(), added_up([*counts].into_iter(), None).values().sum());
        let people: Vec<(String, usize)> = seen.people.iter().map(count).collect();
        assert_eq!(seen.counts(None).values().sum::<usize>(), people.iter().map(|(_, count)| count).sum::<usize>());
        (people, seen.withheld)
    }

    fn named(people: &[(&str, usize)]) -> Vec<(String, usize)> {
        people.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    }

    #[test]
    fn where_nobody_tags_blind_all_is_seen() {
        let (desk, wang, ..) = tagged(&[]);
        let cards = cards(&desk, Vec::new());
        for viewer in [Some(&wang), None] {
            assert_eq!(seen(&cards, viewer, &Reviewing::default()), (named(&[("李华", 3), ("王小明", 1)]), 0));
        }
    }

    #[test]
    fn who_tags_blind_sees_of_others_how_many_there_are_until_they_have_submitted() {
        let (desk, wang, li, reviewing) = tagged(&[]);
        let before = cards(&desk, Vec::new());
        assert_eq!(seen(&before, Some(&wang), &reviewing), (named(&[("王小明", 1)]), 1));
        assert_eq!(seen(&before, None, &reviewing), (Vec::new(), 2));
        submit(&RealDisk, &desk.here, &li, Time(1)).unwrap();
        desk.put("李华.ron", &li, Role::Annotation, &[(0, 4)]);
        let submitted = cards(&desk, before);
        assert_eq!(seen(&submitted, Some(&wang), &reviewing), (named(&[("王小明", 1)]), 1), "that others have submitted changes nothing");
        assert_eq!(seen(&submitted, Some(&li), &reviewing), (named(&[("李华", 1)]), 1));
        submit(&RealDisk, &desk.here, &wang, Time(2)).unwrap();
        let both = cards(&desk, submitted);
        assert_eq!(seen(&both, Some(&wang), &reviewing), (named(&[("李华", 3), ("王小明", 1)]), 0), "as it was submitted");
        save_index(&RealDisk, desk.root(), &both).unwrap();
        assert_eq!(load_index(&RealDisk, desk.root()), both);
    }

    #[test]
    fn who_decides_sees_what_was_submitted() {
        let (zhao, chen) = (person(3, "赵敏"), person(4, "陈"));
        for (deciders, may_see) in [(vec![&zhao], true), (vec![], true), (vec![&chen], false)] {
            let (desk, wang, li, reviewing) = tagged(&deciders);
            submit(&RealDisk, &desk.here, &li, Time(1)).unwrap();
            let cards = cards(&desk, Vec::new());
            let expected = if may_see { (named(&[("李华", 3)]), 1) } else { (Vec::new(), 2) };
            assert_eq!(seen(&cards, Some(&zhao), &reviewing), expected, "{deciders:?}");
            assert_eq!(seen(&cards, Some(&wang), &reviewing).1, 1, "who tagged a report of the folder tags them all");
        }
    }

    #[test]
    fn what_slipped_is_quoted_to_whoever_may_see_it() {
        let (desk, wang, li, reviewing) = tagged(&[]);
        for name in ["王小明.ron", "李华.ron"] {
            edit(&desk.here.path().join(name), "span: (0, 4)", "span: (1, 5)");
        }
        let cards = cards(&desk, Vec::new());
        let slipped = |viewer: Option<&Person>| {
            let found = Mutex::new(Vec::new());
            run_job(&RealDisk, &Job::Check, &cards, viewer, &Cancel::default(), &|event| {
                if let JobEvent::Found(hits, _) = event {
                    found.lock().unwrap().extend(hits.into_iter().filter_map(|hit| Some(hit.slipped?.0)));
                }
            });
            let mut names = found.into_inner().unwrap();
            names.sort();
            names
        };
        assert_eq!(slipped(Some(&wang)), ["王小明"]);
        assert!(slipped(None).is_empty());
        for one in [&wang, &li] {
            submit(&RealDisk, &desk.here, one, Time(1)).unwrap();
        }
        assert_eq!(slipped(Some(&wang)), ["李华", "王小明"]);
        change_reviewing(&RealDisk, desk.root(), &reviewing, &Reviewing { blind: false, ..reviewing.clone() }).unwrap();
        assert_eq!(slipped(None), ["李华", "王小明"]);
    }
}
