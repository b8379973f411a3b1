#!/usr/bin/env python3
"""What independent readers make of the golden files in tests/fixtures/exchange: places to the character, cells to their types.

Run by hand, with the Python (3.11) of an environment that has

    pybrat==0.1.7 dkpro-cassis==0.12.0 label-studio-sdk==2.1.2 PyLD==3.3.0 seqeval==1.2.2
    openpyxl==3.1.5 pandas==3.1.1 python-docx==1.2.0

    python3 tests/oracles/exchange.py tests/fixtures/exchange --context anno.jsonld

`anno.jsonld` is the context of the Web Annotation Vocabulary (http://www.w3.org/ns/anno.jsonld); without it, it is fetched.

Every reader says which tags there are as (start, end, kind), counted in Unicode scalar values, and on which words. What one
says has to be in the text, and all have to say the same. How the packages are used, where there is a choice:

- pybrat raises where two entities have the same stretches, which brat does not; with error="ignore" it keeps both, and also
  passes over lines it cannot read: their number is counted here.
- dkpro-cassis turns the offsets of a CAS, which count UTF-16 units, into those of Python itself.
- Label Studio's `validate_annotation` does not look at offsets: they are held against `value.text` here.
- seqeval is given each column by itself, sentence by sentence. A tag over a line end is one in each line: that is what the
  other readers' tags are cut into before they are compared.
- Tables, JSON and documents hold the same report or others; where the report's text lies beside them under the name they
  give, quotes are held against it, else against their own length.
"""

import json
import re
import sys
import warnings
from argparse import ArgumentParser
from pathlib import Path

FAILED = []


def check(holds, said):
    """Notes what does not hold."""
    if not holds:
        FAILED.append(said)
        print(f"  NO: {said}")


def on_words(who, text, tags):
    """Whether tags (start, end, kind, words) stand on their words; gives them back without words, in order."""
    for start, end, kind, words in tags:
        check(text[start:end] == words, f"{who}: {kind} at {start}..{end} is {text[start:end]!r}, not {words!r}")
    print(f"  {who}: {len(tags)} tags")
    return sorted((start, end, kind) for start, end, kind, _ in tags)


# ---------------------------------------------------------------- corpus tools


def brat(folder, text):
    from pybrat.parser import BratParser

    [example] = BratParser(error="ignore").parse(folder)
    lines = next(Path(folder).glob("*.ann")).read_text(encoding="utf-8").split("\n")
    check(len(example.entities) == sum(line.startswith("T") for line in lines), "pybrat passes over an entity")
    check(len(example.relations) == sum(line.startswith("R") for line in lines), "pybrat passes over a relation")
    check(example.text == text, "the text beside the annotations is another one")
    for entity in example.entities:
        parts = [text[span.start : span.end] for span in entity.spans]
        check(" ".join(parts) == entity.mention, f"pybrat: {entity.id} is {parts}, not {entity.mention!r}")
        check(not any("\n" in part for part in parts), f"pybrat: {entity.id} has a line end")
    tags = [(entity.spans[0].start, entity.spans[-1].end, entity.type) for entity in example.entities]
    return on_words("pybrat", text, [(start, end, kind, text[start:end]) for start, end, kind in tags])


def xmi(folder, text):
    import cassis

    types = cassis.load_typesystem(Path(folder) / "TypeSystem.xml")
    tags = []
    for path in Path(folder).glob("*.xmi"):
        cas = cassis.load_cas_from_xmi(path, typesystem=types)
        check(cas.sofa_string == text, "dkpro-cassis: the text is another one")
        found = list(cas.select("jiannuo.Tag"))
        tags += [(tag.begin, tag.end, tag.kind, tag.get_covered_text()) for tag in found]
        links = [fs for fs in cas.select_all() if fs.type.name == "jiannuo.Link"] if hasattr(cas, "select_all") else []
        for link in links:
            check(link.from_tag in found and link.to_tag in found, "dkpro-cassis: a link leads nowhere")
    return on_words("dkpro-cassis", text, tags)


def label_studio(folder, text):
    from label_studio_sdk.label_interface import LabelInterface

    interface = LabelInterface((Path(folder) / "label-studio.xml").read_text(encoding="utf-8"))
    tags = []
    for task in json.loads((Path(folder) / "label-studio.json").read_text(encoding="utf-8")):
        check(task["data"]["text"] == text, "Label Studio: the text is another one")
        for annotation in task["annotations"]:
            check(interface.validate_annotation(annotation), "label-studio-sdk refuses an annotation")
            errors = interface._validate_object(annotation, return_errors=True)
            check(not errors, f"label-studio-sdk: {errors}")
            labelled = [region["value"] for region in annotation["result"] if region["type"] == "labels"]
            tags += [(value["start"], value["end"], value["labels"][0], value["text"]) for value in labelled]
    return on_words("label-studio-sdk", text, tags)


