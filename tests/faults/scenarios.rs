//! The sittings that are run: what people do on an ordinary day, and on a bad one.

use super::disk::SimDisk;
use super::medium::Chance;
use super::scenario::{Deed, ELSEWHERE, IN_THE_WAY, Scenario};
use Deed::*;
use jiannuo::report::Field;

/// Three reports in three folders: UTF-8, GB18030, and Markdown, whose text has to be kept beside its tags.
const WORK: &str = "/reports/2023年工作小结.txt";
const PLAN: &str = "/archive/2023年计划执行情况.txt";
const LIST: &str = "/notes/重点工作.md";
/// The first one's later name.
const WORK_LATER: &str = "/reports/2023年工作小结（定稿）.txt";

const WORK_TEXT: &str = include_str!("../fixtures/reports/tiny.txt");
const PLAN_TEXT: &str = "云溪区2023年国民经济和社会发展计划执行情况\n一、主要指标\n　　全年地区生产总值增长5.6%，规模以上工业增加值增长6.1%，\
    一般公共预算收入增长4.2%，城镇新增就业1.3万人，居民人均可支配收入增长6%左右。\n二、存在的问题\n　　两个重点项目的进度慢于年初的安排，\
    老城区停车难的问题还没有解决，部分村的饮水工程管护不到位。\n三、下一年的计划\n　　地区生产总值增长6%以上，年底前建成云溪大桥，\
    由区交通运输局牵头，新建三所幼儿园，改造二十个老旧小区。\n";
const LIST_TEXT: &str = "# 重点工作\n\n1. 年底前建成县人民医院新门诊楼，由县卫生健康局牵头。\n2. 城镇新增就业1万人以上。\n\n\
    | 指标 | 目标 |\n| --- | --- |\n| 地区生产总值 | 增长6%左右 |\n| 居民收入 | 与经济增长同步 |\n";

/// A disk with the reports, and perhaps something where the tags of the first would be kept.
fn disk(in_the_way: bool) -> SimDisk {
    let (plan, ..) = encoding_rs::GB18030.encode(PLAN_TEXT);
    let mut files: Vec<(&str, &[u8])> = vec![(WORK, WORK_TEXT.as_bytes()), (PLAN, &*plan), (LIST, LIST_TEXT.as_bytes())];
    if in_the_way {
        files.push((IN_THE_WAY, b"in the way".as_slice()));
    }
    SimDisk::new(&["/home", ELSEWHERE], &files)
}

fn sitting(name: &str, deeds: Vec<Deed>) -> Scenario {
    after(name, Vec::new(), deeds)
}

/// After a sitting that ended well.
fn after(name: &str, before: Vec<Deed>, deeds: Vec<Deed>) -> Scenario {
    Scenario { name: name.into(), disk: disk(false), before, deeds, is_recovery: false }
}

/// After one that was cut off.
fn cut_off(name: &str, before: Vec<Deed>, deeds: Vec<Deed>) -> Scenario {
    Scenario { is_recovery: true, ..after(name, before, deeds) }
}

pub fn all() -> Vec<Scenario> {
    [ordinary(), elsewhere(), recoveries(), (1..=3).map(by_chance).collect()].into_iter().flatten().collect()
}

