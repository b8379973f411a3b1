//! The one table of keys.

use super::action::{Action, CaseAction, ColleagueAction, ExchangeAction, FiguresAction};
use super::reader::Reader;
use crate::report::ScriptView;
use egui::{Key, KeyboardShortcut, Modifiers};

/// Where a key acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere, above dialogs too: what only changes how things look.
    Always,
    /// Everywhere, in text fields too, but not behind a dialog.
    Anywhere,
    /// Where nobody is typing into a text field.
    Reading,
    /// The same, while cases of a review are decided; then the key means nothing else.
    Deciding,
}

/// What the keyboard is for in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyboard {
    /// An input method composes: no key is a command.
    Composing,
    /// A dialog is open: nothing is done behind it.
    Dialog,
    /// Somebody types into a text field, or a menu is open.
    Typing,
    /// Somebody reads.
    Reading {
        /// Whether cases of a review are decided.
        deciding: bool,
        /// Whether something else than the page has the focus, such as a button: Enter and Space press it.
        pressing: bool,
    },
}

impl Keyboard {
    /// Whether a key acts.
    fn allows(self, binding: &Binding) -> bool {
        let presses = matches!(binding.shortcut.logical_key, Key::Enter | Key::Space);
        match (self, binding.scope) {
            (Self::Composing, _) => false,
            (_, Scope::Always) => true,
            (Self::Dialog, _) => false,
            (_, Scope::Anywhere) => true,
            (Self::Typing, Scope::Reading | Scope::Deciding) => false,
            (Self::Reading { pressing, .. }, Scope::Reading) => !(pressing && presses),
            (Self::Reading { deciding, pressing }, Scope::Deciding) => deciding && !(pressing && presses),
        }
    }
}

/// Whether the focus is on something else than the page: a field, a button, a tick, a line of a list.
pub fn focus_is_elsewhere(ctx: &egui::Context) -> bool {
    ctx.memory(|memory| memory.focused()).is_some_and(|focused| focused != Reader::focus_id())
}

/// A key and what it does.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Its name in the locale.
    pub name: &'static str,
    /// The keys.
    pub shortcut: KeyboardShortcut,
    /// Where it acts.
    pub scope: Scope,
    /// What it does.
    pub action: Action,
}

const COMMAND: Modifiers = Modifiers::COMMAND;
const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const ALT_SHIFT: Modifiers = Modifiers::ALT.plus(Modifiers::SHIFT);

const fn always(name: &'static str, modifiers: Modifiers, key: Key, action: Action) -> Binding {
    Binding { name, shortcut: KeyboardShortcut::new(modifiers, key), scope: Scope::Always, action }
}

const fn anywhere(name: &'static str, modifiers: Modifiers, key: Key, action: Action) -> Binding {
    Binding { name, shortcut: KeyboardShortcut::new(modifiers, key), scope: Scope::Anywhere, action }
}

const fn reading(name: &'static str, modifiers: Modifiers, key: Key, action: Action) -> Binding {
    Binding { name, shortcut: KeyboardShortcut::new(modifiers, key), scope: Scope::Reading, action }
}

const fn deciding(name: &'static str, modifiers: Modifiers, key: Key, action: CaseAction) -> Binding {
    Binding { name, shortcut: KeyboardShortcut::new(modifiers, key), scope: Scope::Deciding, action: Action::Case(action) }
}

