//! A folder of reports: what is listed, what is remembered, what is corrected, what is found.

use crate::store::Sitting;
use jiannuo::report::{Field, Pattern};
use jiannuo::session::{Command, Correction, FileCommand, KeepCommand, Project, ProjectCommand};
use jiannuo::store::Job;
use jiannuo::text::Pos;
use std::path::{Path, PathBuf};

/// A folder with reports of several kinds, some in a folder below.
fn reports() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("报告");
    std::fs::create_dir_all(root.join("旧")).unwrap();
    let write = |name: &str, text: &str| std::fs::write(root.join(name), text).unwrap();
    write(
        "甲.txt",
        "昀溪市2024年政府工作报告\n——2024年1月8日在昀溪市第六届人民代表大会上\n昀溪市市长 陈某某\n全市生产总值增长6%，新增就业2万人。\n",
    );
    write("旧/乙.txt", "汎海縣2013年國民經濟和社會發展統計公報\n汎海縣統計局\n全縣生產總值增長8%，新增就業3千人。\n");
    write("丙.txt", "以下范文供参考。\n政务会议讲话材料篇1\n同志们：\n就业是民生之本。\n政务会议讲话材料篇2\n同志们：\n请抓好落实。\n");
    std::fs::write(root.join("坏.docx"), b"PK\x03\x04word/[Content_Types].xml").unwrap();
    write("~$甲.txt", "锁");
    write("说明.log", "不是报告");
    (folder, root)
}

fn open(folder: &tempfile::TempDir, root: &Path) -> Sitting {
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    sitting.act(Command::Project(ProjectCommand::Open(root.to_owned())));
    sitting
}

fn project(sitting: &Sitting) -> &Project {
    sitting.state.project.as_ref().unwrap()
}

fn names(sitting: &Sitting) -> Vec<&str> {
    project(sitting).cards.iter().map(|card| card.inside.as_str()).collect()
}

fn fact(sitting: &Sitting, inside: &str, field: Field) -> Option<String> {
    let card = project(sitting).cards.iter().find(|card| card.inside == inside).unwrap();
    card.fact(None, field).map(str::to_owned)
}

#[test]
fn everything_that_may_be_a_report_is_listed_with_what_it_is() {
    let (folder, root) = reports();
    let sitting = open(&folder, &root);
    assert_eq!(names(&sitting), ["丙.txt", "坏.docx", "旧/乙.txt", "甲.txt"]);
    let facts = [Field::Place, Field::Tier, Field::Period, Field::Genre, Field::Published].map(|field| fact(&sitting, "甲.txt", field));
    assert_eq!(facts.map(Option::unwrap), ["昀溪市", "city", "2024", "work", "2024-01-08"]);
    assert_eq!(fact(&sitting, "旧/乙.txt", Field::Genre).as_deref(), Some("bulletin"));
    assert_eq!(project(&sitting).cards[0].state.as_ref().unwrap().parts.len(), 2);
    assert!(project(&sitting).cards[1].state.is_err());
}

#[test]
fn the_index_saves_reading_and_may_be_deleted() {
    let (folder, root) = reports();
    let cards = project(&open(&folder, &root)).cards.clone();
    let index = root.join("jiannuo").join("index.jsonl");
    // Only what is read anew notices a file that changed without its length and time changing.
    let stamp = std::fs::metadata(root.join("甲.txt")).unwrap().modified().unwrap();
    let text = std::fs::read_to_string(root.join("甲.txt")).unwrap().replace("昀溪市", "青禾市");
    std::fs::write(root.join("甲.txt"), text).unwrap();
    std::fs::File::options().write(true).open(root.join("甲.txt")).unwrap().set_modified(stamp).unwrap();
    assert_eq!(project(&open(&folder, &root)).cards, cards);
    std::fs::remove_file(&index).unwrap();
    assert_eq!(fact(&open(&folder, &root), "甲.txt", Field::Place).as_deref(), Some("青禾市"));
    for damage in ["", "{}", "{\"edition\":99}\n{}\n", "\u{0}\u{0}"] {
        std::fs::write(&index, damage).unwrap();
        assert_eq!(names(&open(&folder, &root)).len(), 4, "{damage:?}");
    }
}

#[test]
fn what_is_added_changed_or_removed_while_it_is_open_shows() {
    let (folder, root) = reports();
    let mut sitting = open(&folder, &root);
    std::fs::write(root.join("丁.md"), "# 青禾县2025年政府工作报告\n\n全县生产总值增长5%。\n").unwrap();
    std::fs::remove_file(root.join("坏.docx")).unwrap();
    std::fs::write(root.join("甲.txt"), "山前省2024年政府工作报告\n全省生产总值增长6%，就业稳定。\n").unwrap();
    sitting.act(Command::Project(ProjectCommand::LookAgain));
    assert_eq!(names(&sitting), ["丁.md", "丙.txt", "旧/乙.txt", "甲.txt"]);
    assert_eq!(fact(&sitting, "甲.txt", Field::Tier).as_deref(), Some("province"));
    std::fs::remove_dir_all(&root).unwrap();
    sitting.act(Command::Project(ProjectCommand::LookAgain));
    assert!(project(&sitting).trouble.is_some(), "a share that is gone is said to be");
}

