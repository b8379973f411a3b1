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
    /// The glyphs that stand upright, in the order of drawing.
    pub(super) glyphs: Vec<Glyph>,
    /// How many of them do not say which character they are.
    pub(super) unmapped: usize,
    /// How many pictures there are.
    pub(super) pictures: usize,
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
        let upright = along.y.abs() < along.x.abs() * 0.05 && along.x > 0.0;
        if !(upright && size.is_finite() && origin.x.is_finite() && origin.y.is_finite() && size > 0.5) {
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
        // Control characters are what some programs map spaces to.
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.page.unmapped += usize::from(text == "\u{FFFD}");
        let width = f64::from(advance.unwrap_or(500.0)) / 1000.0 * size;
        self.page.glyphs.push(Glyph { text, x: origin.x, y: origin.y, size, width });
    }
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