/// Every key with an action, in the order of the key sheet. Arrows, Home and End move the caret and
/// are not here; Ctrl+C and Ctrl+V come from the system as copy and paste.
pub const BINDINGS: &[Binding] = &[
    anywhere("open", COMMAND, Key::O, Action::Open),
    anywhere("open_path", COMMAND_SHIFT, Key::O, Action::OpenPath),
    anywhere("open_folder", COMMAND.plus(Modifiers::ALT), Key::O, Action::OpenFolder),
    anywhere("toggle_grid", Modifiers::NONE, Key::F2, Action::ToggleGrid),
    anywhere("save", COMMAND, Key::S, Action::Save),
    anywhere("export", COMMAND, Key::E, Action::Exchange(ExchangeAction::Export)),
    anywhere("import", COMMAND, Key::I, Action::Exchange(ExchangeAction::Import)),
    anywhere("close", COMMAND, Key::W, Action::Close),
    anywhere("quit", COMMAND, Key::Q, Action::Quit),
    reading("undo", COMMAND, Key::Z, Action::Undo),
    reading("redo", COMMAND, Key::Y, Action::Redo),
    reading("redo", COMMAND_SHIFT, Key::Z, Action::Redo),
    reading("copy", COMMAND, Key::C, Action::Copy),
    reading("copy_shown", COMMAND.plus(Modifiers::ALT), Key::C, Action::CopyShown),
    reading("copy_cited", COMMAND_SHIFT, Key::C, Action::CopyCited),
    reading("paste", COMMAND, Key::V, Action::Paste),
    reading("select_all", COMMAND, Key::A, Action::SelectAll),
    reading("select_wider", Modifiers::NONE, Key::E, Action::SelectWider),
    reading("tag_target", Modifiers::NONE, Key::Num1, Action::Tag(1)),
    reading("tag_indicator", Modifiers::NONE, Key::Num2, Action::Tag(2)),
    reading("tag_commitment", Modifiers::NONE, Key::Num3, Action::Tag(3)),
    reading("unsure", Modifiers::NONE, Key::Num4, Action::Unsure),
    reading("delete", Modifiers::NONE, Key::Delete, Action::Delete),
    reading("note", Modifiers::NONE, Key::N, Action::Note),
    reading("link", Modifiers::NONE, Key::L, Action::Link),
    reading("end_left", Modifiers::ALT, Key::ArrowLeft, Action::MoveEnd { start: false, by: -1 }),
    reading("end_right", Modifiers::ALT, Key::ArrowRight, Action::MoveEnd { start: false, by: 1 }),
    reading("start_left", ALT_SHIFT, Key::ArrowLeft, Action::MoveEnd { start: true, by: -1 }),
    reading("start_right", ALT_SHIFT, Key::ArrowRight, Action::MoveEnd { start: true, by: 1 }),
    anywhere("doubts", COMMAND, Key::L, Action::ToggleDoubts),
    reading("confirm_doubt", Modifiers::NONE, Key::Enter, Action::ConfirmDoubt),
    anywhere("proposals", COMMAND, Key::J, Action::ToggleProposals),
    reading("next_proposal", Modifiers::NONE, Key::J, Action::NextProposal),
    reading("previous_proposal", Modifiers::NONE, Key::K, Action::PreviousProposal),
    reading("accept_proposal", Modifiers::NONE, Key::A, Action::AcceptProposal),
    reading("reject_proposal", Modifiers::NONE, Key::X, Action::RejectProposal),
    reading("mend_proposal", Modifiers::NONE, Key::M, Action::MendProposal),
    reading("accept_all", COMMAND_SHIFT, Key::A, Action::AcceptAll),
    anywhere("omissions", COMMAND_SHIFT, Key::J, Action::ToggleOmissions),
    anywhere("layers", COMMAND_SHIFT, Key::L, Action::Colleagues(ColleagueAction::ToggleLayers)),
    anywhere("comments", COMMAND_SHIFT, Key::M, Action::Colleagues(ColleagueAction::ToggleComments)),
    reading("comment", Modifiers::NONE, Key::C, Action::Colleagues(ColleagueAction::Comment)),
    anywhere("review", COMMAND, Key::R, Action::Colleagues(ColleagueAction::Review)),
    anywhere("figures", COMMAND_SHIFT, Key::R, Action::Figures(FiguresAction::Toggle)),
    deciding("take_option", Modifiers::NONE, Key::Num1, CaseAction::Take(0)),
    deciding("take_option", Modifiers::NONE, Key::Num2, CaseAction::Take(1)),
    deciding("take_option", Modifiers::NONE, Key::Num3, CaseAction::Take(2)),
    deciding("take_option", Modifiers::NONE, Key::Num4, CaseAction::Take(3)),
    deciding("take_option", Modifiers::NONE, Key::Num5, CaseAction::Take(4)),
    deciding("take_option", Modifiers::NONE, Key::Num6, CaseAction::Take(5)),
    deciding("take_option", Modifiers::NONE, Key::Num7, CaseAction::Take(6)),
    deciding("take_option", Modifiers::NONE, Key::Num8, CaseAction::Take(7)),
    deciding("take_option", Modifiers::NONE, Key::Num9, CaseAction::Take(8)),
    deciding("take_here", Modifiers::NONE, Key::Enter, CaseAction::TakeHere),
    deciding("previous_option", Modifiers::NONE, Key::OpenBracket, CaseAction::PreviousOption),
    deciding("next_option", Modifiers::NONE, Key::CloseBracket, CaseAction::NextOption),
    deciding("take_all", Modifiers::NONE, Key::A, CaseAction::TakeAll),
    deciding("take_none", Modifiers::NONE, Key::N, CaseAction::Nothing),
    deciding("mend_option", Modifiers::NONE, Key::E, CaseAction::Mend(None)),
    deciding("defer_case", Modifiers::NONE, Key::D, CaseAction::Defer),
    deciding("ask_case", Modifiers::NONE, Key::Q, CaseAction::Ask),
    deciding("next_reason", Modifiers::NONE, Key::R, CaseAction::NextReason),
    deciding("write_reason", Modifiers::NONE, Key::W, CaseAction::WriteNote),
    deciding("next_case", Modifiers::NONE, Key::J, CaseAction::Next),
    deciding("previous_case", Modifiers::NONE, Key::K, CaseAction::Previous),
    deciding("reopen_case", Modifiers::NONE, Key::O, CaseAction::Reopen),
    deciding("accept_agreed_short", COMMAND_SHIFT, Key::A, CaseAction::AcceptAgreed),
    reading("previous_tag", Modifiers::NONE, Key::OpenBracket, Action::PreviousTag),
    reading("next_tag", Modifiers::NONE, Key::CloseBracket, Action::NextTag),
    anywhere("view_source", Modifiers::NONE, Key::F5, Action::View(ScriptView::Source)),
    anywhere("view_hans", Modifiers::NONE, Key::F6, Action::View(ScriptView::Simplified)),
    anywhere("view_hant", Modifiers::NONE, Key::F7, Action::View(ScriptView::Traditional)),
    anywhere("view_tw", Modifiers::SHIFT, Key::F7, Action::View(ScriptView::Taiwan)),
    anywhere("view_hk", COMMAND, Key::F7, Action::View(ScriptView::HongKong)),
    reading("next_view", Modifiers::NONE, Key::V, Action::NextView),
    always("bigger", COMMAND, Key::Plus, Action::TextSize(1)),
    always("bigger", COMMAND, Key::Equals, Action::TextSize(1)),
    always("bigger", COMMAND_SHIFT, Key::Plus, Action::TextSize(1)),
    always("bigger", COMMAND_SHIFT, Key::Equals, Action::TextSize(1)),
    always("smaller", COMMAND, Key::Minus, Action::TextSize(-1)),
    always("usual_size", COMMAND, Key::Num0, Action::TextSize(0)),
    anywhere("find", COMMAND, Key::F, Action::Find),
    anywhere("next_hit", Modifiers::NONE, Key::F3, Action::NextHit),
    anywhere("previous_hit", Modifiers::SHIFT, Key::F3, Action::PreviousHit),
    reading("back", COMMAND, Key::OpenBracket, Action::Back),
    reading("forward", COMMAND, Key::CloseBracket, Action::Forward),
    reading("bookmark", COMMAND, Key::D, Action::Bookmark),
    anywhere("go_to_paragraph", COMMAND, Key::G, Action::GoToParagraph),
    anywhere("typesetting", COMMAND, Key::T, Action::Typesetting),
    anywhere("toggle_list", Modifiers::NONE, Key::F4, Action::ToggleList),
    anywhere("toggle_right", Modifiers::NONE, Key::F8, Action::ToggleRight),
    anywhere("toggle_left", Modifiers::NONE, Key::F9, Action::ToggleLeft),
    always("full_screen", Modifiers::NONE, Key::F11, Action::FullScreen),
    anywhere("keys", Modifiers::NONE, Key::F1, Action::Keys),
    reading("cancel", Modifiers::NONE, Key::Escape, Action::Cancel),
];

