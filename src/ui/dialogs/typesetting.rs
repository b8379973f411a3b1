//! How reports are set: face, size, row height, measure, indent, paper; with a preview.

use super::Outcome;
use crate::locale::Words;
use crate::report::Script;
use crate::session::{Command, KeepCommand, State};
use crate::store::Settings;
use crate::typeset::{Forms, Setting, rows};
use crate::ui::action::Asked;
use crate::ui::fonts::{Face, family};
use crate::ui::reader::row_job;
use crate::ui::theme::{PAPERS, Palette};
use egui::{FontId, Grid, Sense, Slider, Ui, pos2, vec2};

/// Words for a preview, in either script.
const SAMPLE: [&str; 2] = [
    "全市生产总值2561亿元，同比增长13.5％；“十四五”规划（纲要）确定的12项指标，有9项好于预期——其中城镇登记失业率控制在3%以内。",
    "全市生產總值2561億元，同比增長13.5％；「十四五」規劃（綱要）確定的12項指標，有9項好於預期——其中城鎮登記失業率控制在3%以內。",
];

/// Height of the preview in points.
const PREVIEW: f32 = 190.0;

pub(super) fn typesetting_ui(ui: &mut Ui, (set, loose): (usize, usize), state: &State, words: &Words, asked: &mut Asked) -> Outcome {
    let mut settings = state.settings().clone();
    ui.heading(words.get("typesetting"));
    Grid::new("typesetting").num_columns(2).spacing([16.0, 8.0]).show(ui, |ui| fields_ui(ui, &mut settings, words));
    preview_ui(ui, &settings, state);
    if loose > 0 {
        ui.weak(words.fill("loose_rows", &[&set.to_string(), &loose.to_string()]));
    }
    let mut outcome = Outcome::Open;
    ui.horizontal(|ui| {
        if ui.button(words.get("close_panel")).clicked() {
            outcome = Outcome::Closed;
        }
        if ui.button(words.get("usual_setting")).clicked() {
            let usual = Settings::default();
            settings = Settings {
                text_size: usual.text_size,
                measure: usual.measure,
                leading: usual.leading,
                indent: usual.indent,
                sans: usual.sans,
                justified: usual.justified,
                latin_gap: usual.latin_gap,
                paper: usual.paper,
                ..settings.clone()
            };
        }
    });
    if settings != *state.settings() {
        asked.command(Command::Keep(KeepCommand::Set(Box::new(settings))));
    }
    outcome
}

fn fields_ui(ui: &mut Ui, settings: &mut Settings, words: &Words) {
    ui.label(words.get("face"));
    ui.horizontal(|ui| {
        ui.radio_value(&mut settings.sans, false, words.get("face_serif"));
        ui.radio_value(&mut settings.sans, true, words.get("face_sans"));
    });
    ui.end_row();
    let sliders: [(&str, &mut f32, std::ops::RangeInclusive<f32>, f64); 4] = [
        ("text_size", &mut settings.text_size, 10.0..=48.0, 1.0),
        ("leading", &mut settings.leading, 1.3..=2.4, 0.05),
        ("measure", &mut settings.measure, 12.0..=60.0, 1.0),
        ("indent", &mut settings.indent, 0.0..=4.0, 1.0),
    ];
    for (name, value, range, step) in sliders {
        ui.label(words.get(name));
        ui.add(Slider::new(value, range).step_by(step).fixed_decimals(if step < 1.0 { 2 } else { 0 })).accessible_name(words.get(name));
        ui.end_row();
    }
    ui.label(words.get("rows"));
    ui.vertical(|ui| {
        ui.checkbox(&mut settings.justified, words.get("justified"));
        ui.checkbox(&mut settings.latin_gap, words.get("latin_gap"));
    });
    ui.end_row();
    ui.label(words.get("paper"));
    ui.horizontal(|ui| {
        for paper in PAPERS {
            if ui.selectable_label(settings.paper == paper, words.named("paper", if paper.is_empty() { "usual" } else { paper })).clicked()
            {
                paper.clone_into(&mut settings.paper);
            }
        }
    });
    ui.end_row();
}

/// A few rows as the settings make them, as wide as there is room.
fn preview_ui(ui: &mut Ui, settings: &Settings, state: &State) {
    let palette = Palette::of(ui.theme(), &settings.paper);
    let script = state.document().map_or(Script::Simplified, |document| document.view.script.script(document.report.script()));
    let (text, forms) = match script {
        Script::Simplified => (SAMPLE[0], Forms::Corner),
        Script::Traditional => (SAMPLE[1], Forms::Centre),
    };
    let font = FontId::new(settings.text_size, family(if settings.sans { Face::Sans } else { Face::Serif }, script));
    let em = settings.text_size;
    let measure = ((ui.available_width() - 2.0 * em).min(settings.measure * em) / em).floor() * em;
    let setting = Setting {
        measure,
        indent: settings.indent * em,
        em,
        forms,
        justified: settings.justified,
        latin_gap: if settings.latin_gap { em / 4.0 } else { 0.0 },
    };
    let rows = rows(text, &setting, |_, c| ui.fonts_mut(|fonts| fonts.glyph_width(&font, c)));
    let height = em * settings.leading;
    // Of one height, so that the sliders stay under the hand that moves them.
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), PREVIEW), Sense::hover());
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect_filled(rect, 4.0, palette.paper);
    let left = rect.center().x - measure / 2.0;
    for (number, row) in rows.iter().enumerate() {
        let characters: String = text.chars().skip(row.span.start().get() as usize).take(row.span.len() as usize).collect();
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(row_job(&characters, &row.runs, 0, &font, &font)));
        let top = rect.top() + em / 2.0 + number as f32 * height + (height - galley.rect.height()) / 2.0;
        painter.galley(pos2(left + row.indent, top), galley, palette.ink);
    }
}
