//! Laws of the session over random commands: undo brings back what was, the journal and the file hold what was made.

use jiannuo::annotation::{Annotations, AttributeId, KindId, LinkEnd, Relation, TagId, Time, Value};
use jiannuo::quantity::Quantity;
use jiannuo::report::Field;
use jiannuo::session::{Command, Effect, FileCommand, KeepCommand, ReadCommand, ReportCommand, Selection, State, TagCommand, update};
use jiannuo::store::{Journal, Memory, OpenRequest, RealDisk, Recovered, open_report, orphans, wire};
use jiannuo::text::Span;
use proptest::prelude::*;

/// A session with the smallest report open, and somebody to tag.
fn session() -> (State, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tiny.txt");
    std::fs::write(&path, include_str!("fixtures/reports/tiny.txt")).unwrap();
    let mut state = State::new(Memory::default(), [3; 10]);
    update(&mut state, Command::Keep(KeepCommand::SetPerson("甲".into())), Time(1));
    let opened = open_report(&RealDisk, &path, |_| OpenRequest::default()).unwrap();
    update(&mut state, Command::File(FileCommand::Opened(Box::new(opened))), Time(2));
    (state, folder)
}

/// Something a person does; numbers choose among the tags there are.
#[derive(Clone, Debug)]
enum Deed {
    Make(u32, u32, u8),
    SetKind(usize, u8),
    Delete(usize),
    DeleteSome(usize, usize),
    Unsure(usize),
    Note(usize, String),
    Attribute(usize, String),
    Quantity(usize, String),
    Move(usize, u32, u32),
    Link(usize, usize),
    Correct(String),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (0u32..300, 1u32..40, 0u8..3).prop_map(|(start, len, kind)| Deed::Make(start, len, kind)),
        1 => (0usize..9, 0u8..3).prop_map(|(tag, kind)| Deed::SetKind(tag, kind)),
        1 => (0usize..9).prop_map(Deed::Delete),
        1 => (0usize..9, 0usize..9).prop_map(|(one, other)| Deed::DeleteSome(one, other)),
        1 => (0usize..9).prop_map(Deed::Unsure),
        1 => (0usize..9, "[一-十a\"\\\\\n]{0,6}").prop_map(|(tag, note)| Deed::Note(tag, note)),
        1 => (0usize..9, "[一-十]{0,4}").prop_map(|(tag, value)| Deed::Attribute(tag, value)),
        1 => (0usize..9, "[0-9]{1,3}(亿元|%|个百分点|左右|嗯)").prop_map(|(tag, words)| Deed::Quantity(tag, words)),
        1 => (0usize..9, 0u32..300, 1u32..40).prop_map(|(tag, start, len)| Deed::Move(tag, start, len)),
        1 => (0usize..9, 0usize..9).prop_map(|(one, other)| Deed::Link(one, other)),
        1 => "[一-十]{1,5}".prop_map(Deed::Correct),
    ]
}

fn kind(number: u8) -> KindId {
    KindId::new(["target", "indicator", "commitment"][number as usize % 3])
}

/// Does it; returns the effects.
fn act(state: &mut State, deed: &Deed, now: Time) -> Vec<Effect> {
    let document = state.document().unwrap();
    let order: Vec<TagId> = document.annotations.order().iter().map(|(_, id)| *id).collect();
    let report = document.report.id();
    let tag = |number: usize| (!order.is_empty()).then(|| order[number % order.len()]);
    let command = match deed.clone() {
        Deed::Make(start, len, number) => {
            update(state, Command::Read(ReadCommand::Select(Selection::of(Span::of(start, start + len)))), now);
            Some(Command::Tag(TagCommand::Make(kind(number))))
        }
        Deed::SetKind(number, to) => tag(number).map(|tag| Command::Tag(TagCommand::SetKind(vec![tag], kind(to)))),
        Deed::Delete(number) => tag(number).map(|tag| Command::Tag(TagCommand::Delete(vec![tag]))),
        Deed::DeleteSome(one, other) => tag(one)
            .zip(tag(other))
            .map(|(one, other)| Command::Tag(TagCommand::Delete(if one == other { vec![one] } else { vec![one, other] }))),
        Deed::Unsure(number) => tag(number).map(|tag| Command::Tag(TagCommand::ToggleUnsure(vec![tag]))),
        Deed::Note(number, note) => tag(number).map(|tag| Command::Tag(TagCommand::SetNote(tag, note))),
        Deed::Attribute(number, value) => {
            tag(number).map(|tag| Command::Tag(TagCommand::SetAttribute(vec![tag], AttributeId::new("scope"), Value::One(value))))
        }
        Deed::Quantity(number, words) => {
            tag(number).map(|tag| Command::Tag(TagCommand::SetQuantities(tag, vec![Quantity::of_words(&words)])))
        }
        Deed::Move(number, start, len) => tag(number).map(|tag| Command::Tag(TagCommand::SetSpan(tag, Span::of(start, start + len)))),
        Deed::Link(one, other) => tag(one).zip(tag(other)).map(|(one, other)| {
            let person = state.person().unwrap().id;
            Command::Tag(TagCommand::Link(one, Relation::Fulfils, LinkEnd { report, person, tag: other }))
        }),
        Deed::Correct(place) => Some(Command::Report(ReportCommand::Fact(None, Field::Place, Some(place)))),
    };
    command.map_or_else(Vec::new, |command| update(state, command, now))
}