def web_annotation(folder, text, context):
    from pyld import jsonld

    fetch = jsonld.requests_document_loader() if context is None else None

    def load(url, options):
        if fetch:
            return fetch(url, options)
        document = json.loads(Path(context).read_text(encoding="utf-8"))
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}

    oa = "http://www.w3.org/ns/oa#"
    one = lambda node, key: node[key][0]
    value = lambda node, key: one(node, oa + key).get("@value")
    tags = []
    for path in Path(folder).glob("*.jsonld"):
        [collection] = jsonld.expand(json.loads(path.read_text(encoding="utf-8")), {"documentLoader": load})
        activity = "http://www.w3.org/ns/activitystreams#"
        page = one(collection, activity + "first")
        items = one(page, activity + "items")["@list"]
        check(one(collection, activity + "totalItems")["@value"] == len(items), "PyLD: the total is not that of the items")
        for item in items:
            check(item["@type"] == [oa + "Annotation"], "PyLD: an item is no annotation")
            if one(item, oa + "motivatedBy")["@id"] == oa + "linking":
                check("@id" in one(item, oa + "hasTarget"), "PyLD: a link has no target")
                continue
            bodies = item[oa + "hasBody"]
            kinds = [one(b, "http://www.w3.org/1999/02/22-rdf-syntax-ns#value")["@value"] for b in bodies if one(b, oa + "hasPurpose")["@id"] == oa + "classifying"]
            selectors = {one(s, "@type"): s for s in one(item, oa + "hasTarget")[oa + "hasSelector"]}
            position, quote = selectors[oa + "TextPositionSelector"], selectors[oa + "TextQuoteSelector"]
            start, end = value(position, "start"), value(position, "end")
            around = (value(quote, "prefix"), value(quote, "suffix"))
            check(around == (text[max(0, start - 32) : start], text[end : end + 32]), f"PyLD: {start}..{end} stands elsewhere")
            tags.append((start, end, kinds[0], value(quote, "exact")))
        graph = jsonld.to_rdf(collection, {"documentLoader": load})
        check(len(graph["@default"]) > 10 * len(items), "PyLD: hardly any triples")
    return on_words("PyLD", text, tags)


def doccano(folder, text):
    tags = []
    for path in Path(folder).glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if not line:
                continue
            document = json.loads(line)
            check(document["text"] == text, "doccano: the text is another one")
            entities = [(e["start_offset"], e["end_offset"], e["label"]) for e in document["entities"]]
            check(entities == [tuple(triple) for triple in document["label"]], "doccano: label and entities differ")
            ids = {e["id"] for e in document["entities"]}
            check(all({r["from_id"], r["to_id"]} <= ids for r in document["relations"]), "doccano: a relation leads nowhere")
            tags += [(start, end, kind, text[start:end]) for start, end, kind in entities]
    return on_words("doccano", text, tags)


def conll(folder, text, tags):
    from seqeval.metrics.sequence_labeling import get_entities
    from seqeval.scheme import IOB2, Entities

    for path in Path(folder).glob("*.conll"):
        sentences, sentence, names = [], [], []
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.startswith("# global.columns"):
                names = line.split("=")[1].split()[2:]
            elif line and not line.startswith("#"):
                sentence.append(line.split())
            elif sentence:
                sentences.append(sentence)
                sentence = []
        found = []
        for sentence in sentences:
            for row in sentence:
                check(len(row) == 2 + len(names), f"seqeval: {row} has other columns")
                at = text[int(row[1])]
                check(row[0] == at or at in " \t#" or at.isspace(), f"seqeval: {row} is not {at!r}")
            places = [int(row[1]) for row in sentence]
            check(places == list(range(places[0], places[0] + len(places))), f"seqeval: a sentence has gaps at {places[0]}")
            for number in range(len(names)):
                labels = [row[2 + number] for row in sentence]
                loose = [(first, last + 1, kind) for kind, first, last in get_entities(labels)]
                strict = [(e.start, e.end, e.tag) for e in Entities([labels], IOB2).entities[0]]
                check(loose == strict, f"seqeval: {labels} is not strictly IOB2")
                found += [(places[first], places[0] + last, kind) for first, last, kind in strict]
        lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
        parts = [(max(start, a), min(end, b), kind) for start, end, kind in tags for a, b in lines if max(start, a) < min(end, b)]
        check(sorted(found) == sorted(parts), f"seqeval: {sorted(found)} are not {sorted(parts)}")
        print(f"  seqeval: {len(found)} stretches")


# ---------------------------------------------------------------- tables and documents

FORMULA = re.compile(r"^[=+\-@\t\r＝＋－＠]")
NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?%?$")


def beside(path, name):
    """The text of a report under the name a table gives it, if it lies near."""
    for folder in [path.parent, *path.parents[1:3]]:
        for found in folder.rglob(str(name)):
            if found.suffix == ".txt":
                return found.read_text(encoding="utf-8")
    return None


