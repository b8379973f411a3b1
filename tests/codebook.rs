//! A project's own codebook: what its changes do to the tags that were made by it.

use crate::store::{Sitting, place};
use jiannuo::annotation::{AttributeId, KindId, Value};
use jiannuo::session::{Command, Doubt, KeepCommand, TagCommand, What, doubts};
use std::path::Path;

const FIRST: &str = r#"(
  version: 1,
  kinds: [
    (id: "target", colour: blue, stroke: solid, digit: 1),
    (id: "risk", colour: violet, stroke: dotted, digit: 2, label: "风险", definition: "可能影响目标实现的情况"),
  ],
  attributes: [(id: "level", of: ["risk"], takes: choice(["high", "low"]), label: "程度")],
)"#;

fn write(report: &Path, codebook: &str) {
    let kept = report.with_file_name("jiannuo");
    std::fs::create_dir_all(&kept).unwrap();
    std::fs::write(kept.join("codebook.ron"), codebook).unwrap();
}

/// A report with a target, and a risk that is high, tagged by the first codebook.
fn tagged() -> (tempfile::TempDir, std::path::PathBuf) {
    let (folder, report) = place();
    write(&report, FIRST);
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    sitting.open(&report);
    sitting.tag(10, 18, "target");
    sitting.tag(30, 38, "risk");
    let risk = sitting.state.document().unwrap().annotations.order()[1].1;
    sitting.act(Command::Tag(TagCommand::SetAttribute(vec![risk], AttributeId::new("level"), Value::One("high".into()))));
    assert!(doubts(sitting.state.document().unwrap()).is_empty());
    sitting.save();
    (folder, report)
}

/// The kinds of the tags that have to be looked at when the report is opened by another codebook.
fn outdated(folder: &tempfile::TempDir, report: &Path, codebook: &str) -> (Sitting, Vec<String>) {
    write(report, codebook);
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.open(report);
    let document = sitting.state.document().unwrap();
    let listed = doubts(document).into_iter().filter(|(doubt, _)| *doubt == Doubt::Outdated);
    let kinds = listed.map(|(_, id)| document.annotations.tag(id).unwrap().kind.to_string()).collect();
    (sitting, kinds)
}

#[test]
fn a_changed_definition_lists_the_tags_made_by_the_old_one_and_no_others() {
    let (folder, report) = tagged();
    for (change, listed) in [
        (FIRST.to_owned(), vec![]),
        (FIRST.replace("violet", "grey").replace("version: 1", "version: 2"), vec![]),
        (FIRST.replace("可能影响目标实现的情况", "已经发生的问题").replace("version: 1", "version: 2"), vec!["risk"]),
        (FIRST.replace("\"low\"", "\"middle\", \"low\""), vec!["risk"]),
    ] {
        let (sitting, kinds) = outdated(&folder, &report, &change);
        assert_eq!(kinds, listed, "{change}");
        assert_eq!(sitting.told(|what| matches!(what, What::Outdated { tags: 1, .. })), !listed.is_empty());
    }
}

#[test]
fn what_was_held_against_the_new_definition_is_not_listed_again() {
    let (folder, report) = tagged();
    let changed = FIRST.replace("可能影响目标实现的情况", "已经发生的问题");
    let (mut sitting, _) = outdated(&folder, &report, &changed);
    let (_, tag) = doubts(sitting.state.document().unwrap())[0];
    sitting.act(Command::Tag(TagCommand::Uphold(vec![tag])));
    sitting.save();
    drop(sitting);
    assert!(outdated(&folder, &report, &changed).1.is_empty());
    assert_eq!(outdated(&folder, &report, FIRST).1, ["risk"]);
}

#[test]
fn a_removed_kind_or_attribute_drops_and_hides_nothing() {
    let (folder, report) = tagged();
    let less = r#"(version: 2, kinds: [(id: "target", colour: blue, stroke: solid, digit: 1)], attributes: [])"#;
    let (mut sitting, kinds) = outdated(&folder, &report, less);
    assert_eq!(kinds, ["risk"]);
    sitting.tag(50, 55, "target");
    sitting.save();
    drop(sitting);
    let (again, kinds) = outdated(&folder, &report, FIRST);
    assert!(kinds.is_empty());
    let tags = &again.state.document().unwrap().annotations;
    let risk = tags.tags().find(|tag| tag.kind == KindId::new("risk")).unwrap();
    assert_eq!((tags.tag_count(), risk.attribute(&AttributeId::new("level"))), (3, "high".to_owned()));
}

#[test]
fn a_codebook_that_makes_no_sense_is_said_to_and_costs_no_tag() {
    let (folder, report) = tagged();
    for bad in ["(", "(version: 1, kinds: [(id: \"a\", colour: pink)], attributes: [])", &FIRST.replace("\"level\"", "\"risk\""), "\u{0}"] {
        let (sitting, _) = outdated(&folder, &report, bad);
        assert!(sitting.told(|what| matches!(what, What::BadCodebook(_))), "{bad}");
        assert_eq!(sitting.tags(), 2, "{bad}");
    }
}
