//! Every colour and size of the window. No other file names a colour.

use crate::annotation::ColourRole;
use egui::{Color32, CornerRadius, Stroke, Theme, Visuals};

/// The colours of the page and of what stands on it.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    /// The page.
    pub paper: Color32,
    /// Behind a hit of a search.
    pub hit: Color32,
    /// Behind the hit one is at.
    pub hit_here: Color32,
    /// Under what was repaired.
    pub mended: Color32,
    /// Running text.
    pub ink: Color32,
    /// Headings.
    pub heading: Color32,
    /// Bylines and what is said in passing.
    pub faint: Color32,
    /// Behind selected text.
    pub selection: Color32,
    /// The caret.
    pub caret: Color32,
    /// Something that is wrong.
    pub error: Color32,
    /// Something that needs a look.
    pub warning: Color32,
    /// Something that is well.
    pub good: Color32,
    blue: Color32,
    green: Color32,
    vermilion: Color32,
    violet: Color32,
    grey: Color32,
    lanes: [Color32; 10],
}

/// The names of papers; the first is the usual one.
pub const PAPERS: [&str; 4] = ["", "white", "sepia", "green"];

const LIGHT: Palette = Palette {
    paper: Color32::from_rgb(251, 249, 243),
    hit: Color32::from_rgb(252, 234, 160),
    hit_here: Color32::from_rgb(250, 204, 90),
    mended: Color32::from_rgb(196, 188, 172),
    ink: Color32::from_rgb(33, 31, 28),
    heading: Color32::from_rgb(18, 17, 15),
    faint: Color32::from_rgb(110, 104, 94),
    selection: Color32::from_rgb(201, 219, 240),
    caret: Color32::from_rgb(40, 40, 40),
    error: Color32::from_rgb(176, 32, 32),
    warning: Color32::from_rgb(140, 90, 0),
    good: Color32::from_rgb(38, 110, 60),
    blue: Color32::from_rgb(28, 86, 168),
    green: Color32::from_rgb(24, 118, 72),
    vermilion: Color32::from_rgb(196, 66, 28),
    violet: Color32::from_rgb(112, 62, 150),
    grey: Color32::from_rgb(110, 110, 110),
    lanes: [
        Color32::from_rgb(0, 108, 172),
        Color32::from_rgb(205, 90, 0),
        Color32::from_rgb(0, 132, 94),
        Color32::from_rgb(170, 66, 150),
        Color32::from_rgb(132, 106, 0),
        Color32::from_rgb(84, 84, 200),
        Color32::from_rgb(196, 38, 70),
        Color32::from_rgb(0, 130, 148),
        Color32::from_rgb(116, 78, 46),
        Color32::from_rgb(88, 96, 110),
    ],
};

const DARK: Palette = Palette {
    paper: Color32::from_rgb(30, 31, 33),
    hit: Color32::from_rgb(92, 78, 24),
    hit_here: Color32::from_rgb(140, 110, 20),
    mended: Color32::from_rgb(92, 88, 80),
    ink: Color32::from_rgb(214, 210, 202),
    heading: Color32::from_rgb(236, 232, 224),
    faint: Color32::from_rgb(150, 146, 138),
    selection: Color32::from_rgb(52, 76, 108),
    caret: Color32::from_rgb(230, 230, 230),
    error: Color32::from_rgb(240, 120, 110),
    warning: Color32::from_rgb(226, 176, 84),
    good: Color32::from_rgb(120, 196, 140),
    blue: Color32::from_rgb(112, 168, 240),
    green: Color32::from_rgb(104, 196, 140),
    vermilion: Color32::from_rgb(244, 138, 100),
    violet: Color32::from_rgb(194, 150, 232),
    grey: Color32::from_rgb(160, 160, 160),
    lanes: [
        Color32::from_rgb(86, 176, 236),
        Color32::from_rgb(240, 144, 74),
        Color32::from_rgb(72, 200, 150),
        Color32::from_rgb(216, 140, 202),
        Color32::from_rgb(218, 190, 84),
        Color32::from_rgb(152, 152, 246),
        Color32::from_rgb(242, 112, 134),
        Color32::from_rgb(92, 208, 220),
        Color32::from_rgb(192, 156, 116),
        Color32::from_rgb(166, 174, 186),
    ],
};

impl Palette {
    /// The colours of a theme, on paper of this name.
    pub fn of(theme: Theme, paper: &str) -> Self {
        let usual = match theme {
            Theme::Light => LIGHT,
            Theme::Dark => DARK,
        };
        let paper = match (theme, paper) {
            (Theme::Light, "white") => Color32::WHITE,
            (Theme::Light, "sepia") => Color32::from_rgb(244, 234, 214),
            (Theme::Light, "green") => Color32::from_rgb(226, 237, 218),
            (Theme::Dark, "white") => Color32::from_rgb(18, 18, 19),
            (Theme::Dark, "sepia") => Color32::from_rgb(40, 36, 30),
            (Theme::Dark, "green") => Color32::from_rgb(28, 36, 31),
            _ => usual.paper,
        };
        Self { paper, ..usual }
    }

