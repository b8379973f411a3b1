//! What the person has to be told, in bars above the page; and the progress of what takes long.

use super::action::{Action, Asked};
use super::theme::Palette;
use crate::annotation::Time;
use crate::locale::Words;
use crate::session::{CarryFrom, Command, ExportCommand, FileCommand, KeepCommand, Severity, State, What};
use egui::{Button, Frame, RichText, Ui};

/// How long something may take before a progress bar says so, in milliseconds.
const PATIENCE: i64 = 300;

/// How many notices are shown at once.
const MOST: usize = 4;

/// Draws the bars.
pub fn notices_ui(ui: &mut Ui, state: &State, now: Time, words: &Words, palette: &Palette, asked: &mut Asked) {
    for opening in state.opening.iter().filter(|opening| now.0 - opening.since.0 > PATIENCE) {
        let name = opening.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        ui.label(words.fill("opening", &[&name]));
        // How long reading takes is not known before it is done: the bar moves, and says no more than that it goes on.
        ui.add(egui::ProgressBar::new(1.0).animate(true).desired_height(4.0));
    }
    if let Some(exporting) = &state.exporting {
        let share = exporting.progress.done as f32 / exporting.progress.all.max(1) as f32;
        ui.horizontal(|ui| {
            let name = exporting.to.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            ui.label(words.fill("exporting", &[&name]));
            ui.add(egui::ProgressBar::new(share).desired_width(200.0));
            if ui.button(words.get("stop")).clicked() {
                asked.command(Command::Export(ExportCommand::Stop));
            }
        });
    }
    // The newest first, and no more than leave room for the report; the others follow as these are put away.
    for notice in state.notices.iter().rev().take(MOST) {
        let colour = match notice.what.severity() {
            Severity::Note => palette.good,
            Severity::Warning => palette.warning,
            Severity::Error => palette.error,
        };
        Frame::group(ui.style()).inner_margin(6).fill(colour.gamma_multiply(0.12)).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    // What is not saved or kept stays said until it is.
                    let lasting = matches!(notice.what, What::NotSaved(_) | What::NotKept(_));
                    if !lasting && ui.add(Button::new(words.get("dismiss"))).clicked() {
                        asked.command(Command::Keep(KeepCommand::Dismiss(notice.id)));
                    }
                    if lasting {
                        if ui.button(words.get("keep_elsewhere")).clicked() {
                            asked.action(Action::KeepElsewhere);
                        }
                        if ui.button(words.get("try_again")).clicked() {
                            asked.action(Action::Save);
                        }
                    }
                    remedy_ui(ui, &notice.what, words, asked);
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        ui.add(egui::Label::new(RichText::new(words.notice(&notice.what)).color(colour)).wrap());
                    });
                });
            });
        });
    }
}

/// The button that does what a notice advises.
fn remedy_ui(ui: &mut Ui, what: &What, words: &Words, asked: &mut Asked) {
    match what {
        What::Earlier { edition, .. } if ui.button(words.get("carry_here")).clicked() => {
            asked.command(Command::File(FileCommand::Carry(CarryFrom::Folder(edition.folder.clone()))));
        }
        What::ReportChanged(path) if ui.button(words.get("read_again")).clicked() => {
            asked.command(Command::File(FileCommand::ReadAgain(path.clone())));
        }
        What::Conflicts { .. } | What::Outdated { .. } | What::Carried { .. } | What::Slipped { .. }
            if ui.button(words.get("look_at_them")).clicked() =>
        {
            asked.action(Action::ShowDoubts);
        }
        _ => {}
    }
}
