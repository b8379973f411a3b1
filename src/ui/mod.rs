//! The window: what is seen and pressed. One folder or file a panel; functions that draw end in `_ui`.
//!
//! A panel reads the session's state and asks for what should happen ([`Asked`]); [`App`] carries it out.

mod act;
mod action;
mod app;
mod dialogs;
mod doubts;
mod exchange;
mod figures;
mod find;
mod folder;
mod fonts;
mod grid;
mod inspector;
mod keys;
mod layers;
mod left;
mod menus;
mod notices;
mod packing;
mod proposals;
mod reader;
mod review;
mod status;
mod tag_list;
mod theme;
mod tour;
mod trail;
mod welcome;

pub use action::{Action, Asked};
pub use app::{App, Start};
pub use dialogs::Purpose;
pub use figures::ReviewFile;
pub use keys::{BINDINGS, Binding, Scope};

use crate::session::Runner;
use crate::store::{LocalFolders, RealDisk, load_memory};
use std::sync::Arc;

/// Opens the window and stays until it is closed.
///
/// # Errors
/// If no window can be opened, in the system's words.
pub fn run(start: Start) -> Result<(), String> {
    let folders = LocalFolders::of_user();
    let memory = load_memory(&RealDisk, &folders.memory_file());
    let (width, height) = memory.settings.window;
    let options = eframe::NativeOptions {
        renderer: eframe::Renderer::Glow,
        viewport: egui::ViewportBuilder::default()
            .with_title("践诺 Jiannuo")
            .with_app_id("jiannuo")
            .with_inner_size([width.clamp(640.0, 10_000.0), height.clamp(480.0, 10_000.0)])
            .with_min_inner_size([640.0, 480.0])
            .with_icon(theme::icon()),
        centered: true,
        ..Default::default()
    };
    let created = move |context: &eframe::CreationContext<'_>| {
        let ctx = context.egui_ctx.clone();
        dialogs::belong_to(context);
        let runner = Runner::new(Arc::new(RealDisk), folders, move || ctx.request_repaint_of(egui::ViewportId::ROOT));
        Ok(Box::new(App::new(&context.egui_ctx, runner, memory, start)) as Box<dyn eframe::App>)
    };
    eframe::run_native("jiannuo", options, Box::new(created)).map_err(|error| error.to_string())
}
