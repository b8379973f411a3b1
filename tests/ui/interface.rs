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

#[test]
fn escape_closes_a_menu_and_nothing_else() {
    let mut desk = Desk::with(PLAIN);
    desk.select("生产总值");
    desk.click("编辑");
    assert!(desk.says("全选"));
    desk.key(Key::Escape);
    assert!(!desk.says("全选"));
    assert_eq!(desk.selected(), "生产总值");
}

#[test]
fn the_caret_moves_from_the_start_and_the_place_survives_resizing() {
    let text: String =
        (0..300).map(|n| format!("第{n}段，全市生产总值增长百分之六，{}。\n", "经济社会保持平稳健康发展".repeat(5))).collect();
    let mut desk = Desk::with(&text);
    for _ in 0..12 {
        desk.key(Key::PageDown);
    }
    let place = |desk: &Desk| desk.harness.state().state().document().unwrap().place;
    let before = place(&desk);
    assert!(before.get() > 500, "nobody clicked, and the keys move the caret: {before}");
    desk.key(Key::F8);
    desk.key(Key::F8);
    let settled = place(&desk);
    for size in [[900.0, 700.0], [700.0, 520.0], [1100.0, 600.0], [1280.0, 860.0]] {
        desk.harness.set_size(egui::Vec2::from(size));
        desk.settle();
    }
    assert_eq!(place(&desk), settled);
}
