//! A figure as a bar.

use crate::exchange::markup::escaped;
use crate::review::agreement::Figure;

/// A bar from nothing to one, with a line over its interval. What is below nothing has none.
pub(super) fn bar(figure: &Figure, said: &str) -> String {
    let share = |value: f64| (value.clamp(0.0, 1.0) * 1000.0).round() / 10.0;
    let Some(value) = figure.value else { return String::new() };
    let ends = figure.low.zip(figure.high).map(|(low, high)| {
        let (low, high) = (share(low), share(high));
        format!("<line class=\"ends\" vector-effect=\"non-scaling-stroke\" x1=\"{low}\" x2=\"{high}\" y1=\"4\" y2=\"4\"/>")
    });
    format!(
        "<svg viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">\
         <rect class=\"back\" width=\"100\" height=\"8\"/><rect class=\"bar\" width=\"{}\" height=\"8\"/>{}</svg>",
        escaped(said),
        share(value),
        ends.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::agreement::{Counts, Undefined};

    #[test]
    fn a_bar_is_as_long_as_its_value() {
        let figure = |value| Figure::new(value, Counts::default());
        let half = bar(&figure(Ok(0.5)).within(Some((0.25, 1.0))), "<0.50>");
        assert!(half.contains("class=\"bar\" width=\"50\"") && half.contains("x1=\"25\" x2=\"100\"") && half.contains("&lt;0.50&gt;"));
        let negative = bar(&figure(Ok(-0.2)), "");
        assert!(negative.contains("class=\"bar\" width=\"0\"") && !negative.contains("<line"));
        assert_eq!(bar(&figure(Err(Undefined::NothingTagged)), ""), "");
    }
}
