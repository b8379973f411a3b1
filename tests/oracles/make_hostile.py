#!/usr/bin/env python3
"""Files that attack the readers: make_hostile.py FOLDER [--only PART] [--kept FOLDER].

Writes (a) mutations of the good originals below tests/fixtures/originals and (b) crafted files. Only the standard
library; the same bytes on every run. Large files are written straight to disk and compress where the format does.
With --kept, copies what is small enough to be a fixture (KEPT_FILE bytes each) into a second folder.
"""

import base64
import io
import random
import re
import struct
import sys
import zipfile
import zlib
from pathlib import Path

ORIGINALS = Path(__file__).resolve().parent.parent / "fixtures" / "originals"
KEPT_FILE = 20_000
MB = 1024 * 1024
TEXT = "全市生产总值增长8%，就业形势总体稳定。"


# ---------------------------------------------------------------- writing

class Out:
    def __init__(self, folder, only):
        self.folder, self.only = Path(folder), only
        self.folder.mkdir(parents=True, exist_ok=True)
        self.names = []

    def __call__(self, name, data):
        if self.only and self.only not in name:
            return
        if isinstance(data, str):
            data = data.encode("utf-8")
        assert name not in self.names, name
        assert len(data) <= 64 * MB, (name, len(data))
        self.names.append(name)
        (self.folder / name).write_bytes(data)


# ---------------------------------------------------------------- ZIP

def deflated(data, padded=False):
    """Raw deflate; padded with empty blocks until it is a hundredth of the data, so that its ratio looks harmless."""
    packer = zlib.compressobj(9 if len(data) < 4 * MB else 1, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)
    if padded:
        packed += b"\x00\x00\x00\xff\xff" * max(0, (len(data) // 99 - len(packed)) // 5 + 1)
    return packed + b"\x03\x00"


class Zip:
    """A ZIP written by hand, so that every field of it can lie."""

    def __init__(self):
        self.body, self.central, self.count = bytearray(), bytearray(), 0

    def add(self, name, data=b"", method=8, flags=0, padded=True, packed=None, crc=None, csize=None, usize=None,
            local_name=None, at=None, extra=b"", local_csize=None, local_usize=None):
        if isinstance(data, str):
            data = data.encode("utf-8")
        name = name.encode("utf-8") if isinstance(name, str) else name
        if packed is None:
            packed = deflated(data, padded) if method == 8 else data
        crc = zlib.crc32(data) if crc is None else crc
        csize = len(packed) if csize is None else csize
        usize = len(data) if usize is None else usize
        inner = name if local_name is None else local_name
        offset = len(self.body) if at is None else at
        if at is None:
            self.body += struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, flags, method, 0, 0x21, crc,
                                     csize if local_csize is None else local_csize,
                                     usize if local_usize is None else local_usize, len(inner), 0) + inner + packed
        self.central += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, flags, method, 0, 0x21, crc, csize & 0xFFFFFFFF,
                                    usize & 0xFFFFFFFF, len(name), len(extra), 0, 0, 0, 0, offset & 0xFFFFFFFF) + name + extra
        self.count += 1
        return self

    def done(self, count=None, size=None, offset=None, comment=b"", front=b""):
        count = self.count if count is None else count
        end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, min(count, 0xFFFF), min(count, 0xFFFF),
                          len(self.central) if size is None else size,
                          len(self.body) + len(front) if offset is None else offset, len(comment))
        return bytes(front + self.body + self.central + end + comment)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def rels(target="word/document.xml", more=""):
    return ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{target}"/>{more}</Relationships>')


def docx(document, parts=(), zip_=None):
    z = zip_ or Zip()
    z.add("[Content_Types].xml", TYPES).add("_rels/.rels", rels()).add("word/document.xml", document)
    for name, data in parts:
        z.add(name, data)
    return z.done()


def body(inside, more=""):
    return f'<w:document {W} {MC} {more}><w:body>{inside}</w:body></w:document>'


def p(text=TEXT, pr=""):
    return f"<w:p>{pr}<w:r><w:t>{text}</w:t></w:r></w:p>"


ODT_NS = " ".join(f'xmlns:{a}="urn:oasis:names:tc:opendocument:xmlns:{b}:1.0"' for a, b in
                  [("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing")])


def odt(inside, automatic="", parts=()):
    z = Zip().add("mimetype", "application/vnd.oasis.opendocument.text", method=0)
    z.add("content.xml", f'<office:document-content {ODT_NS}><office:automatic-styles>{automatic}</office:automatic-styles>'
          f'<office:body><office:text>{inside}</office:text></office:body></office:document-content>')
    for name, data in parts:
        z.add(name, data)
    return z.done()


CONTAINER = ('<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
             '<rootfile full-path="OEBPS/c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>')
XHTML = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>书</title></head><body>'


def epub(chapters, spine=None, parts=(), opf=None, container=CONTAINER):
    z = Zip().add("mimetype", "application/epub+zip", method=0)
    if container is not None:
        z.add("META-INF/container.xml", container)
    manifest = "".join(f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, (name, _) in enumerate(chapters))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in (range(len(chapters)) if spine is None else spine))
    z.add("OEBPS/c.opf", opf or f'<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>{manifest}</manifest><spine>{spine}</spine></package>')
    for name, data in chapters:
        if data is not None:
            z.add("OEBPS/" + name, data)
    for name, data in parts:
        z.add(name, data)
    return z.done()


# ---------------------------------------------------------------- (a) mutations

SELECTION = [
    "docx/fields.docx", "docx/notes.docx", "odt/numbering.hand.odt", "odt/notes.odt", "common/report-hans.epub",
    "html/modern.html", "html/gbk-meta.html", "html/saved.mhtml", "pdf/rotated.pdf", "common/report-hans.reportlab.pdf",
    "markdown/report.md", "common/report-hans.txt", "html/utf16.html",
]


