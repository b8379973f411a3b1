//! How the page looks.

use crate::annotation::ColourRole;
use crate::exchange::looks::{Colour, ROLES, on_dark, on_light, role_name};
use crate::report::Secrecy;

/// The style sheet: what is always the same, the colours of kinds, and the mark of secrecy on each printed sheet.
pub(super) fn style(secrecy: Option<Secrecy>) -> String {
    let colours = |of: fn(ColourRole) -> Colour| -> String {
        let colour = |role| format!(" --{}: {};", role_name(role), of(role).map(|part| part.to_string()).join(" "));
        format!(":root {{{} }}", ROLES.map(colour).concat())
    };
    let classes: String = ROLES.map(|role| format!(".{0} {{ --own: var(--{0}) }}\n", role_name(role))).concat();
    let stamp = secrecy.map(|level| format!("@page {{ @top-left {{ content: \"{}\"; font-weight: bold }} }}\n", level.mark()));
    format!(
        "{}\n@media screen and (prefers-color-scheme: dark) {{ {} }}\n{classes}{}{}",
        colours(on_light),
        colours(on_dark),
        include_str!("page.css"),
        stamp.unwrap_or_default()
    )
}
