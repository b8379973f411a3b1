#!/usr/bin/env python3
"""Make the subset fonts that Jiannuo embeds, and OFL.txt beside them.

Run:    python3 fonts/make_fonts.py            (about 10 minutes)
        python3 fonts/make_fonts.py --check    (only verify the files that are there)

Needs:  Debian packages  fonts-noto-cjk  (the fonts and their licence)
                         unicode-data    (Unihan: 通用规范汉字表 is its property kTGH)
        the dictionaries in assets/opencc, which must exist first
        PyPI package     fonttools       (made with 4.68.0)

Output, in the folder of this script: NotoSansCJK-Regular.ttc, NotoSansCJK-Bold.ttc,
NotoSerifCJK-Regular.ttc and OFL.txt. Each collection has two faces: 0 = SC, 1 = TC.
The same input packages and the same fonttools give the same bytes at each run.

How it works. All faces of a Noto CJK collection share one outline table (CFF); a face is
little more than its own character map. So both faces are cut down to the *same* list of
glyphs, which makes their CFF and hmtx tables identical byte for byte, and fontTools then
stores those once. A character whose two regional shapes differ costs one glyph more, not a
second font.

One thing is changed on the way. Noto keeps the Chinese form of 17 glyphs, among them — ⸺ ⸻, behind
the OpenType feature locl, which works only when the program names the text's language. egui names
none, so — would come out in its Latin form: 0.89 em wide and too low between Han. The face's own
substitutions for its own language are therefore applied to its character map for good.
"""

import bz2
import hashlib
import re
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

HERE = Path(__file__).resolve().parent
SOURCE = Path("/usr/share/fonts/opentype/noto")
LICENCE = Path("/usr/share/doc/fonts-noto-cjk/copyright")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")

OPENCC = HERE.parent / "assets" / "opencc"

FILES = ["NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", "NotoSerifCJK-Regular.ttc"]

# Face numbers in Debian's collections (0 JP, 1 KR, 2 SC, 3 TC, 4 HK) and the OpenType language
# of each. In ours SC is 0 and TC is 1.
FACES = {2: "ZHS ", 3: "ZHT "}

# Whole blocks. Noto has no glyph for many of these characters; those are passed over.
# Hangul is left out (11,172 syllables). Han of the main block and of Ext A is here as far as one
# of the character sets further down asks for it: all of the former, a seventh of the latter.
RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A
    (0x0180, 0x024F),  # Latin Extended-B: pinyin ǎ ǐ ǒ ǔ ǖ ǘ ǚ ǜ ǹ
    (0x0250, 0x02AF),  # IPA: ɑ and ɡ of older pinyin
    (0x02B0, 0x02FF),  # modifier letters: ˇ ˉ ˊ ˋ ˙, bopomofo tones
    (0x0300, 0x036F),  # combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x04FF),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional: ḿ ế ề
    (0x2000, 0x206F),  # General Punctuation
    (0x2070, 0x209F),  # superscripts, subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x214F),  # letterlike: ℃ № ℡
    (0x2150, 0x218F),  # number forms: Ⅳ ⅓
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2300, 0x23FF),  # technical
    (0x2400, 0x243F),  # control pictures
    (0x2460, 0x24FF),  # enclosed: ① ⑴ ⒈
    (0x2500, 0x257F),  # box drawing
    (0x2580, 0x259F),  # blocks
    (0x25A0, 0x25FF),  # geometric shapes: □ ■ ● ○
    (0x2600, 0x26FF),  # symbols: ★ ☆
    (0x2700, 0x27BF),  # dingbats: ✓ ❶
    (0x2900, 0x297F),  # more arrows
    (0x2B00, 0x2BFF),  # still more
    (0x2E00, 0x2E7F),  # punctuation: ⸺ is what ccmp makes of ——
    (0x2E80, 0x2EFF),  # radicals
    (0x2F00, 0x2FDF),  # Kangxi radicals: common in text taken out of PDF files
    (0x2FF0, 0x2FFF),  # ideographic description
    (0x3000, 0x303F),  # CJK symbols and punctuation
    (0x3040, 0x30FF),  # kana
    (0x3100, 0x312F),  # bopomofo
    (0x3190, 0x319F),  # kanbun
    (0x31A0, 0x31BF),  # bopomofo extended
    (0x31C0, 0x31EF),  # strokes
    (0x31F0, 0x31FF),  # small kana
    (0x3200, 0x32FF),  # enclosed CJK: ㈠ ㊣
    (0x3300, 0x33FF),  # CJK compatibility: ㎡ ㎏ ㏑
    (0x9FA6, 0x9FFF),  # late additions to the main block; GB 18030 uses U+9FB4..9FBB
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFE10, 0xFE1F),  # vertical forms
    (0xFE30, 0xFE4F),  # compatibility forms
    (0xFE50, 0xFE6F),  # small forms
    (0xFF00, 0xFFEF),  # half width and full width
    (0xFFFC, 0xFFFD),  # object and character replacement
    (0x1F100, 0x1F1FF),  # enclosed letters and digits
    (0x1F200, 0x1F2FF),  # enclosed ideographs
    (0x20000, 0x323AF),  # Ext B to H and the compatibility supplement: Noto has some 2,400 of them
]