def mutate(out):
    for source in SELECTION:
        good = (ORIGINALS / source).read_bytes()
        stem, ending = Path(source).stem.replace(".", "-"), Path(source).suffix
        chance = random.Random("hostile " + source)
        packed = ending in (".docx", ".odt", ".epub")
        name = lambda kind, number: f"mut-{stem}-{kind}{number}{ending}"
        for n in range(10 if source in ("docx/fields.docx", "odt/notes.odt", "common/report-hans.epub", "html/modern.html", "html/saved.mhtml",
                                        "pdf/rotated.pdf") else 3):
            out(name("cut", n), good[:len(good) * (2 * n + 1) // 20 or 1])
        for n in range(20 if source in ("docx/fields.docx", "pdf/rotated.pdf") else 4):
            bad = bytearray(good)
            for _ in range(20 if n % 2 else 1):
                bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
            out(name("flip", n), bytes(bad))
        for n in range(2):
            at, size = chance.randrange(len(good)), max(16, len(good) // 20)
            out(name("zero", n), good[:at] + bytes(min(size, len(good) - at)) + good[at + size:])
            at = chance.randrange(len(good))
            out(name("twice", n), good[:at + size] + good[at:])
        if packed:
            with zipfile.ZipFile(io.BytesIO(good)) as there:
                parts = [(info.filename, there.read(info)) for info in there.infolist()]

            def pack(parts):
                z = Zip()
                for part, data in parts:
                    z.add(part, data, method=0 if part == "mimetype" else 8)
                return z.done()

            out(name("removed", 0), pack([part for part in parts if not part[0].endswith(("document.xml", "content.xml", ".opf"))]))
            out(name("removed", 1), pack([part for part in parts if not part[0].endswith(("styles.xml", "container.xml", "numbering.xml"))]))
            out(name("renamed", 0), pack([(part.upper(), data) for part, data in parts]))
            out(name("renamed", 1), pack([(part.replace("/", "\\"), data) for part, data in parts]))
            datas = [data for _, data in parts]
            out(name("swapped", 0), pack([(part, datas[(n + 1) % len(datas)]) for n, (part, _) in enumerate(parts)]))
            for n in range(6):
                mixed = []
                for part, data in parts:
                    bad = bytearray(data)
                    if part != "mimetype" and data and not part.endswith(("Types].xml", ".rels")):
                        for _ in range(1 + n // 2):
                            bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
                    mixed.append((part, bytes(bad)))
                out(name("xml", n), pack(mixed))
            # Tags flipped by whole tokens: the XML stays well-formed more often.
            tokens = [b"w:val", b"w:p>", b"text:p", b"text:list", b"w:tbl", b"w:tc", b"1", b"begin", b"href", b"idref", b"style"]
            for n in range(4):
                mixed = []
                for part, data in parts:
                    if part.endswith((".xml", ".opf", ".xhtml")):
                        data = data.replace(chance.choice(tokens), chance.choice(tokens))
                    mixed.append((part, data))
                out(name("token", n), pack(mixed))


# ---------------------------------------------------------------- (b) ZIP

def zips(out):
    types = ("[Content_Types].xml", TYPES)
    big = body(p("水" * 3) * (MB // 30))
    out("zip-bomb-one-entry.docx", Zip().add(*types).add("_rels/.rels", rels()).add("word/document.xml", b" " * (63 * MB), padded=False).done())
    out("zip-bomb-one-gigabyte.docx", Zip().add(*types).add("_rels/.rels", rels()).add(
        "word/document.xml", packed=repeat_deflate(1024), usize=1024 * MB).done())
    lying = Zip().add(*types).add("_rels/.rels", rels())
    data = (b"<w:document " + W.encode() + b"><w:body>" + b" " * (60 * MB) + b"</w:body></w:document>")
    lying.add("word/document.xml", data, padded=False, csize=len(data))
    out("zip-lying-packed-size.docx", lying.done())
    out("zip-lying-packed-size-4g.docx", Zip().add(*types).add("_rels/.rels", rels()).add("word/document.xml", data, padded=False, csize=0xFFFFFFFE).done())
    out("zip-lying-unpacked-size-small.docx", docx_with(big, usize=10))
    out("zip-lying-unpacked-size-large.docx", docx_with(body(p()), usize=0xFFFFFFF0))
    out("zip-lying-crc.docx", docx_with(body(p()), crc=1))
    out("zip-lying-local-sizes.docx", docx_with(body(p()), local_csize=0x7FFFFFFF, local_usize=0x7FFFFFFF))
    out("zip-lying-local-name.docx", docx_with(body(p()), local_name=b"word/other.xml"))
    out("zip-flag-descriptor.docx", docx_with(body(p()), flags=8, local_csize=0, local_usize=0))
    out("zip-offset-outside.docx", docx_with(body(p()), at=0x7FFFFFFF))
    out("zip-offset-negative.docx", docx_with(body(p()), at=0xFFFFFFF0))
    out("zip-encrypted.docx", docx_with(body(p()), flags=1))
    out("zip-encrypted-strong.docx", docx_with(body(p()), flags=0x41))
    for method in (1, 9, 12, 14, 93, 95, 97, 99):
        out(f"zip-method-{method}.docx", docx_with(body(p()), method=method))
    out("zip-zip64-nonsense.docx", docx_with(body(p()), csize=0xFFFFFFFF, usize=0xFFFFFFFF, extra=struct.pack("<HHQQQ", 1, 24, 2 ** 63, 2 ** 63, 2 ** 63)))
    out("zip-zip64-short-extra.docx", docx_with(body(p()), csize=0xFFFFFFFF, extra=struct.pack("<HH", 1, 65535)))
    good = docx(body(p()))
    end = len(good) - 22
    locator = struct.pack("<IIQI", 0x07064B50, 0, end, 1)
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, 2 ** 62, 2 ** 62, 2 ** 62, 2 ** 62)
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    out("zip-zip64-end-nonsense.docx", good[:end] + record + locator + tail)
    out("zip-zip64-loop.docx", good[:end] + struct.pack("<IIQI", 0x07064B50, 0, end, 1) + tail)
    out("zip-end-count-65535.docx", good[:end] + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 65535, 65535, 0xFFFF, 0, 0))
    out("zip-two-ends.docx", good + good[end:] + good[end:])
    out("zip-comment-full-of-ends.docx", good[:end] + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 3, 3, 0, 0, 65535) + (good[end:] * 2979)[:65535])
    out("zip-no-end.docx", good[:end])
    out("zip-no-central.docx", good[:end - 100] + good[end:])
    out("zip-many-ends.docx", good + good[end:end + 20] * (16 * MB // 20))
    out("zip-many-end-signatures.docx", good + b"PK\x05\x06" * (40 * MB // 4))
    many = Zip().add(*types).add("_rels/.rels", rels()).add("word/document.xml", body(p()))
    for n in range(65_000):
        many.add(f"word/{n}", method=0)
    out("zip-65000-entries.docx", many.done())
    out("zip-19000-long-names.docx", many_long())
    same = Zip().add(*types).add("_rels/.rels", rels())
    for n in range(300):
        same.add("word/document.xml", body(p(f"第{n}份。")))
    out("zip-same-name-300-times.docx", same.done())
    # Fifield's: every entry's data holds the next entry's header quoted in a stored block.
    out("zip-overlapping.docx", overlapping())
    nested = docx(body(p()))
    for _ in range(8):
        nested = Zip().add(*types).add("_rels/.rels", rels("word/inner.docx")).add("word/inner.docx", nested).done()
    out("zip-nested.docx", nested)
    for key, part in [("parent", "../../../../etc/passwd"), ("absolute", "/etc/passwd"), ("nul", "word/document.xml\0.xml"), ("empty", ""),
                      ("backslash", "word\\document.xml"), ("drive", "C:\\word\\document.xml"), ("long", "word/" + "x" * 16000)]:
        z = Zip().add(*types).add("_rels/.rels", rels(part.replace("\0", "&#65533;"))).add(part, body(p()))
        out(f"zip-name-{key}.docx", z.done())
    out("zip-name-invalid-utf8.docx", Zip().add(*types).add(b"word/\xff\xfe\x80", b"", flags=0x800).add("_rels/.rels", rels()).add("word/document.xml", body(p())).done())
    out("zip-only-signature.docx", b"PK\x03\x04word/[Content_Types].xml")
    out("zip-bad-deflate.docx", Zip().add(*types).add("_rels/.rels", rels()).add("word/document.xml", packed=b"\xff" * 2000, usize=100_000).done())
    out("zip-deflate-endless-empty-blocks.docx", Zip().add(*types).add("_rels/.rels", rels()).add(
        "word/document.xml", packed=b"\x00\x00\x00\xff\xff" * (60 * MB // 5), usize=5).done())
    out("zip-part-of-256-times-64mb.epub", epub_large())


def many_long():
    z = Zip().add("[Content_Types].xml", TYPES).add("_rels/.rels", rels()).add("word/document.xml", body(p()))
    for n in range(19_000):
        z.add(f"word/{n:05}" + "n" * 1500, method=0)
    return z.done()


def repeat_deflate(megabytes):
    """Raw deflate of that many megabytes of one letter, without making them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = b"a" * MB
    first = packer.compress(block) + packer.flush(zlib.Z_SYNC_FLUSH)
    second = packer.compress(block) + packer.flush(zlib.Z_SYNC_FLUSH)
    return first + second * (megabytes - 1) + b"\x03\x00"


def docx_with(document, **lies):
    return Zip().add("[Content_Types].xml", TYPES).add("_rels/.rels", rels()).add("word/document.xml", document, **lies).done()


def overlapping():
    z = Zip().add("[Content_Types].xml", TYPES).add("_rels/.rels", rels())
    at = len(z.body)
    z.add("word/document.xml", body(p() * 100))
    for n in range(2000):
        z.add(f"word/{n}.xml", body(p() * 100), at=at)
    return z.done()


def epub_large():
    page = XHTML + "<p>" + " " * (40 * MB) + TEXT + "</p></body></html>"
    chapters = [("a.xhtml", page)]
    return epub(chapters, spine=[0] * 12)


# ---------------------------------------------------------------- (b) XML

def xmls(out):
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    laughs = "".join(f'<!ENTITY l{n} "{("&l%d;" % (n - 1)) * 10}">' for n in range(1, 10))
    out("xml-billion-laughs.docx", docx(head + f'<!DOCTYPE d [<!ENTITY l0 "哈哈哈哈">{laughs}]>' + body(p("&l9;"))))
    out("xml-quadratic-blowup.docx", docx(head + f'<!DOCTYPE d [<!ENTITY l "{"哈" * 100_000}">]>' + body(p("&l;" * 50_000))))
    out("xml-external-entity.docx", docx(head + '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + body(p("&x;"))))
    out("xml-external-entity.epub", epub([("a.xhtml", head + '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + XHTML + "<p>&x;" + TEXT + "</p></body></html>")]))
    out("xml-external-dtd.docx", docx(head + '<!DOCTYPE d SYSTEM "http://127.0.0.1:1/evil.dtd">' + body(p())))
    out("xml-parameter-entity.docx", docx(head + '<!DOCTYPE d [<!ENTITY % x SYSTEM "file:///etc/hostname">%x;]>' + body(p())))
    out("xml-undefined-entity.docx", docx(body(p("&nosuch;"))))
    out("xml-character-references.docx", docx(body(p("&#0;&#xD800;&#x110000;&#99999999999;"))))
    out("xml-1e5-attributes.docx", docx(body("<w:p " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>" + p())))
    out("xml-1e6-attributes.docx", docx(body("<w:p " + " ".join(f'a{n}="1"' for n in range(1_000_000)) + "/>" + p())))
    out("xml-same-attribute-twice.docx", docx(body('<w:p a="1" a="1"/>')))
    out("xml-many-attributes-each.docx", docx(body("".join("<w:p " + " ".join(f'a{n}=""' for n in range(500)) + "/>" for _ in range(10_000)))))
    out("xml-deep-1e5.docx", docx(body("<w:sdt><w:sdtContent>" * 100_000 + p() + "</w:sdtContent></w:sdt>" * 100_000)))
    out("xml-deep-255.docx", docx(body("<w:ins>" * 240 + p() + "</w:ins>" * 240)))
    out("xml-deep-never-closed.docx", docx(f"<w:document {W}><w:body>" + "<w:ins>" * 500_000))
    # Closing tags in comments, CDATA and instructions count back the depth without closing anything.
    for kind, (opening, closing) in {"comment": ("<!--", "-->"), "cdata": ("<![CDATA[", "]]>"), "instruction": ("<?x ", "?>")}.items():
        block = "<w:ins>" * 200 + opening + "</a>" * 200 + closing
        out(f"xml-deep-hidden-by-{kind}.docx", docx(body(block * 60 + p() + "</w:ins>" * 12_000)))
    block = "<w:ins>" * 200 + "<!--" + "</a>" * 200 + "-->"
    out("xml-deep-hidden-4e5.docx", docx(body(block * 2000 + p() + "</w:ins>" * 400_000)))
    block = "<text:section>" * 200 + "<!--" + "</a>" * 200 + "-->"
    out("xml-deep-hidden-4e5.odt", odt(block * 2000 + f"<text:p>{TEXT}</text:p>" + "</text:section>" * 400_000))
    out("xml-huge-text.docx", docx(body(p("水" * (20 * MB)))))
    out("xml-huge-text-of-spaces.docx", docx(body(p(" " * (60 * MB) + TEXT))))
    out("xml-huge-attribute.docx", docx(body(f'<w:p w:x="{"x" * (50 * MB)}"/>' + p())))
    out("xml-huge-attribute-references.docx", docx(body(f'<w:p w:x="{"&lt;" * (12 * MB)}"/>' + p())))
    out("xml-huge-tag-name.docx", docx(body(f'<{"x" * (30 * MB)}/>' + p())))
    out("xml-long-qname-65536.docx", docx(body(f'<w:p {"x" * 70_000}="1" w:y{" " * 300}="1"/>' + p())))
    out("xml-many-cdata.docx", docx(body(p("<![CDATA[水]]>" * 2_000_000))))
    out("xml-many-references.docx", docx(body(p("&#27700;" * 6_000_000))))
    out("xml-many-nodes.docx", docx(body("<w:p/>" * 1_990_000 + p())))
    out("xml-too-many-nodes.docx", docx(body("<a/>" * 2_100_000 + p())))
    out("xml-comments.docx", docx(body("<!---->" * 1_900_000 + p())))
    out("xml-endless-comment.docx", docx(f"<w:document {W}><w:body><!--" + "-" * (10 * MB)))
    out("xml-endless-cdata.docx", docx(f"<w:document {W}><w:body><![CDATA[" + "]" * (10 * MB)))
    out("xml-endless-instruction.docx", docx("<?xml " + "?" * (10 * MB)))
    out("xml-endless-doctype.docx", docx("<!DOCTYPE a [" + "<!ENTITY x 'y'>" * 500_000))
    out("xml-many-lt.docx", docx("<" * (10 * MB)))
    out("xml-namespaces-60000.docx", docx(body(p(), " ".join(f'xmlns:n{n}="u{n}"' for n in range(60_000)))))
    out("xml-namespaces-copied.docx", docx(body('<w:p xmlns:z="z"/>' * 20_000 + p(), " ".join(f'xmlns:n{n}="u{n}"' for n in range(20_000)))))
    out("xml-namespaces-nested.docx", docx(body("".join(f'<w:ins xmlns:n{n}="u{n}">' for n in range(240)) + '<w:p xmlns:z="z"/>' * 100_000 + p() + "</w:ins>" * 240)))
    out("xml-prefix-lookups.docx", docx(body("<w:p " + " ".join(f'n{n}:a="1"' for n in range(10_000)) + "/>" + p(), " ".join(f'xmlns:n{n}="u{n}"' for n in range(10_000)))))
    out("xml-invalid-utf8.docx", docx(body(p()).encode().replace("全".encode(), b"\xff\xfe\x80\xc0\xaf")))
    out("xml-overlong-utf8.docx", docx(body(p()).encode().replace(b"</w:t>", b"\xc0\xbc/w:t>")))
    for code in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        text = f'<?xml version="1.0" encoding="{code[:6].upper()}"?>' + body(p())
        out(f"xml-{code}.docx", docx(text.encode(code)))
        out(f"xml-{code}-marked.docx", docx(("\ufeff" + text).encode(code)))
    out("xml-utf-16-odd.docx", docx(("\ufeff" + body(p())).encode("utf-16-le") + b"<"))
    out("xml-ebcdic.docx", docx(body(p("x")).encode("cp037")))
    out("xml-utf7.docx", docx('<?xml version="1.0" encoding="UTF-7"?>' + body("+ADw-script+AD4-")))
    out("xml-nul.docx", docx(body(p("水\0水"))))
    out("xml-empty.docx", docx(""))
    out("xml-binary.docx", docx(random.Random(7).randbytes(10_000)))
    out("xml-bom-only.docx", docx("\ufeff"))
    out("xml-replacement-everywhere.docx", docx(b"<w:document " + W.encode() + b"><w:body><w:p><w:r><w:t>" + b"\xff" * (20 * MB) + b"</w:t></w:r></w:p></w:body></w:document>"))


# ---------------------------------------------------------------- (b) DOCX

def docxs(out):
    styles = f'<w:styles {W}>' + "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="s{n}"/><w:basedOn w:val="s{(n + 1) % 5}"/></w:style>' for n in range(5)) + "</w:styles>"
    out("docx-cyclic-styles.docx", docx(body(p(pr='<w:pPr><w:pStyle w:val="s0"/></w:pPr>') * 1000), [("word/styles.xml", styles)]))
    long = f'<w:styles {W}>' + "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(100_000)) + "</w:styles>"
    out("docx-style-chain-1e5.docx", docx(body(p(pr='<w:pPr><w:pStyle w:val="s0"/></w:pPr>') * 50_000), [("word/styles.xml", long)]))
    out("docx-numbering-missing.docx", docx(body(p(pr='<w:pPr><w:numPr><w:ilvl w:val="99999999999"/><w:numId w:val="77"/></w:numPr></w:pPr>') * 10)))
    num = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'

    def numbering(level, more="", num_more=""):
        return f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">{level}</w:lvl>{more}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/>{num_more}</w:num></w:numbering>'

    for form in ("decimal", "upperRoman", "upperLetter", "chineseCounting", "ideographTraditional", "decimalEnclosedCircle", "nosuch"):
        out(f"docx-number-huge-{form}.docx", docx(body(p(pr=num) * 5), [("word/numbering.xml", numbering(
            f'<w:start w:val="4294967290"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%1%2%9%0%x%"/>'))]))
    out("docx-number-long-text.docx", docx(body(("<w:p>" + num + "</w:p>") * 20_000 + p()), [("word/numbering.xml", numbering(
        f'<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{"%1" * 500_000}"/>'))]))
    out("docx-number-long-text-small.docx", docx(body(("<w:p>" + num + "</w:p>") * 2_000 + p()), [("word/numbering.xml", numbering(
        f'<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{"%1" * 250_000}"/>'))]))
    overrides = "".join(f'<w:lvlOverride w:ilvl="{n}"><w:lvl w:ilvl="{n}"><w:lvlText w:val="x"/></w:lvl></w:lvlOverride>' for n in range(100_000))
    out("docx-number-1e5-overrides.docx", docx(body(("<w:p>" + num + "</w:p>") * 20_000 + p()), [("word/numbering.xml", numbering("", "", overrides))]))
    out("docx-numstylelink-cycle.docx", docx(body(p(pr=num)), [("word/numbering.xml",
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="a"/><w:styleLink w:val="a"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>')]))
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="{}"/><w:vMerge/></w:tcPr>' + p("水") + "</w:tc>"
    out("docx-gridspan.docx", docx(body("<w:tbl><w:tr>" + cell.format(2147483647) + cell.format(-1) + cell.format("99999999999999999999") + "</w:tr></w:tbl>" + p())))
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="64"/></w:tcPr><w:p/></w:tc>'
    out("docx-gridspan-4e5-cells.docx", docx(body("<w:tbl>" + ("<w:tr>" + wide * 100 + "</w:tr>") * 4000 + "</w:tbl>" + p())))
    out("docx-gridspan-2e4-cells.docx", docx(body("<w:tbl>" + ("<w:tr>" + wide * 100 + "</w:tr>") * 200 + "</w:tbl>" + p())))
    merges = "".join('<w:tc><w:tcPr><w:vMerge w:val="%s"/></w:tcPr>%s</w:tc>' % (kind, p("水")) for kind in ("restart", "continue", "", "nosuch"))
    out("docx-vmerge-chaos.docx", docx(body("<w:tbl>" + ("<w:tr>" + merges + "</w:tr><w:tr/>") * 500 + "</w:tbl>" + p())))
    out("docx-nested-tables-1e5.docx", docx(body("<w:tbl><w:tr><w:tc>" * 100_000 + p() + "</w:tc></w:tr></w:tbl>" * 100_000)))
    out("docx-nested-tables-80.docx", docx(body(("<w:tbl><w:tr><w:tc>" + p("甲")) * 80 + "</w:tc></w:tr></w:tbl>" * 80)))
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    instr = '<w:r><w:instrText>{}</w:instrText></w:r>'
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    out("docx-fields-begun-1e5.docx", docx(body("<w:p>" + begin * 100_000 + "</w:p>" + p() * 10_000)))
    out("docx-fields-separated-1e5.docx", docx(body(("<w:p>" + begin + instr.format("DATE") + separate + "</w:p>") * 100_000 + p() * 10_000)))
    out("docx-fields-separated-3e3.docx", docx(body(("<w:p>" + begin + instr.format("DATE") + separate + "</w:p>") * 3_000 + p() * 3_000)))
    out("docx-fields-long-code.docx", docx(body("<w:p>" + begin + instr.format("X" * (2 * MB)) + separate + "</w:p>" + p() * 20_000)))
    out("docx-fields-ended-1e5.docx", docx(body("<w:p>" + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' * 100_000 + "</w:p>" + p())))
    for key, target in [("file", "file:///etc/passwd"), ("http", "http://127.0.0.1:1/x.xml"), ("parent", "../../../../../etc/passwd"), ("unc", "\\\\host\\share"), ("query", "?#")]:
        z = Zip().add("[Content_Types].xml", TYPES).add("_rels/.rels", rels(target)).add("word/document.xml", body(p()))
        out(f"docx-relation-{key}.docx", z.done())
    z = Zip().add("[Content_Types].xml", TYPES).add("_rels/.rels", rels("_rels/.rels")).add("word/document.xml", body(p()))
    out("docx-relation-self.docx", z.done())
    out("docx-altchunk.docx", docx(body('<w:altChunk r:id="r1" xmlns:r="urn:r"/>' + p()), [("word/_rels/document.xml.rels", rels("file:///etc/passwd"))]))
    out("docx-1e6-empty-paragraphs.docx", docx(body("<w:p/>" * 1_000_000 + p())))
    out("docx-4e5-paragraphs.docx", docx(body(p("各位代表：") * 400_000)))
    out("docx-pending-4e5.docx", docx(body('<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>水</w:t></w:r></w:p>' * 250_000)))
    refer = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{p()[:-6]}{refer.format(2)}</w:p></w:footnote></w:footnotes>'
    out("docx-footnote-self.docx", docx(body("<w:p>" + refer.format(2) + "</w:p>" + p()), [("word/footnotes.xml", notes)]))
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{p("水" * 500_000)}</w:footnote></w:footnotes>'
    out("docx-footnote-referred-1e5.docx", docx(body("<w:p>" + refer.format(2) * 100_000 + "</w:p>"), [("word/footnotes.xml", notes)]))
    out("docx-footnote-referred-5e3.docx", docx(body("<w:p>" + refer.format(2) * 5_000 + "</w:p>"), [("word/footnotes.xml", notes)]))
    notes = f'<w:footnotes {W}>' + "".join(f'<w:footnote w:id="{n}"/>' for n in range(100_000)) + "</w:footnotes>"
    out("docx-footnotes-1e5-known.docx", docx(body(p("水") * 100_000), [("word/footnotes.xml", notes)]))
    notes = f'<w:footnotes {W}>' + "".join(f'<w:footnote w:id="{n}"/>' for n in range(5_000)) + "</w:footnotes>"
    out("docx-footnotes-5e3-known.docx", docx(body(p("水") * 10_000), [("word/footnotes.xml", notes)]))
    notes = f'<w:footnotes {W}><w:footnote w:id="2">' + "<w:p><w:r><w:pict><w:txbxContent>" * 55 + p("水" * 10_000) + "</w:txbxContent></w:pict></w:r></w:p>" * 55 + "</w:footnote></w:footnotes>"
    out("docx-footnote-nested-boxes.docx", docx(body("<w:p>" + refer.format(2) + "</w:p>" + p()), [("word/footnotes.xml", notes)]))
    out("docx-nested-boxes-55.docx", docx(body("<w:p><w:r><w:pict><w:txbxContent>" * 55 + p() * 1000 + "</w:txbxContent></w:pict></w:r></w:p>" * 55)))
    alt = "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    out("docx-alternate-1e4.docx", docx(body("<mc:AlternateContent><mc:Choice>" * 10_000 + p() + "</mc:Choice></mc:AlternateContent>" * 10_000)))
    out("docx-alternate-120.docx", docx(body("<mc:AlternateContent><mc:Choice>" * 120 + "<w:p/>" * 300_000 + "</mc:Choice></mc:AlternateContent>" * 120 + p())))
    out("docx-alternate-run-120.docx", docx(body("<w:p><w:r>" + "<mc:AlternateContent><mc:Choice>" * 120 + "<w:tab/>" * 300_000 + "</mc:Choice></mc:AlternateContent>" * 120 + "</w:r></w:p>" + p())))
    out("docx-alternate-binary.docx", docx(body("".join([alt.format(p("甲"), p("乙"))] * 5000))))
    inner = p("甲")
    for _ in range(14):
        inner = alt.format(inner, inner)
    out("docx-alternate-both-branches.docx", docx(body(inner)))
    out("docx-many-properties.docx", docx(body("<w:p><w:pPr>" + "<w:x/>" * 500_000 + "</w:pPr></w:p>" + "<w:p/>" * 1000 + p())))
    out("docx-no-body.docx", docx(f"<w:document {W}/>"))
    out("docx-body-elsewhere.docx", docx(f"<body>{p()}</body>".replace("w:", "")))
    out("docx-sym.docx", docx(body('<w:p><w:r><w:sym w:char="D800"/><w:sym w:char="FFFFFFFFF"/><w:sym w:char="110000"/><w:sym/></w:r></w:p>' + p())))
    out("docx-title-huge.docx", docx(body(p()), [("docProps/core.xml", f'<c><title>{"题" * (10 * MB)}</title></c>')]))
    out("docx-one-line-10mb.docx", docx(body(p("水，" * (5 * MB // 3)))))
    out("docx-controls.docx", docx(body(p("水&#x202E;&#x200B;&#xFEFF;&#x85;&#x2028;水"))))


# ---------------------------------------------------------------- (b) ODT

def odts(out):
    para = f"<text:p>{TEXT}</text:p>"
    table = "<table:table>{}</table:table>"
    row = "<table:table-row {}>{}</table:table-row>"
    out("odt-columns-repeated-1e9.odt", odt(table.format(row.format("", '<table:table-cell table:number-columns-repeated="1000000000">' + para + "</table:table-cell>")) + para))
    out("odt-columns-repeated-nonsense.odt", odt(table.format(row.format("", '<table:table-cell table:number-columns-repeated="-5">' + para + '</table:table-cell><table:table-cell table:number-columns-repeated="99999999999999999999"/>')) + para))
    out("odt-columns-repeated-64-of-1mb.odt", odt(table.format((row.format("", '<table:table-cell table:number-columns-repeated="64"><text:p>' + "水" * 300_000 + "</text:p></table:table-cell>")) * 50)))
    out("odt-columns-repeated-64-small.odt", odt(table.format((row.format("", '<table:table-cell table:number-columns-repeated="64"><text:p>' + "水" * 60_000 + "</text:p></table:table-cell>")) * 10)))
    out("odt-columns-repeated-4e5.odt", odt(table.format((row.format("", '<table:covered-table-cell table:number-columns-repeated="64"/>' * 100)) * 4000) + para))
    out("odt-rows-repeated.odt", odt(table.format(row.format('table:number-rows-repeated="1048576"', "<table:table-cell>" + para + "</table:table-cell>")) + para))
    out("odt-spaces-1e9.odt", odt('<text:p>甲<text:s text:c="1000000000"/>乙</text:p>' + para))
    out("odt-spaces-4e5.odt", odt("<text:p>甲" + '<text:s text:c="200"/>' * 400_000 + "乙</text:p>" + para))
    out("odt-spaces-2e6.odt", odt("<text:p>甲" + '<text:s text:c="200"/>' * 1_900_000 + "乙</text:p>" + para))
    out("odt-nested-lists-1e4.odt", odt("<text:list><text:list-item>" * 10_000 + para + "</text:list-item></text:list>" * 10_000))
    out("odt-nested-lists-120.odt", odt(("<text:list><text:list-item>" + para) * 120 + "</text:list-item></text:list>" * 120))
    out("odt-nested-sections-1e4.odt", odt("<text:section>" * 10_000 + para + "</text:section>" * 10_000))
    out("odt-nested-tables-80.odt", odt("<table:table><table:table-row><table:table-cell>" * 80 + para * 100 + "</table:table-cell></table:table-row></table:table>" * 80))
    out("odt-nested-frames-80.odt", odt("<text:p><draw:frame><draw:text-box>" * 80 + para * 100 + "</draw:text-box></draw:frame></text:p>" * 80))
    out("odt-nested-notes-80.odt", odt("<text:p>甲<text:note><text:note-body>" * 80 + para * 100 + "</text:note-body></text:note></text:p>" * 80))
    out("odt-notes-1e5.odt", odt("<text:p>" + f"<text:note><text:note-body><text:p>注</text:p></text:note-body></text:note>" * 100_000 + "</text:p>" + para))
    out("odt-cyclic-styles.odt", odt('<text:p text:style-name="A">甲</text:p>' + para, "".join(
        f'<style:style style:name="{a}" style:family="paragraph" style:parent-style-name="{b}" style:list-style-name="{b}"/>' for a, b in [("A", "B"), ("B", "A")])))

    def numbered(level, count, inside=para, outer=1):
        styles = f'<text:list-style style:name="L"><text:list-level-style-number text:level="1" {level}/></text:list-style>'
        item = f"<text:list-item>{inside}</text:list-item>"
        return odt(f'<text:list text:style-name="L">{item * count}</text:list>{para}', styles)

    out("odt-number-start-huge.odt", numbered('style:num-format="A" text:start-value="4294967295"', 5))
    out("odt-number-display-levels.odt", numbered('style:num-format="1" text:display-levels="18446744073709551615"', 5))
    out("odt-number-level-huge.odt", odt('<text:h text:outline-level="18446744073709551615">甲</text:h>' + para))
    out("odt-number-level-huge-style.odt", odt('<text:h text:outline-level="10">甲</text:h>' * 5 + para, "<text:outline-style>" + "".join(
        f'<text:outline-level-style text:level="{n}" style:num-format="1" text:display-levels="10"/>' for n in range(0, 12)) + "</text:outline-style>"))
    out("odt-number-form-long.odt", numbered('style:num-format="1" style:num-list-format="' + "%1%" * 500_000 + '"', 20_000, "<text:p/>"))
    out("odt-number-form-long-small.odt", numbered('style:num-format="1" style:num-list-format="' + "%1%" * 200_000 + '"', 2_000, "<text:p/>"))
    out("odt-number-prefix-long.odt", numbered('style:num-format="1" style:num-prefix="' + "（" * 5_000_000 + '"', 20_000, "<text:p/>"))
    out("odt-hidden-1e5.odt", odt('<text:p>' + '<text:span text:style-name="h1">甲</text:span>' * 300_000 + "</text:p>" + para, "".join(
        f'<style:style style:name="h{n}" style:family="text"><style:text-properties text:display="none"/></style:style>' for n in range(100_000))))
    out("odt-encrypted.odt", odt(para, parts=[("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")]))
    out("odt-no-text.odt", odt("").replace(b"office:text", b"office:tixt"))
    out("odt-styles-broken.odt", odt(para, parts=[("styles.xml", "<a><b></a>"), ("meta.xml", "<<<")]))
    out("odt-changes-endless.odt", odt("<text:tracked-changes>" + para * 1000 + "</text:tracked-changes><text:p>甲<text:change-start text:change-id='x'/>乙</text:p>"))
    out("odt-links.odt", odt('<text:p><text:a xlink:href="file:///etc/passwd" xmlns:xlink="x">甲</text:a><draw:frame><draw:object xlink:href="http://127.0.0.1:1/" xmlns:xlink="x"/></draw:frame></text:p>' + para))
    out("odt-paragraphs-in-cell-3e5.odt", odt("<table:table><table:table-row><table:table-cell>" + "<text:section>" * 200 + "<text:p/>" * 300_000 + "</text:section>" * 200 + "</table:table-cell></table:table-row></table:table>" + para))


# ---------------------------------------------------------------- (b) EPUB

def epubs(out):
    page = XHTML + f"<p>{TEXT}</p></body></html>"
    end = "</body></html>"
    out("epub-same-chapter-1e5.epub", epub([("a.xhtml", page)], spine=[0] * 100_000))
    out("epub-same-chapter-1e4.epub", epub([("a.xhtml", page)], spine=[0] * 10_000))
    out("epub-empty-chapter-1e6.epub", epub([("a.xhtml", "")], spine=[0] * 1_000_000))
    out("epub-same-chapter-20kb-1e4.epub", epub([("a.xhtml", XHTML + f"<p>{TEXT}</p>" * 250 + end)], spine=[0] * 10_000))
    out("epub-missing-chapter-5e5.epub", epub([("a.xhtml", None), ("b.xhtml", page)], spine=[0] * 500_000 + [1]))
    out("epub-missing-chapters.epub", epub([("a.xhtml", None), ("b.xhtml", None)]))
    out("epub-missing-container.epub", epub([("a.xhtml", page)], container=None))
    out("epub-container-self.epub", epub([("a.xhtml", page)], container=CONTAINER.replace("OEBPS/c.opf", "META-INF/container.xml")))
    out("epub-container-parent.epub", epub([("a.xhtml", page)], container=CONTAINER.replace("OEBPS/c.opf", "../../../etc/passwd")))
    out("epub-opf-is-chapter.epub", epub([("c.opf", None)]))
    out("epub-href-nonsense.epub", epub([("%2e%2e/%2e%2e/etc/passwd", None), ("%", None), ("%zz%FF", None), ("http://127.0.0.1:1/", None), ("a.xhtml", page)]))
    out("epub-nested-notes-700.epub", epub([("a.xhtml", XHTML + "".join(f'<aside epub:type="footnote" id="n{n}">' for n in range(700)) + ("水" * 1_000_000) + "</aside>" * 700 + f"<p>{TEXT}</p>" + end)]))
    out("epub-nested-notes-700-small.epub", epub([("a.xhtml", XHTML + "".join(f'<aside epub:type="footnote" id="n{n}">' for n in range(700)) + ("水" * 200_000) + "</aside>" * 700 + f"<p>{TEXT}</p>" + end)]))
    out("epub-noterefs-2e5.epub", epub([("a.xhtml", XHTML + "<p>" + "".join(f'<a epub:type="noteref" href="#n{n}">x</a>' for n in range(200_000)) + "</p>" + end)]))
    out("epub-noterefs-2e4.epub", epub([("a.xhtml", XHTML + "<p>" + "".join(f'<a epub:type="noteref" href="#n{n}">x</a>' for n in range(20_000)) + "</p>" + end)]))
    out("epub-note-cycle.epub", epub([("a.xhtml", XHTML + f'<p>{TEXT}<a epub:type="noteref" href="#n">1</a></p><aside epub:type="footnote" id="n">注<a epub:type="noteref" href="#n">1</a></aside>' + end)]))
    out("epub-note-referred-3e5-chapters.epub", epub([("a.xhtml", XHTML + '<aside epub:type="footnote" id="n">' + "水" * 100_000 + "</aside>" + "".join(f'<a epub:type="noteref" href="x{n}/../a.xhtml#n">1</a>' for n in range(2000)) + f"<p>{TEXT}</p>" + end)]))
    out("epub-drm.epub", epub([("a.xhtml", page)], parts=[("META-INF/encryption.xml", "<x>a.xhtml</x>")]))
    out("epub-chapter-is-binary.epub", epub([("a.xhtml", random.Random(9).randbytes(20_000))]))
    out("epub-chapter-deep.epub", epub([("a.xhtml", XHTML + "<div>" * 100_000 + TEXT)]))
    out("epub-20000-chapters.epub", epub([(f"{n}.xhtml", f"<p>第{n}章。") for n in range(19_000)]))


# ---------------------------------------------------------------- (b) HTML

def htmls(out):
    head = '<!doctype html><meta charset="utf-8"><title>政府工作报告</title>'
    para = f"<p>{TEXT}</p>"
    for tag, count in [("div", 100_000), ("div", 1_000_000), ("b", 100_000), ("b", 1_000_000), ("font", 100_000), ("font", 1_000_000), ("table", 100_000),
                       ("table", 1_000_000), ("a", 100_000), ("a", 1_000_000), ("li", 100_000), ("li", 1_000_000), ("p", 1_000_000), ("span", 100_000),
                       ("template", 100_000), ("svg", 100_000), ("math", 100_000), ("select", 100_000), ("option", 100_000), ("button", 100_000),
                       ("form", 100_000), ("frameset", 100_000), ("noscript", 100_000), ("object", 100_000), ("ruby", 100_000), ("nobr", 100_000),
                       ("h1", 100_000), ("dd", 100_000), ("title", 100_000), ("textarea", 100_000), ("plaintext", 10), ("iframe", 100_000)]:
        out(f"html-nested-{tag}-{count}.html", head + f"<{tag}>" * count + TEXT)
    out("html-deep-1400.html", head + "<div>" * 1_400 + TEXT + para * 20)
    out("html-deep-1400-small-paragraphs.html", head + "<div>" * 1_400 + para * 500)
    out("html-deep-1400-paragraphs.html", head + "<div>" * 1_400 + para * 100_000)
    out("html-deep-1400-spans-p.html", head + "<span>" * 1_400 + "<p>" * 1_000_000 + TEXT)
    out("html-deep-1400-end-tags.html", head + "<span>" * 1_400 + "</x>" * 5_000_000 + TEXT)
    out("html-deep-1400-end-tags-small.html", head + "<span>" * 1_400 + "</x>" * 200_000 + TEXT)
    out("html-deep-1400-p.html", head + "<div>" * 1_400 + "<p>" * 1_900_000 + TEXT)
    out("html-deep-1400-aside-class.html", head + '<div class="x y z">' * 1_400 + "<section>" + para * 3_000 + "</section>")
    out("html-distinct-tables-template.html", head + "<table><tr><td><template>" * 400 + para * 1000)
    out("html-font-distinct.html", head + "<p>" + "".join(f"<font size={n}>" for n in range(1_400)) + "甲</p>" + "<p>甲</p>" * 1_400)
    out("html-font-distinct-small.html", head + "<p>" + "".join(f"<b id={n}>" for n in range(500)) + "甲</p>" + "<p>甲</p>" * 1_000)
    out("html-font-distinct-attributes.html", head + "<p>" + "".join(f"<font size={n} " + " ".join(f"a{m}" for m in range(50)) + ">" for n in range(1_000)) + "甲</p>" + "<p>甲</p>" * 1_500)
    out("html-b-many-attributes-reconstructed.html", head + "<p><b " + " ".join(f"a{n}" for n in range(2_000)) + ">甲</p>" + "<p>甲</p>" * 400_000)
    out("html-b-500-attributes-reconstructed.html", head + "<p><b " + " ".join(f"a{n}" for n in range(500)) + ">甲</p>" + "<p>甲</p>" * 1_500)
    out("html-adoption.html", head + "<b><div>" * 700 + "</b>" * 700 + para)
    out("html-adoption-1e5.html", head + "<a><div>甲</a>" * 100_000 + para)
    out("html-adoption-i-p.html", head + "<p><i>" * 1_000 + "</p></i>" * 100_000 + para)
    out("html-misnested.html", head + "<b><i><u><p></b></i></u>甲" * 20_000)
    out("html-table-fostered.html", head + "<table>" + "<b>甲<tr>" * 100_000)
    out("html-table-fostered-text.html", head + "<table>" + "甲<td>" * 300_000)
    out("html-table-fostered-before.html", head + "<table>" + "<p>甲" * 300_000)
    out("html-unclosed-attribute.html", head + '<p class="' + "甲" * 1_000_000)
    out("html-unclosed-attributes.html", head + '<p class="a' * 100_000)
    out("html-1e5-attributes.html", head + "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">" + TEXT)
    out("html-1e4-attributes.html", head + "<p " + " ".join(f"a{n}=1" for n in range(4_000)) + ">" + TEXT)
    out("html-1e6-attributes.html", head + "<p " + " ".join(f"a{n}=1" for n in range(1_000_000)) + ">" + TEXT)
    out("html-body-again-1e5.html", head + "".join(f"<body a{n}>" for n in range(100_000)) + TEXT)
    out("html-body-again-1e6.html", head + "".join(f"<body a{n}>" for n in range(1_000_000)) + TEXT)
    out("html-attribute-50mb.html", head + f'<p title="{"x" * (50 * MB)}">' + TEXT)
    out("html-style-attribute-50mb.html", head + f'<p style="{"x " * (25 * MB)}">' + TEXT)
    out("html-text-50mb.html", head + "<p>" + "水" * (17 * MB))
    out("html-text-50mb-spaces.html", head + "<p>" + " " * (50 * MB) + TEXT)
    out("html-lt-5e6.html", head + "<" * 5_000_000)
    out("html-lt-p-2e7.html", head + "<p>" * 15_000_000)
    out("html-amp-2e7.html", head + "&" * 20_000_000)
    out("html-amp-notit.html", head + "&notit;&CounterClockwiseContourIntegra" * 500_000)
    out("html-amp-numbers.html", head + "&#" + "9" * 1_000_000 + ";&#xFFFFFFFFFF;&#0;&#xD800;" + TEXT)
    out("html-end-tags-1e7.html", head + "</p>" * 1_900_000)
    out("html-br-1e7.html", head + "甲<br>" * 950_000)
    out("html-colspan.html", head + '<table><tr><td colspan=1000000000 rowspan=65534>甲<td>乙<tr><td>丙<td>丁</table>' + para)
    out("html-rowspan-1e5-rows.html", head + "<table>" + "<tr><td rowspan=65534>甲<td>乙" * 100_000 + "</table>")
    out("html-rowspan-1e4-rows.html", head + "<table>" + "<tr><td rowspan=65534>甲<td>乙" * 10_000 + "</table>")
    out("html-spans-cube.html", head + "<table><tr>" + "<td colspan=64 rowspan=64>" * 100_000 + "<tr>" * 64 + "</table>" + para)
    out("html-spans-cube-small.html", head + "<table><tr>" + "<td colspan=64 rowspan=64>" * 1_500 + "<tr>" * 64 + "</table>" + para)
    out("html-colspan-4e5-cells.html", head + "<table>" + ("<tr>" + "<td colspan=64>" * 100) * 4_000 + "</table>" + para)
    out("html-cells-behind-1e5-paragraphs.html", head + "<p>甲" * 300_000 + "<table>" + "<tr><td>甲<td>乙" * 50_000 + "</table>")
    out("html-cells-behind-small.html", head + "<p>" * 5_000 + "<table>" + "<tr><td><td>" * 1_000 + "</table>")
    out("html-table-links-nested.html", head + "<table><tr><td>甲<td>乙<tr><td>丙<td>丁" + "<a href=x><object>" * 600 + "水" * 2_000_000 + "</table>")
    out("html-title-nested-svg.html", head + "<svg><title>" * 700 + "水" * 2_000_000)
    out("html-title-nested-svg-small.html", head + "<svg><title>" * 700 + "水" * 5_000)
    out("html-title-50mb.html", "<!doctype html><title>" + "题" * (15 * MB) + "</title>" + para)
    out("html-metas-1e6.html", head + "".join(f'<meta name=n{n} content=x>' for n in range(900_000)) + para)
    out("html-ol-start.html", head + '<ol start=999999999999><li>甲<li value=4294967295>乙<li>丙</ol><ol type=A start=4294967295><li>甲<li>乙</ol><ol type=i start=4294967295><li>甲<li>乙</ol><ol start=-5 type="nosuch"><li>甲</ol>')
    out("html-ol-nested-700.html", head + "<ol><li>甲" * 700)
    out("html-nul.html", head.encode() + b"<p>\0\0\0<\0p>" + TEXT.encode() + b"\0" * 5)
    out("html-nul-1e7.html", head.encode() + b"<p>" + ("水" * 3000).encode() + b"\0" * 10_000_000)
    out("html-comment-50mb.html", head + "<!--" + "-" * (50 * MB) + "-->" + para)
    out("html-comments-1e6.html", head + "<!---->" * 1_900_000 + para)
    out("html-comment-unclosed.html", head + "<!--" + "->" * 1_000_000)
    out("html-doctype-50mb.html", "<!doctype " + "x" * (50 * MB) + ">" + para)
    out("html-script-50mb.html", head + "<script>" + "<!--<script>" * 2_000_000 + "</script>" + para)
    out("html-style-50mb.html", head + "<style>" + "</styl" * 3_000_000 + "</style>" + para)
    out("html-cdata.html", head + "<svg><![CDATA[" + "]" * 5_000_000 + "]]></svg>" + para)
    out("html-template-nested-table.html", head + "<table><template>" * 700 + "<tr><td>甲")
    out("html-select-in-table.html", head + "<table><select><tr><td>" * 10_000 + "甲")
    out("html-svg-math-mixed.html", head + "<math><mi><svg><foreignObject><p><math><annotation-xml encoding='text/html'><svg>" * 150 + TEXT)
    for code in ("nosuch", "utf-7", "utf-16", "x-user-defined", "", "gb18030\0", "a" * 5_000):
        key = code.replace("\0", "0")[:12] or "empty"
        out(f"html-charset-{key}.html", f'<!doctype html><meta charset="{code}"><p>{TEXT}</p>')
    out("html-charset-1e5-times.html", "<!doctype html>" + '<meta charset="gbk"><meta charset=big5>' * 200 + para)
    out("html-charset-lying-gbk.html", ('<!doctype html><meta charset="gbk">' + para * 100).encode("utf-8") + b"\xff")
    out("html-charset-lying-60mb.html", ('<!doctype html><meta charset="big5">' + "<p>").encode() + ("政府工作报告，" * 4_000_000).encode("gbk"))
    out("html-malformed-60mb.html", b'<!doctype html><meta charset="gbk"><p>' + b"\xff\xfe\x80" * (20 * MB))
    out("html-frames.html", "<!doctype html><frameset><frame src=file:///etc/passwd></frameset>")
    out("html-empty-body.html", "<!doctype html><html><body></body></html>")
    out("html-is-a-loop-of-refresh.html", head + '<meta http-equiv=refresh content="0;url=">' + "<base href=x>" * 100 + para)
    out("html-links-6e5.html", head + "<a href=x>甲</a><br>" * 600_000 + para)
    out("html-blocks-6e5.html", head + ("<p>" + TEXT + "</p>") * 600_000)
    out("html-hidden-1e6.html", head + '<i hidden style="display:none">甲</i>' * 900_000 + para)
    out("html-no-quirks-59mb-tags.html", head + "<x/>" * (14 * MB))
    out("html-insert-before-table.html", head + "<table><tr><td><p>甲</table>" * 200_000)
    out("html-isindex-1e5.html", head + "<input><image><keygen>" * 100_000 + para)


# ---------------------------------------------------------------- (b) MHTML

def mhtmls(out):
    start = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n"
    page = f"<html><head><meta charset=utf-8><title>政府工作报告</title></head><body><p>{TEXT}</p></body></html>"
    html = "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page + "\r\n"

    def nested(count, close=True):
        made = "".join(f'--b{n}\r\nContent-Type: multipart/mixed; boundary="b{n + 1}"\r\n\r\n' for n in range(count))
        made += f"--b{count}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page + "\r\n"
        if close:
            made += "".join(f"--b{n}--\r\n" for n in range(count, -1, -1))
        return start.replace('"b"', '"b0"') + made

    for count in (50, 150, 10_000, 200_000):
        out(f"mhtml-nested-{count}.mhtml", nested(count))
    out("mhtml-nested-unclosed-10000.mhtml", nested(10_000, False))
    out("mhtml-nested-same-boundary.mhtml", start + '--b\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n' * 20_000 + html)
    inner = html
    out("mhtml-nested-messages.mhtml", start + "--b\r\nContent-Type: message/rfc822\r\n\r\n" * 20_000 + inner)
    out("mhtml-nested-messages-deep.mhtml", start + "--b\r\n" + "Content-Type: message/rfc822\r\n\r\n" * 100_000 + inner)
    encoded = page.encode()
    for _ in range(8):
        encoded = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(encoded)
    out("mhtml-nested-messages-base64.mhtml", (start + "--b\r\n").encode() + encoded + b"\r\n--b--")
    out("mhtml-no-boundary.mhtml", start.replace('; boundary="b"', "") + html)
    out("mhtml-empty-boundary.mhtml", start.replace('"b"', '""') + html)
    out("mhtml-boundary-never-there.mhtml", start + page)
    out("mhtml-boundary-long.mhtml", start.replace('"b"', '"' + "b" * 100_000 + '"') + html)
    out("mhtml-boundary-lines.mhtml", start + "--b\r\n" * 1_000_000 + html)
    out("mhtml-boundary-nearly.mhtml", start.replace('"b"', '"' + "-" * 1000 + 'b"') + "-" * 20_000_000 + "\r\n" + html)
    out("mhtml-no-html.mhtml", start + "--b\r\nContent-Type: text/plain\r\n\r\n水\r\n--b--")
    out("mhtml-bad-base64.mhtml", start + "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + "!!!=A==" * 1000 + "\r\n--b--")
    out("mhtml-bad-base64-20mb.mhtml", start + "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + "!" * (20 * MB) + "\r\n--b--")
    out("mhtml-bad-qp.mhtml", start + "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>" + "=ZZ=E5=\r\n=" * 5_000 + "\r\n--b--")
    out("mhtml-bad-qp-20mb.mhtml", start + "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>" + "=" * (20 * MB) + "\r\n--b--")
    out("mhtml-header-10mb.mhtml", start[:-2] + "X-Long: " + "x" * (10 * MB) + "\r\n\r\n" + html)
    out("mhtml-header-folded-10mb.mhtml", start[:-2] + "Subject: a" + "\r\n x" * (2 * MB) + "\r\n\r\n" + html)
    out("mhtml-headers-1e6.mhtml", start[:-2] + "X: y\r\n" * 1_000_000 + "\r\n" + html)
    out("mhtml-header-encoded-words.mhtml", start[:-2] + "Subject: " + "=?utf-8?B?5rC0?= " * 500_000 + "\r\n\r\n" + html)
    out("mhtml-header-encoded-unclosed.mhtml", start[:-2] + "Subject: " + "=?utf-8?Q?" * 1_000_000 + "\r\n\r\n" + html)
    out("mhtml-header-parameters.mhtml", start[:-4] + "".join(f'; p{n}*0*=utf-8\'\'%41' for n in range(100_000)) + "\r\n\r\n" + html)
    out("mhtml-header-continuations.mhtml", start[:-4] + "".join(f'; name*{n}=a' for n in range(100_000)) + "\r\n\r\n" + html)
    out("mhtml-header-addresses.mhtml", start[:-2] + "To: " + "(" * 1_000_000 + "\r\nCc: " + "<" * 1_000_000 + "\r\nBcc: " + "a:" * 1_000_000 + "\r\n\r\n" + html)
    out("mhtml-header-received.mhtml", start[:-2] + "Received: " + "from a (b [1.2.3.4]) by c with d; " * 100_000 + "\r\n\r\n" + html)
    out("mhtml-header-references.mhtml", start[:-2] + "References: " + "<a@b> " * 1_000_000 + "\r\n\r\n" + html)
    out("mhtml-header-date.mhtml", start[:-2] + "Date: Thu, 99 Foo 99999999999 99:99:99 +999999\r\nSnapshot-Content-Location: file:///etc/passwd\r\n\r\n" + html)
    out("mhtml-parts-1e6.mhtml", start + "--b\r\n\r\n" * 1_000_000 + html)
    out("mhtml-parts-html-3e5.mhtml", start + html.replace(page, "x") * 300_000)
    out("mhtml-charset-nonsense.mhtml", start + html.replace("utf-8\r", "x-nosuch\r"))
    out("mhtml-charset-utf7.mhtml", start + html.replace("utf-8\r", "utf-7\r"))
    out("mhtml-nul.mhtml", start + html.replace(TEXT, "\0" * 1000))
    out("mhtml-lf-only.mhtml", (start + html).replace("\r\n", "\n"))
    out("mhtml-only-headers.mhtml", start)
    out("mhtml-uuencode.mhtml", start + "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 x\r\n" + "M" * 10_000 + "\r\n--b--")
    out("mhtml-page-deep.mhtml", start + html.replace("<p>", "<div>" * 100_000))


# ---------------------------------------------------------------- (b) PDF

class PdfFile:
    def __init__(self):
        self.objects = {}

    def put(self, number, data):
        self.objects[number] = data.encode("latin-1") if isinstance(data, str) else data
        return self

    def stream(self, number, data, entries="", pack=True, length=None):
        data = data.encode("latin-1") if isinstance(data, str) else data
        if pack:
            data, entries = zlib.compress(data, 9 if len(data) < 4 * MB else 1), entries + " /Filter /FlateDecode"
        return self.put(number, f"<< {entries} /Length {len(data) if length is None else length} >>\nstream\n".encode("latin-1") + data + b"\nendstream")

    def done(self, root=1, trailer="", table=True, xref_at=None):
        out, places = bytearray(b"%PDF-1.7\n"), {}
        for number, data in self.objects.items():
            places[number] = len(out)
            out += b"%d 0 obj\n" % number + data + b"\nendobj\n"
        at = len(out)
        if table:
            out += b"xref\n"
            numbers = sorted(places)
            first = 0
            while first < len(numbers):
                last = first
                while last + 1 < len(numbers) and numbers[last + 1] == numbers[last] + 1:
                    last += 1
                out += b"%d %d\n" % (numbers[first], last - first + 1)
                out += b"".join(b"%010d 00000 n \n" % places[number] for number in numbers[first:last + 1])
                first = last + 1
        out += f"trailer\n<< /Size {max(places) + 1} /Root {root} 0 R {trailer} >>\nstartxref\n{at if xref_at is None else xref_at}\n%%EOF\n".encode("latin-1")
        return bytes(out)


TO_UNICODE = ("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
              "1 begincodespacerange <0000> <FFFF> endcodespacerange\n1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end")
HEX = TEXT.encode("utf-16-be").hex()


def pdf(content=None, page="", resources="", font=None, cmap=TO_UNICODE, kids="[3 0 R]", pages="", contents="4 0 R", cid="", fontfile=None):
    f = PdfFile()
    f.put(1, "<< /Type /Catalog /Pages 2 0 R >>")
    f.put(2, f"<< /Type /Pages /Kids {kids} /Count 1 {pages} >>")
    box = "" if "/MediaBox" in page + pages else "/MediaBox [0 0 595 842]"
    f.put(3, f"<< /Type /Page /Parent 2 0 R {box} /Contents {contents} /Resources << /Font << /F 5 0 R >> {resources} >> {page} >>")
    f.stream(4, f"BT /F 12 Tf 72 700 Td <{HEX}> Tj ET" if content is None else content)
    f.put(5, font or "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>")
    f.put(6, f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 8 0 R /DW 1000 {cid} >>")
    f.stream(7, cmap)
    f.put(8, "<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 800 /StemV 80 "
          + ("/FontFile2 9 0 R" if fontfile is not None else "") + " >>")
    if fontfile is not None:
        f.stream(9, fontfile)
    return f


def show(y=700):
    return f"BT /F 12 Tf 72 {y} Td <{HEX}> Tj ET\n"


def pdfs(out):
    good = pdf().done()
    out("pdf-good.pdf", good)
    out("pdf-xref-outside.pdf", pdf().done(xref_at=99999999999))
    out("pdf-xref-negative.pdf", pdf().done(xref_at=-5))
    out("pdf-xref-none.pdf", pdf().done(table=False))
    at = good.rfind(b"xref\n", 0, good.rfind(b"startxref"))
    out("pdf-prev-self.pdf", pdf().done(trailer=f"/Prev {at}"))
    out("pdf-prev-self-xrefstm.pdf", pdf().done(trailer=f"/Prev {at} /XRefStm {at}"))
    chain = bytearray(good)
    last = at
    for _ in range(5_000):
        here = len(chain)
        chain += f"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 10 /Root 1 0 R /Prev {last} >>\nstartxref\n{here}\n%%EOF\n".encode()
        last = here
    out("pdf-prev-chain-5000.pdf", bytes(chain))
    out("pdf-prev-chain-100.pdf", bytes(chain[:len(good) + 100 * ((len(chain) - len(good)) // 5_000)]))
    out("pdf-xref-huge-count.pdf", good.replace(b"xref\n1 8\n", b"xref\n0 4294967295\n"))
    f = pdf()
    f.put(2, "<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 99999999 /Parent 2 0 R >>")
    out("pdf-kids-cycle.pdf", f.done())
    f = pdf(kids="[20 0 R]")
    for n in range(20, 3_000):
        f.put(n, f"<< /Type /Pages /Kids [{n + 1} 0 R {n} 0 R] /Count 1 /Parent {n - 1} 0 R >>")
    f.put(3_000, "<< /Type /Pages /Kids [3 0 R] >>")
    out("pdf-kids-deep-3000.pdf", f.done())
    f = pdf(kids="[20 0 R]")
    for n in range(20, 200_000):
        f.put(n, f"<< /Type /Pages /Kids [{n + 1} 0 R] /Count 1 >>")
    f.put(200_000, "<< /Type /Pages /Kids [3 0 R] >>")
    out("pdf-kids-deep-2e5.pdf", f.done())
    out("pdf-kids-1e6-same.pdf", pdf(kids="[" + "3 0 R " * 1_000_000 + "]").done())
    out("pdf-kids-1e6-inline.pdf", pdf(kids="[" + "<</Type/Page>>" * 1_000_000 + "]").done())
    out("pdf-kids-nested-inline.pdf", pdf(kids="[<< /Type /Pages /Kids " * 500 + "[3 0 R]" + " >>]" * 500).done())
    for count in (4_900, 100_000):
        f = pdf(kids="[" + " ".join(f"{n} 0 R" for n in range(20, 20 + count)) + "]")
        for n in range(20, 20 + count):
            f.put(n, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>")
        out(f"pdf-pages-{count}.pdf", f.done())
        if count == 4_900:
            f.stream(4, show() + "% " + "x" * MB + "\n")
            out("pdf-pages-4900-of-1mb.pdf", f.done())
            f.stream(4, "0 0 m 1 1 l S\n" * 20_000 + show())
            out("pdf-pages-4900-of-20000-operators.pdf", f.done())
    f = pdf(kids="[" + " ".join(f"<</Type/Page/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>" for n in range(300)) + "]")
    f.stream(4, show() + "% " + "x" * (2 * MB) + "\n")
    out("pdf-pages-300-of-2mb.pdf", f.done())
    # Object streams.
    f = pdf()
    f.stream(30, "31 0 32 5 <<>> <<>>", "/Type /ObjStm /N 2 /First 10 /Extends 30 0 R")
    out("pdf-objstm-extends-self.pdf", f.done())
    f = pdf()
    f.stream(30, "", "/Type /ObjStm /N 18446744073709551615 /First 18446744073709551615")
    out("pdf-objstm-n-huge.pdf", f.done(table=False))
    f = pdf()
    f.stream(30, "31 18446744073709551615 32 0 << >>", "/Type /ObjStm /N 2 /First 10")
    out("pdf-objstm-offset-overflow.pdf", f.done(table=False))
    f = pdf()
    f.stream(30, "30 0 << /Type /ObjStm >>", "/Type /ObjStm /N 1 /First 5")
    out("pdf-objstm-holds-itself.pdf", xref_stream(f, {30: (2, 30, 0)}))
    f = pdf()
    out("pdf-objstm-all-in-each-other.pdf", xref_stream(f, {n: (2, n % 8 + 1, 0) for n in range(1, 9)}))
    f = pdf()
    f.put(4, "<< /Length 4 0 R >>\nstream\n" + show() + "\nendstream")
    out("pdf-length-self.pdf", f.done())
    f = pdf()
    f.put(40, "41 0 R").put(41, "40 0 R")
    f.put(4, "<< /Length 40 0 R /Filter 41 0 R >>\nstream\n" + show() + "\nendstream")
    out("pdf-reference-cycle.pdf", f.done())
    f = pdf()
    f.put(4, "<< /Length 99999999999 >>\nstream\n" + show() + "\nendstream")
    out("pdf-length-huge.pdf", f.done())
    f = pdf()
    f.put(4, "<< /Length -1 >>\nstream\n" + show())
    out("pdf-endstream-missing.pdf", f.done())
    # Deep and unclosed.
    for n, (opening, closing) in enumerate([("[", "]"), ("<</A ", ">>")]):
        kind = "arrays" if n == 0 else "dicts"
        out(f"pdf-deep-{kind}-1e5.pdf", pdf().put(50, opening * 100_000 + "1" + closing * 100_000).done(table=False))
        out(f"pdf-deep-{kind}-500.pdf", pdf().put(50, opening * 500 + "1" + closing * 500).done(table=False))
        out(f"pdf-deep-{kind}-content.pdf", pdf(show() + opening * 100_000 + " d\n" + show(600)).done())
        out(f"pdf-deep-{kind}-trailer.pdf", pdf().done(trailer="/A " + opening * 100_000))
        out(f"pdf-deep-{kind}-unclosed.pdf", b"%PDF-1.4\n" + (opening * 2_000_000).encode())
        out(f"pdf-deep-{kind}-in-page.pdf", pdf(page="/X " + opening * 100_000 + closing * 100_000).done())
    out("pdf-unclosed-strings.pdf", b"%PDF-1.4\n" + b"1 0 obj (\n" * 1_000_000)
    out("pdf-unclosed-strings-small.pdf", b"%PDF-1.4\n" + b"1 0 obj(\n" * 2_000)
    out("pdf-unclosed-strings-6mb.pdf", b"%PDF-1.4\n" + b"<</A (\n" * 1_000_000)
    out("pdf-unclosed-streams.pdf", b"%PDF-1.4\n" + b"1 0 obj <</Type/ObjStm/Length 9>> stream\n" * 200_000)
    out("pdf-objects-1e6.pdf", b"%PDF-1.4\n" + b"".join(b"%d 0 obj 1 endobj\n" % n for n in range(1_000_000)) + good[9:])
    out("pdf-trailers-1e5.pdf", b"%PDF-1.4\n" + b"<</Root 1 0 R/Type/Catalog>>\n" * 300_000)
    out("pdf-digits-40mb.pdf", b"%PDF-1.4\n" + b"1" * (40 * MB))
    out("pdf-digits-spaced-40mb.pdf", b"%PDF-1.4\n" + b"1 " * (20 * MB))
    out("pdf-comment-40mb.pdf", b"%PDF-1.4\n" + b"%" * (40 * MB) + b"\n" + good)
    out("pdf-zero-40mb.pdf", b"%PDF-1.4\n" + bytes(40 * MB))
    out("pdf-random-1mb.pdf", b"%PDF-1.4\n" + random.Random(3).randbytes(MB))
    out("pdf-random-60mb.pdf", b"%PDF-1.4\n" + random.Random(4).randbytes(MB) * 60)
    out("pdf-header-only.pdf", b"%PDF-1.7\n")
    out("pdf-header-late.pdf", b"x" * 1000 + b"\n" + good)
    # Forms.
    f = pdf("/X0 Do\n" + show(), resources="/XObject << /X0 60 0 R >>")
    f.stream(60, "/X0 Do " + show(), "/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /X0 60 0 R >> /Font << /F 5 0 R >> >>")
    out("pdf-form-self.pdf", f.done())
    f = pdf("/X0 Do\n" + show(), resources="/XObject << /X0 60 0 R >>")
    f.stream(60, "/X0 Do /X0 Do " + show(), "/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /X0 60 0 R >> /Font << /F 5 0 R >> >>")
    out("pdf-form-self-twice.pdf", f.done())
    for fan, drawn in ((10, show()), (10, ""), (2, show())):
        f = pdf("/X Do\n" + show(), resources="/XObject << /X 60 0 R >>")
        for n in range(60, 70 if fan == 10 else 100):
            f.stream(n, "/X Do " * fan + drawn, f"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /X {n + 1} 0 R >> /Font << /F 5 0 R >> >>")
        out(f"pdf-form-fan-{fan}-{'shows' if drawn else 'shows-nothing'}.pdf", f.done())
    f = pdf("/X Do\n" * 100_000 + show(), resources="/XObject << /X 60 0 R >>")
    f.stream(60, "0 0 m\n" * 10_000, "/Type /XObject /Subtype /Form /BBox [0 0 600 900]")
    out("pdf-form-1e5-times.pdf", f.done())
    f = pdf("/X Do\n" * 2_000 + show(), resources="/XObject << /X 60 0 R >>")
    f.stream(60, " " * MB, "/Type /XObject /Subtype /Form /BBox [0 0 600 900]")
    out("pdf-form-1mb-2000-times.pdf", f.done())
    f = pdf(page="/Annots [" + "61 0 R " * 100_000 + "]")
    f.stream(60, "/X0 Do " + show(), "/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /Font << /F 5 0 R >> >>")
    f.put(61, "<< /Type /Annot /Subtype /Stamp /Rect [0 0 100 100] /AP << /N 60 0 R >> >>")
    out("pdf-annotations-1e5.pdf", f.done())
    # Contents.
    out("pdf-operators-50mb.pdf", pdf("0 0 m 1 1 l S\n" * (50 * MB // 14) + show()).done())
    out("pdf-path-50mb.pdf", pdf("0 0 m\n" + "1 1 l\n" * (50 * MB // 6) + "S\n" + show()).done())
    out("pdf-q-1e6.pdf", pdf("q\n" * 1_000_000 + show()).done())
    out("pdf-q-3e7.pdf", pdf("q " * 30_000_000 + show()).done())
    out("pdf-q-1e5.pdf", pdf("q\n" * 200_000 + show()).done())
    out("pdf-Q-1e6.pdf", pdf("Q\n" * 1_000_000 + show()).done())
    out("pdf-operands-1e7.pdf", pdf("1 " * 10_000_000 + "S\n" + show()).done())
    out("pdf-operands-strings-1e6.pdf", pdf("() " * 5_000_000 + "S\n" + show()).done())
    out("pdf-clips-1e6.pdf", pdf("0 0 9 9 re W n\n" * 1_000_000 + show()).done())
    out("pdf-bt-1e6.pdf", pdf("BT " * 1_000_000 + "ET " * 1_000_000 + show()).done())
    out("pdf-bmc-1e6.pdf", pdf("/A BMC " * 1_000_000 + show()).done())
    out("pdf-inline-images.pdf", pdf("BI /W 9 /H 9 /BPC 8 /CS /G ID xxx EI\n" * 100_000 + show()).done())
    out("pdf-inline-image-unclosed.pdf", pdf(show() + "BI /W 9 /H 9 ID " * 50_000).done())
    out("pdf-inline-image-ei.pdf", pdf(show() + "BI /W 9 /H 9 ID " + "EI x" * 500_000).done())
    out("pdf-tj-huge.pdf", pdf("BT /F 12 Tf 72 700 Td [" + "<4e00> -1 " * 2_000_000 + "] TJ ET").done())
    out("pdf-tj-numbers.pdf", pdf("BT /F 12 Tf 72 700 Td [" + "-1 " * 10_000_000 + "<4e00>] TJ ET\n" + show()).done())
    out("pdf-string-30mb.pdf", pdf("BT /F 12 Tf 72 700 Td <" + "4e00" * 2_900_000 + "> Tj ET").done())
    out("pdf-string-nested-parentheses.pdf", pdf("BT /F 12 Tf 72 700 Td (" + "(" * 5_000_000 + ")" * 5_000_000 + ") Tj ET\n" + show()).done())
    out("pdf-glyphs-2e6.pdf", pdf("BT /F 12 Tf 12 TL 72 700 Td " + ("<" + "4e00" * 40 + "> Tj T*\n") * 50_000 + " ET").done())
    out("pdf-glyphs-2e5.pdf", pdf("BT /F 1 Tf 1 TL 72 700 Td " + ("<" + "4e00" * 40 + "> Tj T*\n") * 5_000 + " ET").done())
    out("pdf-rows-2e5.pdf", pdf("".join(f"BT /F 1 Tf {n % 3000 * 0.13:.2f} {n * 1.5:.1f} Td <4e00> Tj ET\n" for n in range(200_000))).done())
    out("pdf-rows-zigzag.pdf", pdf("".join(f"BT /F 1 Tf {20 + n % 2 * 300} {n * 2} Td <{'4e00' * (20 if n % 5 else 500)}> Tj ET\n" for n in range(40_000))).done())
    out("pdf-rows-edges.pdf", pdf("".join(f"BT /F 100 Tf {n * 0.001:.3f} {n * 60} Td <4e00> Tj ET\n" for n in range(100_000))).done())
    out("pdf-same-place-2e6.pdf", pdf("BT /F 12 Tf " + ("1 0 0 1 72 700 Tm <" + "4e00" * 40 + "> Tj\n") * 40_000 + " ET").done())
    out("pdf-contents-same-1e6.pdf", pdf(contents="[" + "4 0 R " * 1_000_000 + "]").done())
    out("pdf-contents-same-2e4.pdf", pdf("% " + "x" * 200_000 + "\n" + show(), contents="[" + "4 0 R " * 3_000 + "]").done())
    out("pdf-contents-self.pdf", pdf(contents="3 0 R").done())
    # Filters.
    bomb = zlib.compress(b" " * (100 * MB), 1)
    f = pdf()
    f.put(4, b"<< /Filter [/FlateDecode /FlateDecode] /Length 0 >>\nstream\n" + zlib.compress(raw_flate(1024), 9) + b"\nendstream")
    out("pdf-flate-bomb-1gb-nested.pdf", f.done())
    f = pdf()
    f.put(4, b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(raw_flate(1024)) + raw_flate(1024) + b"\nendstream")
    out("pdf-flate-bomb-1gb.pdf", f.done())
    f = pdf()
    f.put(4, b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(bomb) + bomb + b"\nendstream")
    out("pdf-flate-bomb-100mb.pdf", f.done())
    runs = zlib.compress(zlib.compress(b"\x81 " * (8 * MB) + b"\x80", 9), 9)
    f = pdf()
    f.put(4, b"<< /Filter [/FlateDecode /FlateDecode /RunLengthDecode] /Length %d >>\nstream\n" % len(runs) + runs + b"\nendstream")
    out("pdf-runlength-bomb-1gb.pdf", f.done())
    hexed = show().encode()
    for _ in range(7):
        hexed = hexed.hex().encode() + b">"
    f = pdf()
    f.put(4, b"<< /Filter [" + b"/AHx " * 7 + b"] /Length %d >>\nstream\n" % len(hexed) + hexed + b"\nendstream")
    out("pdf-filters-nested-hex.pdf", f.done())
    f = pdf()
    f.put(4, b"<< /Filter [" + b"/AHx " * 100_000 + b"] /Length 5 >>\nstream\n4142>\nendstream")
    out("pdf-filters-1e5.pdf", f.done())
    f = pdf()
    f.put(4, b"<< /Filter [" + b"/Crypt " * 1000 + b"/Nosuch /FlateDecode] /Length 5 >>\nstream\n4142>\nendstream")
    out("pdf-filters-unknown.pdf", f.done())
    for key, data in [("A85", b"zzzz" * 2_000_000 + b"~>"), ("A85-garbage", b"\xff{}~" * 1000), ("LZW", b"\x80" + b"\x00" * 5000), ("LZW-garbage", b"\xff" * 5000),
                      ("RL", b"\x7f" * 3), ("Fl-garbage", b"\x78\x9c" + b"\xff" * 500), ("CCF", b"\x00" * 500), ("DCT", b"\xff\xd8\xff" + b"\x00" * 500)]:
        f = pdf()
        f.put(4, b"<< /Filter /%s /Length %d >>\nstream\n" % (key.split("-")[0].encode(), len(data)) + data + b"\nendstream")
        out(f"pdf-filter-{key}.pdf", f.done())
    lzw = lzw_bomb(3_000_000)
    f = pdf()
    f.put(4, b"<< /Filter /LZWDecode /Length %d >>\nstream\n" % len(lzw) + lzw + b"\nendstream")
    out("pdf-lzw-bomb.pdf", f.done())
    packed = zlib.compress(show().encode() * 10, 9)
    for key, parms in [("columns-0", "/Predictor 12 /Columns 0"), ("columns-0-tiff", "/Predictor 2 /Columns 0"), ("colors-0", "/Predictor 2 /Colors 0"),
                       ("colors-0-png", "/Predictor 15 /Colors 0"), ("bits-0", "/Predictor 2 /BitsPerComponent 0"), ("bits-3", "/Predictor 2 /BitsPerComponent 3"),
                       ("columns-1e9", "/Predictor 2 /Columns 1000000000 /BitsPerComponent 4"), ("columns-1e13", "/Predictor 2 /Columns 10000000000000 /BitsPerComponent 4"),
                       ("columns-1e13-png", "/Predictor 15 /Columns 10000000000000"), ("columns-max", "/Predictor 2 /Columns 9223372036854775807 /BitsPerComponent 16"),
                       ("columns-max-png", "/Predictor 12 /Columns 18446744073709551615"), ("colors-255", "/Predictor 12 /Colors 255 /BitsPerComponent 16 /Columns 99"),
                       ("colors-32", "/Predictor 12 /Colors 32 /BitsPerComponent 8"), ("unknown", "/Predictor 7"), ("bits-16", "/Predictor 2 /BitsPerComponent 16 /Colors 200")]:
        f = pdf()
        f.put(4, f"<< /Filter /FlateDecode /DecodeParms << {parms} >> /Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream")
        out(f"pdf-predictor-{key}.pdf", f.done())
    # Fonts.
    cmap = "1 begincodespacerange <0000> <FFFF> endcodespacerange\n{}\nendcmap"
    out("pdf-bfrange-huge.pdf", pdf(cmap=cmap.format("1 beginbfrange <00000000> <FFFFFFFF> <4E00> endbfrange")).done())
    out("pdf-bfrange-array.pdf", pdf(cmap=cmap.format("1 beginbfrange <0000> <FFFF> [" + "<4E00>" * 65_536 + "] endbfrange")).done())
    out("pdf-bfrange-array-huge.pdf", pdf(cmap=cmap.format("1 beginbfrange <00000000> <FFFFFFFF> [" + "<4E00>" * 2_000_000 + "] endbfrange")).done())
    out("pdf-bfchar-long.pdf", pdf(cmap=cmap.format("1 beginbfchar <5168> <" + "4E00" * 250_000 + "> endbfchar")).done())
    out("pdf-bfchar-long-shown-often.pdf", pdf("BT /F 12 Tf 72 700 Td <" + "5168" * 2_000 + "> Tj ET", cmap=cmap.format("1 beginbfchar <5168> <" + "4E00" * 250_000 + "> endbfchar")).done())
    out("pdf-bfranges-1e6.pdf", pdf(cmap=cmap.format("".join(f"1 beginbfrange <{n % 65536:04x}> <ffff> <4E00> endbfrange\n" for n in range(500_000)))).done())
    out("pdf-cidrange-huge.pdf", pdf(cmap=cmap.format("1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange 1 beginnotdefrange <00> <FFFFFFFF> 4294967295 endnotdefrange")).done())
    out("pdf-bf-reversed.pdf", pdf(cmap=cmap.format("1 beginbfrange <FFFF> <0000> <4E00> endbfrange 1 beginbfrange <51> <FFFFFFFFFFFFFFFFFF> <> endbfrange")).done())
    f = pdf(cmap="/X usecmap\n" + TO_UNICODE)
    f.stream(7, "/X usecmap begincmap endcmap", "/Type /CMap /CMapName /X /UseCMap 7 0 R")
    out("pdf-usecmap-self.pdf", f.done())
    f = pdf(font="<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding 70 0 R /DescendantFonts [6 0 R] /ToUnicode 70 0 R >>")
    f.stream(70, "/Y usecmap begincmap endcmap", "/Type /CMap /CMapName /X /UseCMap 71 0 R")
    f.stream(71, "/X usecmap begincmap endcmap", "/Type /CMap /CMapName /Y /UseCMap 70 0 R")
    out("pdf-usecmap-cycle.pdf", f.done())
    out("pdf-usecmap-1e5.pdf", pdf(cmap="/GBK-EUC-H usecmap\n" * 100_000 + TO_UNICODE).done())
    out("pdf-usecmap-300.pdf", pdf(cmap="/UniGB-UTF16-H usecmap\n" * 300 + TO_UNICODE).done())
    out("pdf-cmap-garbage.pdf", pdf(cmap="<" * 100_000 + "[" * 100_000 + "(" * 100_000).done())
    out("pdf-cmap-20mb.pdf", pdf(cmap=TO_UNICODE + "[" * (20 * MB)).done())
    out("pdf-cmap-codespace.pdf", pdf(cmap="1 begincodespacerange <> <> endcodespacerange 1 begincodespacerange <000000000000> <FFFFFFFFFFFF> endcodespacerange\n" + TO_UNICODE).done())
    out("pdf-encoding-unknown.pdf", pdf(font="<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Nosuch-H /DescendantFonts [6 0 R] >>").done())
    out("pdf-w-huge.pdf", pdf(cid="/W [" + "0 65535 1000 " * 1_000_000 + "]").done())
    out("pdf-w-range-huge.pdf", pdf(cid="/W [0 4294967295 1000 -5 99999999999 7 0 [" + "1 " * 100_000 + "]]").done())
    out("pdf-w2-range-huge.pdf", pdf(cid="/W2 [0 4294967295 1 2 3] /DW2 [880 -1000]", font="<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-V /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>").done())
    out("pdf-w-range-2e9.pdf", pdf(cid="/W [0 2000000000 1000]").done())
    out("pdf-w-ranges-65535.pdf", pdf(cid="/W [" + "".join(f"0 {65535} {n} " for n in range(1_000)) + "]").done())
    out("pdf-font-self.pdf", pdf(font="<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 7 0 R >>").done())
    out("pdf-font-garbage.pdf", pdf(fontfile=random.Random(5).randbytes(8_000)).done())
    out("pdf-font-huge.pdf", pdf(fontfile=b"\0\1\0\0" + bytes(60 * MB)).done())
    out("pdf-font-table-offsets.pdf", pdf(fontfile=b"\0\1\0\0" + struct.pack(">HHHH", 65535, 0, 0, 0) + b"".join(
        tag + struct.pack(">III", 0, 0xFFFFFFF0, 0xFFFFFFFF) for tag in (b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"))).done())
    out("pdf-font-composite-cycle.pdf", pdf(fontfile=truetype_cycle(), cid="/CIDToGIDMap /Identity").done())
    for key in ("Type1C", "CIDFontType0C", "OpenType"):
        f = pdf()
        f.put(8, f"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontFile3 9 0 R >>")
        f.stream(9, random.Random(key).randbytes(4_000) if key != "Type1C" else b"\1\0\4\4\0\1\1\1" + b"\xff" * 3000, f"/Subtype /{key}")
        out(f"pdf-font-{key}.pdf", f.done())
    f = pdf(f"BT /F 12 Tf 72 700 Td (abcdefgh) Tj ET", font="<< /Type /Font /Subtype /Type1 /BaseFont /X /FirstChar -5 /LastChar 99999999 /Widths [1 2 3] /FontDescriptor 8 0 R /Encoding << /Differences [99999999 /a -5 /b 0 " + "/c " * 500 + "] >> >>")
    f.put(8, "<< /Type /FontDescriptor /FontName /X /Flags 4 /FontFile 9 0 R >>")
    f.stream(9, "%!PS-AdobeFont-1.0\n/FontMatrix [0 0 0 0 0 0] def /Subrs 99999999 array\ncurrentfile eexec\n" + "dup 99999999 99999999 RD " * 500)
    out("pdf-font-type1.pdf", f.done())
    f = pdf("BT /F 12 Tf 72 700 Td (aaaa) Tj ET", font="<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 97 /Widths [500] "
            "/Encoding << /Differences [97 /a] >> /CharProcs << /a 80 0 R >> /Resources << /Font << /F 5 0 R >> >> >>")
    f.stream(80, "500 0 d0 BT /F 12 Tf (aaaaaaaaaa) Tj ET")
    out("pdf-type3-shows-itself.pdf", f.done())
    f.stream(4, "BT /F 12 Tf 7 Tr 72 700 Td (" + "a" * 200_000 + ") Tj ET")
    out("pdf-type3-2e5.pdf", f.done())
    f = pdf("BT /F 12 Tf 72 700 Td (aaaa) Tj ET", font="<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0 0 0 0 0 0] /FirstChar 97 /LastChar 97 /Widths [1e38] /Encoding /X /CharProcs 5 0 R >>")
    out("pdf-type3-singular.pdf", f.done())
    # Numbers.
    big = "9" * 400
    out("pdf-matrix-huge.pdf", pdf(f"1e38 0 0 1e38 {big} -{big} cm\n" + show() + f"q {big} 0 0 {big} 0 0 cm " * 50 + show()).done())
    out("pdf-matrix-singular.pdf", pdf("0 0 0 0 0 0 cm\n" + show() + f"BT /F 0 Tf 0 Tz {big} Tc {big} Tw {big} TL T* <{HEX}> Tj ET").done())
    out("pdf-matrix-nan.pdf", pdf(f"{big} 0 0 {big} 0 0 cm 0 0 0 0 0 0 cm NaN 0 0 inf 0 0 cm\n" + show() + f"BT /F {big} Tf <{HEX}> Tj ET").done())
    for key, box in [("huge", f"0 0 {big} {big}"), ("negative", "595 842 -5 -5"), ("empty", "0 0 0 0"), ("short", "0 0"), ("nan", "0 0 /A (b)"), ("tiny", "0 0 0.00001 0.00001"), ("wide", "0 0 3.4e38 1")]:
        out(f"pdf-mediabox-{key}.pdf", pdf(page=f"/MediaBox [{box}]").done())
    out("pdf-rotate-odd.pdf", pdf(page="/Rotate -2147483648 /UserUnit 1e30").done())
    # Pictures.
    for key, data in [("JBIG2Decode", b"\x97JB2\r\n\x1a\n" + b"\xff" * 500), ("JPXDecode", b"\0\0\0\x0cjP  \r\n\x87\n" + b"\xff" * 500), ("DCTDecode", b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\3" + b"\1" * 500), ("CCITTFaxDecode", b"\0" * 500)]:
        f = pdf("/I Do\n" + show(), resources="/XObject << /I 60 0 R >>")
        f.put(60, f"<< /Type /XObject /Subtype /Image /Width 65535 /Height 65535 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /{key} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream")
        out(f"pdf-picture-{key}.pdf", f.done())
    f = pdf("/I Do\n" + show(), resources="/XObject << /I 60 0 R >>")
    f.stream(60, "x", "/Type /XObject /Subtype /Image /Width 4294967295 /Height 4294967295 /BitsPerComponent 16 /ColorSpace /DeviceCMYK /SMask 60 0 R")
    out("pdf-picture-huge-smask-self.pdf", f.done())
    out("pdf-picture-1e6-times.pdf", pdf("/I Do\n" * 1_000_000 + show(), resources="/XObject << /I 60 0 R >>").stream(60, "x", "/Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray").done())
    # Colours, functions, patterns, masks.
    def coloured(space, objects=(), content="/C cs 0.5 sc 0 0 9 9 re f\n/P0 gs /S sh\n"):
        f = pdf(content + show(), resources=f"/ColorSpace << /C {space} >> /Shading << /S 93 0 R >> /ExtGState << /P0 94 0 R >> /Pattern << /P 95 0 R >>")
        for number, data in objects:
            f.put(number, data)
        return f
    out("pdf-function-recursive.pdf", coloured("[/Separation /X /DeviceGray 90 0 R]", [(90, "<< /FunctionType 3 /Domain [0 1] /Functions [90 0 R] /Bounds [] /Encode [0 1] >>")]).done())
    out("pdf-function-recursive-twice.pdf", coloured("[/Separation /X /DeviceGray 90 0 R]", [(90, "<< /FunctionType 3 /Domain [0 1] /Functions [90 0 R 90 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>")]).done())
    f = coloured("[/Separation /X /DeviceGray 100 0 R]")
    for n in range(100, 130):
        f.put(n, f"<< /FunctionType 3 /Domain [0 1] /Functions [{n + 1} 0 R {n + 1} 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>")
    f.put(130, "<< /FunctionType 2 /Domain [0 1] /N 1 >>")
    out("pdf-function-fan-2-30.pdf", f.done())
    f = coloured("[/Separation /X /DeviceGray 90 0 R]")
    f.stream(90, "{" * 100_000 + "}" * 100_000, "/FunctionType 4 /Domain [0 1] /Range [0 1]")
    out("pdf-function-postscript-deep.pdf", f.done())
    f = coloured("[/Separation /X /DeviceGray 90 0 R]")
    f.stream(90, "{ " + "dup " * 100_000 + " 1000000000 copy 99 -5 roll 0 div 0 idiv -2147483648 -1 idiv 99999 bitshift }", "/FunctionType 4 /Domain [0 1] /Range [0 1]")
    out("pdf-function-postscript-stack.pdf", f.done())
    f = coloured("[/Separation /X /DeviceGray 90 0 R]")
    f.stream(90, b"", "/FunctionType 0 /Domain [" + "0 1 " * 30 + "] /Range [0 1] /Size [" + "255 " * 30 + "] /BitsPerSample 32")
    out("pdf-function-sampled-huge.pdf", f.done())
    for key, count in (("2e3", 2_000), ("2e5", 200_000)):
        f = coloured("[/Separation /X /DeviceGray 100 0 R]")
        for n in range(100, 100 + count):
            f.put(n, f"<< /FunctionType 3 /Domain [0 1] /Functions [{n + 1} 0 R] /Bounds [] /Encode [0 1] >>")
        f.put(100 + count, "<< /FunctionType 2 /Domain [0 1] /N 1 >>")
        out(f"pdf-function-chain-{key}.pdf", f.done())
        f = coloured("100 0 R")
        for n in range(100, 100 + count):
            f.put(n, f"[/Pattern {n + 1} 0 R]")
        f.put(100 + count, "/DeviceRGB")
        out(f"pdf-colour-chain-{key}.pdf", f.done())
        f = coloured("100 0 R")
        for n in range(100, 100 + count):
            f.put(n, f"{n + 1} 0 R")
        f.put(100 + count, "/DeviceRGB")
        out(f"pdf-reference-chain-{key}.pdf", f.done())
        f = pdf()
        for n in range(100, 100 + count):
            f.stream(n, "x", "", pack=False)
            f.objects[n] = f.objects[n].replace(b"/Length 1 ", b"/Length %d 0 R " % (n + 1))
        f.put(100 + count, "1").put(4, f"<< /Length 100 0 R >>\nstream\n{show()}\nendstream")
        out(f"pdf-length-chain-{key}.pdf", f.done())
    f = coloured("100 0 R")
    for n in range(100, 130):
        f.put(n, f"[/DeviceN [/A] {n + 1} 0 R << /FunctionType 2 /Domain [0 1] /N 1 >> << /Colorants << /A [/Separation /A {n + 1} 0 R 90 0 R] >> /Process << /ColorSpace {n + 1} 0 R >> >>]")
    f.put(130, "/DeviceRGB").put(90, "<< /FunctionType 2 /Domain [0 1] /N 1 >>")
    out("pdf-colour-fan-30.pdf", f.done())
    for key, space in [("indexed", "[/Indexed 92 0 R 255 (abc)]"), ("separation", "[/Separation /X 92 0 R 90 0 R]"), ("devicen", "[/DeviceN [/A] 92 0 R 90 0 R]"), ("pattern", "[/Pattern 92 0 R]")]:
        out(f"pdf-colour-cycle-{key}.pdf", coloured("92 0 R", [(92, space), (90, "<< /FunctionType 2 /Domain [0 1] /N 1 >>")]).done())
    f = coloured("[/ICCBased 96 0 R]")
    f.stream(96, "garbage", "/N 3 /Alternate [/ICCBased 96 0 R]")
    out("pdf-colour-cycle-icc.pdf", f.done())
    f = coloured("[/ICCBased 96 0 R]")
    f.stream(96, struct.pack(">I", 0xFFFFFFFF) + b"lcms" + b"\4\0\0\0" + b"mntrRGB XYZ " + bytes(12) + b"acsp" + b"\xff" * 4000, "/N 18446744073709551615")
    out("pdf-colour-icc-garbage.pdf", f.done())
    out("pdf-colour-devicen-many.pdf", coloured("[/DeviceN [" + "/A " * 100_000 + "] /DeviceRGB 90 0 R]", [(90, "<< /FunctionType 2 /Domain [0 1] /N 1 >>")]).done())
    nested_space = "[/Pattern " * 400 + "/DeviceRGB" + "]" * 400
    out("pdf-colour-nested.pdf", coloured(nested_space).done())
    f = coloured("/DeviceGray", [(93, "<< /ShadingType 2 /ColorSpace 93 0 R /Coords [0 0 1e38 1e38] /Function 93 0 R >>"), (94, "<< /SMask << /S /Alpha /G 97 0 R >> /Font [94 0 R 1] >>")])
    f.stream(97, "/P0 gs /P0 gs 0 0 9 9 re f", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Group << /S /Transparency >> /Resources << /ExtGState << /P0 94 0 R >> >>")
    out("pdf-softmask-self.pdf", f.done())
    f = coloured("/Pattern", content="/C cs /P scn 0 0 9 9 re f\n" * 1000)
    f.stream(95, "/Pattern cs /P scn 0 0 9 9 re f", "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 1e-30 /YStep 0 /Resources << /Pattern << /P 95 0 R >> >>")
    out("pdf-pattern-self.pdf", f.done())
    for kind in (1, 4, 5, 6, 7):
        f = coloured("/DeviceGray", content="/S sh\n" * 20)
        f.stream(93, random.Random(kind).randbytes(15_000), f"/ShadingType {kind} /ColorSpace /DeviceRGB /BitsPerCoordinate 32 /BitsPerComponent 16 /BitsPerFlag 8 /Decode [-1e38 1e38 -1e38 1e38 0 1 0 1 0 1] /VerticesPerRow 2 /Domain [0 1e38 0 1e38]")
        out(f"pdf-shading-{kind}.pdf", f.done())
    f = coloured("/DeviceGray", content="/S sh\n" * 2_000)
    f.stream(93, bytes(MB), "/ShadingType 4 /ColorSpace /DeviceRGB /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8 /Decode [0 1 0 1 0 1 0 1 0 1]")
    out("pdf-shading-4-large-2000-times.pdf", f.done())
    out("pdf-gs-1e6.pdf", coloured("/DeviceGray", [(94, "<< /ca 0.5 /D [[" + "1 " * 1000 + "] 0] >>")], content="/P0 gs\n" * 300_000).done())
    out("pdf-cs-1e6.pdf", coloured("[/Indexed /DeviceRGB 255 <" + "00" * 768 + ">]", content="/C cs\n" * 500_000).done())
    out("pdf-dash-huge.pdf", pdf("[" + "1 " * 1_000_000 + "] 0 d 0 0 m 9 9 l S\n" + show()).done())
    out("pdf-ocg-nested.pdf", pdf("/OC /M BDC " * 200_000 + show(), resources="/Properties << /M << /Type /OCMD /OCGs [3 0 R] /VE [/And " + "[/Not " * 300 + "3 0 R" + "]" * 300 + "] >> >>").done())
    f = pdf("/OC /M BDC " + show() + "EMC", resources="/Properties << /M 98 0 R >>").put(98, "<< /Type /OCMD /VE 99 0 R >>").put(99, "[/Not 99 0 R]").put(1, "<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [98 0 R] /D << /ON [98 0 R] >> >> >>")
    out("pdf-ocg-cycle.pdf", f.done())
    # Locks.
    for key, entries in [("nonsense", "/Filter /Standard /V 99 /R 99 /O (x) /U (y) /P 0"), ("v4", "/Filter /Standard /V 4 /R 4 /O (" + "x" * 32 + ") /U (" + "y" * 32 + ") /P -1 /Length 99999 /CF << /StdCF << /CFM /AESV2 /Length 99999 >> >> /StmF /StdCF /StrF /StdCF"),
                         ("v5", "/Filter /Standard /V 5 /R 6 /O (" + "x" * 48 + ") /U (" + "y" * 48 + ") /OE (" + "z" * 32 + ") /UE (z) /Perms () /P -1 /CF << /StdCF << /CFM /AESV3 >> >> /StmF /StdCF"), ("self", "/Encrypt 30 0 R"),
                         ("v1-short", "/Filter /Standard /V 1 /R 2 /O () /U () /P 99999999999 /Length 7"), ("length-0", "/Filter /Standard /V 2 /R 3 /O (" + "x" * 32 + ") /U (" + "x" * 32 + ") /P -4 /Length 0"), ("public-key", "/Filter /Adobe.PubSec /V 4")]:
        out(f"pdf-locked-{key}.pdf", pdf().put(30, f"<< {entries} >>").done(trailer="/Encrypt 30 0 R /ID [(a) (b)]"))
    out("pdf-info-huge.pdf", pdf().put(30, b"<< /Title (\xfe\xff" + "题".encode("utf-16-be") * 5_000_000 + b") >>").done(trailer="/Info 30 0 R"))
    out("pdf-resources-1e5-fonts.pdf", pdf("".join(f"/F{n} 9 Tf " for n in range(20_000)) + show(), resources="/Font << /F 5 0 R " + "".join(f"/F{n} 5 0 R " for n in range(20_000)) + ">>").done())
    out("pdf-fonts-2e4-distinct.pdf", many_fonts(20_000))


def many_fonts(count):
    f = pdf("BT " + "".join(f"/F{n} 9 Tf <4e00> Tj " for n in range(count)) + " ET\n" + show())
    f.put(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R " + "".join(f"/F{n} {1000 + n} 0 R " for n in range(count)) + ">> >> >>")
    for n in range(count):
        f.put(1000 + n, f"<< /Type /Font /Subtype /Type0 /BaseFont /X{n} /Encoding /UniGB-UTF16-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>")
    return f.done()


def raw_flate(megabytes):
    """A zlib stream of that many megabytes of spaces; its checksum is wrong, which readers forgive."""
    return b"\x78\x9c" + repeat_deflate(megabytes) + b"\0\0\0\0"


def lzw_bomb(count):
    """LZW in which each code stands for a longer run than the one before; cleared when the table is full."""
    bits, length = 0, 0
    out = bytearray()

    def put(code, width):
        nonlocal bits, length
        bits, length = bits << width | code, length + width
        while length >= 8:
            length -= 8
            out.append(bits >> length & 0xFF)
        bits &= (1 << length) - 1

    made = 0
    while made < count * 100:
        put(256, 9)
        put(32, 9)
        next_code, width = 258, 9
        while next_code < 4094:
            put(next_code, width)
            made += next_code - 256
            next_code += 1
            if next_code + 1 >= 1 << width and width < 12:
                width += 1
    put(257, 12)
    if length:
        out.append(bits << (8 - length) & 0xFF)
    return bytes(out)


def xref_stream(f, moved):
    """The file with a cross-reference stream in which some objects are said to be elsewhere."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, data in f.objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + data + b"\nendobj\n"
    at = len(out)
    size = max(places) + 2
    table = b""
    for number in range(size):
        kind, second, third = moved.get(number, (1, places.get(number, at if number == size - 1 else 0), 0))
        table += struct.pack(">BIH", kind, second, third)
    out += b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 2] /Root 1 0 R /Length %d >>\nstream\n" % (size - 1, size, len(table)) + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % at
    return bytes(out)


def truetype_cycle():
    """A TrueType font in which every glyph is made of itself and its neighbour, twice over."""
    count = 64
    glyph = lambda n: struct.pack(">hhhhh", -1, 0, 0, 100, 100) + struct.pack(">HHbb", 0x0022, n, 0, 0) + struct.pack(">HHbb", 0x0002, (n + 1) % count, 0, 0) + b"\0\0"
    glyf = b"".join(glyph(n) for n in range(count))
    one = len(glyph(0))
    tables = {
        b"glyf": glyf,
        b"head": struct.pack(">IIIIHHQQhhhhHHhhh", 0x10000, 0, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, 100, 100, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 800, -200, 0, 1000, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1),
        b"hmtx": struct.pack(">Hh", 1000, 0) + b"\0\0" * (count - 1),
        b"loca": b"".join(struct.pack(">I", n * one) for n in range(count + 1)),
        b"maxp": struct.pack(">IH", 0x10000, count) + b"\0" * 26,
    }
    out, at = struct.pack(">IHHHH", 0x10000, len(tables), 0, 0, 0), 12 + 16 * len(tables)
    data = b""
    for tag, table in sorted(tables.items()):
        out += tag + struct.pack(">III", 0, at + len(data), len(table))
        data += table + b"\0" * (-len(table) % 4)
    return out + data


# ---------------------------------------------------------------- (b) Markdown and plain text

def markdowns(out):
    for key, part, count in [("quotes", ">", 100_000), ("quotes", ">", 1_000), ("quotes-spaced", "> ", 100_000), ("brackets", "[", 100_000), ("brackets", "[", 5_000_000), ("stars", "*", 100_000), ("stars", "*", 5_000_000),
                             ("stars-words", "*a ", 3_000_000), ("stars-both", "*a_ ", 2_000_000), ("stars-open", "**a *b ", 1_000_000), ("images", "![", 1_000_000), ("links", "[a](", 1_000_000),
                             ("links-angled", "[a](<b", 1_000_000), ("links-titles", '[a](b "', 1_000_000), ("autolinks", "<a:", 1_000_000), ("html", "<a ", 1_000_000), ("html-attributes", "<a b='", 1_000_000),
                             ("comments", "<!--", 1_000_000), ("cdata", "<![CDATA[", 1_000_000), ("declarations", "<!A ", 1_000_000), ("instructions", "<?", 1_000_000), ("backticks", "`", 1_000_000),
                             ("entities", "&a", 1_000_000), ("tildes", "~", 1_000_000), ("tildes-words", "~~a ", 1_000_000), ("links-closed", "[a]", 2_000_000), ("links-both", "[a][b]", 1_000_000),
                             ("brackets-closed", "[]", 2_000_000), ("escapes", "\\", 5_000_000), ("footnotes", "[^a]", 1_000_000), ("newlines", "\n", 20_000_000), ("breaks", "a  \n", 3_000_000), ("rules", "---\n", 3_000_000),
                             ("pipes", "|", 5_000_000), ("pipe-lines", "|\n", 5_000_000), ("hashes", "# a\n", 3_000_000), ("fences", "```\n", 3_000_000), ("items", "- a\n", 3_000_000), ("numbered", "1. a\n", 2_000_000), ("colons", ":\n", 3_000_000),
                             ("tabs", "\t", 5_000_000), ("blank-items", "-\n", 3_000_000), ("quote-lines", "> a\n", 3_000_000), ("setext", "a\n=\n", 3_000_000), ("dollar", "$a$ ", 1_000_000)]:
        out(f"md-{key}-{count}.md", "水\n\n" + part * count + "\n")
    out("md-backticks-distinct.md", "水" + "".join("`" * n + "a" for n in range(1, 2_000)))
    out("md-backticks-distinct-small.md", "水" + "".join("`" * n + "a" for n in range(1, 150)))
    out("md-list-deep-1e4.md", "".join("  " * n + "- a\n" for n in range(3_000)))
    out("md-list-deep-150.md", "".join("  " * n + "- a\n" for n in range(130)))
    out("md-list-deep-one-line.md", "- " * 100_000 + "水\n")
    out("md-quote-then-lazy.md", ">" * 5_000 + "水\n" + "水\n" * 100_000)
    out("md-quotes-deep-lines.md", (">" * 1_000 + "水\n") * 5_000)
    out("md-quotes-in-lists.md", "> - " * 50_000 + "水\n")
    out("md-link-bomb.md", "[a]: " + "x" * 5_000_000 + "\n\n" + "[a]" * 1_000_000 + "\n")
    out("md-link-bomb-text.md", "".join(f"[{'a' * 900}{n}]: /x\n" for n in range(50_000)) + "[a]" * 100_000)
    out("md-link-definitions-1e6.md", "".join(f"[a{n}]: /x\n" for n in range(1_000_000)) + "水\n")
    out("md-link-definitions-lines.md", "[a]: x '\n" * 1_000_000 + "水\n")
    out("md-link-label-long.md", "[" + "水" * 1_000_000 + "]: x\n\n[" + "水" * 1_000_000 + "]\n")
    out("md-brackets-nested-closed.md", "水\n\n" + "[" * 50_000 + "a" + "](b)" * 50_000)
    out("md-brackets-nested-refs.md", "[a]: b\n\n" + "[" * 50_000 + "a" + "][a]" * 50_000)
    out("md-images-nested-closed.md", "水\n\n" + "![" * 50_000 + "a" + "](b)" * 50_000)
    out("md-table-wide.md", "|a" * 30_000 + "|\n" + "|-" * 30_000 + "|\n" + "|\n" * 100_000)
    out("md-table-wide-small.md", "|a" * 2_000 + "|\n" + "|-" * 2_000 + "|\n" + "|\n" * 1_000)
    out("md-table-long.md", "|a|b|\n|-|-|\n" + "|水|水|\n" * 1_500_000)
    out("md-table-full.md", "|a" * 1_000 + "|\n" + "|-" * 1_000 + "|\n" + ("|a" * 1_000 + "|\n") * 3_000)
    out("md-tables-many.md", "|a|\n|-|\n|b|\n\n" * 500_000)
    out("md-footnote-loop.md", "水[^a]\n\n[^a]: 注[^b]\n\n[^b]: 注[^a][^b]\n")
    out("md-footnotes-1e5.md", "水" + "".join(f"[^{n}]" for n in range(100_000)) + "\n\n" + "".join(f"[^{n}]: 注\n" for n in range(100_000)))
    out("md-footnotes-nested.md", "水[^0]\n\n" + "".join("    " * n + f"[^{n}]: 注[^{n + 1}]\n\n" for n in range(300)))
    out("md-footnotes-nested-small.md", "水[^0]\n\n" + "".join("    " * n + f"[^{n}]: 注[^{n + 1}]\n\n" for n in range(60)))
    out("md-emphasis-mixed.md", "水\n\n" + "*a **b _c __d ~e ~~f " * 300_000)
    out("md-emphasis-closed.md", "水\n\n" + "*" * 50_000 + "a" + "*" * 50_000)
    out("md-emphasis-deep.md", "水\n\n" + "*a _b " * 100_000 + "c_ d* " * 100_000)
    out("md-frontmatter-unclosed.md", "---\n" + "a: b\n" * 1_000_000)
    out("md-number-huge.md", "999999999. 水\n1. 水\n\n18446744073709551615. 水\n")
    out("md-code-unclosed.md", "```\n" + "水\n" * 2_000_000)
    out("md-html-blocks.md", "<div>\n" * 1_000_000 + "水\n")
    out("md-60mb.md", "全市生产总值增长8%，就业形势总体稳定。\n\n" * (1_000_000))
    out("md-one-line-50mb.md", "全市生产总值增长8%，" * (1_700_000))
    out("md-nul.md", b"\xe6\xb0\xb4\0\0\xe6\xb0\xb4\n" * 10)
    out("md-cr-only.md", "水\r\r" * 1_000_000)
    out("md-math.md", "$" * 1_000_000 + "{" * 1_000_000)


def texts(out):
    out("txt-nul-64mb.txt", bytes(64 * MB))
    out("txt-ff-64mb.txt", b"\xff" * (64 * MB))
    out("txt-one-line-40mb.txt", "水" * (40 * MB // 3))
    out("txt-one-line-64mb-ascii.txt", b"a" * (64 * MB))
    out("txt-one-sentence-a-line-60mb.txt", (TEXT + "\n") * (60 * MB // 60))
    out("txt-newlines-64mb.txt", b"\n" * (64 * MB))
    out("txt-cr-64mb.txt", b"\r" * (64 * MB))
    out("txt-spaces-64mb.txt", b" " * (64 * MB))
    out("txt-lines-of-one-64mb.txt", "水\n".encode() * (16 * MB))
    out("txt-stops-60mb.txt", "。".encode() * (20 * MB))
    out("txt-headings-60mb.txt", "一、\n".encode() * (9 * MB))
    out("txt-numbers-60mb.txt", b"1.1.1.1.1 " * (6 * MB))
    out("txt-broken-utf8-64mb.txt", ("水" * (21 * MB)).encode()[:-1].replace(b"\xb4\xe6", b"\xb4\xe7", 5) + b"\xff\xff")
    out("txt-gb18030-60mb.txt", ("政府工作报告，" * (4 * MB)).encode("gb18030"))
    out("txt-big5-malformed-40mb.txt", ("政府工作報告，".encode("big5") + b"\xff\x80") * (2 * MB))
    out("txt-utf16-lone-surrogates.txt", b"\xff\xfe" + "政府工作报告".encode("utf-16-le") * 20 + b"\x00\xd8\x41\x00\x00\xdc" * 50)
    out("txt-utf16-lone-surrogates-60mb.txt", b"\xff\xfe" + b"\x00\xd8" * (30 * MB))
    out("txt-utf16-odd.txt", b"\xfe\xff" + "政府工作报告".encode("utf-16-be") + b"\x00")
    out("txt-utf16-nomark-60mb.txt", "政府工作报告，".encode("utf-16-le") * (4 * MB))
    out("txt-utf32.txt", "政府工作报告，全市生产总值增长。\n".encode("utf-32") * 10)
    out("txt-marks-only.txt", b"\xef\xbb\xbf")
    out("txt-marks-many.txt", b"\xef\xbb\xbf" * 5_000)
    out("txt-empty.txt", b"")
    out("txt-one-byte.txt", b"\xe6")
    out("txt-combining-20mb.txt", "a" + "\u0301" * (10 * MB))
    out("txt-bidi.txt", "\u202e" * 5_000 + TEXT)
    out("txt-emoji-joined-20mb.txt", "👨‍" * (3 * MB))
    out("txt-random-10mb.txt", random.Random(2).randbytes(10 * MB))
    out("txt-controls.txt", bytes(range(256)) * 40)
    out("txt-esc-hz.txt", b"~{;;;;~}" * 1000)
    out("txt-old-office.doc.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000))
    out("txt-rtf.txt", b"{\\rtf1" + b"{" * 10_000)


PARTS = [mutate, zips, xmls, docxs, odts, epubs, htmls, mhtmls, pdfs, markdowns, texts]


# Small files that show nothing another kept one does not.
NOT_KEPT = re.compile(r"zip-method-(1|9|14|95|97)\.|zip-lying-unpacked-size-small|docx-number-huge-(decimal|chinese|ideograph|decimalEn|nosuch)|pdf-shading-[567]"
                      r"|pdf-mediabox-(short|wide|tiny)|pdf-predictor-(colors-32|bits-16|unknown|columns-0\.|columns-1e9|columns-max-png|bits-3)|pdf-filter-(RL|CCF|DCT|LZW-garbage|A85-garbage)"
                      r"|pdf-locked-(public-key|self|length-0)|pdf-picture-(DCT|CCITT)|pdf-font-(OpenType|CIDFontType0C)|xml-utf-32-.*marked|xml-utf-16-.e\.|pdf-deep-(arrays|dicts)-500"
                      r"|html-charset-(nosuch|utf-7|x-user|aaa|empty)|md-quotes-1000|docx-relation-(query|unc)|zip-name-(drive|backslash)|pdf-filters-unknown|txt-(marks-many|rtf|esc-hz|bidi)"
                      r"|(colour|function|reference|length)-chain-2e3|pdf-(xref-negative|deep-(arrays|dicts)-content|objstm-n-huge|font-table|colour-cycle-(indexed|devicen)|w2-|q-1e5|Q-1e6|bmc|bt-1e6)"
                      r"|zip-(two-ends|end-count|zip64-loop|lying-local-name|offset-negative)|xml-(ebcdic|bom-only|same-attr|utf-16-odd|utf7)|odt-(number-level-huge\.|no-text|styles-broken|columns-repeated-nonsense)|mhtml-(lf-only|only-headers|charset-utf7|boundary-never)")
KEPT_MUTATIONS = re.compile(r"-(cut4|flip1|removed0|swapped0|xml[25])\.|(fields|rotated|saved)-(cut[08]|flip[37]|zero0|twice0|renamed0|removed1|token[02])\.")


def keep(folder, kept):
    """Copies what is small enough to be a fixture, some mutations and nearly everything crafted."""
    kept.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.iterdir()):
        wanted = KEPT_MUTATIONS.search(path.name) and "reportlab" not in path.name if path.name.startswith("mut-") else not NOT_KEPT.search(path.name)
        if path.is_file() and path.stat().st_size <= KEPT_FILE and wanted:
            (kept / path.name).write_bytes(path.read_bytes())


def main():
    arguments = sys.argv[1:]
    if not arguments:
        sys.exit(__doc__)
    value = lambda name: arguments[arguments.index(name) + 1] if name in arguments else None
    out = Out(arguments[0], value("--only"))
    for part in PARTS:
        part(out)
    if value("--kept"):
        keep(out.folder, Path(value("--kept")))
    print(len(out.names), "files")


if __name__ == "__main__":
    main()
