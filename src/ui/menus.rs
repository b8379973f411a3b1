//! The menu bar: every action, with its key beside it.

mod closing;

use super::action::{Action, Asked, CaseAction, ColleagueAction, ExchangeAction, FiguresAction};
use super::keys::keys_of;
use super::proposals::offered;
use crate::locale::Words;
use crate::report::ScriptView;
use crate::session::{Command, FileCommand, State};
use crate::text::repair::Repair;
use egui::{Button, MenuBar, Ui};

pub use closing::Closing;

/// One entry of a menu, or a button of the same name.
pub fn item_ui(ui: &mut Ui, words: &Words, name: &str, enabled: bool, action: Action, asked: &mut Asked) {
    let keys = keys_of(ui, &action);
    if ui.add_enabled(enabled, Button::new(words.get(name)).shortcut_text(keys)).clicked() {
        asked.action(action);
    }
}

/// An entry with a tick.
fn choice_ui(ui: &mut Ui, label: &str, chosen: bool, action: Action, asked: &mut Asked) {
    let keys = keys_of(ui, &action);
    if ui.add(Button::selectable(chosen, label).shortcut_text(keys)).clicked() {
        asked.action(action);
    }
}

/// The bar at the top of the window.
pub fn menu_bar_ui(ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) {
    MenuBar::new().ui(ui, |ui| {
        ui.menu_button(words.get("menu_file"), |ui| file_menu_ui(ui, state, words, asked));
        ui.menu_button(words.get("menu_edit"), |ui| edit_menu_ui(ui, state, words, asked));
        ui.menu_button(words.get("menu_tag"), |ui| tag_menu_ui(ui, state, words, asked));
        ui.menu_button(words.get("menu_view"), |ui| view_menu_ui(ui, state, words, asked));
        ui.menu_button(words.get("menu_review"), |ui| review_menu_ui(ui, state, words, asked));
        ui.menu_button(words.get("menu_help"), |ui| {
            item_ui(ui, words, "keys", true, Action::Keys, asked);
        });
        if let Some(document) = state.document() {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                for view in ScriptView::ALL.into_iter().rev() {
                    let label = words.named("short", view.key());
                    let button = ui.add(Button::selectable(document.view.script == view, label)).on_hover_text(format!(
                        "{} {}",
                        words.named("view", view.key()),
                        keys_of(ui, &Action::View(view))
                    ));
                    if button.clicked() {
                        asked.action(Action::View(view));
                    }
                }
            });
        }
    });
}

fn file_menu_ui(ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) {
    let open = state.document().is_some();
    item_ui(ui, words, "open", true, Action::Open, asked);
    item_ui(ui, words, "open_path", true, Action::OpenPath, asked);
    item_ui(ui, words, "open_folder", true, Action::OpenFolder, asked);
    item_ui(ui, words, "toggle_grid", state.project.is_some(), Action::ToggleGrid, asked);
    item_ui(ui, words, "paste", true, Action::Paste, asked);
    ui.menu_button(words.get("recent"), |ui| {
        if state.memory.recent.is_empty() {
            ui.weak(words.get("no_recent"));
        }
        for recent in &state.memory.recent {
            let name = recent.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if ui.button(format!("{} · {name}", shortened(&recent.title))).on_hover_text(recent.path.display().to_string()).clicked() {
                asked.command(Command::File(FileCommand::Open(vec![recent.path.clone()])));
            }
        }
    });
    ui.menu_button(words.get("samples"), |ui| {
        item_ui(ui, words, "sample_hans", true, Action::OpenSample(0), asked);
        item_ui(ui, words, "sample_hant", true, Action::OpenSample(1), asked);
    });
    ui.separator();
    item_ui(ui, words, "save", open, Action::Save, asked);
    item_ui(ui, words, "keep_elsewhere", open, Action::KeepElsewhere, asked);
    item_ui(ui, words, "carry_from", open, Action::CarryFrom, asked);
    item_ui(ui, words, "versions", open, Action::Versions, asked);
    let can_export = open || state.project.as_ref().is_some_and(|project| !project.cards.is_empty());
    item_ui(ui, words, "export", can_export, Action::Exchange(ExchangeAction::Export), asked);
    let can_import = state.document().is_some_and(|document| !document.is_review());
    item_ui(ui, words, "import", can_import, Action::Exchange(ExchangeAction::Import), asked);
    item_ui(ui, words, "pack", state.can_pack(), Action::Pack, asked);
    item_ui(ui, words, "encoding", open, Action::Encoding, asked);
    item_ui(ui, words, "facts", open, Action::Facts, asked);
    item_ui(ui, words, "cite", open, Action::Cite, asked);
    item_ui(ui, words, "person", true, Action::Person, asked);
    item_ui(ui, words, "clear_traces", true, Action::ClearTraces, asked);
    ui.separator();
    item_ui(ui, words, "close", open, Action::Close, asked);
    item_ui(ui, words, "quit", true, Action::Quit, asked);
}

