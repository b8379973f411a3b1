//! UIMA CAS as XMI, with its type system: what UIMA, DKPro, INCEpTION and WebAnno read.
//!
//! OASIS UIMA 1.0 (<https://docs.oasis-open.org/uima/v1.0/uima-v1.0.html>) and the XMI serialization of Apache UIMA
//! (<https://uima.apache.org/d/uimaj-current/references.html>, chapter 8). Offsets count code units of UTF-16.
//!
//! Carries kinds, places, attributes, quantities and notes as features of `jiannuo.Tag`, links within a report as
//! `jiannuo.Link`, and of which report, by whom and how secret it is as `jiannuo.Report`. One file for each person and report.
//! Loses links into other reports, and characters that XML cannot say: each becomes U+FFFD, so that places stay.

use super::handed::Handed;
use super::imported::{Imported, Problem};
use super::placing::{Claim, Placing, Unit, beginning, of_report};
use super::standoff::{Corpus, Document, QUANTITIES, SECRECY, UNSURE, documents, in_attribute, visible};
use crate::report::Report;
use crate::source::xml::{self, Local as _};
use roxmltree::Node;
use std::collections::{BTreeMap, BTreeSet};

/// The namespace of this program's types: package `jiannuo`.
const NAMESPACE: &str = "http:///jiannuo.ecore";
/// The feature of a tag's kind.
const KIND: &str = "kind";
/// The feature of its note.
const NOTE: &str = "note";

/// Writes the tags of each person on each report, and the type system they have in common.
pub fn write_xmi(handed: Handed<'_>) -> Corpus {
    let mut corpus = Corpus::default();
    for document in documents(handed, &mut corpus) {
        corpus.push(format!("{}.xmi", document.path), cas(&document));
    }
    corpus.push("TypeSystem.xml", type_system(handed));
    corpus
}

/// An element with attributes, empty ones left out.
fn element(name: &str, attributes: &[(&str, String)]) -> String {
    let attributes = attributes.iter().filter(|(_, value)| !value.is_empty());
    let attributes: String = attributes.map(|(key, value)| format!(" {key}=\"{}\"", in_attribute(value))).collect();
    format!("  <{name}{attributes}/>\n")
}

fn cas(document: &Document<'_>) -> String {
    let text = document.text().as_str();
    let units = units(text);
    let unit = |at: u32| units.get(at as usize).copied().unwrap_or_default().to_string();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\"");
    xml.push_str(" xmlns:cas=\"http:///uima/cas.ecore\" xmlns:tcas=\"http:///uima/tcas.ecore\"");
    xml.push_str(&format!(" xmlns:jiannuo=\"{NAMESPACE}\" xmi:version=\"2.0\">\n  <cas:NULL xmi:id=\"0\"/>\n"));
    // 1 is the text, 2 the document, 3 the report; tags and links follow.
    let (first, sofa) = (4, || ("sofa", "1".to_owned()));
    let id = |number: usize| ("xmi:id", number.to_string());
    let whole = [id(2), sofa(), ("begin", "0".to_owned()), ("end", unit(document.text().len())), ("language", "zh".to_owned())];
    xml.push_str(&element("tcas:DocumentAnnotation", &whole));
    let of = [
        id(3),
        ("title", visible(document.report.title())),
        ("sha256", document.report.id().to_string()),
        ("person", visible(&document.layer.person.name)),
        ("role", document.layer.role.key().to_owned()),
        (SECRECY, document.secrecy().unwrap_or_default()),
    ];
    xml.push_str(&element("jiannuo:Report", &of));
    for (mark, number) in document.marks.iter().zip(first..) {
        let place = [("begin", unit(mark.span.start().get())), ("end", unit(mark.span.end().get()))];
        let said = mark.attributes();
        let features: Vec<(String, String)> = said.into_iter().map(|(key, said)| (feature(key), said)).collect();
        let mut attributes = vec![id(number), sofa()];
        attributes.extend(place);
        attributes.push((KIND, mark.kind().to_owned()));
        attributes.push((NOTE, mark.row.tag.note.clone()));
        for (key, said) in &features {
            // An element has each attribute once.
            if !attributes.iter().any(|(known, _)| known == key) {
                attributes.push((key.as_str(), said.clone()));
            }
        }
        xml.push_str(&element("jiannuo:Tag", &attributes));
    }
    let after = first + document.marks.len();
    for (join, number) in document.joins.iter().zip(after..) {
        let ends = [("from_tag", (first + join.from).to_string()), ("to_tag", (first + join.to).to_string())];
        let [from, to] = ends;
        xml.push_str(&element("jiannuo:Link", &[id(number), ("relation", join.relation.key().to_owned()), from, to]));
    }
    let sofa = [
        id(1),
        ("sofaNum", "1".to_owned()),
        ("sofaID", "_InitialView".to_owned()),
        ("mimeType", "text/plain".to_owned()),
        ("sofaString", text.to_owned()),
    ];
    xml.push_str(&element("cas:Sofa", &sofa));
    let members: Vec<String> = (2..after + document.joins.len()).map(|number| number.to_string()).collect();
    xml.push_str(&element("cas:View", &[("sofa", "1".to_owned()), ("members", members.join(" "))]));
    xml + "</xmi:XMI>\n"
}

