//! How each role of paragraph is set. After GB/T 9704-2012 §7.3: headings stand out by face, text is indented by
//! two characters; sizes and space are those of a book rather than of an official letter.

use crate::report::{Level, Role};
use crate::ui::fonts::Face;

/// How a paragraph is set. Sizes are multiples of the text size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParagraphStyle {
    pub face: Face,
    /// Size of its characters.
    pub size: f32,
    /// Indent of its first row in its own characters.
    pub indent: f32,
    pub centred: bool,
    /// Space above and below, in text sizes.
    pub above: f32,
    pub below: f32,
}

const BODY: ParagraphStyle = ParagraphStyle { face: Face::Serif, size: 1.0, indent: 2.0, centred: false, above: 0.0, below: 0.12 };

/// The style of a role.
pub const fn style(role: Role) -> ParagraphStyle {
    match role {
        Role::Title => ParagraphStyle { face: Face::Bold, size: 1.5, indent: 0.0, centred: true, above: 1.0, below: 0.5 },
        Role::Byline => ParagraphStyle { face: Face::Sans, size: 0.9, indent: 0.0, centred: true, above: 0.0, below: 0.3 },
        Role::Heading(Level::One) => ParagraphStyle { face: Face::Bold, size: 1.25, indent: 0.0, above: 1.1, below: 0.4, ..BODY },
        Role::Heading(Level::Two) => ParagraphStyle { face: Face::Bold, size: 1.1, indent: 0.0, above: 0.7, below: 0.25, ..BODY },
        Role::Heading(Level::Three) => ParagraphStyle { face: Face::Bold, size: 1.0, indent: 2.0, above: 0.4, below: 0.15, ..BODY },
        Role::Heading(Level::Four) => ParagraphStyle { face: Face::Sans, size: 1.0, indent: 2.0, above: 0.2, below: 0.1, ..BODY },
        Role::Lead | Role::Body => BODY,
    }
}