    /// The colour of a kind.
    pub const fn kind(&self, role: ColourRole) -> Color32 {
        match role {
            ColourRole::Blue => self.blue,
            ColourRole::Green => self.green,
            ColourRole::Vermilion => self.vermilion,
            ColourRole::Violet => self.violet,
            ColourRole::Grey => self.grey,
        }
    }

    /// The colour of a colleague's lane; from the eleventh on they come again.
    pub fn lane(&self, lane: u8) -> Color32 {
        self.lanes.get(usize::from(lane) % self.lanes.len()).copied().unwrap_or(self.grey)
    }

    /// The tint behind a proposal, paler than that of a tag; stronger behind the one at hand.
    pub fn pale(&self, role: ColourRole, here: bool) -> Color32 {
        self.kind(role).gamma_multiply(if here { 0.15 } else { 0.045 })
    }

    /// The line under a proposal.
    pub fn hairline(&self, role: ColourRole, here: bool) -> Color32 {
        self.kind(role).gamma_multiply(if here { 0.9 } else { 0.5 })
    }

    /// The tint behind tagged text; stronger where the tag is picked.
    pub fn tint(&self, role: ColourRole, picked: bool) -> Color32 {
        self.kind(role).gamma_multiply(if picked { 0.28 } else { 0.10 })
    }
}

/// Sets sizes and colours of the whole interface.
pub fn install(ctx: &egui::Context) {
    use egui::{FontFamily, FontId, TextStyle};
    ctx.options_mut(|options| {
        options.quit_shortcuts.clear();
        options.zoom_with_keyboard = false;
        options.fallback_theme = Theme::Light;
    });
    ctx.all_styles_mut(|style| {
        for (name, size) in [
            (TextStyle::Small, 11.0),
            (TextStyle::Body, 14.0),
            (TextStyle::Button, 14.0),
            (TextStyle::Heading, 18.0),
            (TextStyle::Monospace, 13.0),
        ] {
            style.text_styles.insert(name, FontId::new(size, FontFamily::Proportional));
        }
        style.spacing.item_spacing = egui::vec2(8.0, 6.0);
        style.spacing.button_padding = egui::vec2(8.0, 3.0);
        style.spacing.interact_size.y = 24.0;
        style.spacing.scroll = egui::style::ScrollStyle::solid();
        style.spacing.scroll.fade.strength = 0.0;
        // A page set anew may be longer than the last: going on in it is not going past its end.
        style.spacing.scroll.kinetic.rubber_band = false;
        style.interaction.selectable_labels = false;
        style.scroll_animation = egui::style::ScrollAnimation::none();
    });
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme, "");
        ctx.style_mut_of(theme, |style| paint_style(&mut style.visuals, theme, &palette));
    }
}

fn paint_style(visuals: &mut Visuals, theme: Theme, palette: &Palette) {
    let (panel, field, line) = match theme {
        Theme::Light => (Color32::from_rgb(240, 237, 229), Color32::from_rgb(255, 254, 251), Color32::from_rgb(212, 206, 194)),
        Theme::Dark => (Color32::from_rgb(40, 41, 44), Color32::from_rgb(26, 27, 29), Color32::from_rgb(66, 67, 70)),
    };
    visuals.panel_fill = panel;
    visuals.window_fill = panel;
    visuals.extreme_bg_color = field;
    visuals.text_edit_bg_color = Some(field);
    visuals.override_text_color = Some(palette.ink);
    visuals.selection.bg_fill = palette.selection;
    visuals.selection.stroke = Stroke::new(1.0, palette.ink);
    visuals.widgets.noninteractive.bg_stroke = Stroke::new(1.0, line);
    visuals.widgets.inactive.bg_stroke = Stroke::new(1.0, line);
    visuals.error_fg_color = palette.error;
    visuals.warn_fg_color = palette.warning;
    visuals.window_corner_radius = CornerRadius::same(6);
}

/// The program's icon: 诺's mouth-and-promise reduced to a tick on paper, drawn here so that no picture file is needed.
pub fn icon() -> egui::IconData {
    const SIDE: u32 = 64;
    let mut rgba = Vec::with_capacity((SIDE * SIDE * 4) as usize);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let (fx, fy) = (f64::from(x), f64::from(y));
            // Two strokes of the tick, each as the distance to a line.
            let short = ((fx - 16.0) - (fy - 32.0)).abs() < 6.0 && (14.0..=30.0).contains(&fx) && fy > 26.0;
            let long = ((fx - 28.0) + (fy - 44.0)).abs() < 6.0 && (26.0..=52.0).contains(&fx) && fy > 14.0;
            let edge = !(4..60).contains(&x) || !(4..60).contains(&y);
            let colour = if edge {
                Color32::TRANSPARENT
            } else if short || long {
                LIGHT.vermilion
            } else {
                LIGHT.paper
            };
            rgba.extend_from_slice(&colour.to_array());
        }
    }
    egui::IconData { rgba, width: SIDE, height: SIDE }
}