# Six characters that GB 18030's two-byte area holds and that Python's codec still maps as in
# the edition of 2000, to private-use code points (the other 18 are in the ranges above).
GB18030_2005 = [0x20087, 0x20089, 0x200CC, 0x215D7, 0x2298F, 0x241FE]


def code_points_of(codec):
    """Every character that a Python codec can encode (surrogates excluded)."""
    found = set()
    for cp in range(0x30000):
        if 0xD800 <= cp < 0xE000:
            continue
        try:
            chr(cp).encode(codec)
        except UnicodeEncodeError:
            continue
        found.add(cp)
    return found


def gb18030_two_byte():
    """The two-byte area of GB 18030, decoded pair by pair."""
    found = set(GB18030_2005)
    for lead in range(0x81, 0xFF):
        for trail in list(range(0x40, 0x7F)) + list(range(0x80, 0xFF)):
            try:
                text = bytes([lead, trail]).decode("gb18030")
            except UnicodeDecodeError:
                continue
            found.update(map(ord, text))
    return found


def table_of_general_standard_characters():
    """通用规范汉字表, 8,105 characters: Unihan's property kTGH."""
    found = set()
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        for line in lines:
            match = re.match(r"U\+([0-9A-F]+)\tkTGH\t", line)
            if match:
                found.add(int(match[1], 16))
    return found


def opencc_output():
    """Everything that our OpenCC dictionaries can write, so that no view shows a box for it."""
    found = set()
    for path in sorted(OPENCC.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            found.update(map(ord, line.split("\t")[1]))
    assert found, "make assets/opencc first"
    return found


def wanted_sets():
    """The named character sets whose coverage is reported and checked."""
    blocks = {cp for low, high in RANGES for cp in range(low, high + 1)}
    sets = {
        "GBK": code_points_of("gbk"),
        "GB 18030 two-byte": gb18030_two_byte(),
        "Big5-HKSCS": code_points_of("big5hkscs"),
        "TGH 通用规范汉字表": table_of_general_standard_characters(),
        "OpenCC": opencc_output(),
        "blocks": blocks,
    }
    for name, members in sets.items():
        # Control characters have no glyph, private use has no meaning, U+3000 and such stay.
        sets[name] = {c for c in members if c >= 0x20 and not 0x7F <= c < 0xA0 and not 0xE000 <= c <= 0xF8FF}
    return sets


def drop_variation_sequences(font):
    """Remove cmap format 14: its thousands of variant glyphs would all be pulled in."""
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format != 14]


def substitutions(font, feature, script, language):
    """The lookups' subtables of a GSUB feature for one script and language (None: any language)."""
    gsub = font["GSUB"].table
    for record in gsub.ScriptList.ScriptRecord:
        if record.ScriptTag != script:
            continue
        systems = {system.LangSysTag: system.LangSys for system in record.Script.LangSysRecord}
        systems[None] = record.Script.DefaultLangSys
        for index in systems[language].FeatureIndex:
            found = gsub.FeatureList.FeatureRecord[index]
            if found.FeatureTag == feature:
                for lookup in found.Feature.LookupListIndex:
                    for table in gsub.LookupList.Lookup[lookup].SubTable:
                        yield getattr(table, "ExtSubTable", table)


