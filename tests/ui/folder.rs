//! The grid of a folder: opened, sorted, filtered, grouped, corrected, searched.

use super::*;
use jiannuo::report::Field;
use jiannuo::store::{About, Disk, FileEntry, FileLock};
use std::io;
use std::time::Duration;

const WORK: &str =
    "昀溪市2024年政府工作报告\n——2024年1月8日在昀溪市第六届人民代表大会上\n昀溪市市长 陈某某\n全市生产总值增长6%，新增就业2万人。\n";
const BULLETIN: &str = "汎海縣2013年國民經濟和社會發展統計公報\n全縣生產總值增長8%，新增就業3千人。\n";
const SPEECHES: &str = "以下范文供参考。\n政务会议讲话材料篇1\n同志们：\n就业是民生之本。\n政务会议讲话材料篇2\n同志们：\n请抓好落实。\n";

/// A window on a folder of three files, one of them with two reports.
pub(super) fn folder_desk(disk: Arc<dyn Disk>) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("报告");
    std::fs::create_dir_all(root.join("旧")).unwrap();
    for (name, text) in [("甲.txt", WORK), ("旧/乙.txt", BULLETIN), ("丙.txt", SPEECHES)] {
        std::fs::write(root.join(name), text).unwrap();
    }
    let home = folder.path().join("home");
    let mut memory = memory(true);
    memory.settings.right_open = false;
    let folders = LocalFolders::below(&home);
    let builder = Harness::builder().with_size([1600.0, 860.0]).with_step_dt(1.0 / 60.0).with_max_steps(400);
    let harness = builder.build_eframe(move |context| {
        let runner = Runner::new(disk, folders, || {});
        App::new(&context.egui_ctx, runner, memory, Start { files: vec![root], tour: None })
    });
    let mut desk = Desk { harness, folder };
    desk.settle();
    desk.steps(4);
    desk
}

/// The rows shown, by their first cells, from top to bottom.
fn shown(desk: &Desk) -> Vec<String> {
    let mut rows: Vec<(f32, String)> = desk
        .harness
        .get_all_by_role(Role::Row)
        .map(|node| (node.rect().top(), node.accesskit_node().label().unwrap_or_default()))
        .filter(|(_, name)| !name.is_empty())
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, name)| name).collect()
}

fn fact(desk: &Desk, inside: &str, field: Field) -> String {
    let project = desk.harness.state().state().project.as_ref().unwrap();
    let card = project.cards.iter().find(|card| card.inside == inside).unwrap();
    card.fact(None, field).unwrap_or("").to_owned()
}

fn row(desk: &Desk, name: &str) -> egui::Rect {
    desk.harness.get_all_by_role(Role::Row).find(|node| node.accesskit_node().label().as_deref() == Some(name)).unwrap().rect()
}

#[test]
fn a_folder_is_shown_sorted_filtered_and_grouped() {
    let mut desk = folder_desk(Arc::new(RealDisk));
    assert!(desk.says("3 个文件，4 篇报告"));
    let all = ["丙.txt", "└ 政务会议讲话材料篇1", "└ 政务会议讲话材料篇2", "旧/乙.txt", "甲.txt"];
    assert_eq!(shown(&desk), all);
    for words in ["昀溪市", "市级", "2024", "政府工作报告", "统计公报", "2024-01-08", "未开始"] {
        assert!(desk.says(words), "{words}");
    }
    desk.click("文件 ↑");
    assert_eq!(shown(&desk).first().map(String::as_str), Some("甲.txt"));
    desk.type_into("筛选", "汎海縣");
    assert_eq!(shown(&desk), ["旧/乙.txt"]);
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.key(Key::Backspace);
    desk.open_list("分组");
    let entry = desk
        .harness
        .get_all_by_role_and_label(Role::Button, "类型")
        .max_by(|a, b| a.rect().left().total_cmp(&b.rect().left()).reverse())
        .unwrap();
    entry.click();
    desk.settle();
    assert!(desk.says("－ 讲话 (3)") && desk.says("－ 统计公报 (1)"));
    desk.click("－ 讲话 (3)");
    assert_eq!(shown(&desk).len(), 2);
}