fn ordinary() -> Vec<Scenario> {
    let many_tags = vec![Name, Open(WORK), TagMany(40), Correct(Field::Speaker, "李明"), Save];
    vec![
        sitting(
            "first-day",
            vec![
                Name,
                Open(WORK),
                Tag(36, 12, "indicator"),
                Tag(50, 8, "indicator"),
                Note(0, "核对"),
                TurnDown(60, 9),
                Pause,
                Tag(170, 15, "target"),
                Delete(1),
                Undo,
                Restart,
                Open(WORK),
                TurnDown(80, 9),
                Undo,
                Tag(215, 20, "commitment"),
                Pause,
            ],
        ),
        sitting(
            "two-reports",
            vec![
                Open(WORK),
                Tag(36, 12, "indicator"),
                Open(PLAN),
                Tag(40, 10, "indicator"),
                Show(WORK),
                Tag(50, 8, "target"),
                Note(1, "与去年比较"),
                Show(PLAN),
                Tag(60, 12, "target"),
                Delete(0),
                Undo,
                Correct(Field::Place, "云溪区"),
                Show(WORK),
                Tag(170, 15, "target"),
            ],
        ),
        sitting(
            "submitting",
            vec![
                Open(WORK),
                Tag(36, 12, "indicator"),
                Tag(50, 8, "target"),
                Save,
                Submit,
                Tag(60, 9, "target"),
                Save,
                Submit,
                Restart,
                Open(WORK),
                Submit,
            ],
        ),
        sitting(
            "in-haste",
            vec![
                Open(WORK),
                AtOnce(vec![Tag(36, 12, "indicator"), Tag(50, 8, "target"), Note(0, "核"), Note(0, "核对")]),
                Pause,
                AtOnce(vec![Tag(60, 9, "target"), Save, Tag(80, 9, "target"), Save, Note(1, "又改")]),
                AtOnce(vec![Delete(0), Close]),
                Open(WORK),
                Note(1, "再看"),
            ],
        ),
        sitting(
            "facts",
            vec![
                Open(WORK),
                Tag(36, 12, "indicator"),
                Save,
                Correct(Field::Place, "青禾"),
                Pause,
                Correct(Field::Place, "青禾县"),
                Pause,
                Correct(Field::Issuer, "青禾县人民政府"),
                Undo,
                Tag(50, 8, "target"),
                Pause,
                Correct(Field::Title, "青禾县工作小结"),
                Tag(60, 8, "target"),
                Pause,
            ],
        ),
        sitting(
            "closing",
            vec![
                Open(WORK),
                Tag(36, 12, "indicator"),
                Open(PLAN),
                Tag(40, 10, "indicator"),
                Close,
                Tag(50, 8, "target"),
                Close,
                Open(WORK),
                Open(PLAN),
                Tag(60, 12, "target"),
                Restart,
                Open(PLAN),
                Delete(0),
                Pause,
            ],
        ),
        sitting(
            "markdown",
            vec![
                Open(LIST),
                Tag(10, 12, "commitment"),
                Pause,
                Note(0, "看原表"),
                Correct(Field::Place, "青禾县"),
                Restart,
                Open(LIST),
                Tag(30, 10, "target"),
                Pause,
            ],
        ),
        after(
            "many-tags",
            many_tags,
            vec![
                Open(WORK),
                Tag(37, 9, "target"),
                Pause,
                Delete(3),
                Note(5, "核对"),
                Correct(Field::Place, "青禾县"),
                Save,
                Tag(51, 9, "target"),
                Pause,
            ],
        ),
        after(
            "renamed",
            vec![
                Name,
                Open(WORK),
                Tag(36, 12, "indicator"),
                Tag(50, 8, "target"),
                Restart,
                Rename(WORK, WORK_LATER),
                Open(WORK_LATER),
                Close,
            ],
            vec![Open(WORK_LATER), Tag(170, 15, "target"), Pause, Correct(Field::Place, "青禾县"), Save, Note(0, "核对")],
        ),
    ]
}

/// Tags that are kept in another folder from some moment on.
fn elsewhere() -> Vec<Scenario> {
    let before = || vec![Name, Open(WORK), Tag(36, 12, "indicator"), Tag(50, 8, "target"), Save];
    vec![
        after(
            "kept-elsewhere",
            before(),
            vec![
                Open(WORK),
                Tag(60, 9, "target"),
                KeepIn(ELSEWHERE),
                Tag(80, 9, "target"),
                Pause,
                Restart,
                Open(WORK),
                Tag(170, 15, "target"),
                Pause,
            ],
        ),
        after(
            "kept-elsewhere-unsaved",
            before(),
            vec![Open(WORK), Tag(60, 9, "target"), KeepIn(ELSEWHERE), Tag(80, 9, "target"), Note(0, "核对"), Tag(170, 15, "target")],
        ),
        after(
            "kept-elsewhere-in-haste",
            before(),
            vec![Open(WORK), Tag(60, 9, "target"), AtOnce(vec![Save, KeepIn(ELSEWHERE)]), Tag(80, 9, "target"), Pause, Close],
        ),
    ]
}