def chinese_forms(font, language):
    """{general glyph: Chinese glyph} of the feature locl for this language."""
    forms = {}
    for table in substitutions(font, "locl", "hani", language):
        assert table.LookupType == 1, "locl is expected to replace one glyph by one glyph"
        forms.update(table.mapping)
    assert forms and not forms.keys() & set(forms.values())
    return forms


def apply_chinese_forms(font, language):
    """Make locl's substitutions part of the character map, and of the ligatures of ccmp.

    In Noto ccmp comes before locl and joins —— into one dash of two em, which locl then replaces by
    its Chinese form. Here — is Chinese from the start, so the ligature has to be made of that.
    """
    forms = chinese_forms(font, language)
    for table in font["cmap"].tables:
        table.cmap = {cp: forms.get(glyph, glyph) for cp, glyph in table.cmap.items()}
    for table in substitutions(font, "ccmp", "hani", None):
        if table.LookupType != 4:
            continue
        for ligatures in table.ligatures.values():
            for ligature in ligatures:
                ligature.Component = [forms.get(glyph, glyph) for glyph in ligature.Component]
                ligature.LigGlyph = forms.get(ligature.LigGlyph, ligature.LigGlyph)
        table.ligatures = {forms.get(first, first): ligatures for first, ligatures in table.ligatures.items()}


def options():
    o = subset.Options()
    o.hinting = False
    # A reader of horizontal Chinese needs no vertical tables, and no locl: the face chooses the
    # regional shape. No kern and no liga either: without them the width of a run is the sum of
    # the widths of its characters (—— included). BASE only matters to other layout engines.
    o.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    o.layout_features = ["ccmp", "mark"]
    # Glyph names are CIDs here; keep .notdef's outline so that a missing glyph shows a box.
    o.notdef_outline = True
    o.name_IDs = ["*"]
    o.name_languages = ["*"]
    o.recalc_timestamp = False
    return o


def open_face(name, face):
    """One face of a source collection, made ready for cutting."""
    font = TTCollection(str(SOURCE / name), lazy=True).fonts[face]
    font.recalcTimestamp = False
    drop_variation_sequences(font)
    apply_chinese_forms(font, FACES[face])
    return font


def glyph_closure(font, code_points):
    """Glyph names for the code points in this face, with what ccmp can turn them into."""
    font.getGlyphOrder()  # is read from the outlines, so it must come before they are dropped
    o = options()
    o.drop_tables += ["CFF "]  # only the list is wanted, and the outlines take minutes
    cutter = subset.Subsetter(o)
    cutter.populate(unicodes=code_points)
    cutter.subset(font)
    return set(font.getGlyphOrder())


def make(name, code_points):
    """One collection: cut each face to the union of the glyphs of both, and join them."""
    glyphs = set()
    for face in FACES:
        glyphs |= glyph_closure(open_face(name, face), code_points)

    out = TTCollection()
    for face in FACES:
        font = open_face(name, face)
        o = options()
        if out.fonts:
            font.getGlyphOrder()
            o.drop_tables += ["CFF "]  # see below
        cutter = subset.Subsetter(o)
        # Asking for glyphs by name keeps every character of the face that uses one of them, so
        # some characters beyond the list come for nothing.
        cutter.populate(glyphs=glyphs, unicodes=code_points)
        cutter.subset(font)
        extra = set(font.getGlyphOrder()) - glyphs
        assert not extra, f"face {face} brings {len(extra)} glyphs that the other does not have"
        if out.fonts:
            # Cutting the outlines again would give the same bytes, several minutes later.
            assert font.getGlyphOrder() == out.fonts[0].getGlyphOrder()
            font["CFF "] = out.fonts[0]["CFF "]
        out.fonts.append(font)
    out.save(str(HERE / name), shareTables=True)