#[test]
fn a_report_is_opened_from_the_grid_and_the_grid_is_come_back_to() {
    let mut desk = folder_desk(Arc::new(RealDisk));
    let place = row(&desk, "甲.txt").left_center() + egui::vec2(20.0, 0.0);
    desk.click_at(place, 2);
    assert!(desk.says("全市生产总值增长6%"), "the report in place of the grid");
    desk.select("生产总值");
    desk.key(Key::Num2);
    desk.keys(Modifiers::COMMAND, Key::S);
    desk.key(Key::F2);
    std::thread::sleep(Duration::from_millis(3_200));
    desk.settle();
    assert!(desk.says("进行中") && desk.says("王小明"), "what was tagged shows in the grid by itself");
    desk.key(Key::F2);
    assert!(desk.says("全市生产总值增长6%"));
    // In the grid, keys of the report behind it do nothing to that.
    desk.key(Key::F2);
    let before = desk.tags().len();
    for key in [Key::Num1, Key::Delete] {
        desk.key(key);
    }
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.tags().len(), before);
    let other = desk.folder.path().join("另一份.txt");
    std::fs::write(&other, "另一份报告\n新建学校三所。\n").unwrap();
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    desk.harness.event(Event::Text(other.display().to_string()));
    desk.steps(2);
    desk.key(Key::Enter);
    assert!(desk.says("新建学校三所"), "a report that is opened comes to the front");
}

#[test]
fn cells_are_corrected_one_by_one_and_in_bulk() {
    let mut desk = folder_desk(Arc::new(RealDisk));
    let cell = desk.harness.get_by_label("昀溪市").rect().center();
    desk.click_at(cell, 2);
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.harness.event(Event::Text("青禾县".into()));
    desk.steps(2);
    desk.key(Key::Enter);
    assert_eq!((fact(&desk, "甲.txt", Field::Place), fact(&desk, "甲.txt", Field::Tier)), ("青禾县".into(), "county".into()));
    let first = row(&desk, "旧/乙.txt").left_center() + egui::vec2(20.0, 0.0);
    desk.press(first, 1, egui::PointerButton::Primary, Modifiers::NONE);
    let second = row(&desk, "甲.txt").left_center() + egui::vec2(20.0, 0.0);
    desk.press(second, 1, egui::PointerButton::Primary, Modifiers::COMMAND);
    assert!(desk.says("已选 2 行"));
    desk.type_into("地区", "山前省");
    desk.click_item("改正这 2 行");
    assert_eq!((fact(&desk, "甲.txt", Field::Place), fact(&desk, "旧/乙.txt", Field::Place)), ("山前省".into(), "山前省".into()));
    desk.click_item("撤销");
    assert_eq!((fact(&desk, "甲.txt", Field::Place), fact(&desk, "旧/乙.txt", Field::Place)), ("青禾县".into(), "汎海縣".into()));
}

#[test]
fn words_are_found_in_the_whole_folder_and_gone_to() {
    let mut desk = folder_desk(Arc::new(RealDisk));
    desk.type_into("在整个文件夹中查找", "新增就業");
    desk.key(Key::Enter);
    assert!(desk.says("2 篇中找到 2 处"));
    let hit = desk
        .harness
        .get_all_by(|node| node.label().or_else(|| node.value()).is_some_and(|text| text.starts_with("新增就业2万人")))
        .next()
        .unwrap();
    hit.click();
    desk.settle();
    assert_eq!(desk.selected(), "新增就业");
    desk.key(Key::F2);
    desk.click_item("核对标注");
    assert!(desk.says("所有标注都在原来的文字上"));
}

