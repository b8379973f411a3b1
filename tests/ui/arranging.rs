//! How a project is reviewed, in the window: who may change it, what is asked first, and that a folder alone will do.

use super::folder::folder_desk;
use super::review::{THREE, desk_in, document, draw, press, tag_as};
use super::*;
use jiannuo::annotation::Person;
use jiannuo::store::{Reviewing, change_reviewing, mark_project, reviewing_of};

const BLIND: &str = "独立标注：交卷之前看不到别人的标注";

/// A desk in a project where people tag blind and these decide; three people tagged the report.
fn blind_desk(deciders: &[Person]) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("报告.txt"), PLAIN).unwrap();
    mark_project(&RealDisk, folder.path()).unwrap();
    let reviewing = Reviewing { blind: true, deciders: deciders.to_vec(), ..Reviewing::default() };
    change_reviewing(&RealDisk, folder.path(), &Reviewing::default(), &reviewing).unwrap();
    THREE.into_iter().for_each(|(name, tagged)| tag_as(folder.path(), name, tagged, false));
    desk_in(folder)
}

fn arrange(desk: &mut Desk) {
    desk.menu("审阅", "项目审阅设置…");
    desk.settle();
}

fn is_disabled(desk: &Desk, name: &str) -> bool {
    desk.harness.get_by(|node| node.role() != Role::Label && node.label().as_deref() == Some(name)).accesskit_node().is_disabled()
}

fn is_blind(desk: &Desk) -> bool {
    reviewing_of(&RealDisk, desk.folder.path()).blind
}

#[test]
fn who_is_not_named_reads_who_may_change_it() {
    let chen = Person { id: "01a2028c-30a7-7000-8180-39b4f0c36700".parse().unwrap(), name: "陈".into() };
    let mut desk = blind_desk(&[chen]);
    arrange(&mut desk);
    assert!(desk.says("这些设置只有裁定人（陈）可以更改"));
    assert!([BLIND, "陈可以裁定", "王小明可以裁定", "抽取", "确定"].into_iter().all(|name| is_disabled(&desk, name)));
    desk.click_item("取消");
    assert!(is_blind(&desk) && document(&desk).layers().all.is_empty());
}

#[test]
fn who_tags_blind_cannot_untick_it() {
    let mut desk = blind_desk(&[]);
    desk.select("生产总值");
    desk.key(Key::Num2);
    arrange(&mut desk);
    assert!(desk.says("您在本项目还有没有交卷的标注"));
    assert!(is_disabled(&desk, BLIND) && is_disabled(&desk, "王小明可以裁定") && !is_disabled(&desk, "张三可以裁定"));
}

#[test]
fn who_may_end_blind_tagging_is_asked_first() {
    let mut desk = blind_desk(&[]);
    arrange(&mut desk);
    assert!(["张三", "李四", "王五"].into_iter().all(|name| desk.says(&format!("{name}可以裁定"))), "names, though nothing else of them");
    desk.click(BLIND);
    desk.click_item("确定");
    assert!(desk.says("不再独立标注？") && is_blind(&desk));
    desk.click_item("取消");
    assert!(desk.says("抽取的样本") && is_blind(&desk), "back in the dialog");
    desk.click(BLIND);
    desk.click_item("确定");
    desk.click_item("不再独立标注");
    assert!(!is_blind(&desk) && !document(&desk).reviewing().blind);
}

#[test]
fn a_folder_alone_has_samples_drawn_from_all_its_reports() {
    let mut desk = folder_desk(Arc::new(RealDisk));
    let root = desk.folder.path().join("报告");
    arrange(&mut desk);
    assert!(desk.says("从文件夹里本项目的 3 份报告中抽取"));
    assert!(is_disabled(&desk, "已打开的报告"));
    draw(&mut desk, "复标", 2, 5);
    assert!(desk.says("复标：2 节，种子 5"));
    desk.click_item("确定");
    let samples = reviewing_of(&RealDisk, &root).samples;
    assert_eq!((samples.len(), samples[0].parts.len()), (1, 2));

    // The same sample is there again, and goes.
    arrange(&mut desk);
    press(&mut desk, "去掉样本“复标”");
    desk.click_item("确定");
    assert!(reviewing_of(&RealDisk, &root).samples.is_empty());
}
