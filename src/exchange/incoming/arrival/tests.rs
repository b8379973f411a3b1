use super::super::sample::{Desk, desks};
use super::super::{Known, read_delimited, read_workbook};
use super::*;
use crate::annotation::{AttributeId, Change, Codebook, Time, Value};
use crate::exchange::{Delimiter, Keys, Labels, Options, Table, read_json, write_delimited, write_json, write_jsonl, write_xlsx};
use calamine::Reader as _;
use proptest::prelude::*;
use std::io::Cursor;

/// Words of a language in which nothing is called by its key.
struct Marked;

impl Labels for Marked {
    fn label<'a>(&'a self, group: &str, key: &'a str) -> &'a str {
        match (group, key) {
            ("kind", "target") => "目标",
            ("kind", "indicator") => "指标（实绩）",
            ("column", "kind") => "类别",
            ("column", "note") => "备注",
            ("attribute", "scope") => "口径",
            ("attribute", "modality") => "表述用语",
            ("value_modality", "ensure") => "确保",
            ("bound", "exact") => "等于",
            _ => key,
        }
    }
}

fn read<T>(with: impl FnOnce(&Known<'_>) -> T) -> T {
    with(&Known { book: &Codebook::standard(), labels: &[&Keys, &Marked], kinds: &BTreeMap::new() })
}

fn options() -> Options {
    Options::default()
}

fn json(desk: &Desk, text: impl FnOnce(Handed<'_>) -> String) -> Vec<Incoming> {
    let text = desk.hand(&options(), &Keys, text);
    read(|known| read_json(&text, known)).unwrap()
}

fn csv(desk: &Desk, table: Table, delimiter: Delimiter) -> Vec<Incoming> {
    let text = desk.hand(&options(), &Keys, |handed| write_delimited(handed, table, delimiter));
    read(|known| read_delimited(&text, None, known)).unwrap()
}

fn xlsx(desk: &Desk) -> Vec<Incoming> {
    let bytes = desk.hand(&options(), &Marked, |handed| write_xlsx(handed, Time(0))).unwrap();
    read(|known| read_workbook(&bytes, known)).unwrap()
}

fn held(incoming: &[Incoming], there: &Desk) -> Arrival {
    there.hand(&options(), &Keys, |handed| arrival(incoming, handed))
}

fn tags(desk: &Desk) -> Vec<Tag> {
    desk.annotations.tags().cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_was_handed_over_and_comes_back_is_the_same(desk in desks()) {
        let forms = [
            ("jsonl", json(&desk, write_jsonl)),
            ("json", json(&desk, write_json)),
            ("csv", csv(&desk, Table::Tags, Delimiter::Comma)),
            ("tsv", csv(&desk, Table::Tags, Delimiter::Tab)),
            ("csv of quantities", csv(&desk, Table::Quantities, Delimiter::Comma)),
            ("xlsx", xlsx(&desk)),
        ];
        for (form, incoming) in forms {
            let mut arrival = held(&incoming, &desk);
            // A tag without quantities has no row there.
            if form == "csv of quantities" {
                arrival.missing.clear();
            }
            prop_assert_eq!(arrival, Arrival::default(), "{}", form);
        }
    }

    #[test]
    fn what_comes_to_a_report_without_tags_is_what_was_handed_over(desk in desks()) {
        for (form, incoming) in [("jsonl", json(&desk, write_jsonl)), ("json", json(&desk, write_json)), ("xlsx", xlsx(&desk))] {
            let arrival = held(&incoming, &desk.bare());
            prop_assert!(arrival.misfits.is_empty(), "{} {:?}", form, arrival.misfits);
            let new: Vec<Tag> = arrival.new.iter().map(|new| new.tag.clone()).collect();
            prop_assert_eq!(new, tags(&desk), "{}", form);
            if form != "xlsx" {
                let mut links: Vec<Link> = arrival.new.iter().flat_map(|new| new.links.clone()).collect();
                links.sort_by_key(|link| link.id);
                prop_assert_eq!(links, desk.annotations.links().copied().collect::<Vec<_>>(), "{}", form);
            }
        }
    }
}

fn desk() -> Desk {
    let desk = Desk::new("全市生产总值增长8%左右，失业率2%，力争新增就业5万人。\n");
    desk.tagged("增长8%左右", "target", &["8%左右"]).tagged("失业率2%", "indicator", &["2%"])
}

/// The table of tags as rows of cells.
fn table(desk: &Desk) -> Vec<Vec<String>> {
    let text = desk.hand(&Options { bom: false, ..options() }, &Keys, |handed| write_delimited(handed, Table::Tags, Delimiter::Comma));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn column(table: &[Vec<String>], key: &str) -> usize {
    table[0].iter().position(|head| head == key).unwrap()
}

fn comes_back(table: &[Vec<String>], there: &Desk) -> Arrival {
    let mut writer = csv::Writer::from_writer(Vec::new());
    table.iter().for_each(|row| writer.write_record(row).unwrap());
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    held(&read(|known| read_delimited(&text, None, known)).unwrap(), there)
}

fn said(arrival: &Arrival) -> Vec<(usize, String, String)> {
    arrival.differences.iter().map(|found| (found.row.number, found.before.text(), found.after.text())).collect()
}

#[test]
fn what_was_filled_in_is_a_difference() {
    let desk = desk();
    let mut rows = table(&desk);
    for (row, key, cell) in [
        (1, "kind", "指标（实绩）"),
        (1, "scope", "规上"),
        (1, "unsure", "是"),
        (1, "quantities", "9%左右"),
        (2, "note", "=核对"),
        (2, "period", "2020M06"),
    ] {
        let at = column(&rows, key);
        rows[row][at] = cell.to_owned();
    }
    let arrival = comes_back(&rows, &desk);
    let expected =
        [(2, "target", "indicator"), (2, "", "规上"), (2, "false", "true"), (2, "8%左右", "9%左右"), (3, "", "2020-06"), (3, "", "=核对")];
    assert_eq!(said(&arrival), expected.map(|(row, before, after)| (row, before.to_owned(), after.to_owned())));
    assert_eq!((arrival.new.len(), arrival.missing.len(), &arrival.misfits), (0, 0, &Vec::new()));
    let mut tag = desk.tag(1);
    let id = tag.id;
    arrival.differences.iter().filter(|found| found.tag == id).for_each(|found| found.after.put(&mut tag, desk.report.text()));
    assert_eq!((tag.kind.as_str(), tag.unsure, tag.attribute(&AttributeId::new("scope"))), ("indicator", true, "规上".to_owned()));
    assert_eq!(tag.quantities, [Quantity::of_words("9%左右")]);
}

#[test]
fn what_does_not_fit_is_listed_and_the_rest_taken() {
    let desk = desk();
    let mut rows = table(&desk);
    let cells = [
        (1, "kind", "口号"),
        (1, "strength", "铁"),
        (1, "note", "好"),
        (1, "quote", "别的话"),
        (2, "start", "abc"),
        (2, "tag_id", "x"),
        (2, "unsure", "也许"),
    ];
    for (row, key, cell) in cells {
        let at = column(&rows, key);
        rows[row][at] = cell.to_owned();
    }
    rows.iter_mut().zip(["我的列", "我写的", ""]).for_each(|(row, cell)| row.push(cell.to_owned()));
    let arrival = comes_back(&rows, &desk);
    assert_eq!(said(&arrival), [(2, String::new(), "好".to_owned())]);
    let misfits: Vec<(usize, &Misfit)> = arrival.misfits.iter().map(|(row, misfit)| (row.number, misfit)).collect();
    let choice = |column: &str, said: &str| Misfit::NotAChoice(column.into(), said.into());
    let expected = [
        (1, Misfit::Column("我的列".into())),
        (2, Misfit::Kind("口号".into())),
        (2, choice("strength", "铁")),
        (2, Misfit::Words("别的话".into())),
        (3, Misfit::NotAName("x".into())),
        (3, Misfit::NotANumber("start".into(), "abc".into())),
        (3, choice("unsure", "也许")),
    ];
    assert_eq!(misfits, expected.iter().map(|(row, misfit)| (*row, misfit)).collect::<Vec<_>>());
    // A row that lost its name is a new tag on the same words; the tag itself has no row.
    assert_eq!(arrival.new.iter().map(|new| new.tag.anchor.quote.as_str()).collect::<Vec<_>>(), ["失业率2%"]);
    assert_eq!(arrival.missing.iter().map(|name| name.2).collect::<Vec<_>>(), [desk.tag(2).id]);
}

#[test]
fn rows_may_be_added_moved_doubled_and_taken_away() {
    let desk = desk();
    let mut rows = table(&desk);
    let mut added = vec![String::new(); rows[0].len()];
    added[column(&rows, "kind")] = "commitment".into();
    added[column(&rows, "quote")] = "力争新增就业5万人".into();
    added[column(&rows, "quantities")] = "5万人".into();
    let double = rows[1].clone();
    let rows = [rows.remove(0), added, rows.remove(0), double];
    let arrival = comes_back(&rows, &desk);
    assert_eq!((said(&arrival), arrival.misfits), (Vec::new(), vec![(RowAt { sheet: String::new(), number: 4 }, Misfit::Twice)]));
    let new = &arrival.new[0];
    assert_eq!((new.tag.id, new.tag.kind.as_str(), new.tag.anchor.span), (TagId(Uuid::nil()), "commitment", Span::of(19, 28)));
    assert_eq!(new.tag.quantities, [Quantity::of_words("5万人")]);
    assert_eq!(arrival.missing, [(desk.report.id(), desk.person.id, desk.tag(2).id)]);
}

#[test]
fn what_was_changed_here_meanwhile_is_said() {
    let mut desk = desk();
    let rows = table(&desk);
    let before = desk.tag(1);
    let mut after = before.clone();
    after.set_attribute(AttributeId::new("scope"), Value::One("全市".into()));
    desk.change(Change::set_tag(before, after), 60);
    let arrival = comes_back(&rows, &desk);
    assert!(said(&arrival).is_empty(), "nobody changed that cell there");
    assert_eq!(arrival.misfits, [(RowAt { sheet: String::new(), number: 2 }, Misfit::Changed)]);
    let (mut changed, mut without_notes) = (rows.clone(), rows);
    let (scope, noted) = (column(&changed, "scope"), column(&changed, "as_exported"));
    changed[1][scope] = "规上".into();
    without_notes.iter_mut().for_each(|row| drop(row.remove(noted)));
    for (rows, after) in [(changed, "规上"), (without_notes, "")] {
        let arrival = comes_back(&rows, &desk);
        assert_eq!(said(&arrival), [(2, "全市".to_owned(), after.to_owned())]);
        assert_eq!(arrival.misfits, [(RowAt { sheet: String::new(), number: 2 }, Misfit::Changed)]);
    }
}

/// A workbook as another program saves it again, with cells changed by sheet and head.
fn saved_again(bytes: &[u8], edit: impl Fn(&str, &str, &str) -> Option<String>) -> Vec<u8> {
    let mut read: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let mut written = rust_xlsxwriter::Workbook::new();
    for name in read.sheet_names() {
        let sheet = written.add_worksheet();
        sheet.set_name(&name).unwrap();
        let range = read.worksheet_range(&name).unwrap();
        let heads: Vec<String> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
        for (number, row) in (0u32..).zip(range.rows()) {
            for ((at, head), cell) in (0u16..).zip(&heads).zip(row) {
                let cell = cell.to_string();
                let cell = if number == 0 { cell } else { edit(&name, head, &cell).unwrap_or(cell) };
                sheet.write_string(number, at, cell).unwrap();
            }
        }
    }
    written.save_to_buffer().unwrap()
}

/// What a workbook of a desk brings after somebody changed cells in it: in which sheet, under which head, from what to what.
fn of_workbook(desk: &Desk, edits: &[(&str, &str, &str, &str)]) -> Vec<Incoming> {
    let bytes = desk.hand(&options(), &Marked, |handed| write_xlsx(handed, Time(0))).unwrap();
    let bytes = saved_again(&bytes, |sheet, head, cell| {
        let edit = edits.iter().find(|edit| (edit.0, edit.1, edit.2) == (sheet, head, cell))?;
        Some(edit.3.to_owned())
    });
    read(|known| read_workbook(&bytes, known)).unwrap()
}

#[test]
fn a_workbook_that_was_changed_is_taken_in_once() {
    let desk = desk();
    let long = "九".repeat(50);
    let long = long.as_str();
    type Edited<'e> = (&'e [(&'e str, &'e str, &'e str, &'e str)], &'e [&'e str]);
    let cases: [Edited<'_>; 9] = [
        (&[], &[]),
        (&[("tags", "quantities", "8%左右", "9%左右")], &["9%左右"]),
        (&[("tags", "quantities", "8%左右", "9%左右；10%")], &["9%左右；10%"]),
        (&[("tags", "quantities", "8%左右", "9%左右;10%")], &["9%左右；10%"]),
        (&[("quantities", "words", "8%左右", "9%左右")], &["9%左右"]),
        (&[("quantities", "value", "8", "9")], &["8%左右"]),
        (&[("tags", "备注", "", long)], &[long, long]),
        (&[("tags", "类别", "目标", "indicator"), ("quantities", "value", "2", "2.5")], &["indicator", "2%"]),
        (&[("tags", "quantities", "8%左右", "9%左右"), ("quantities", "value", "8", "7")], &["8%左右"]),
    ];
    for (edits, changed) in cases {
        let (incoming, mut desk) = (of_workbook(&desk, edits), desk.clone());
        let once = held(&incoming, &desk);
        assert_eq!(once.differences.iter().map(|found| found.after.text()).collect::<Vec<_>>(), changed, "{edits:?}");
        assert!(once.misfits.is_empty() && once.new.is_empty() && once.missing.is_empty(), "{edits:?} {once:?}");
        for found in once.differences {
            let before = desk.annotations.tag(found.tag).unwrap().clone();
            let mut after = before.clone();
            found.after.put(&mut after, desk.report.text());
            desk.change(Change::set_tag(before, after), 60);
        }
        let twice = held(&incoming, &desk);
        assert!(twice.differences.is_empty(), "{edits:?} {twice:?}");
        assert!(twice.misfits.iter().all(|(_, misfit)| *misfit == Misfit::Changed), "{edits:?} {twice:?}");
    }
}

#[test]
fn a_row_of_quantities_may_be_taken_away() {
    let desk = Desk::new("增长8%，失业率2%。\n").tagged("增长8%，失业率2%", "indicator", &["增长8%", "2%"]);
    let text = desk.hand(&options(), &Keys, |handed| write_delimited(handed, Table::Quantities, Delimiter::Comma));
    let first_only = text.lines().take(2).collect::<Vec<_>>().join("\r\n");
    let arrival = held(&read(|known| read_delimited(&first_only, None, known)).unwrap(), &desk);
    let stated: Vec<Said> = arrival.differences.into_iter().map(|found| found.after).collect();
    assert_eq!(stated, [Said::Quantities(vec![Quantity::of_words("增长8%")])]);
}

#[test]
fn what_a_cell_was_too_small_for_is_no_edit() {
    let (mut desk, long) = (desk(), "长".repeat(40_000));
    let (before, mut after) = (desk.tag(1), desk.tag(1));
    after.note = long.clone();
    after.set_attribute(AttributeId::new("scope"), Value::One(long.clone()));
    desk.change(Change::set_tag(before, after), 0);
    assert_eq!(held(&of_workbook(&desk, &[]), &desk), Arrival::default());
    let cut = |column: &str| (RowAt { sheet: "tags".into(), number: 2 }, Misfit::Cut(column.into()));
    let shortened = long.chars().take(32_767).collect::<String>();
    let edited = held(&of_workbook(&desk, &[("tags", "备注", &shortened, "短")]), &desk);
    assert_eq!((edited.differences, edited.misfits), (Vec::new(), vec![cut("note")]));
    let arrival = held(&of_workbook(&desk, &[]), &desk.bare());
    assert_eq!(arrival.misfits, [cut("scope"), cut("note")], "there is nothing here that has the rest");
    assert_eq!(arrival.new[0].tag.note, "");
    let (_, count) = desk.hand(&options(), &Keys, |handed| crate::exchange::xlsx::workbook(handed, Time(0))).unwrap();
    assert_eq!(count, 2);
}

#[test]
fn every_character_comes_back() {
    for words in ["一\r\n二", "一\n二", "一\r二", "\u{1}\u{B}", "\u{FFFE}一\u{FFFF}", "\u{2028}\u{85}二", "_x0041_", "一\t二"] {
        let mut desk = desk();
        let (before, mut after) = (desk.tag(1), desk.tag(1));
        after.note = words.to_owned();
        desk.change(Change::set_tag(before, after), 0);
        let csv = csv(&desk, Table::Tags, Delimiter::Comma);
        for (form, incoming) in [("xlsx", xlsx(&desk)), ("csv", csv), ("jsonl", json(&desk, write_jsonl))] {
            assert_eq!(held(&incoming, &desk), Arrival::default(), "{form} {words:?}");
            let new = held(&incoming, &desk.bare()).new;
            assert_eq!(new[0].tag.note, words, "{form}");
        }
    }
}

#[test]
fn periods_and_numbers_that_are_none_are_listed() {
    let desk = desk();
    let rows = table(&desk);
    let many = "9".repeat(300);
    let time = |column: &str, said: &str| Misfit::NotATime(column.into(), said.into());
    for (key, cell, misfit) in [
        ("period", "垃圾时期", time("period", "垃圾时期")),
        ("deadline", "很久以后", time("deadline", "很久以后")),
        ("start", "99999999999", Misfit::OutOfRange("start".into(), "99999999999".into())),
        ("end", many.as_str(), Misfit::OutOfRange("end".into(), many.clone())),
        ("end", "-1", Misfit::OutOfRange("end".into(), "-1".into())),
        ("end", "末", Misfit::NotANumber("end".into(), "末".into())),
    ] {
        let mut rows = rows.clone();
        let at = column(&rows, key);
        rows[1][at] = cell.to_owned();
        for there in [desk.clone(), desk.bare()] {
            let arrival = comes_back(&rows, &there);
            let listed = vec![(RowAt { sheet: String::new(), number: 2 }, misfit.clone())];
            assert_eq!((said(&arrival), &arrival.misfits), (vec![], &listed), "{cell}");
            assert!(arrival.new.iter().all(|new| new.tag.attributes.is_empty()), "{cell}");
        }
    }
}

#[test]
fn what_was_read_in_another_script_comes_back_unchanged() {
    let text = "云溪市政府工作报告\n一、回顾\n全市生产总值增长8%。\n";
    let mut desk = Desk::new(text).tagged("生产总值增长8%", "indicator", &["增长8%", "1874亿元"]);
    let (before, mut after) = (desk.tag(1), desk.tag(1));
    after.set_attribute(AttributeId::new("indicator_name"), Value::One("地区生产总值".into()));
    after.set_attribute(AttributeId::new("owner_lead"), Value::Many(vec!["市发改委".into(), "财政厅".into()]));
    desk.change(Change::set_tag(before, after), 2);
    let shown = Options { reading: Reading::of(ScriptView::Taiwan), ..options() };
    for table in [Table::Tags, Table::Quantities] {
        let text = desk.hand(&shown, &Keys, |handed| write_delimited(handed, table, Delimiter::Comma));
        assert!(["雲溪市政府工作報告", "增長8%", "地區生產總值"].into_iter().all(|words| text.contains(words)), "{text}");
        assert_eq!(held(&read(|known| read_delimited(&text, None, known)).unwrap(), &desk), Arrival::default());
    }
    let bytes = desk.hand(&shown, &Marked, |handed| write_xlsx(handed, Time(0))).unwrap();
    assert_eq!(held(&read(|known| read_workbook(&bytes, known)).unwrap(), &desk), Arrival::default());
}

#[test]
fn places_are_held_against_their_words() {
    let desk = desk();
    let mut rows = table(&desk);
    let (start, quote) = (column(&rows, "start"), column(&rows, "quote"));
    // One moved together with its words, the other without.
    rows[1][start] = "2".into();
    rows[1][quote] = "生产总值增长8%左右".into();
    rows[2][start] = "0".into();
    let arrival = comes_back(&rows, &desk);
    let moved: Vec<Said> = arrival.differences.iter().map(|found| found.after.clone()).collect();
    assert_eq!(moved, [Said::Place(Span::of(2, 12))]);
    assert_eq!(arrival.misfits.iter().map(|(_, misfit)| misfit.clone()).collect::<Vec<_>>(), [Misfit::Words("失业率2%".into())]);
}

#[test]
fn numbers_are_changed_in_the_table_of_quantities() {
    let desk = desk();
    let text = desk.hand(&options(), &Keys, |handed| write_delimited(handed, Table::Quantities, Delimiter::Comma));
    let changed = text.replace(",8%左右,8,", ",9%左右,8,").replace(",2%,2,,", ",2%,2.5,,");
    assert_ne!(text, changed);
    let arrival = held(&read(|known| read_delimited(&changed, None, known)).unwrap(), &desk);
    let stated: Vec<Said> = arrival.differences.into_iter().map(|found| found.after).collect();
    let mut second = Quantity::of_words("2%");
    second.stated.value = Some("2.5".parse().unwrap());
    assert_eq!(stated, [Said::Quantities(vec![Quantity::of_words("9%左右")]), Said::Quantities(vec![second])]);
}

#[test]
fn an_object_of_another_program_says_only_what_it_says() {
    let desk = desk();
    let text = "{\"kind\":\"goal\",\"start\":4,\"end\":6,\"quote\":\"总值\"}\nnonsense\n{\"id\":\"00000000-0000-0000-0000-000000000001\",\"note\":null}\n";
    let kinds = BTreeMap::from([("goal".to_owned(), KindId::new("target"))]);
    let incoming = read_json(text, &Known { book: &Codebook::standard(), labels: &[], kinds: &kinds }).unwrap();
    let arrival = held(&incoming, &desk);
    assert!(said(&arrival).is_empty());
    assert_eq!(
        arrival.new.iter().map(|new| (new.tag.kind.as_str(), new.tag.anchor.quote.as_str())).collect::<Vec<_>>(),
        [("target", "总值")]
    );
    assert_eq!(arrival.misfits.iter().map(|(row, misfit)| (row.number, misfit.key())).collect::<Vec<_>>(), [(2, "unreadable")]);
}
