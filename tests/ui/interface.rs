//! Languages, keys, themes.

use super::*;

#[test]
fn the_language_is_switched_without_a_restart() {
    let mut desk = Desk::with(PLAIN);
    for (view, language, label, file) in
        [("视图", "界面语言", "繁體中文", "檔案"), ("檢視", "介面語言", "English", "File"), ("View", "Language", "简体中文", "文件")]
    {
        desk.click(view);
        let entry = desk
            .harness
            .get_all_by_role(Role::Button)
            .find(|node| node.accesskit_node().label().is_some_and(|name| name.contains(language)))
            .unwrap_or_else(|| panic!("{language}"));
        entry.click();
        desk.settle();
        desk.click_item(label);
        desk.settle();
        assert!(desk.says(file), "{file}");
        desk.key(Key::Escape);
        desk.key(Key::F4);
        desk.key(Key::F1);
        desk.steps(3);
        desk.key(Key::Escape);
    }
}

#[test]
fn the_key_sheet_names_every_key() {
    let mut desk = Desk::with(PLAIN);
    desk.key(Key::F1);
    for words in ["标为目标", "上一个标注", "全选"] {
        assert!(desk.says(words), "{words}");
    }
    desk.key(Key::Escape);
    assert!(!desk.says("全选"));
}

#[test]
fn themes_and_text_sizes() {
    let mut desk = Desk::with(PLAIN);
    let height = |desk: &Desk| desk.paragraph("新建学校").0.height();
    let before = height(&desk);
    desk.keys(Modifiers::COMMAND, Key::Plus);
    desk.keys(Modifiers::COMMAND, Key::Plus);
    assert!(height(&desk) > before);
    desk.keys(Modifiers::COMMAND, Key::Num0);
    assert_eq!(height(&desk), before);
    desk.click("视图");
    desk.harness.get_by(|node| node.role() == Role::Button && node.label().is_some_and(|name| name.starts_with("外观"))).click();
    desk.settle();
    desk.harness.get_by(|node| node.role() == Role::Button && node.label().is_some_and(|name| name.starts_with("深色"))).click();
    desk.settle();
    assert!(desk.harness.ctx.theme() == egui::Theme::Dark);
}