/// How many code units of UTF-16 stand before each character of a text, and before its end.
fn units(text: &str) -> Vec<u32> {
    let mut units = Vec::with_capacity(text.len() / 2);
    let mut before = 0u32;
    for c in text.chars() {
        units.push(before);
        before = before.saturating_add(if c.len_utf16() == 2 { 2 } else { 1 });
    }
    units.push(before);
    units
}

/// A key as the name of a feature: what Java takes for an identifier and XML for a name, and none that UIMA or this file has.
fn feature(key: &str) -> String {
    let is_letter = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}');
    let mut name = String::new();
    for c in key.chars() {
        if is_letter(c) || c.is_ascii_digit() || c == '_' {
            name.push(c);
        } else {
            name.push_str(&format!("_u{:x}", u32::from(c)));
        }
    }
    if !name.starts_with(is_letter) {
        name.insert_str(0, "a_");
    }
    if ["sofa", "begin", "end", "id", "type", "self", KIND, NOTE].contains(&name.as_str()) {
        name.push('_');
    }
    name
}

fn type_system(handed: Handed<'_>) -> String {
    let string = |name: &str| (name.to_owned(), "uima.cas.String");
    let tag = |name: &str| (name.to_owned(), "jiannuo.Tag");
    let said: BTreeSet<String> = handed.attributes().iter().map(|id| feature(id.as_str())).collect();
    let said: BTreeSet<String> = said.into_iter().chain([QUANTITIES, UNSURE].map(feature)).collect();
    let of_tag: Vec<(String, &str)> = [KIND, NOTE].map(string).into_iter().chain(said.iter().map(|name| string(name))).collect();
    let of_report = ["title", "sha256", "person", "role", SECRECY].map(string);
    let of_link = [string("relation"), tag("from_tag"), tag("to_tag")];
    let types = [
        described("jiannuo.Tag", "uima.tcas.Annotation", &of_tag),
        described("jiannuo.Link", "uima.cas.TOP", &of_link),
        described("jiannuo.Report", "uima.cas.TOP", &of_report),
    ];
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n  \
         <name>jiannuo</name>\n  <description/>\n  <version>1</version>\n  <vendor/>\n  \
         <types>\n{}  </types>\n</typeSystemDescription>\n",
        types.concat()
    )
}

/// A type with its features, each with its range.
fn described(name: &str, above: &str, features: &[(String, &str)]) -> String {
    let features = features.iter().map(|(name, range)| {
        format!(
            "        <featureDescription>\n          <name>{name}</name>\n          <description/>\n          \
             <rangeTypeName>{range}</rangeTypeName>\n        </featureDescription>\n"
        )
    });
    format!(
        "    <typeDescription>\n      <name>{name}</name>\n      <description/>\n      <supertypeName>{above}</supertypeName>\n      \
         <features>\n{}      </features>\n    </typeDescription>\n",
        features.collect::<String>()
    )
}