def licence():
    """OFL.txt: the copyright lines of the fonts themselves, then the text from Debian's file."""
    notices = []
    for name in FILES:
        font = TTCollection(str(SOURCE / name), lazy=True).fonts[min(FACES)]
        family = name.split("-")[0]
        for line in (
            f"{family}: {font['name'].getDebugName(0)} {font['name'].getDebugName(5).split(';')[0]}",
            f"{family}: {font['name'].getDebugName(7)}",
        ):
            if line not in notices:
                notices.append(line)
    text = LICENCE.read_text(encoding="utf-8")
    body = text.split("License: SIL-1.1\n -----", 1)[1].split("\n\nLicense:", 1)[0]
    body = " -----" + body
    # Debian indents the text by one space and writes an empty line as a lone full stop.
    lines = ["" if line == " ." else line[1:] for line in body.split("\n")]
    head = [
        "The fonts in this folder are subsets of Noto Sans CJK and Noto Serif CJK, made by",
        "make_fonts.py from Debian's package fonts-noto-cjk. Their copyright notices:",
        "",
        *notices,
        "Copyright 2010-2012 Google Corporation (as Debian's copyright file states it)",
        "",
        "They are licensed under the SIL Open Font License, Version 1.1, with no Reserved Font",
        "Name for Noto:",
        "",
    ]
    (HERE / "OFL.txt").write_text("\n".join(head + lines).rstrip() + "\n", encoding="utf-8")


def check(sets):
    """Read the results back and fail loudly if anything promised above is not so."""
    total = 0
    for name in FILES:
        path = HERE / name
        size = path.stat().st_size
        total += size
        print(f"{name}: {size:,} bytes, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}")
        faces = TTCollection(str(path)).fonts
        assert len(faces) == 2
        cmaps = [face.getBestCmap() for face in faces]
        old_cmaps = []
        for face, language in FACES.items():
            font = TTCollection(str(SOURCE / name), lazy=True).fonts[face]
            forms = chinese_forms(font, language)
            old_cmaps.append({c: forms.get(glyph, glyph) for c, glyph in font.getBestCmap().items()})

        for face, cmap, region, old in zip(faces, cmaps, ["SC", "TC"], old_cmaps):
            family = face["name"].getDebugName(1)
            assert family.endswith(region), family
            tables = {t for t in face.keys() if t != "GlyphOrder"}
            assert not tables & {"vmtx", "vhea", "VORG", "BASE"}, tables
            tags = set()
            for tag in ("GSUB", "GPOS"):
                if tag in face:
                    tags |= {r.FeatureTag for r in face[tag].table.FeatureList.FeatureRecord}
            assert tags <= {"ccmp", "mark"}, tags
            # The same character must still lead to the same glyph (glyphs keep their CIDs).
            assert all(cmap[c] == old[c] for c in cmap)
            widths = face["hmtx"].metrics
            for c in "“”‘’，。、：；（）《》—…％□中":
                assert widths[cmap[ord(c)]][0] == 1000, (region, c)
            dashes = [
                ligature.LigGlyph
                for table in substitutions(face, "ccmp", "hani", None)
                for ligature in table.ligatures.get(cmap[ord("—")], [])
                if ligature.Component == [cmap[ord("—")]]
            ]
            assert [widths[glyph][0] for glyph in dashes] == [2000], "—— must be one dash of two em"
            print(f"  {region}: {family}, {len(cmap):,} characters, {face['maxp'].numGlyphs:,} glyphs,",
                  f"features {' '.join(sorted(tags))}, tables {' '.join(sorted(tables))}")
            for label, members in sets.items():
                missing = sorted(members - cmap.keys())
                assert all(c not in old for c in missing), "lost a character that Noto has"
                print(f"    {label}: {len(members) - len(missing):,} of {len(members):,}",
                      "" if label in ("blocks", "OpenCC") or not missing else "missing " + " ".join(f"U+{c:04X}" for c in missing))

        different = sum(cmaps[0][c] != cmaps[1].get(c) for c in cmaps[0])
        print(f"  {different:,} characters differ between SC and TC")
        for c in "骨角返":
            assert cmaps[0][ord(c)] != cmaps[1][ord(c)], c
        offsets = [{t: face.reader.tables[t].offset for t in face.reader.keys()} for face in faces]
        for table in ("CFF ", "hmtx"):
            assert offsets[0][table] == offsets[1][table], f"{table} is not shared"
    print(f"all fonts: {total:,} bytes")
    assert total <= 45_000_000


def main():
    sets = wanted_sets()
    assert len(sets["TGH 通用规范汉字表"]) == 8105
    if "--check" not in sys.argv[1:]:
        everything = set().union(*sets.values())
        for name in FILES:
            make(name, everything)
        licence()
    check(sets)


if __name__ == "__main__":
    main()
