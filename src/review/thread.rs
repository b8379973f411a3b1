//! Comments of several people put together: who answers whom, and what is settled.

use crate::annotation::{Anchor, Annotations, Comment, Person, RemarkId, Stamp, TagRef, Time};
use std::collections::{BTreeMap, BTreeSet};

/// A comment, and who made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Who.
    pub by: Person,
    /// The record of it.
    pub remark: RemarkId,
    /// When.
    pub at: Time,
    /// What. Nothing where it only settles the thread or opens it again.
    pub words: String,
    /// Whether it settles the thread, or opens it again.
    pub settles: Option<bool>,
}

/// A comment with the answers to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// What it begins with.
    pub root: Said,
    /// What was said to that, in the order of time.
    pub answers: Vec<Said>,
    /// Whether it is settled: what was said of that last counts.
    pub settled: bool,
    /// The words it is about.
    pub anchor: Anchor,
    /// The tag it is about, if it is about one.
    pub about: Option<TagRef>,
}

/// A comment with what it hangs on.
struct Found<'a> {
    said: Said,
    anchor: &'a Anchor,
    comment: &'a Comment,
}

/// What people told one another, in the order of the text, and of the same words in the order of time.
///
/// Answers to something that is not at hand stay together, and the first of them begins their thread.
pub fn threads(people: &[(Person, &Annotations)]) -> Vec<Thread> {
    let mut all: BTreeMap<RemarkId, Found> = BTreeMap::new();
    for (person, annotations) in people {
        for (remark, stamp, comment) in annotations.comments() {
            all.insert(remark.id, Found { said: said(person, remark.id, stamp, comment), anchor: &remark.anchor, comment });
        }
    }
    let mut by_root: BTreeMap<RemarkId, Vec<&Found>> = BTreeMap::new();
    for (id, found) in &all {
        by_root.entry(root_of(*id, &all)).or_default().push(found);
    }
    let mut threads: Vec<Thread> = by_root.into_iter().filter_map(|(root, found)| thread(root, found)).collect();
    threads.sort_by_key(|Thread { anchor, root, .. }| (anchor.span.start(), anchor.span.end(), root.at, root.remark));
    threads
}

fn said(by: &Person, remark: RemarkId, stamp: &Stamp, comment: &Comment) -> Said {
    Said { by: by.clone(), remark, at: stamp.created, words: comment.words.clone(), settles: comment.settles }
}

/// What the thread of a comment begins with, whether that is at hand or not.
fn root_of(id: RemarkId, all: &BTreeMap<RemarkId, Found>) -> RemarkId {
    let above = |id: RemarkId| all.get(&id).and_then(|found| found.comment.answers);
    let mut passed = BTreeSet::new();
    let mut root = id;
    while let Some(next) = above(root) {
        if !passed.insert(root) {
            // In a file made by hand comments may answer one another in a circle: then all of them are one thread.
            let around = std::iter::successors(Some(next), |one| above(*one)).take_while(|one| *one != root);
            return around.fold(root, RemarkId::min);
        }
        root = next;
    }
    root
}