/// A title short enough for a menu.
pub fn shortened(title: &str) -> String {
    if title.chars().count() <= 24 { title.to_owned() } else { format!("{}……", title.chars().take(23).collect::<String>()) }
}

fn edit_menu_ui(ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) {
    let document = state.document();
    let step = |name: &str, step: Option<&crate::session::StepName>| match step {
        Some(step) => words.fill(&format!("{name}_step"), &[&words.step(step)]),
        None => words.get(name).to_owned(),
    };
    let steps = [
        ("undo", Action::Undo, document.and_then(|document| document.undo_name())),
        ("redo", Action::Redo, document.and_then(|document| document.redo_name())),
    ];
    for (name, action, last) in steps {
        let keys = keys_of(ui, &action);
        if ui.add_enabled(last.is_some(), Button::new(step(name, last)).shortcut_text(keys)).clicked() {
            asked.action(action);
        }
    }
    ui.separator();
    let open = document.is_some();
    item_ui(ui, words, "copy", open, Action::Copy, asked);
    item_ui(ui, words, "copy_shown", open, Action::CopyShown, asked);
    item_ui(ui, words, "copy_cited", open, Action::CopyCited, asked);
    item_ui(ui, words, "select_all", open, Action::SelectAll, asked);
    item_ui(ui, words, "select_wider", open, Action::SelectWider, asked);
    ui.separator();
    for (name, action) in [("find", Action::Find), ("next_hit", Action::NextHit), ("previous_hit", Action::PreviousHit)] {
        item_ui(ui, words, name, open, action, asked);
    }
}

fn tag_menu_ui(ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) {
    let Some(document) = state.document() else {
        ui.weak(words.get("no_report"));
        return;
    };
    for kind in &document.codebook().kinds {
        let label = words.fill("tag_as", &[words.kind(&kind.id)]);
        if ui.add(Button::new(label).shortcut_text(kind.digit.to_string())).clicked() {
            asked.action(Action::Tag(kind.digit));
        }
    }
    let picked = !document.picked.is_empty();
    let one = document.picked.len() == 1;
    item_ui(ui, words, "unsure", picked, Action::Unsure, asked);
    item_ui(ui, words, "note", one, Action::Note, asked);
    item_ui(ui, words, "link", one, Action::Link, asked);
    item_ui(ui, words, "delete", picked, Action::Delete, asked);
    ui.separator();
    for (name, start, by) in [("start_left", true, -1), ("start_right", true, 1), ("end_left", false, -1), ("end_right", false, 1)] {
        item_ui(ui, words, name, one, Action::MoveEnd { start, by }, asked);
    }
    ui.separator();
    let any = document.annotations.tag_count() > 0;
    item_ui(ui, words, "previous_tag", any, Action::PreviousTag, asked);
    item_ui(ui, words, "next_tag", any, Action::NextTag, asked);
    ui.separator();
    item_ui(ui, words, "accept_all", !offered(state).is_empty(), Action::AcceptAll, asked);
}

