//! How menus and lists of choices open and close. Of itself egui lets a click beside one press what lies there, too, leaves
//! the arrows to what had the focus, and leaves a list open that Enter chose from.

use egui::menu::SubMenu;
use egui::{Context, Event, Id, Key, LayerId, Order, Plugin, PointerButton, Popup, RawInput, Ui};

/// Watches over open menus: the first click beside one only closes it, the arrows go through it, Enter chooses and closes it,
/// and the focus goes back to where it was before.
#[derive(Debug, Default)]
pub struct Closing {
    /// The button whose press closed a menu: letting it go means nothing either.
    held: Option<PointerButton>,
    /// Whether a menu was open when the frame began.
    was_open: bool,
    /// What had the focus before it was opened.
    before: Option<Id>,
    /// The entry that Enter or Space presses in this frame.
    chosen: Option<Id>,
}

impl Plugin for Closing {
    fn debug_name(&self) -> &'static str {
        "closing of menus"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        input.events.retain(|event| match event {
            Event::PointerButton { pos, button, pressed: true, .. } => {
                let beside = Popup::is_any_open(ctx) && !ctx.layer_id_at(*pos).is_some_and(|layer| is_menu(ctx, layer));
                if beside {
                    Popup::close_all(ctx);
                    self.held = Some(*button);
                }
                !beside
            }
            Event::PointerButton { button, pressed: false, .. } => self.held.take_if(|held| *held == *button).is_none(),
            _ => true,
        });
    }

    fn on_begin_pass(&mut self, ui: &mut Ui) {
        let focused = ui.memory(|memory| memory.focused());
        self.was_open = Popup::is_any_open(ui.ctx());
        if !self.was_open {
            self.before = focused;
        }
        let pressed = ui.input(|input| input.key_pressed(Key::Enter) || input.key_pressed(Key::Space));
        let presses = self.was_open && pressed && !ui.text_edit_focused();
        let is_entry = |id: &Id| ui.read_response(*id).is_some_and(|entry| is_menu(ui.ctx(), entry.layer_id));
        self.chosen = focused.filter(|_| presses).filter(is_entry);
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        // An entry that opens a menu of its own chooses nothing.
        let chosen = self.chosen.take().filter(|entry| ui.read_response(SubMenu::id_from_widget_id(*entry)).is_none());
        if chosen.is_some() {
            Popup::close_all(ui.ctx());
        }
        let is_open = Popup::is_any_open(ui.ctx());
        if is_open && !self.was_open && ui.input(|input| input.pointer.any_click()) {
            // The arrows find a menu that was opened by a click only while nothing has the focus.
            ui.memory_mut(|memory| memory.focused().into_iter().for_each(|focused| memory.surrender_focus(focused)));
        }
        let is_closed = self.was_open && !is_open;
        // What was chosen may have put the focus somewhere.
        let is_free = ui.memory(|memory| memory.focused()).is_none_or(|focused| Some(focused) == chosen);
        if is_closed && is_free {
            ui.memory_mut(|memory| match self.before {
                Some(before) => memory.request_focus(before),
                None => chosen.into_iter().for_each(|entry| memory.surrender_focus(entry)),
            });
        }
    }
}

/// Whether a layer is that of an open menu or list, or above it; a dialog lies as high, but is none.
fn is_menu(ctx: &Context, layer: LayerId) -> bool {
    layer.order >= Order::Foreground && ctx.memory(|memory| memory.top_modal_layer()) != Some(layer)
}