/// Reads the annotations of a CAS on the text that is the report's; if it has but one text, on that. Types are labels; of
/// this program's tags the kind is one, of named entities and the like the value.
pub fn read_xmi(file: &str, report: &Report) -> Imported {
    let tree = match xml::parse(file.trim_start_matches('\u{FEFF}')) {
        Ok(tree) => tree,
        Err(error) => return Imported::unreadable(error),
    };
    let mut imported = Imported::default();
    let elements = || tree.root_element().children().filter(|node| node.is_element());
    let texts: Vec<(&str, &str)> =
        elements().filter(|node| node.is("Sofa")).filter_map(|sofa| Some((sofa.value("id")?, sofa.value("sofaString")?))).collect();
    if texts.is_empty() {
        return Imported::unreadable("no sofaString");
    }
    let of_report = of_report(&texts.iter().map(|(_, text)| *text).collect::<Vec<_>>(), report.text());
    let mut links = 0;
    for ((id, text), is_of_report) in texts.into_iter().zip(of_report) {
        let of_text = || elements().filter(move |node| node.value("sofa") == Some(id) && is_annotation(*node));
        if is_of_report {
            let mut placing = Placing::new(report.text(), Some(text), Unit::Utf16);
            links += of_text().filter(|node| is_relation(*node)).count();
            of_text().filter(|node| !is_relation(*node)).for_each(|node| take(node, &mut placing, &mut imported));
        } else {
            imported.problems.push(Problem::OtherReport { name: beginning(text), tags: of_text().count() });
        }
    }
    links += elements().filter(|node| is_own(*node, "Link")).count();
    imported.conclude(links, 1);
    imported
}

/// Whether it marks a stretch; every text has one annotation that marks the whole.
fn is_annotation(node: Node<'_, '_>) -> bool {
    node.value("begin").is_some() && node.value("end").is_some() && !node.is("DocumentAnnotation") && !node.is("DocumentMetaData")
}

/// Whether it joins two others, as relations of DKPro and INCEpTION do.
fn is_relation(node: Node<'_, '_>) -> bool {
    let has = |name: &str| node.value(name).or_else(|| node.value(&name.to_lowercase())).is_some();
    has("Governor") && has("Dependent")
}

/// Whether it is of a type of this program.
fn is_own(node: Node<'_, '_>, name: &str) -> bool {
    node.is(name) && node.tag_name().namespace() == Some(NAMESPACE)
}

fn take(node: Node<'_, '_>, placing: &mut Placing<'_>, imported: &mut Imported) {
    let number = |key: &str| node.value(key).and_then(|number| number.trim().parse::<u64>().ok());
    let placed = placing.place(Claim { offsets: number("begin").zip(number("end")), ..Claim::default() });
    // Attributes by their local names, and elements in it, which are values of a list.
    let mut features: BTreeMap<String, String> =
        node.attributes().map(|attribute| (attribute.name().to_owned(), attribute.value().to_owned())).collect();
    for child in node.children().filter(|child| child.is_element()) {
        let (list, value) = (features.entry(child.local().to_owned()).or_default(), child.text().unwrap_or(""));
        if !list.is_empty() {
            list.push('、');
        }
        list.push_str(value);
    }
    for key in ["id", "sofa", "begin", "end"] {
        features.remove(key);
    }
    // The value of a lemma is a word, not what it is called.
    let is_word = node.is("Lemma") || node.is("Stem") || node.is("Token");
    let of_others: &[&str] = if is_word { &[] } else { &["value", "label"] };
    let names = if is_own(node, "Tag") { &[KIND] } else { of_others };
    let label = names.iter().find_map(|name| features.remove(*name)).unwrap_or_else(|| node.local().to_owned());
    let note = features.remove(NOTE).unwrap_or_default();
    imported.take(&label, placed, features, note);
}