fn recoveries() -> Vec<Scenario> {
    vec![
        cut_off(
            "cut-off",
            vec![
                Name,
                Open(WORK),
                Tag(36, 12, "indicator"),
                Tag(50, 8, "target"),
                Correct(Field::Place, "青禾县"),
                Save,
                Tag(60, 9, "target"),
                Note(0, "核对"),
                Delete(1),
            ],
            vec![Open(WORK), Tag(80, 9, "target"), Correct(Field::Speaker, "李明"), Pause, Save],
        ),
        cut_off(
            "cut-off-first-day",
            vec![Name, Open(WORK), Tag(36, 12, "indicator"), Tag(50, 8, "target")],
            vec![Open(WORK), Tag(80, 9, "target"), Pause],
        ),
        cut_off(
            "cut-off-and-more",
            vec![Name, Open(WORK), Tag(36, 12, "indicator"), Save, Tag(50, 8, "target"), TurnDown(60, 9), Note(0, "核对")],
            vec![
                Open(WORK),
                AtOnce(vec![Tag(60, 9, "target"), Tag(80, 9, "target")]),
                Note(0, "看过"),
                Pause,
                Restart,
                Open(WORK),
                Tag(170, 15, "target"),
                Delete(0),
            ],
        ),
        cut_off(
            "cut-off-two-reports",
            vec![
                Name,
                Open(WORK),
                Tag(36, 12, "indicator"),
                Save,
                Tag(50, 8, "target"),
                Open(PLAN),
                Tag(40, 10, "indicator"),
                Correct(Field::Place, "云溪区"),
            ],
            vec![Open(PLAN), Tag(60, 12, "target"), Correct(Field::Issuer, "云溪区人民政府"), Open(WORK), Tag(60, 9, "target"), Save],
        ),
        cut_off(
            "cut-off-markdown",
            vec![Name, Open(LIST), Tag(10, 12, "commitment"), Tag(30, 10, "target")],
            vec![Open(LIST), Tag(45, 6, "target"), Pause, Restart, Open(LIST), Note(0, "看原表")],
        ),
        Scenario {
            disk: disk(true),
            ..cut_off(
                "cut-off-in-the-way",
                vec![Name, Open(WORK), Tag(36, 12, "indicator"), Correct(Field::Place, "青禾县"), Save, Tag(50, 8, "target")],
                vec![Open(WORK), Tag(60, 9, "target"), Pause, KeepIn(ELSEWHERE), Tag(80, 9, "target"), Pause],
            )
        },
    ]
}

/// Two dozen deeds by chance.
fn by_chance(seed: u64) -> Scenario {
    let mut chance = Chance::new(seed);
    let mut deeds = vec![Open(WORK), Open(PLAN)];
    for _ in 0..24 {
        let report = [WORK, PLAN][chance.below(2)];
        deeds.push(match chance.below(16) {
            0..6 => Tag(chance.below(240) as u32, 3 + chance.below(12) as u32, ["target", "indicator", "commitment"][chance.below(3)]),
            6..8 => Note(chance.below(9), ["核对", "与去年比较", ""][chance.below(3)]),
            8 => Delete(chance.below(9)),
            9 => Undo,
            10 => Correct([Field::Place, Field::Issuer][chance.below(2)], ["青禾县", "云溪区"][chance.below(2)]),
            11 => Show(report),
            12 => Save,
            13 => Close,
            14 => Open(report),
            _ => Pause,
        });
    }
    sitting(&format!("by-chance-{seed}"), deeds)
}
