//! What a page draws: its glyphs with their characters and places. Everything else is only counted.

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Point};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

/// A glyph. Lengths are in points, from the page's upper left corner.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// The characters it stands for.
    pub(super) text: String,
    /// Where it begins.
    pub(super) x: f64,
    /// Its baseline.
    pub(super) y: f64,
    /// The size of its font.
    pub(super) size: f64,
    /// How wide it is.
    pub(super) width: f64,
    /// Which way it stands.
    pub(super) turn: Turn,
    /// The name of its font and its code in it, where the font does not say which character that is.
    pub(super) unmapped: Option<Box<(String, u32)>>,
}

/// Which way a glyph stands on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    /// Upright.
    #[default]
    Upright,
    /// A quarter to the left: it reads from bottom to top.
    Left,
    /// A quarter to the right: it reads from top to bottom.
    Right,
    /// Upside down.
    Over,
    /// Slanting, as watermarks are.
    Slanting,
}

impl Glyph {
    /// Where it ends.
    pub(super) fn end(&self) -> f64 {
        self.x + self.width
    }

    /// Whether it shows nothing.
    pub(super) fn is_space(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    /// Width in points.
    pub(super) width: f64,
    /// Height in points.
    pub(super) height: f64,
    /// The glyphs, in the order of drawing.
    pub(super) glyphs: Vec<Glyph>,
    /// How many of them do not say which character they are.
    pub(super) unmapped: usize,
    /// How many pictures there are.
    pub(super) pictures: usize,
}

impl Page {
    /// Turns a page whose text mostly stands another way, and leaves out what then does not stand upright; says whether
    /// anything to speak of is left out.
    pub(super) fn turn(&mut self) -> bool {
        let count = |turn: Turn| self.glyphs.iter().filter(|glyph| glyph.turn == turn).count();
        let most =
            [Turn::Upright, Turn::Left, Turn::Right, Turn::Over].into_iter().rev().max_by_key(|turn| count(*turn)).unwrap_or_default();
        let (width, height) = (self.width, self.height);
        let before = self.glyphs.len();
        self.glyphs.retain(|glyph| glyph.turn == most);
        for glyph in &mut self.glyphs {
            (glyph.x, glyph.y) = match most {
                Turn::Left => (height - glyph.y, glyph.x),
                Turn::Right => (glyph.y, width - glyph.x),
                Turn::Over => (width - glyph.x, height - glyph.y),
                Turn::Upright | Turn::Slanting => (glyph.x, glyph.y),
            };
        }
        if matches!(most, Turn::Left | Turn::Right) {
            (self.width, self.height) = (height, width);
        }
        self.glyphs.len() < before
    }
}

/// Gathers the glyphs of a page.
pub(super) struct Glyphs {
    pub(super) page: Page,
    /// How many more are taken.
    room: usize,
}

impl Glyphs {
    pub(super) const fn new(width: f64, height: f64, room: usize) -> Self {
        Self { page: Page { width, height, glyphs: Vec::new(), unmapped: 0, pictures: 0 }, room }
    }

    fn take(&mut self, glyph: &Drawn<'_>, transform: Affine) {
        if self.page.glyphs.len() >= self.room {
            return;
        }
        let origin = transform * Point::ORIGIN;
        // Glyphs are drawn in thousandths of their size; their height is not stretched, their width may be.
        let up = transform * Point::new(0.0, 1000.0) - origin;
        let along = transform * Point::new(1000.0, 0.0) - origin;
        let size = up.hypot();
        let flat = |a: f64, b: f64| a.abs() < b.abs() * 0.05;
        let turn = match (flat(along.y, along.x), flat(along.x, along.y)) {
            (true, _) if along.x > 0.0 => Turn::Upright,
            (true, _) => Turn::Over,
            (_, true) if along.y < 0.0 => Turn::Left,
            (_, true) => Turn::Right,
            _ => Turn::Slanting,
        };
        if !(size.is_finite() && origin.x.is_finite() && origin.y.is_finite() && size > 0.5) {
            return;
        }
        let advance = match glyph {
            Drawn::Outline(outline) => outline.advance_width(),
            Drawn::Type3(own) => own.advance_width(),
        };
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => "\u{FFFD}".to_owned(),
        };
        let unmapped = if text == "\u{FFFD}" { font_and_code(glyph) } else { None };
        // Control characters are what some programs map spaces to.
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.page.unmapped += usize::from(text == "\u{FFFD}");
        let width = f64::from(advance.unwrap_or(500.0)) / 1000.0 * size;
        self.page.glyphs.push(Glyph { text, x: origin.x, y: origin.y, size, width, turn, unmapped });
    }
}

/// The name of a glyph's font without the mark of its subset, and its code.
fn font_and_code(glyph: &Drawn<'_>) -> Option<Box<(String, u32)>> {
    let Drawn::Outline(outline) = glyph else { return None };
    let name = outline.font_data()?.postscript_name?;
    Some(Box::new((super::collections::without_subset(&name).to_owned(), outline.char_code())))
}

impl<'a> Device<'a> for Glyphs {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.take(glyph, props.transform * glyph.transform());
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.page.pictures += 1;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
