//! The system's file dialog, off the window's thread: it may hang, and the window must not.

use crate::ui::figures::ReviewFile;
use rfd::AsyncFileDialog;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};

/// What a file dialog gave.
#[derive(Debug)]
pub enum FileChoice {
    /// Files to open.
    Files(Vec<PathBuf>),
    /// A folder or a file to be written, for this.
    Path(Purpose, PathBuf),
    /// Nothing: it was cancelled, or there is no file dialog on this machine.
    Nothing(Purpose),
}

/// What is chosen in a file dialog, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Files to open.
    Open,
    /// A folder to keep tags in.
    Keep,
    /// A folder of reports to open.
    OpenFolder,
    /// A file to write what the reports of a folder are to.
    WriteFacts,
    /// A file to take that from.
    ReadFacts,
    /// Another text of the report, or a file of tags, to take tags over from.
    Carry,
    /// A colleague's file of tags to take in.
    Layer,
    /// A file to pack into.
    Pack,
    /// A folder to take a pack into.
    Unpack,
    /// A file or a folder to hand the report over in.
    Export,
    /// The same for all reports of a folder.
    ExportAll,
    /// The place in the dialog in which that is asked for.
    ExportTo,
    /// A file of another program to take tags from.
    Import,
    /// A file, or a folder of files, to write what comes of a review to.
    WriteReview(ReviewFile),
}

/// File dialogs belong to this window from now on: the system keeps them before it.
pub fn belong_to(window: &eframe::CreationContext<'_>) {
    let dialog = AsyncFileDialog::new().set_parent(window);
    window.egui_ctx.data_mut(|data| data.insert_temp(of_window(), dialog));
}

/// Under which name it is kept which window they belong to.
fn of_window() -> egui::Id {
    egui::Id::unique("file dialogs")
}

/// A dialog of the window, with the words of what opens it as its title.
fn dialog(ctx: &egui::Context, title: &str) -> AsyncFileDialog {
    let dialog: Option<AsyncFileDialog> = ctx.data(|data| data.get_temp(of_window()));
    dialog.unwrap_or_default().set_title(title.trim_end_matches('…'))
}

/// Asks for files.
pub fn choose_files(ctx: &egui::Context, title: &str, filter: &str) -> Receiver<FileChoice> {
    let dialog = dialog(ctx, title).add_filter(filter, &ENDINGS).add_filter("*", &["*"]);
    ask(ctx, async move {
        let files = dialog.pick_files().await.unwrap_or_default();
        let paths: Vec<PathBuf> = files.iter().map(|file| file.path().to_owned()).collect();
        if paths.is_empty() { FileChoice::Nothing(Purpose::Open) } else { FileChoice::Files(paths) }
    })
}

/// How the names of files end that are offered first.
const ENDINGS: [&str; 16] =
    ["txt", "text", "md", "docx", "docm", "odt", "html", "htm", "mhtml", "mht", "pdf", "epub", "xhtml", "markdown", "log", "zip"];

/// Asks for one file to be read for this.
pub fn choose_file(ctx: &egui::Context, title: &str, purpose: Purpose) -> Receiver<FileChoice> {
    let dialog = dialog(ctx, title);
    ask(ctx, async move {
        dialog.pick_file().await.map_or(FileChoice::Nothing(purpose), |file| FileChoice::Path(purpose, file.path().to_owned()))
    })
}

/// Asks for a folder.
pub fn choose_folder(ctx: &egui::Context, title: &str, purpose: Purpose) -> Receiver<FileChoice> {
    let dialog = dialog(ctx, title);
    ask(ctx, async move {
        dialog.pick_folder().await.map_or(FileChoice::Nothing(purpose), |folder| FileChoice::Path(purpose, folder.path().to_owned()))
    })
}

/// Asks for a table: one to write, with this name at first, or one to read.
pub fn choose_table(ctx: &egui::Context, title: &str, purpose: Purpose, name: &str) -> Receiver<FileChoice> {
    let dialog = dialog(ctx, title).add_filter("CSV", &["csv", "txt", "tsv"]);
    let writes = purpose == Purpose::WriteFacts;
    let dialog = if writes { dialog.set_file_name(name) } else { dialog };
    ask(ctx, async move {
        let file = if writes { dialog.save_file().await } else { dialog.pick_file().await };
        file.map_or(FileChoice::Nothing(purpose), |file| FileChoice::Path(purpose, file.path().to_owned()))
    })
}

/// Asks for a file to pack into, with this name at first.
pub fn choose_pack(ctx: &egui::Context, title: &str, name: &str) -> Receiver<FileChoice> {
    let dialog = dialog(ctx, title).add_filter("ZIP", &["zip"]).set_file_name(name);
    ask(ctx, async move {
        let file = dialog.save_file().await;
        file.map_or(FileChoice::Nothing(Purpose::Pack), |file| FileChoice::Path(Purpose::Pack, file.path().to_owned()))
    })
}

/// Asks for a file to write for this, with this name at first; the name ends like this.
pub fn choose_to_write(ctx: &egui::Context, title: &str, purpose: Purpose, name: &str, ending: &str) -> Receiver<FileChoice> {
    let dialog = dialog(ctx, title).add_filter(ending.to_uppercase(), &[ending]).set_file_name(name);
    ask(ctx, async move {
        dialog.save_file().await.map_or(FileChoice::Nothing(purpose), |file| FileChoice::Path(purpose, file.path().to_owned()))
    })
}

/// Asks where an export goes, beginning at a place: for a file whose name ends like this, or else for a folder.
pub fn choose_export(ctx: &egui::Context, title: &str, at: PathBuf, ending: Option<&'static str>) -> Receiver<FileChoice> {
    let dialog = dialog(ctx, title);
    ask(ctx, async move {
        let folder = at.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(Path::new(""));
        let name = at.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let dialog = dialog.set_directory(folder);
        let chosen = match ending {
            Some(ending) => dialog.add_filter(ending.to_uppercase(), &[ending]).set_file_name(name).save_file().await,
            None => dialog.pick_folder().await,
        };
        chosen.map_or(FileChoice::Nothing(Purpose::ExportTo), |to| FileChoice::Path(Purpose::ExportTo, to.path().to_owned()))
    })
}

/// Asks for a file to take tags from, beginning in a folder. The filters are what they are called and how names end.
pub fn choose_import(
    ctx: &egui::Context,
    title: &str,
    folder: Option<&Path>,
    filters: &[(String, Vec<&'static str>)],
) -> Receiver<FileChoice> {
    let dialog = dialog(ctx, title).set_directory(folder.unwrap_or(Path::new("")));
    let dialog = filters.iter().fold(dialog, |dialog, (name, endings)| dialog.add_filter(name, endings.as_slice()));
    let dialog = dialog.add_filter("*", &["*"]);
    ask(ctx, async move {
        let file = dialog.pick_file().await;
        file.map_or(FileChoice::Nothing(Purpose::Import), |file| FileChoice::Path(Purpose::Import, file.path().to_owned()))
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
