//! How kinds look on a page: the colours and underlines they have in the window, for programs that know nothing of it.

use crate::annotation::{Codebook, ColourRole, KindId, Stroke};

/// All roles of colours.
pub(super) const ROLES: [ColourRole; 5] =
    [ColourRole::Blue, ColourRole::Green, ColourRole::Vermilion, ColourRole::Violet, ColourRole::Grey];

/// Red, green and blue.
pub(super) type Colour = [u8; 3];

/// The colour and the underline of a kind; those of kinds nobody knows are the window's, too.
pub(super) fn look(book: &Codebook, kind: &KindId) -> (ColourRole, Stroke) {
    book.kind(kind).map_or((ColourRole::Grey, Stroke::Solid), |kind| (kind.colour, kind.stroke))
}

/// The name of a role in a style sheet.
pub(super) const fn role_name(role: ColourRole) -> &'static str {
    match role {
        ColourRole::Blue => "blue",
        ColourRole::Green => "green",
        ColourRole::Vermilion => "vermilion",
        ColourRole::Violet => "violet",
        ColourRole::Grey => "grey",
    }
}

/// The name of an underline in a style sheet.
pub(super) const fn stroke_name(stroke: Stroke) -> &'static str {
    match stroke {
        Stroke::Solid => "solid",
        Stroke::Dotted => "dotted",
        Stroke::Dashed => "dashed",
    }
}

/// A role's colour on light paper.
pub(super) const fn on_light(role: ColourRole) -> Colour {
    match role {
        ColourRole::Blue => [28, 86, 168],
        ColourRole::Green => [24, 118, 72],
        ColourRole::Vermilion => [196, 66, 28],
        ColourRole::Violet => [112, 62, 150],
        ColourRole::Grey => [110, 110, 110],
    }
}

/// A role's colour on dark paper.
pub(super) const fn on_dark(role: ColourRole) -> Colour {
    match role {
        ColourRole::Blue => [112, 168, 240],
        ColourRole::Green => [104, 196, 140],
        ColourRole::Vermilion => [244, 138, 100],
        ColourRole::Violet => [194, 150, 232],
        ColourRole::Grey => [160, 160, 160],
    }
}

/// The tint behind tagged text on white paper: a tenth of the colour.
pub(super) fn tint(role: ColourRole) -> Colour {
    on_light(role).map(|part| 255 - (255 - part) / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_the_colours_of_the_window() {
        let theme = include_str!("../ui/theme.rs");
        for role in ROLES {
            for [red, green, blue] in [on_light(role), on_dark(role)] {
                let line = format!("    {}: Color32::from_rgb({red}, {green}, {blue}),", role_name(role));
                assert!(theme.contains(&line), "{line}");
            }
        }
    }
}