#[test]
fn the_table_goes_out_as_csv_and_comes_back() {
    let mut desk = folder_desk(Arc::new(RealDisk));
    let table = desk.folder.path().join("表.csv");
    let context = desk.harness.ctx.clone();
    let chosen = |desk: &mut Desk, action| {
        desk.harness.state_mut().act(&context, action);
        desk.settle();
    };
    use jiannuo::ui::{Action, Purpose};
    chosen(&mut desk, Action::Chosen(Purpose::WriteFacts, table.clone()));
    assert!(desk.says("存到报告所在的文件夹之外") && !table.exists(), "it lies beside the folder, not in it");
    desk.click_item("存到那里");
    assert!(desk.says("5 行"));
    let text = std::fs::read_to_string(&table).unwrap();
    assert!(text.contains("旧/乙.txt,,汎海縣2013年國民經濟和社會發展統計公報,汎海縣,county,2013,bulletin"), "{text}");
    // As it comes back from Excel: other columns in front, words for keys, GBK.
    let back = "序号,path,place,tier,progress\r\n1,甲.txt,青禾县,县级,已完成\r\n2,没有.txt,某市,,\r\n3,旧/乙.txt,汎海縣,很高,\r\n";
    let (bytes, ..) = encoding_rs::GBK.encode(back);
    std::fs::write(&table, bytes).unwrap();
    chosen(&mut desk, Action::Chosen(Purpose::ReadFacts, table));
    assert!(desk.says("1 行找不到对应的报告，1 个值不合要求"));
    let facts = [Field::Place, Field::Tier, Field::Progress].map(|field| fact(&desk, "甲.txt", field));
    assert_eq!(facts, ["青禾县", "county", "done"]);
}

#[test]
fn reports_are_cited() {
    let mut desk = folder_desk(Arc::new(RealDisk));
    let first = row(&desk, "甲.txt").left_center() + egui::vec2(20.0, 0.0);
    desk.click_at(first, 1);
    desk.click("表格与引用");
    desk.click_item("引用…");
    assert!(desk.says("昀溪市人民政府. 昀溪市2024年政府工作报告[R]. 2024-01-08."));
    desk.click("BibTeX");
    assert!(desk.says("@techreport{report2024"));
}

/// A disk as slow as a share at the other end of a country; 慢.txt takes as long as a person notices.
pub(super) struct Share;

impl Disk for Share {
    fn about(&self, path: &Path) -> io::Result<About> {
        RealDisk.about(path)
    }
    fn try_lock(&self, path: &Path, make: bool) -> io::Result<Option<FileLock>> {
        RealDisk.try_lock(path, make)
    }
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        std::thread::sleep(Duration::from_millis(if path.ends_with("慢.txt") { 1_500 } else { 20 }));
        RealDisk.read(path, limit)
    }
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        std::thread::sleep(Duration::from_millis(20));
        RealDisk.write_new(path, bytes)
    }
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        RealDisk.append(path, bytes)
    }
    fn truncate(&self, path: &Path, len: u64) -> io::Result<()> {
        RealDisk.truncate(path, len)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::thread::sleep(Duration::from_millis(20));
        RealDisk.rename(from, to)
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        RealDisk.sync_folder(folder)
    }
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        RealDisk.make_folder(folder)
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        std::thread::sleep(Duration::from_millis(20));
        RealDisk.list(folder)
    }
    fn entries(&self, folder: &Path) -> io::Result<Vec<FileEntry>> {
        std::thread::sleep(Duration::from_millis(20));
        RealDisk.entries(folder)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove(path)
    }
}

#[test]
fn on_a_slow_share_everything_works_the_same() {
    let mut desk = folder_desk(Arc::new(Share));
    assert_eq!(shown(&desk).len(), 5);
    let place = row(&desk, "甲.txt").left_center() + egui::vec2(20.0, 0.0);
    desk.click_at(place, 2);
    assert!(desk.says("全市生产总值增长6%"));
    desk.select("生产总值");
    desk.key(Key::Num2);
    desk.keys(Modifiers::COMMAND, Key::S);
    let root = desk.folder.path().join("报告");
    let names: Vec<String> =
        std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(names.len(), 4, "nothing is written but in jiannuo: {names:?}");
}