/// The keys of an action, as shown beside it in a menu; empty if it has none.
pub fn keys_of(ctx: &egui::Context, action: &Action) -> String {
    BINDINGS.iter().find(|binding| binding.action == *action).map(|binding| shown(ctx, binding)).unwrap_or_default()
}

/// The keys of a binding as people write them: marks and arrows for their names.
pub fn shown(ctx: &egui::Context, binding: &Binding) -> String {
    let names = [
        ("OpenBracket", "["),
        ("CloseBracket", "]"),
        ("Equals", "="),
        ("Plus", "+"),
        ("Minus", "-"),
        ("ArrowLeft", "←"),
        ("ArrowRight", "→"),
        ("Left", "←"),
        ("Right", "→"),
    ];
    names.iter().fold(ctx.format_shortcut(&binding.shortcut), |text, (name, mark)| text.replace(name, mark))
}

/// The actions whose keys were pressed in this frame; these keys are gone then. `means` says what an action is where it is
/// asked for: a key that means nothing there is left to what is drawn there.
pub fn pressed(ctx: &egui::Context, keyboard: Keyboard, means: impl Fn(Action) -> Option<Action>) -> Vec<Action> {
    let allowed = BINDINGS.iter().filter(|binding| keyboard.allows(binding));
    let acting = allowed.filter_map(|binding| Some((binding, means(binding.action.clone())?)));
    // A key that was taken is gone: those of deciding are asked first.
    let (first, then): (Vec<_>, Vec<_>) = acting.partition(|(binding, _)| binding.scope == Scope::Deciding);
    let mut actions = Vec::new();
    ctx.input_mut(|input| {
        for (binding, action) in first.into_iter().chain(then) {
            // Exact modifiers: egui's own matching lets Shift and Alt pass.
            let wanted = binding.shortcut;
            let before = input.events.len();
            input.events.retain(|event| {
                !matches!(event, egui::Event::Key { key, pressed: true, modifiers, .. }
                    if *key == wanted.logical_key && modifiers.matches_exact(wanted.modifiers))
            });
            for _ in input.events.len()..before {
                actions.push(action.clone());
            }
        }
    });
    actions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_does_two_things() {
        // While cases are decided, keys that otherwise act on tags mean something else: that is said by the scope.
        let is_anywhere = |scope: Scope| matches!(scope, Scope::Always | Scope::Anywhere);
        let apart = |one: Scope, other: Scope| one != other && !is_anywhere(one) && !is_anywhere(other);
        for (at, binding) in BINDINGS.iter().enumerate() {
            let same_keys = |other: &&Binding| other.shortcut == binding.shortcut && !apart(other.scope, binding.scope);
            let clash = BINDINGS.iter().skip(at + 1).find(same_keys);
            assert!(clash.is_none(), "{} and {:?}", binding.name, clash.map(|other| other.name));
        }
    }

    #[test]
    fn keys_that_type_a_letter_act_only_while_reading() {
        for binding in BINDINGS.iter().filter(|binding| matches!(binding.scope, Scope::Always | Scope::Anywhere)) {
            let function = binding.shortcut.logical_key.name().starts_with('F') && binding.shortcut.logical_key != Key::F;
            assert!(function || binding.shortcut.modifiers.command, "{}", binding.name);
        }
    }

    /// The names of the keys that act.
    fn acting(keyboard: Keyboard) -> Vec<&'static str> {
        let mut names: Vec<&str> = BINDINGS.iter().filter(|binding| keyboard.allows(binding)).map(|binding| binding.name).collect();
        names.dedup();
        names
    }

    #[test]
    fn behind_a_dialog_nothing_is_done() {
        assert_eq!(acting(Keyboard::Dialog), ["bigger", "smaller", "usual_size", "full_screen"]);
        assert!(acting(Keyboard::Composing).is_empty());
        assert!(acting(Keyboard::Typing).contains(&"find") && !acting(Keyboard::Typing).contains(&"undo"));
    }

    #[test]
    fn enter_is_left_to_what_has_the_focus() {
        for deciding in [false, true] {
            let free = acting(Keyboard::Reading { deciding, pressing: false });
            let pressing = acting(Keyboard::Reading { deciding, pressing: true });
            let gone: Vec<&str> = free.into_iter().filter(|name| !pressing.contains(name)).collect();
            assert_eq!(gone, if deciding { vec!["confirm_doubt", "take_here"] } else { vec!["confirm_doubt"] });
            assert_eq!(pressing.contains(&"next_case"), deciding);
        }
    }
}