fn thread(root: RemarkId, mut found: Vec<&Found>) -> Option<Thread> {
    found.sort_by_key(|found| (found.said.remark != root, found.said.at, found.said.remark));
    let settled = found.iter().filter_map(|found| Some(((found.said.at, found.said.remark), found.said.settles?))).max();
    let (first, answers) = found.split_first()?;
    Some(Thread {
        root: first.said.clone(),
        answers: answers.iter().map(|found| found.said.clone()).collect(),
        settled: settled.is_some_and(|(_, settled)| settled),
        anchor: first.anchor.clone(),
        about: first.comment.about,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Change, Edit, Hand, PersonId, Remark, Says, Touch};
    use crate::text::{Span, Text};
    use uuid::Uuid;

    const TEXT: &str = "全市生产总值增长8%以上";

    /// A comment as it is made: its name, when it is made and on which words, what it answers, what it says, whether it settles.
    type Made<'m> = (u128, i64, (u32, u32), Option<u128>, &'m str, Option<bool>);

    fn name(number: u128) -> RemarkId {
        RemarkId(Uuid::from_u128(number))
    }

    fn said_by(person: u128, made: &[Made]) -> (Person, Annotations) {
        let mut annotations = Annotations::default();
        for (number, at, (start, end), answers, words, settles) in made {
            let comment = Comment { about: None, answers: answers.map(name), words: (*words).to_owned(), settles: *settles };
            let anchor = Anchor::new(&Text::new(TEXT.into()), Span::of(*start, *end));
            let remark = Remark { id: name(*number), anchor, says: Says::Comment(comment) };
            let by = Touch { at: Time(*at), hand: Hand::new(7) };
            annotations.apply(&Edit::new(vec![Change::add_remark(remark)]), by).unwrap();
        }
        (Person { id: PersonId(Uuid::from_u128(person)), name: person.to_string() }, annotations)
    }

    /// The words of all threads, root first, and whether each is settled.
    fn read(people: &[(Person, Annotations)]) -> Vec<(Vec<String>, bool)> {
        let people: Vec<(Person, &Annotations)> = people.iter().map(|(person, all)| (person.clone(), all)).collect();
        let words =
            |thread: &Thread| std::iter::once(&thread.root).chain(&thread.answers).map(|said| said.words.clone()).collect::<Vec<_>>();
        threads(&people).iter().map(|thread| (words(thread), thread.settled)).collect()
    }

    fn expected(of: &[(&[&str], bool)]) -> Vec<(Vec<String>, bool)> {
        of.iter().map(|(words, settled)| (words.iter().map(|word| (*word).to_owned()).collect(), *settled)).collect()
    }

    #[test]
    fn answers_of_several_people_stand_below_what_they_answer() {
        let one = said_by(1, &[(1, 10, (6, 10), None, "以上？", None), (3, 30, (6, 10), Some(1), "同意", None)]);
        let other = said_by(2, &[(2, 20, (6, 10), Some(1), "下限", None), (4, 40, (2, 6), None, "总量", None)]);
        let all = expected(&[(&["总量"], false), (&["以上？", "下限", "同意"], false)]);
        assert_eq!(read(&[one.clone(), other.clone()]), all);
        assert_eq!(read(&[other.clone(), one.clone()]), all, "whoever is given first");
        assert_eq!(read(&[one.clone(), other, one]), all, "and nothing twice");
    }

    #[test]
    fn what_is_said_last_of_settling_counts() {
        let root = (1, 10, (2, 6), None, "?", None);
        let settled = (2, 20, (2, 6), Some(1), "", Some(true));
        let opened = (3, 30, (2, 6), Some(1), "", Some(false));
        let answer = (4, 40, (2, 6), Some(1), "!", None);
        let is_settled = |made: &[Made]| read(&[said_by(1, made)])[0].1;
        assert!(!is_settled(&[root]));
        assert!(is_settled(&[root, settled]));
        assert!(!is_settled(&[root, settled, opened]));
        assert!(is_settled(&[root, settled, answer]), "an answer does not open it again");
    }

    #[test]
    fn nothing_is_lost_whatever_hangs_on_what() {
        let answers_to_nothing = [(5, 50, (2, 6), Some(9), "b", None), (4, 40, (2, 6), Some(9), "a", None)];
        assert_eq!(read(&[said_by(1, &answers_to_nothing)]), expected(&[(&["a", "b"], false)]));
        let in_turn = [(1, 10, (2, 6), None, "a", None), (2, 20, (2, 6), Some(1), "b", None), (3, 30, (2, 6), Some(2), "c", None)];
        assert_eq!(read(&[said_by(1, &in_turn)]), expected(&[(&["a", "b", "c"], false)]));
        let in_a_circle = [(1, 10, (2, 6), Some(2), "a", None), (2, 20, (2, 6), Some(1), "b", None), (3, 5, (2, 6), Some(2), "c", None)];
        assert_eq!(read(&[said_by(1, &in_a_circle)]), expected(&[(&["a", "c", "b"], false)]));
    }
}