def row_holds(who, path, row):
    """Whether a row with start, end and quote is right."""
    if not {"start", "end", "quote"} <= set(row) or row["start"] in (None, ""):
        return
    start, end, quote = int(row["start"]), int(row["end"]), str(row["quote"])
    text = beside(path, row.get("file") or row.get("report_name") or "?")
    # A quotation mark in front keeps spreadsheets from calculating.
    plain = quote[1:] if quote.startswith("'") and FORMULA.match(quote[1:]) else quote
    if text is None:
        check(len(plain) == end - start, f"{who}: {start}..{end} is not as long as {plain!r}")
    else:
        check(text[start:end] == plain, f"{who}: {start}..{end} is {text[start:end]!r}, not {plain!r}")


def tables(folder):
    import pandas

    for path in sorted(p for p in Path(folder).rglob("*") if p.suffix in (".csv", ".tsv")):
        separator = "," if path.suffix == ".csv" else "\t"
        table = pandas.read_csv(path, sep=separator, encoding="utf-8-sig", dtype=str, keep_default_na=False)
        typed = pandas.read_csv(path, sep=separator, encoding="utf-8-sig")
        for row in table.to_dict("records"):
            row_holds(f"pandas {path.name}", path, row)
            for key, cell in row.items():
                check(not FORMULA.match(cell) or NUMBER.match(cell), f"pandas {path.name}: {key} is a formula: {cell!r}")
        for key in ("start", "end", "value", "standard_value"):
            if key in typed and typed[key].notna().any():
                check(pandas.api.types.is_numeric_dtype(typed[key]), f"pandas {path.name}: {key} is no number")
        print(f"  pandas: {path.name}: {table.shape[0]} rows of {table.shape[1]}")


def workbooks(folder):
    import openpyxl

    for path in sorted(Path(folder).rglob("*.xlsx")):
        for sheet in openpyxl.load_workbook(path):
            heads = [cell.value for cell in sheet[1]]
            kinds = {}
            for cells in sheet.iter_rows(min_row=2):
                for head, cell in zip(heads, cells):
                    check(cell.data_type != "f", f"openpyxl {path.name}: {cell.coordinate} is a formula")
                    if cell.value is not None:
                        kinds.setdefault(head, set()).add(cell.data_type)
                row_holds(f"openpyxl {path.name}", path, {head: cell.value for head, cell in zip(heads, cells)})
            check(sheet.freeze_panes is not None, f"openpyxl {path.name}: {sheet.title} has no frozen head")
            check(sheet.page_setup.orientation == "landscape", f"openpyxl {path.name}: {sheet.title} is not across")
            hidden = [heads[at] for at in range(len(heads)) if sheet.column_dimensions[openpyxl.utils.get_column_letter(at + 1)].hidden]
            types = {head: "".join(sorted(found)) for head, found in kinds.items()}
            print(f"  openpyxl: {path.name} {sheet.title}: {sheet.max_row - 1} rows; hidden {hidden}; types {types}")


def json_files(folder):
    for path in sorted(p for p in Path(folder).rglob("*") if p.suffix in (".json", ".jsonl")):
        if "label_studio" in path.parts or "doccano" in path.parts or path.name.endswith("schema.json"):
            continue
        text = path.read_text(encoding="utf-8-sig")
        rows = [json.loads(line) for line in text.split("\n") if line.strip()] if path.suffix == ".jsonl" else json.loads(text)
        rows = rows.get("tags", []) if isinstance(rows, dict) else rows
        for row in rows:
            row_holds(f"json {path.name}", path, row)
        print(f"  json: {path.name}: {len(rows)} tags")


def documents(folder):
    import docx

    for path in sorted(Path(folder).rglob("*.docx")):
        document = docx.Document(str(path))
        words = sum(len(paragraph.text) for paragraph in document.paragraphs)
        comments = list(document.comments)
        check(words > 0, f"python-docx {path.name}: no text")
        check(all(comment.text.strip() for comment in comments), f"python-docx {path.name}: an empty comment")
        rows = [len(table.rows) for table in document.tables]
        print(f"  python-docx: {path.name}: {words} characters, {len(comments)} comments, tables of {rows} rows")


def main():
    warnings.simplefilter("ignore")
    arguments = ArgumentParser(description="What independent readers make of the golden files.")
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--context", type=Path)
    asked = arguments.parse_args()
    text = (asked.folder / "yunxi.txt").read_text(encoding="utf-8")
    print(f"{asked.folder}: {len(text)} characters, {sum(ord(c) > 0xFFFF for c in text)} of them beyond the first plane")
    found = {
        "brat": brat(asked.folder / "brat", text),
        "xmi": xmi(asked.folder / "xmi", text),
        "label_studio": label_studio(asked.folder / "label_studio", text),
        "web_annotation": web_annotation(asked.folder / "web_annotation", text, asked.context),
        "doccano": doccano(asked.folder / "doccano", text),
    }
    for name, tags in found.items():
        check(tags == found["xmi"], f"{name} and xmi say different things: {tags}, {found['xmi']}")
    conll(asked.folder / "conll", text, found["xmi"])
    tables(asked.folder)
    workbooks(asked.folder)
    json_files(asked.folder)
    documents(asked.folder)
    print(f"{len(FAILED)} things do not hold" if FAILED else "all accepted")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