#[test]
fn corrections_are_kept_with_each_report_and_taken_back_in_one_step() {
    let (folder, root) = reports();
    let mut sitting = open(&folder, &root);
    let opened = root.join("甲.txt");
    sitting.open(&opened);
    let correct = |inside: &str, field, value: &str| Correction { path: root.join(inside), part: None, field, value: Some(value.into()) };
    sitting.act(Command::Project(ProjectCommand::Correct(vec![
        correct("甲.txt", Field::Place, "青禾县"),
        correct("旧/乙.txt", Field::Place, "青禾县"),
        correct("旧/乙.txt", Field::Published, "2014年2月30日"),
    ])));
    assert_eq!(sitting.state.notices.len(), 1, "a day that is not in the calendar is refused, the rest is taken");
    for inside in ["甲.txt", "旧/乙.txt"] {
        assert_eq!(fact(&sitting, inside, Field::Place).as_deref(), Some("青禾县"));
        assert_eq!(fact(&sitting, inside, Field::Tier).as_deref(), Some("county"));
    }
    sitting.save();
    let mut again = open(&folder, &root);
    assert_eq!(fact(&again, "甲.txt", Field::Place).as_deref(), Some("青禾县"));
    again.open(&root.join("旧/乙.txt"));
    assert_eq!(again.state.document().unwrap().report.facts().get(Field::Place), Some("青禾县"));
    sitting.act(Command::Project(ProjectCommand::Undo));
    assert_eq!(fact(&sitting, "旧/乙.txt", Field::Place).as_deref(), Some("汎海縣"));
    assert_eq!(sitting.state.document().unwrap().report.facts().get(Field::Place), Some("昀溪市"));
    sitting.act(Command::Project(ProjectCommand::Redo));
    assert_eq!(fact(&sitting, "旧/乙.txt", Field::Place).as_deref(), Some("青禾县"));
}

#[test]
fn a_part_has_data_and_tags_of_its_own() {
    let (folder, root) = reports();
    let mut sitting = open(&folder, &root);
    let path = root.join("丙.txt");
    let starts: Vec<Pos> = project(&sitting).cards[0].state.as_ref().unwrap().parts.iter().map(|part| part.start).collect();
    let place = Correction { path: path.clone(), part: Some(starts[1]), field: Field::Place, value: Some("青禾县".into()) };
    sitting.act(Command::Project(ProjectCommand::Correct(vec![place])));
    sitting.open(&path);
    let second = starts[1].get();
    sitting.tag(second + 15, second + 20, "commitment");
    sitting.save();
    sitting.act(Command::Project(ProjectCommand::LookAgain));
    let card = project(&sitting).cards[0].clone();
    assert_eq!(card.fact(Some(starts[1]), Field::Place), Some("青禾县"));
    assert_eq!(card.fact(Some(starts[0]), Field::Place), None);
    let count = |part| card.counts(part).values().sum::<usize>();
    assert_eq!((count(Some(starts[0])), count(Some(starts[1])), count(None)), (0, 1, 1));
    let document = sitting.state.document().unwrap();
    assert_eq!(document.report.facts_at(Pos::new(second + 15)).get(Field::Place), Some("青禾县"));
}

#[test]
fn words_are_found_in_every_report_in_either_script() {
    let (folder, root) = reports();
    let mut sitting = open(&folder, &root);
    sitting.act(Command::Project(ProjectCommand::Run(Job::Find(Pattern::words("新增就业").unwrap()))));
    let work = project(&sitting).work.clone().unwrap();
    let found: Vec<(String, String)> =
        work.hits.iter().map(|hit| (hit.path.file_name().unwrap().to_string_lossy().into_owned(), hit.words.clone())).collect();
    assert_eq!(found, [("乙.txt".into(), "新增就業".into()), ("甲.txt".into(), "新增就业".into())]);
    assert!(work.progress.is_none() && work.hits[1].before.ends_with("增长6%，"));
    let hit = work.hits[1].clone();
    sitting.act(Command::File(FileCommand::OpenAt(hit.path, hit.span)));
    let document = sitting.state.document().unwrap();
    assert_eq!(document.report.quote(document.selection.span()), "新增就业");
}