#[cfg(test)]
mod tests {
    use super::super::standoff::tests::{SOURCE, hand, sample, usual};
    use super::*;
    use crate::report::Corrections;

    /// Where a tag that was read stands, if anywhere.
    type Place = Option<(u32, u32)>;
    /// A label with where it stands.
    type Found<'a> = (&'a str, Place);

    fn read(file: &str, source: &str) -> Imported {
        read_xmi(file, &Report::new(source.to_owned(), Corrections::default()))
    }

    #[test]
    fn offsets_are_units_of_utf_16() {
        assert_eq!(units("a𠮷b"), [0, 1, 3, 4]);
        let corpus = hand(&usual(), "报告.txt", write_xmi);
        let paths: Vec<&str> = corpus.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["报告.xmi", "TypeSystem.xml"]);
        let (xmi, types) = (&corpus.files[0].text, &corpus.files[1].text);
        for line in [
            "  <jiannuo:Tag xmi:id=\"4\" sofa=\"1\" begin=\"16\" end=\"27\" kind=\"target\"/>\n",
            "  <jiannuo:Tag xmi:id=\"5\" sofa=\"1\" begin=\"19\" end=\"27\" kind=\"indicator\"/>\n",
            " modality=\"ensure、strive\" scope=\"=规模以上 &quot;甲&quot;\" strength=\"hard\" quantities=\"[{&quot;",
            " kind=\"target\" note=\"看 &lt;这里&gt; &amp; &quot;那里&quot;&#10;第二行&#9;完\" modality=",
            " unsure=\"true\"/>\n",
            "  <jiannuo:Report xmi:id=\"3\" title=\"云溪市政府工作报告\" sha256=\"",
            " person=\"王\\u{202e}明\" role=\"annotation\"/>\n",
            "  <cas:View sofa=\"1\" members=\"2 3 4 5 6 7 8 9\"/>\n",
        ] {
            assert!(xmi.contains(line), "{line}\n{xmi}");
        }
        let tree = roxmltree::Document::parse(xmi).unwrap();
        let sofa = tree.descendants().find(|node| node.has_tag_name(("http:///uima/cas.ecore", "Sofa"))).unwrap();
        assert_eq!(sofa.attribute("sofaString"), Some(SOURCE));
        assert!(roxmltree::Document::parse(types).is_ok() && types.contains("<name>owner_lead</name>"), "{types}");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let sample = usual();
        let corpus = hand(&sample, "报告.txt", write_xmi);
        let imported = read_xmi(&corpus.files[0].text, &sample.report);
        assert!(imported.problems.is_empty(), "{:?}", imported.problems);
        let found: Vec<_> = imported.tags.iter().map(|tag| (tag.label.as_str(), tag.span.unwrap())).collect();
        let expected: Vec<_> = sample.annotations.tags().map(|tag| (tag.kind.as_str(), tag.anchor.span)).collect();
        assert_eq!(found, expected);
        assert_eq!(imported.tags[2].note, "看 <这里> & \"那里\"\n第二行\t完");
        assert_eq!(imported.tags[2].attributes.len(), 5);
    }

    #[test]
    fn features_have_names_that_java_takes() {
        let cases =
            [("owner_lead", "owner_lead"), ("负责人", "负责人"), ("3a", "a_3a"), ("end", "end_"), ("", "a_"), ("a b\"", "a_u20b_u22")];
        for (key, name) in cases {
            assert_eq!(feature(key), name);
        }
    }

    #[test]
    fn what_xml_cannot_say_is_replaced_place_by_place() {
        let sample = sample("甲\u{1}乙\u{FFFF}增长8%。", &[("增长8%", "target")], |_, _| {});
        let corpus = hand(&sample, "a.txt", write_xmi);
        let imported = read_xmi(&corpus.files[0].text, &sample.report);
        assert_eq!(imported.tags[0].span.map(|span| span.start().get()), Some(4));
        assert!(imported.problems.is_empty(), "{:?}", imported.problems);
    }

    /// A CAS with these elements on these texts.
    fn cas_of(texts: &[&str], elements: &str) -> String {
        let spaces = "xmlns:xmi='http://www.omg.org/XMI' xmlns:cas='http:///uima/cas.ecore' xmlns:t='http:///t.ecore'";
        let mut xml = format!("<xmi:XMI {spaces}>");
        for (text, number) in texts.iter().zip(1..) {
            xml.push_str(&format!("<cas:Sofa xmi:id='{number}' sofaID='v{number}' sofaString='{text}'/>"));
        }
        xml + elements + "</xmi:XMI>"
    }

    #[test]
    fn files_of_others_are_read_as_far_as_they_go() {
        let source = "𠮷乙丙";
        let cases: [(String, &[Found<'_>], &[&str]); 9] = [
            (cas_of(&[source], "<t:Token xmi:id='3' sofa='1' begin='2' end='3'/>"), &[("Token", Some((1, 2)))], &[]),
            (cas_of(&[source], "<t:Entity xmi:id='3' sofa='1' begin='0' end='2' value='LOC'/>"), &[("LOC", Some((0, 1)))], &[]),
            (cas_of(&[source], "<t:Token xmi:id='3' sofa='1' begin='1' end='2'/>"), &[("Token", None)], &["lost"]),
            (cas_of(&[source], "<t:Token xmi:id='3' sofa='1' begin='a' end=''/>"), &[("Token", None)], &["lost"]),
            (cas_of(&["乙"], "<t:Token xmi:id='3' sofa='1' begin='0' end='1'/>"), &[("Token", Some((1, 2)))], &["moved"]),
            (
                cas_of(&[source, "丁"], "<t:Token sofa='2' begin='0' end='1'/><t:Token sofa='1' begin='0' end='2'/>"),
                &[("Token", Some((0, 1)))],
                &["other_report"],
            ),
            (cas_of(&[source], "<t:Dep sofa='1' begin='0' end='2' Governor='1' Dependent='2'/>"), &[], &["links"]),
            (cas_of(&[], ""), &[], &["unreadable"]),
            (format!("<!DOCTYPE a [<!ENTITY x 'y'>]>{}", cas_of(&[source], "")), &[], &["unreadable"]),
        ];
        for (file, tags, problems) in cases {
            let imported = read(&file, source);
            let place = |span: crate::text::Span| (span.start().get(), span.end().get());
            let found: Vec<(&str, Option<(u32, u32)>)> =
                imported.tags.iter().map(|tag| (tag.label.as_str(), tag.span.map(place))).collect();
            assert_eq!(found, tags, "{file}");
            assert_eq!(imported.problems.iter().map(Problem::key).collect::<Vec<_>>(), problems, "{file}");
        }
        let listed = read(&cas_of(&[source], "<t:T sofa='1' begin='0' end='2' a='x'><b>甲</b><b>乙</b></t:T>"), source);
        let said: Vec<(&str, &str)> = listed.tags[0].attributes.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(said, [("a", "x"), ("b", "甲、乙")]);
    }

    #[test]
    fn what_nests_for_ever_or_is_no_xml_is_refused() {
        let deep = "<a>".repeat(100_000);
        for broken in ["", "{}", "<a>", deep.as_str()] {
            assert_eq!(read(broken, "甲").problems.iter().map(Problem::key).collect::<Vec<_>>(), ["unreadable"]);
        }
    }

    #[test]
    fn a_secret_report_says_so() {
        let sample = sample("机密★1年\n云溪市工作报告\n增长8%。\n", &[("增长8%", "target")], |_, _| {});
        let corpus = hand(&sample, "a.txt", write_xmi);
        assert!(corpus.files[0].text.contains(" secrecy=\"密级：机密\""), "{}", corpus.files[0].text);
    }
}
