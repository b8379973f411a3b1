use super::super::sample::{Desk, desks};
use super::super::{Known, read_delimited, read_workbook};
use super::*;
use crate::annotation::{AttributeId, Change, Codebook, Time, Value};
use crate::exchange::{Delimiter, Keys, Labels, Options, Table, read_json, write_delimited, write_json, write_jsonl, write_xlsx};
use proptest::prelude::*;

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
    read(|known| read_json(&text, known))
}

fn csv(desk: &Desk, table: Table, delimiter: Delimiter) -> Vec<Incoming> {
    let text = desk.hand(&options(), &Keys, |handed| write_delimited(handed, table, delimiter));
    read(|known| read_delimited(&text, known)).unwrap()
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
    held(&read(|known| read_delimited(&text, known)).unwrap(), there)
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
    assert_eq!(said(&arrival), [(2, "全市".to_owned(), String::new())]);
    assert_eq!(arrival.misfits, [(RowAt { sheet: String::new(), number: 2 }, Misfit::Changed)]);
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
    let arrival = held(&read(|known| read_delimited(&changed, known)).unwrap(), &desk);
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
    let incoming = read_json(text, &Known { book: &Codebook::standard(), labels: &[], kinds: &kinds });
    let arrival = held(&incoming, &desk);
    assert!(said(&arrival).is_empty());
    assert_eq!(
        arrival.new.iter().map(|new| (new.tag.kind.as_str(), new.tag.anchor.quote.as_str())).collect::<Vec<_>>(),
        [("target", "总值")]
    );
    assert_eq!(arrival.misfits.iter().map(|(row, misfit)| (row.number, misfit.key())).collect::<Vec<_>>(), [(2, "unreadable")]);
}