fn annotations(state: &State) -> Annotations {
    state.document().unwrap().annotations.as_ref().clone()
}

/// The journals nobody holds. Other tests start programs, and between fork and exec such a child holds every open file
/// of this process too: a lock may outlive its owner by that moment.
fn freed(journals: &std::path::Path) -> Vec<Recovered> {
    for _ in 0..200 {
        let found = orphans(&RealDisk, journals).found;
        if !found.is_empty() {
            return found;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    Vec::new()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn undo_brings_back_every_state_and_redo_makes_it_again(deeds in proptest::collection::vec(deed(), 1..24)) {
        let (mut state, _folder) = session();
        // Deeds far apart in time, so that typing is not joined into one step.
        let mut now = Time(10_000);
        let mut states = vec![(annotations(&state), state.document().unwrap().report.corrections().clone())];
        for deed in &deeds {
            now = Time(now.0 + 10_000);
            let made = state.document().unwrap().keeping.made;
            act(&mut state, deed, now);
            if state.document().unwrap().keeping.made > made {
                states.push((annotations(&state), state.document().unwrap().report.corrections().clone()));
            }
        }
        for (all, corrections) in states.iter().rev().skip(1) {
            update(&mut state, Command::Tag(TagCommand::Undo), now);
            prop_assert!(annotations(&state).same_content(all));
            prop_assert_eq!(state.document().unwrap().report.corrections(), corrections);
        }
        prop_assert!(state.document().unwrap().undo_name().is_none());
        for (all, corrections) in states.iter().skip(1) {
            update(&mut state, Command::Tag(TagCommand::Redo), now);
            prop_assert!(annotations(&state).same_content(all));
            prop_assert_eq!(state.document().unwrap().report.corrections(), corrections);
        }
    }

    #[test]
    fn the_journal_read_back_is_the_state(deeds in proptest::collection::vec(deed(), 1..24), undone in 0usize..6) {
        let (mut state, folder) = session();
        let mut effects = Vec::new();
        for (deed, at) in deeds.iter().zip(0i64..) {
            effects.extend(act(&mut state, deed, Time(20_000 + at)));
        }
        for _ in 0..undone {
            effects.extend(update(&mut state, Command::Tag(TagCommand::Undo), Time(90_000)));
        }
        let journals = folder.path().join("journals");
        let mut journal: Option<Journal> = None;
        for effect in effects {
            if let Effect::Journal { target, entry, .. } = effect {
                let new = || {
                    Journal::new(&journals, &target.report, &target.record, &target.folder, &target.person, &target.role, "test")
                };
                let journal = journal.get_or_insert_with(new);
                journal.write(&RealDisk, &[entry]).unwrap();
            }
        }
        // While it is held it is nobody's orphan.
        prop_assert!(orphans(&RealDisk, &journals).found.is_empty());
        if journal.take().is_some() {
            let found = freed(&journals);
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(found[0].unreadable, 0);
            let all = annotations(&state);
            prop_assert_eq!(&found[0].annotations, &all);
            prop_assert_eq!(&all.merged(&found[0].annotations), &all, "reading it again changes nothing");
            if let Some((_, corrections)) = &found[0].corrections {
                prop_assert_eq!(corrections, state.document().unwrap().report.corrections());
            }
        }
    }

    #[test]
    fn a_file_read_back_is_what_was_written(deeds in proptest::collection::vec(deed(), 1..24)) {
        let (mut state, _folder) = session();
        for (deed, at) in deeds.iter().zip(0i64..) {
            act(&mut state, deed, Time(20_000 + at));
        }
        let effects = update(&mut state, Command::Keep(KeepCommand::SaveAll), Time(99_000));
        for effect in effects {
            if let Effect::Save(job) = effect {
                let mut job = job;
                job.record.annotations = job.annotations.as_ref().clone();
                let printed = wire::print(&wire::person_to_wire(&job.record));
                let (read, troubles) = wire::person_from_wire(&printed).unwrap();
                prop_assert_eq!(troubles, wire::Troubles::default());
                prop_assert_eq!(read.annotations, job.record.annotations);
                prop_assert_eq!(read.person, job.record.person);
                prop_assert_eq!(wire::print(&wire::person_to_wire(&wire::person_from_wire(&printed).unwrap().0)), printed, "and is written the same again");
            }
        }
    }

    #[test]
    fn merging_two_copies_is_commutative_and_loses_nothing(first in proptest::collection::vec(deed(), 0..12), one in proptest::collection::vec(deed(), 0..12), other in proptest::collection::vec(deed(), 0..12)) {
        let (mut state, _folder) = session();
        for (deed, at) in first.iter().zip(0i64..) {
            act(&mut state, deed, Time(20_000 + at));
        }
        let mut copy = state.clone();
        for (deed, at) in one.iter().zip(0i64..) {
            act(&mut state, deed, Time(30_000 + at));
        }
        for (deed, at) in other.iter().zip(0i64..) {
            // Another program has other chance, so its new tags have other names.
            act(&mut copy, deed, Time(40_000 + at));
        }
        let (one, other) = (annotations(&state), annotations(&copy));
        let merged = one.merged(&other);
        prop_assert_eq!(&merged, &other.merged(&one));
        prop_assert_eq!(&merged, &merged.merged(&one));
        for id in one.tag_records().keys().chain(other.tag_records().keys()) {
            prop_assert!(merged.tag_records().contains_key(id));
        }
    }
}
