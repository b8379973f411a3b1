//! The system's file dialog, off the window's thread: it may hang, and the window must not.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

/// What a file dialog gave.
#[derive(Debug)]
pub enum FileChoice {
    /// Files to open.
    Files(Vec<PathBuf>),
    /// A folder to keep tags in.
    Folder(PathBuf),
    /// Nothing: it was cancelled, or there is no file dialog on this machine.
    Nothing {
        /// Whether a folder was asked for.
        folder: bool,
    },
}

/// Asks for files.
pub fn choose_files(ctx: &egui::Context, title: &str, filter: &str) -> Receiver<FileChoice> {
    let dialog = rfd::AsyncFileDialog::new().set_title(title).add_filter(filter, &["txt", "text", "md"]).add_filter("*", &["*"]);
    ask(ctx, async move {
        let files = dialog.pick_files().await.unwrap_or_default();
        let paths: Vec<PathBuf> = files.iter().map(|file| file.path().to_owned()).collect();
        if paths.is_empty() { FileChoice::Nothing { folder: false } } else { FileChoice::Files(paths) }
    })
}

/// Asks for a folder.
pub fn choose_folder(ctx: &egui::Context, title: &str) -> Receiver<FileChoice> {
    let dialog = rfd::AsyncFileDialog::new().set_title(title);
    ask(ctx, async move {
        dialog.pick_folder().await.map_or(FileChoice::Nothing { folder: true }, |folder| FileChoice::Folder(folder.path().to_owned()))
    })
}

fn ask(ctx: &egui::Context, choice: impl Future<Output = FileChoice> + Send + 'static) -> Receiver<FileChoice> {
    let (sender, receiver) = channel();
    let ctx = ctx.clone();
    std::thread::spawn(move || {
        // The window may be gone by the time the person has chosen.
        let _ = sender.send(pollster::block_on(choice));
        ctx.request_repaint_of(egui::ViewportId::ROOT);
    });
    receiver
}