#[test]
fn every_tag_of_the_folder_is_checked() {
    let (folder, root) = reports();
    let mut sitting = open(&folder, &root);
    for inside in ["甲.txt", "旧/乙.txt"] {
        sitting.open(&root.join(inside));
        sitting.tag(5, 10, "indicator");
    }
    sitting.save();
    sitting.act(Command::Project(ProjectCommand::LookAgain));
    let check = |sitting: &mut Sitting| {
        sitting.act(Command::Project(ProjectCommand::Run(Job::Check)));
        project(sitting).work.as_ref().unwrap().hits.len()
    };
    assert_eq!(check(&mut sitting), 0);
    let kept =
        std::fs::read_dir(root.join("jiannuo")).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.join("王小明.ron").is_file());
    let file = kept.unwrap().join("王小明.ron");
    let text = std::fs::read_to_string(&file).unwrap();
    let moved = text.replace("span: (5, 10)", "span: (6, 11)");
    assert_ne!(moved, text, "a span in the file");
    std::fs::write(&file, moved).unwrap();
    sitting.act(Command::Project(ProjectCommand::LookAgain));
    assert_eq!(check(&mut sitting), 1);
}

#[test]
fn tags_of_a_folder_below_made_before_are_still_there() {
    let (folder, root) = reports();
    let mut before = Sitting::new(&folder.path().join("home"));
    before.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    before.open(&root.join("旧/乙.txt"));
    before.tag(5, 10, "indicator");
    before.save();
    assert!(root.join("旧/jiannuo").is_dir());
    let mut sitting = open(&folder, &root);
    let card = project(&sitting).cards.iter().find(|card| card.inside == "旧/乙.txt").unwrap();
    assert_eq!(card.counts(None).values().sum::<usize>(), 1);
    sitting.open(&root.join("旧/乙.txt"));
    assert_eq!(sitting.tags(), 1);
    sitting.open(&root.join("甲.txt"));
    sitting.tag(5, 10, "indicator");
    sitting.save();
    assert!(!root.join("甲.txt").with_file_name("旧").join("jiannuo").join("index.jsonl").exists());
    let written: Vec<PathBuf> = std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    assert_eq!(written.len(), 2, "nothing is written but in jiannuo: {written:?}");
}

#[test]
fn a_folder_inside_a_project_keeps_its_tags_there() {
    let (folder, root) = reports();
    let mut sitting = open(&folder, &root);
    sitting.open(&root.join("旧/乙.txt"));
    sitting.tag(5, 10, "indicator");
    sitting.save();
    let mut inner = open(&folder, &root.join("旧"));
    let card = &project(&inner).cards[0];
    assert_eq!(card.counts(None).values().sum::<usize>(), 1);
    inner.open(&root.join("旧/乙.txt"));
    assert_eq!(inner.tags(), 1);
    assert!(!root.join("旧/jiannuo/project.ron").exists());
}

#[test]
fn one_report_in_several_formats_has_the_same_tags() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("报告");
    std::fs::create_dir(&root).unwrap();
    let fixtures = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/originals/common");
    let endings = ["docx", "odt", "page.html", "pdf", "chromium.pdf", "md", "epub", "txt"];
    for ending in endings {
        std::fs::copy(fixtures.join(format!("report-hans.{ending}")), root.join(format!("报告.{ending}"))).unwrap();
    }
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    sitting.open(&root.join("报告.docx"));
    sitting.tag(100, 140, "indicator");
    sitting.save();
    let quote = sitting.state.document().unwrap().annotations.tags().next().unwrap().anchor.quote.clone();
    for ending in endings {
        sitting.open(&root.join(format!("报告.{ending}")));
        assert_eq!(sitting.tags(), 1, "{ending}");
        let document = sitting.state.document().unwrap();
        let tag = document.annotations.tags().next().unwrap();
        assert_eq!(document.report.quote(tag.anchor.span), quote, "{ending}");
    }
    let kept: Vec<PathBuf> = std::fs::read_dir(root.join("jiannuo")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(kept.len(), 1, "one report, whatever its format: {kept:?}");
    assert!(kept[0].join("source.txt").is_file(), "the extracted text is kept beside the tags");
}

#[test]
fn what_was_extracted_stays_though_the_extractor_changes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("报告.docx");
    std::fs::copy(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/originals/common/report-hans.docx"), &path).unwrap();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    sitting.open(&path);
    sitting.tag(100, 140, "indicator");
    sitting.save();
    // As if an earlier edition had read one more line in front: its text is what the tags stand on.
    let kept = std::fs::read_dir(folder.path().join("jiannuo")).unwrap().next().unwrap().unwrap().path();
    let old = format!("旧版多读的一行\n{}", std::fs::read_to_string(kept.join("source.txt")).unwrap());
    let id = jiannuo::report::ReportId::of(&old);
    std::fs::write(kept.join("source.txt"), &old).unwrap();
    let record = jiannuo::store::unseal(&std::fs::read(kept.join("report.ron")).unwrap()).0;
    let present = sitting.state.document().unwrap().report.id().to_string();
    let record = record.replace(&present, &id.to_string()).replace("edition: 1", "edition: 0");
    std::fs::write(kept.join("report.ron"), jiannuo::store::seal(record)).unwrap();
    std::fs::rename(&kept, kept.with_file_name(format!("报告~{}", id.short()))).unwrap();
    let mut again = Sitting::new(&folder.path().join("home"));
    again.open(&path);
    assert!(again.state.document().unwrap().report.text().as_str().starts_with("旧版多读的一行\n"));
}
