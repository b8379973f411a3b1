//! What happens to a report between two editions, two scrapes or two programs: kinds of edit, each with the truth.

mod pieces;
mod scraping;
mod wording;

use super::chance::Chance;
use super::draft::{Draft, Edited};
use super::words::{SYNONYMS, UNITS};
use jiannuo::text::script::Conversion;

/// An edit, different at every chance.
pub type Edit = fn(&mut Draft, &mut Chance);

/// The name of the kind that changes nothing.
pub const NOTHING: &str = "nothing changed";

/// All kinds with their names; the last puts three of the others together.
pub const KINDS: &[(&str, Edit)] = &[
    (NOTHING, |_, _| {}),
    ("paragraphs inserted", pieces::paragraphs_inserted),
    ("sentences inserted", pieces::sentences_inserted),
    ("table rows inserted", pieces::table_rows_inserted),
    ("page headers inserted", scraping::page_headers_inserted),
    ("paragraphs deleted", pieces::paragraphs_deleted),
    ("sentences deleted", pieces::sentences_deleted),
    ("every third paragraph deleted", pieces::every_third_deleted),
    ("characters dropped", scraping::characters_dropped),
    ("beginning cut off", pieces::beginning_cut_off),
    ("end cut off", pieces::end_cut_off),
    ("broken into lines", scraping::broken_into_lines),
    ("paragraphs joined", scraping::paragraphs_joined),
    ("indents and blank lines added", scraping::indents_added),
    ("indents and blank lines removed", scraping::indents_removed),
    ("spaces scattered", scraping::spaces_scattered),
    ("asterisks", scraping::asterisks),
    ("pinyin injected", scraping::pinyin_injected),
    ("re-encoded with losses", scraping::re_encoded),
    ("simplified to traditional", |draft, _| wording::converted(draft, Conversion::SimplifiedToTraditional)),
    ("simplified to the wording of Taiwan", |draft, _| wording::converted(draft, Conversion::SimplifiedToTaiwanWording)),
    ("traditional to simplified", |draft, _| wording::converted(draft, Conversion::TraditionalToSimplified)),
    ("wording of Taiwan to simplified", |draft, _| wording::converted(draft, Conversion::TaiwanWordingToSimplified)),
    ("full width to half width", |draft, _| draft.recast(wording::half_width_form)),
    ("half width to full width", |draft, _| draft.recast(wording::full_width)),
    ("quotation marks of the other kind", |draft, _| draft.recast(wording::other_quote)),
    ("headings renumbered", wording::headings_renumbered),
    ("paragraphs duplicated behind themselves", pieces::duplicated_behind),
    ("paragraphs duplicated at the end", pieces::duplicated_at_the_end),
    ("paragraphs duplicated at the start", pieces::duplicated_at_the_start),
    ("near twins beside sentences", pieces::near_twins),
    ("paragraphs swapped", pieces::paragraphs_swapped),
    ("sections moved", pieces::sections_moved),
    ("sentences moved", pieces::sentences_moved),
    ("numbers changed", wording::numbers_changed),
    ("numbers grown", wording::numbers_grown),
    ("units changed", |draft, chance| wording::exchanged(draft, chance, UNITS, 3)),
    ("mistyped", scraping::mistyped),
    ("synonyms", |draft, chance| wording::exchanged(draft, chance, SYNONYMS, 2)),
    ("negations inserted", wording::negations_inserted),
    ("another report before it", pieces::another_report_before),
    ("an older edition before it", pieces::older_edition_before),
    ("an older edition behind it", pieces::older_edition_behind),
    ("three of these", three_of_these),
];

/// Edits a text.
pub fn edited(edit: Edit, text: &str, chance: &mut Chance) -> Edited {
    let mut draft = Draft::of(text);
    let old_len = draft.chars().len();
    edit(&mut draft, chance);
    draft.finish(old_len)
}

/// What makes copies, twins or another text of the same report is not among them: where such a copy stays and what it was
/// made of is taken out, nobody could say that it is not what it was.
fn three_of_these(draft: &mut Draft, chance: &mut Chance) {
    let copies = ["edition", "twins", "another", "duplicated"];
    let alone = |name: &str| copies.iter().all(|word| !name.contains(word));
    let kinds: Vec<Edit> = KINDS[..KINDS.len() - 1].iter().filter(|(name, _)| alone(name)).map(|(_, edit)| *edit).collect();
    for _ in 0..3 {
        let edit = kinds[chance.below(kinds.len())];
        edit(draft, chance);
    }
}