fn view_menu_ui(ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) {
    let settings = state.settings();
    for view in ScriptView::ALL {
        let chosen = state.document().is_some_and(|document| document.view.script == view);
        choice_ui(ui, words.named("view", view.key()), chosen, Action::View(view), asked);
    }
    item_ui(ui, words, "next_view", true, Action::NextView, asked);
    if let Some(document) = state.document() {
        let works = document.view.has_wording(&document.report);
        ui.add_enabled_ui(works, |ui| choice_ui(ui, words.get("wording"), document.view.wording, Action::Wording, asked))
            .response
            .on_hover_text(words.get("wording_hint"));
        ui.menu_button(words.get("repair_menu"), |ui| {
            let repaired = document.view.script != ScriptView::Source;
            ui.add_enabled_ui(repaired, |ui| {
                for repair in Repair::ALL {
                    let shown = document.view.repairs.has(repair);
                    choice_ui(ui, words.named("repair", repair.key()), shown && repaired, Action::Repair(repair), asked);
                }
            });
            item_ui(ui, words, "damage", true, Action::Damage, asked);
        });
    }
    ui.menu_button(words.get("go_menu"), |ui| {
        let open = state.document().is_some();
        let actions = [
            ("go_to_paragraph", Action::GoToParagraph),
            ("back", Action::Back),
            ("forward", Action::Forward),
            ("bookmark", Action::Bookmark),
        ];
        for (name, action) in actions {
            item_ui(ui, words, name, open, action, asked);
        }
    });
    ui.separator();
    choice_ui(ui, words.get("toggle_left"), settings.left_open, Action::ToggleLeft, asked);
    choice_ui(ui, words.get("toggle_right"), settings.right_open, Action::ToggleRight, asked);
    choice_ui(ui, words.get("toggle_list"), settings.list_open, Action::ToggleList, asked);
    item_ui(ui, words, "doubts", state.document().is_some(), Action::ToggleDoubts, asked);
    ui.separator();
    proposals_menu_ui(ui, state, words, asked);
    ui.separator();
    ui.menu_button(words.get("text_size"), |ui| {
        for (name, by) in [("bigger", 1), ("smaller", -1), ("usual_size", 0)] {
            item_ui(ui, words, name, true, Action::TextSize(by), asked);
        }
    });
    item_ui(ui, words, "typesetting", true, Action::Typesetting, asked);
    item_ui(ui, words, "full_screen", true, Action::FullScreen, asked);
    ui.separator();
    ui.menu_button(words.get("theme"), |ui| {
        for (name, key) in [("theme_system", ""), ("theme_light", "light"), ("theme_dark", "dark")] {
            choice_ui(ui, words.get(name), settings.theme == key, Action::Theme(key), asked);
        }
    });
    ui.menu_button(words.get("language"), |ui| {
        choice_ui(ui, words.get("language_system"), settings.language.is_empty(), Action::Language(""), asked);
        // Each language in its own words, so that one who cannot read the present one finds it.
        for (label, key) in [("简体中文", "zh-Hans"), ("繁體中文", "zh-Hant"), ("English", "en")] {
            choice_ui(ui, label, settings.language == key, Action::Language(key), asked);
        }
    });
}

/// Colleagues' tags, what people told one another, and reviewing.
fn review_menu_ui(ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) {
    let colleagues = Action::Colleagues;
    let Some(document) = state.document() else {
        match state.reviewed_project() {
            Some(_) => item_ui(ui, words, "review_project", true, colleagues(ColleagueAction::Project), asked),
            None => drop(ui.weak(words.get("no_report"))),
        }
        return;
    };
    item_ui(ui, words, "layers", true, colleagues(ColleagueAction::ToggleLayers), asked);
    item_ui(ui, words, "open_layer", true, colleagues(ColleagueAction::OpenFile), asked);
    let hidden = state.settings().names_hidden;
    choice_ui(ui, words.get("hide_names"), hidden, colleagues(ColleagueAction::HideNames(!hidden)), asked);
    ui.separator();
    item_ui(ui, words, "comments", true, colleagues(ColleagueAction::ToggleComments), asked);
    item_ui(ui, words, "comment", true, colleagues(ColleagueAction::Comment), asked);
    ui.separator();
    item_ui(ui, words, "mark_read", true, colleagues(ColleagueAction::MarkRead(true)), asked);
    item_ui(ui, words, "mark_unread", true, colleagues(ColleagueAction::MarkRead(false)), asked);
    let blind = document.reviewing().blind && !document.is_review() && document.submitted().is_none();
    item_ui(ui, words, "submit", blind, colleagues(ColleagueAction::Submit), asked);
    ui.separator();
    let review = if document.is_review() { "review_back" } else { "review" };
    item_ui(ui, words, review, true, colleagues(ColleagueAction::Review), asked);
    let agreed = document.review().map_or(0, |review| review.tally.agreed);
    item_ui(ui, words, "accept_agreed_short", agreed > 0, Action::Case(CaseAction::AcceptAgreed), asked);
    item_ui(ui, words, "figures", document.is_review(), Action::Figures(FiguresAction::Toggle), asked);
    item_ui(ui, words, "review_project", true, colleagues(ColleagueAction::Project), asked);
}

/// Proposals: whether they are shown, to this person and in the project, and the panels about them.
fn proposals_menu_ui(ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) {
    let (mine, ours) = (state.settings().proposals, state.proposals_in_project());
    choice_ui(ui, words.get("show_proposals"), mine, Action::ShowProposals(!mine), asked);
    if state.project.is_some() || !ours {
        choice_ui(ui, words.get("show_proposals_project"), ours, Action::ShowProposalsInProject(!ours), asked);
    }
    let shown = state.document().is_some() && state.proposals_shown();
    item_ui(ui, words, "proposals", shown, Action::ToggleProposals, asked);
    item_ui(ui, words, "omissions", shown, Action::ToggleOmissions, asked);
}
