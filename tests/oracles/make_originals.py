#!/usr/bin/env python3
"""Make the documents in tests/fixtures/originals, with the text that is expected of each.

Run, on Debian 12, with a Python that has the packages the README of that folder names:

    python3 tests/oracles/make_originals.py [STAGE ...]

The stages are common, docx, odt, html, pdf, markdown, epub; without any, all of them run, in this order
(odt and pdf use files of docx). All texts are constants in this file and were written for it; the county
and everything in it is invented.

Needs soffice, chromium, faketime, qpdf and poppler-data, WenQuanYi Micro Hei and the Noto CJK fonts. Works in
/tmp/originals-build, whose path can be read in the foot lines of Chromium's PDFs, and which is why it is
fixed. Dates are fixed; what else differs between two runs is named in the README.
"""

import os
import sys

# The sibling opencc.py must not be taken for the package.
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path = [p for p in sys.path if os.path.abspath(p or ".") != HERE]

import base64
import html as htmllib
import io
import json
import quopri
import re
import shutil
import subprocess
import time
import urllib.request
import zipfile
from pathlib import Path

OUT = Path(HERE).parent / "fixtures" / "originals"
BUILD = Path("/tmp/originals-build")
WHEN = "2024-01-18T09:30:00Z"
PDF_WHEN = "D:20240118093000Z"
ZIP_WHEN = (2024, 1, 18, 9, 30, 0)
FONT = {"hans": "WenQuanYi Micro Hei", "hant": "WenQuanYi Micro Hei"}  # its outlines are small
LATIN = "Liberation Serif"
LANG = {"hans": "zh-CN", "hant": "zh-TW"}


# ---------------------------------------------------------------- helpers


def put(name, data):
    path = OUT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(data, str):
        data = data.encode("utf-8")
    path.write_bytes(data)
    if len(data) > 150_000:
        print(f"TOO BIG: {name} {len(data)}", file=sys.stderr)
    return path


def expect(name, lines):
    """NAME.expected.txt: one paragraph a line."""
    if isinstance(lines, str):
        lines = lines.strip("\n").split("\n")
    for line in lines:
        assert line.strip() and line.strip(" ") == line.rstrip("\t"), (name, line)
    put(f"{name}.expected.txt", "\n".join(lines) + "\n")


def esc(text):
    return htmllib.escape(text, quote=False)


_opencc = None


def trad(text):
    """Traditional text, with the quotation marks used for it."""
    global _opencc
    if _opencc is None:
        import opencc

        _opencc = opencc.OpenCC("s2tw")
    text = _opencc.convert(text)
    return text.translate(str.maketrans("“”‘’", "「」『』"))


def zip_bytes(parts):
    """A ZIP file with fixed dates; parts named mimetype are stored."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, data in parts:
            if isinstance(data, str):
                data = data.encode("utf-8")
            info = zipfile.ZipInfo(name, ZIP_WHEN)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            z.writestr(info, data)
    return out.getvalue()


def fixed_zip(data):
    """The same ZIP file with fixed dates, outside and inside, and without a thumbnail."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        for info in z.infolist():
            if info.is_dir():
                continue
            body = z.read(info)
            if "thumbnail" in info.filename.lower():
                continue
            if info.filename == "_rels/.rels":
                body = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", body)
            if info.filename == "META-INF/manifest.xml":
                body = re.sub(rb'\s*<manifest:file-entry [^>]*humbnail[^>]*/>', b"", body)
            if info.filename in ("docProps/core.xml", "meta.xml"):
                body = re.sub(
                    rb"(<(dcterms:created|dcterms:modified|meta:creation-date|dc:date)\b[^>]*>)[^<]*",
                    rb"\g<1>" + WHEN.encode(),
                    body,
                )
                body = re.sub(rb"<meta:editing-duration>[^<]*", b"<meta:editing-duration>PT0S", body)
                body = re.sub(rb"(<TotalTime>)[^<]*", rb"\g<1>0", body)
            if info.filename == "settings.xml":
                body = re.sub(rb'(config:name="Rsid(?:Root)?" config:type="int">)\d+', rb"\g<1>1", body)
            if info.filename == "content.xml":
                # Identifiers LibreOffice takes from addresses and at random.
                seen = {}
                for kind in (b"ct", b"list"):
                    body = re.sub(
                        rb'"' + kind + rb'(\d{5,})"',
                        lambda m: b'"' + kind + seen.setdefault(m.group(1), str(len(seen) + 1).encode()) + b'"',
                        body,
                    )
            if info.filename == "docProps/app.xml":
                body = re.sub(rb"(<TotalTime>)[^<]*", rb"\g<1>0", body)
            parts.append((info.filename, body))
    return zip_bytes(parts)


def fixed_pdf(data):
    """The same PDF with dates and file identifier replaced by fixed ones of the same length."""

    def same_length(match):
        old = match.group(2)
        new = PDF_WHEN.encode() if old.endswith(b"Z") else b"D:20240118093000+00'00'"
        if len(new) != len(old):
            new = new[: len(old)].ljust(len(old), b" ")
        return match.group(1) + new + b")"

    data = re.sub(rb"(/(?:CreationDate|ModDate)\s*\()(D:[^)]*)\)", same_length, data)

    def no_id(match):
        return re.sub(rb"<[0-9A-Fa-f]+>", lambda m: b"<" + b"0" * (len(m.group(0)) - 2) + b">", match.group(0))

    data = re.sub(rb"/ID\s*\[\s*<[0-9A-Fa-f]+>\s*<[0-9A-Fa-f]+>\s*\]", no_id, data)
    data = re.sub(rb"/DocChecksum\s*/[0-9A-F]+", lambda m: b"/DocChecksum /" + b"0" * (len(m.group(0)) - 14), data)
    return data


def run(*args, **kwargs):
    result = subprocess.run([str(a) for a in args], capture_output=True, timeout=240, **kwargs)
    if result.returncode:
        raise RuntimeError(f"{args}: {result.stderr.decode(errors='replace')}")
    return result.stdout


def office(source, to):
    """What LibreOffice makes of a file. TO is an extension, with a filter after a colon if wanted."""
    source = Path(source)
    if source.parent != BUILD:
        source = Path(shutil.copy(source, BUILD / source.name))
    folder = BUILD / "office-out"
    folder.mkdir(exist_ok=True)
    made = folder / (source.stem + "." + to.split(":")[0])
    made.unlink(missing_ok=True)
    run(
        "soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{BUILD}/office-profile",
        "--convert-to", to, "--outdir", folder, source,
        env={**os.environ, "TZ": "UTC", "SOURCE_DATE_EPOCH": "1705570200"},
    )
    data = made.read_bytes()
    if data.startswith(b"PK"):
        return fixed_zip(data)
    if data.startswith(b"%PDF"):
        return fixed_pdf(data)
    return data


def chromium_pdf(page):
    """Chromium's print of a file, with its head and foot lines."""
    made = BUILD / "chromium.pdf"
    made.unlink(missing_ok=True)
    run(
        "faketime", "2024-01-18 09:30:00",
        "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={BUILD}/chromium-profile",
        f"--print-to-pdf={made}", f"file://{page}",
        env={**os.environ, "TZ": "UTC", "LANG": "zh_CN.UTF-8"},
    )
    return fixed_pdf(made.read_bytes())


# ---------------------------------------------------------------- common

# (kind, text): title, by, to (the address), h1, h2, p
REPORT = [
    ("title", "政府工作报告"),
    ("by", "——2024年1月10日在青澜县第十八届人民代表大会第三次会议上"),
    ("by", "县长 林知远"),
    ("to", "各位代表："),
    ("p", "现在，我代表县人民政府，向大会报告工作，请予审议，并请县政协委员和列席会议的同志提出意见。"),
    ("h1", "一、2023年工作回顾"),
    ("p", "——过去一年，是全县上下顶住压力、稳中有进的一年。面对外部需求走弱、汛期连遭强降雨等多重考验，我们在市委、市政府和县委的坚强领导下，紧紧依靠全县人民，较好完成了县十八届人大二次会议确定的各项目标任务。"),
    ("p", "初步核算，全年地区生产总值达到186.4亿元，按不变价格计算增长6.3%；一般公共预算收入12.75亿元，增长8.1%，其中税收收入占比提高到71.6%；固定资产投资增长9.4%；社会消费品零售总额68.2亿元，增长7.8%；城镇和农村居民人均可支配收入分别为38,460元和21,935元，增长5.2%、7.4%，城乡收入比缩小到1.75：1。"),
    ("h2", "（一）产业发展提质增效"),
    ("p", "1.工业支撑更加有力。新增规模以上工业企业14家，总数达到97家，规模以上工业增加值增长8.6%。青澜经济开发区实现营业收入143亿元，竹纤维新材料产业园一期建成投产，18条生产线全部达产，带动就业2,300余人。单位工业增加值能耗下降4.1%。"),
    ("p", "2.农业基础更加牢固。建成高标准农田3.2万亩，粮食总产量保持在15.8万吨以上；“青澜云雾茶”入选全省特色农产品名录，茶产业综合产值突破20亿元大关；农产品加工转化率提高到68%，新培育市级以上龙头企业5家、家庭农场126家。"),
    ("p", "3.服务业恢复向好。全年接待游客412万人次，实现旅游综合收入33.6亿元，同比分别增长38.5%和41.2%。县乡村三级物流体系全面贯通，快递业务量首次突破1,000万件，网络零售额增长22%。"),
    ("h2", "（二）改革创新纵深推进"),
    ("p", "深化“一件事一次办”改革，286项高频事项实现掌上可办，企业开办时间压缩到0.5个工作日。新增经营主体6,812户，总量超过4.5万户。全社会研发经费投入增长15.3%，高新技术企业由19家增加到27家。外贸进出口总额9.7亿元，其中茶叶、竹制品出口增长26%。"),
    ("h2", "（三）城乡面貌持续改善"),
    ("p", "青澜至平岚高速公路建成通车，全县正式迈入“高速时代”；改造老旧小区31个，惠及居民4,870户；新建和改造农村公路156公里，农村自来水普及率达到96.4%。河湖长制、林长制全面落实，县城空气质量优良天数比例为95.9%，3个国控断面水质达标率为100%，森林覆盖率稳定在72.3%。"),
    ("h2", "（四）民生福祉不断增进"),
    ("p", "民生支出占一般公共预算支出的比重达到81.2%，年初承诺的10件民生实事全部办结。城镇新增就业5,630人，零就业家庭动态清零。新增公办幼儿园学位1,260个、义务教育学位2,700个，县人民医院新院区投入使用，每千名老年人拥有养老床位43张。妥善应对第5号台风“云鸥”，提前转移群众1.9万人，实现了人员零伤亡。"),
    ("p", "各位代表！成绩来之不易。这是县委统揽全局的结果，是县人大、县政协有效监督、大力支持的结果，更是全县42万人民团结奋斗、埋头苦干的结果。在此，我代表县人民政府，向所有关心、支持和参与青澜发展的同志们、朋友们，表示衷心的感谢！"),
    ("p", "同时我们也清醒地看到，发展中还存在不少困难和问题：一是经济总量不大，产业链条偏短，龙头企业偏少；二是财政收支矛盾突出，“三保”压力较大；三是教育、医疗、养老等公共服务与群众期盼还有差距；四是少数干部担当意识不强，形式主义、官僚主义仍不同程度存在。对此，我们一定直面问题，采取有效措施，认真加以解决。"),
    ("h1", "二、2024年总体要求和主要目标"),
    ("p", "今年政府工作的总体要求是：完整、准确、全面贯彻新发展理念，坚持稳中求进、以进促稳、先立后破，大力实施“工业强县、生态立县、文旅兴县”战略，着力扩大内需、优化结构、提振信心、防范风险，推动经济实现质的有效提升和量的合理增长。"),
    ("p", "主要预期目标是：地区生产总值增长6.5%左右；规模以上工业增加值增长8%；固定资产投资增长8.5%；社会消费品零售总额增长7%；一般公共预算收入增长6%；城乡居民收入增长与经济增长基本同步；城镇调查失业率控制在5.5%以内；居民消费价格涨幅3%左右。"),
    ("h1", "三、2024年重点工作"),
    ("h2", "（一）着力建设现代化产业体系"),
    ("p", "坚持把发展经济的着力点放在实体经济上。一是做强主导产业，实施竹纤维“链长制”，力争年内引进亿元以上项目20个、到位资金35亿元。二是改造传统产业，推动60家企业实施“智改数转”，建成省级智能工厂2家。三是培育新兴产业，开工建设120兆瓦抽水蓄能配套项目，新型储能装机达到5万千瓦时。"),
    ("h2", "（二）着力扩大有效需求"),
    ("p", "安排重点项目108个，年度计划投资76.5亿元，其中产业类项目占比不低于60%。发放文旅、家电、汽车等消费券1,500万元，办好第十二届“青澜采茶节”，全年接待游客450万人次以上。新建公共充电桩320个，培育夜间消费集聚区3处。"),
    ("h2", "（三）着力推进乡村全面振兴"),
    ("p", "学习运用“千村示范、万村整治”工程经验，守牢不发生规模性返贫底线。新建高标准农田2.6万亩，改造低产茶园1.1万亩；打造和美乡村示范村15个，农村生活污水治理率达到55%以上；村集体经营性收入30万元以上的村占比超过六成。"),
    ("h2", "（四）着力保障和改善民生"),
    ("p", "始终把群众的事当成自己的事，集中力量办好以下实事："),
    ("p", "1.新建、改扩建学校6所，新增学位1,800个，实现义务教育学校校车、食堂全覆盖；"),
    ("p", "2.建成县中医院康复楼，新增床位200张，为全县65岁以上老年人免费体检1次；"),
    ("p", "3.筹集保障性租赁住房400套，加装电梯45部，完成棚户区改造280户；"),
    ("p", "4.新增城镇就业5,500人以上，开展职业技能培训8,000人次，高校毕业生年底去向落实率不低于90%。"),
    ("h1", "四、加强政府自身建设"),
    ("p", "坚持把政治建设摆在首位，深入推进法治政府建设，自觉接受县人大及其常委会的法律监督、工作监督和县政协的民主监督，人大代表建议、政协提案办结率保持100%。严格落实中央八项规定及其实施细则精神，一般性支出压减5%以上，把更多资金用在发展紧要处、民生急需上。"),
    ("p", "各位代表！征途漫漫，惟有奋斗。让我们更加紧密地团结起来，在中共青澜县委的坚强领导下，锐意进取、真抓实干，为谱写青澜高质量发展新篇章而努力奋斗！"),
]


def report(script):
    if script == "hans":
        return REPORT
    return [(kind, trad(text)) for kind, text in REPORT]


def set_fonts(document, font, lang):
    """Give all styles one font and language, and no theme fonts or colours."""
    from docx.oxml.ns import qn

    for rpr in document.styles.element.iter(qn("w:rPr")):
        for tag in ("w:color",):
            for node in rpr.findall(qn(tag)):
                rpr.remove(node)
        fonts = rpr.find(qn("w:rFonts"))
        if fonts is not None:
            fonts.attrib.clear()
            for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
                fonts.set(qn(name), font if name == "w:eastAsia" else LATIN)
        language = rpr.find(qn("w:lang"))
        if language is not None:
            language.set(qn("w:eastAsia"), lang)


def add_field(paragraph, code):
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "instr", "separate", "text", "end"):
        r = paragraph.add_run()._r
        if kind == "instr":
            node = OxmlElement("w:instrText")
            node.set(qn("xml:space"), "preserve")
            node.text = f" {code} "
        elif kind == "text":
            node = OxmlElement("w:t")
            node.text = "1"
        else:
            node = OxmlElement("w:fldChar")
            node.set(qn("w:fldCharType"), kind)
        r.append(node)


def indent_two(paragraph, size):
    from docx.oxml.ns import qn

    pf = paragraph.paragraph_format
    pf.first_line_indent = 2 * size
    paragraph._p.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), "200")


def python_docx_report(items, script, *, size=13, line=19, page=(210, 297), margins=(25, 20), heads=None, foot=None, columns=1):
    """A report in DOCX. HEADS: running heads of odd and even pages. FOOT: texts and field codes in turn."""
    import docx
    from docx.enum.section import WD_SECTION
    from docx.enum.text import WD_ALIGN_PARAGRAPH as AL
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    size_pt = size
    size = Pt(size)
    d = docx.Document()
    set_fonts(d, FONT[script], LANG[script])
    normal = d.styles["Normal"]
    normal.font.name = LATIN
    normal.font.size = size
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT[script])
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = Pt(line)
    for name, points in (("Title", 22), ("Heading 1", size_pt + 2), ("Heading 2", size_pt)):
        style = d.styles[name]
        style.font.size = Pt(points)
        style.paragraph_format.space_before = Pt(6)
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.line_spacing = Pt(max(line, points * 1.5))
        for border in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(border)
    section = d.sections[0]
    section.page_width, section.page_height = Mm(page[0]), Mm(page[1])
    section.left_margin = section.right_margin = Mm(margins[0])
    section.top_margin = section.bottom_margin = Mm(margins[1])
    section.header_distance = section.footer_distance = Mm(margins[1] / 2)
    for kind, text in items:
        if kind == "title":
            p = d.add_paragraph(text, style="Title")
            p.alignment = AL.CENTER
        elif kind == "by":
            p = d.add_paragraph(text)
            p.alignment = AL.CENTER
        elif kind == "to":
            p = d.add_paragraph(text)
        elif kind in ("h1", "h2"):
            p = d.add_paragraph(text, style="Heading 1" if kind == "h1" else "Heading 2")
            indent_two(p, size)
        elif kind == "columns":
            d.add_section(WD_SECTION.CONTINUOUS)
            cols = d.sections[1]._sectPr.find(qn("w:cols"))
            cols.set(qn("w:num"), "2")
            cols.set(qn("w:space"), "600")
            continue
        else:
            p = d.add_paragraph(text)
            p.alignment = AL.JUSTIFY
            indent_two(p, size)
    first = d.sections[0]
    if heads:
        odd, even = heads
        targets = [(first.header, odd, AL.RIGHT)]
        if even:
            d.settings.odd_and_even_pages_header_footer = True
            targets.append((first.even_page_header, even, AL.LEFT))
        for header, text, align in targets:
            header.is_linked_to_previous = False
            header.paragraphs[0].text = text
            header.paragraphs[0].alignment = align
        for footer in [first.footer] + ([first.even_page_footer] if even else []):
            footer.is_linked_to_previous = False
            p = footer.paragraphs[0]
            p.alignment = AL.CENTER
            for i, part in enumerate(foot):
                if i % 2:
                    add_field(p, part)
                elif part:
                    p.add_run(part)
    import datetime

    core = d.core_properties
    core.title = items[0][1]
    core.author = "make_originals.py"
    core.comments = ""
    core.created = core.modified = datetime.datetime(2024, 1, 18, 9, 30)
    out = io.BytesIO()
    d.save(out)
    return fixed_zip(out.getvalue())


def page_html(items, script):
    title = items[0][1]
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{LANG[script]}">',
        "<head>",
        '<meta charset="utf-8">',
        f"<title>{title}</title>",
        "<style>",
        f'body {{ font-family: "{FONT[script]}", "{LATIN}", serif; font-size: 16px; line-height: 1.8; margin: 2em auto; max-width: 42em; }}',
        "h1, .by { text-align: center; }",
        "h1 { font-size: 1.6em; }",
        "h2, h3, p.text { text-indent: 2em; font-size: 1em; }",
        "h1, h2, h3 { font-weight: normal; }",
        "p.text { text-align: justify; }",
        "</style>",
        "</head>",
        "<body>",
    ]
    tags = {
        "title": "<h1>{}</h1>",
        "by": '<p class="by">{}</p>',
        "to": "<p>{}</p>",
        "h1": "<h2>{}</h2>",
        "h2": "<h3>{}</h3>",
        "p": '<p class="text">{}</p>',
    }
    lines += [tags[kind].format(esc(text)) for kind, text in items]
    lines += ["</body>", "</html>"]
    return "\n".join(lines) + "\n"


# What may not begin a line.
NO_BEGIN = set("，。、；：！？）”’」』》〉】%％…∶·—")
NO_END = set("（“‘「『《〈【")


def wrap(text, size, width, indent, measure):
    """Lines of a paragraph: full-width marks do not begin a line, numbers and words stay whole."""
    tokens = re.findall(r"[0-9A-Za-z.,·%]+|——|.", text)
    lines, line, used = [], "", indent
    for token in tokens:
        w = measure(token)
        if used + w > width and token[0] not in NO_BEGIN and line:
            keep = ""
            while line and line[-1] in NO_END:
                keep = line[-1] + keep
                line = line[:-1]
            lines.append(line.rstrip())
            line, used = keep, measure(keep)
            if token == " ":
                continue
        line += token
        used += w
    lines.append(line)
    return lines


def reportlab_pdf(items, script, landscape=False):
    from reportlab.pdfbase import _cidfontdata, cidfonts, pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    # reportlab has UniGB-UCS2-H here, which does not belong to Adobe-CNS1.
    for table in (_cidfontdata, cidfonts):
        table.defaultUnicodeEncodings["MSung-Light"] = ("cht", "UniCNS-UCS2-H")
    from reportlab.pdfgen import canvas

    name = {"hans": "STSong-Light", "hant": "MSung-Light"}[script]
    pdfmetrics.registerFont(UnicodeCIDFont(name))
    width, height = 595.28, 841.89
    out = io.BytesIO()
    # reportlab swaps the sides of the page for a rotation by 90 degrees.
    c = canvas.Canvas(out, pagesize=(height, width) if landscape else (width, height), invariant=1)
    c.setTitle(items[0][1])
    c.setAuthor("make_originals.py")
    if landscape:
        width, height = height, width
    left, right, top, bottom = 72, 72, 72, 72
    state = {"page": 0, "y": 0}

    def begin():
        state["page"] += 1
        state["y"] = height - top
        if landscape:
            c.setPageRotation(90)
            c.transform(0, 1, -1, 0, 595.28, 0)

    def end():
        c.setFont(name, 10)
        c.drawCentredString(width / 2, 40, f"- {state['page']} -")
        c.showPage()

    begin()
    for kind, text in items:
        size = 20 if kind == "title" else 14
        leading = size * 1.8
        measure = lambda t, s=size: pdfmetrics.stringWidth(t, name, s)
        indent = 2 * size if kind in ("h1", "h2", "p") else 0
        lines = wrap(text, size, width - left - right, indent, measure)
        for i, line in enumerate(lines):
            if state["y"] - leading < bottom:
                end()
                begin()
            state["y"] -= leading
            c.setFont(name, size)
            if kind in ("title", "by"):
                c.drawCentredString(width / 2, state["y"], line)
            else:
                c.drawString(left + (indent if i == 0 else 0), state["y"], line)
    end()
    c.save()
    return out.getvalue()


def report_md(items):
    marks = {"title": "# ", "h1": "## ", "h2": "### "}
    # The two lines of the byline are paragraphs of their own as well.
    return "\n\n".join(marks.get(kind, "") + text for kind, text in items) + "\n"


XHTML = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="{lang}">
<head><title>{title}</title></head>
<body>
{body}
</body>
</html>
"""

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def report_epub(items, script):
    lang, title = LANG[script], items[0][1]
    chapters, chapter = [], []
    for kind, text in items:
        if kind == "h1" and text[0] in "二三四" and text[0] != "四":
            chapters.append(chapter)
            chapter = []
        chapter.append((kind, text))
    chapters.append(chapter)
    tags = {"title": "h1", "h1": "h2", "h2": "h3"}
    parts = [("mimetype", "application/epub+zip"), ("META-INF/container.xml", CONTAINER)]
    names = [f"chapter{i + 1}.xhtml" for i in range(len(chapters))]
    manifest = "".join(f'<item id="c{i}" href="text/{n}" media-type="application/xhtml+xml"/>\n' for i, n in enumerate(names))
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(len(names)))
    opf = f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:6f6b2f6e-2024-4a10-8a10-00000000{'0001' if script == 'hans' else '0002'}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{lang}</dc:language>
<meta property="dcterms:modified">{WHEN}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
{manifest}</manifest>
<spine>{spine}</spine>
</package>
"""
    first = [next(t for k, t in c if k in ("title", "h1")) for c in chapters]
    nav = '<nav epub:type="toc" id="toc"><h1>%s</h1><ol>%s</ol></nav>' % (
        "目录" if script == "hans" else "目錄",
        "".join(f'<li><a href="text/{n}">{esc(t)}</a></li>' for n, t in zip(names, first)),
    )
    parts += [("OEBPS/package.opf", opf), ("OEBPS/nav.xhtml", XHTML.format(lang=lang, title=title, body=nav))]
    for name, chapter in zip(names, chapters):
        body = "\n".join("<{0}>{1}</{0}>".format(tags.get(k, "p"), esc(t)) for k, t in chapter)
        parts.append((f"OEBPS/text/{name}", XHTML.format(lang=lang, title=title, body=body)))
    return zip_bytes(parts)


def stage_common():
    for script in ("hans", "hant"):
        items = report(script)
        base = f"common/report-{script}"
        lines = [text for _, text in items]
        expect(base, lines)
        put(f"{base}.txt", "\n".join(lines) + "\n")
        put(f"{base}.md", report_md(items))
        put(f"{base}.page.html", page_html(items, script))
        put(f"{base}.epub", report_epub(items, script))
        put(f"{base}.reportlab.pdf", reportlab_pdf(items, script))
        head = "青澜县人民政府工作报告（2024年）"
        head = head if script == "hans" else trad(head)
        source = put(
            f"{base}.python-docx.docx",
            python_docx_report(items, script, heads=(head, None), foot=["— ", "PAGE", " —"]),
        )
        copy = BUILD / f"report-{script}.docx"
        shutil.copy(source, copy)
        put(f"{base}.docx", office(copy, "docx:Office Open XML Text"))
        put(f"{base}.odt", office(copy, "odt"))
        put(f"{base}.libreoffice.html", office(copy, "html:HTML (StarWriter):UTF8"))
        put(f"{base}.pdf", office(copy, "pdf"))
        page = Path(shutil.copy(OUT / f"{base}.page.html", BUILD / f"report-{script}.page.html"))
        put(f"{base}.chromium.pdf", chromium_pdf(page))


# ---------------------------------------------------------------- docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    R: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
WORD_NS = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'mc:Ignorable="w14"'
)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PART_TYPES = {
    "styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes",
    "comments": "comments", "settings": "settings", "header1": "header", "footer1": "footer",
}


def docx(body, links=(), strict=False, **parts):
    """A DOCX of raw XML. PARTS: the inside of styles, numbering, footnotes and so on."""
    roots = {"header1": "hdr", "footer1": "ftr"}
    types = [
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
        '<Default Extension="xml" ContentType="application/xml"/>',
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>',
    ]
    rels, files = [], []
    for name, inside in parts.items():
        kind = PART_TYPES[name]
        types.append(
            f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        )
        rels.append(f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{name}.xml"/>')
        root = roots.get(name, name)
        files.append((f"word/{name}.xml", f"{XML}<w:{root} {WORD_NS}>{inside}</w:{root}>"))
    for number, target in links:
        rels.append(f'<Relationship Id="{number}" Type="{R}/hyperlink" Target="{target}" TargetMode="External"/>')
    heads = ""
    if "header1" in parts:
        heads = '<w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/>'
    section = f'<w:sectPr>{heads}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
    conformance = ' w:conformance="strict"' if strict else ""
    package = "http://schemas.openxmlformats.org/package/2006"
    files = [
        ("[Content_Types].xml", f'{XML}<Types xmlns="{package}/content-types">{"".join(types)}</Types>'),
        ("_rels/.rels", f'{XML}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'),
        ("word/document.xml", f"{XML}<w:document {WORD_NS}{conformance}><w:body>{body}{section}</w:body></w:document>"),
        ("word/_rels/document.xml.rels", f'{XML}<Relationships xmlns="{package}/relationships">{"".join(rels)}</Relationships>'),
    ] + files
    if strict:
        changed = []
        for name, text in files:
            for old, new in STRICT.items():
                text = text.replace(old, new)
            changed.append((name, text))
        files = changed
    return zip_bytes(files)


def r(text, rpr=""):
    rpr = f"<w:rPr>{rpr}</w:rPr>" if rpr else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{esc(text)}</w:t></w:r>'


def p(inside, ppr=""):
    """A paragraph: of text, or of runs."""
    if not inside.startswith("<"):
        inside = r(inside)
    ppr = f"<w:pPr>{ppr}</w:pPr>" if ppr else ""
    return f"<w:p>{ppr}{inside}</w:p>"


def style(number, name, ppr="", based=None, rpr="", kind="paragraph", default=False):
    based = f'<w:basedOn w:val="{based}"/>' if based else ""
    ppr = f"<w:pPr>{ppr}</w:pPr>" if ppr else ""
    rpr = f"<w:rPr>{rpr}</w:rPr>" if rpr else ""
    first = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}"{first} w:styleId="{number}"><w:name w:val="{name}"/>{based}{ppr}{rpr}</w:style>'


STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Liberation Serif" w:hAnsi="Liberation Serif" w:eastAsia="WenQuanYi Micro Hei"/>'
    '<w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    + style("Normal", "Normal", default=True)
    + style("Title", "Title", '<w:jc w:val="center"/>', "Normal")
    + style("Heading1", "heading 1", '<w:outlineLvl w:val="0"/>', "Normal")
    + style("TOC1", "toc 1", "", "Normal")
)


def level(i, fmt, text, start=1, suff=None, extra=""):
    suff = f'<w:suff w:val="{suff}"/>' if suff else ""
    return (
        f'<w:lvl w:ilvl="{i}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{extra}{suff}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def numbered(num, ilvl, text):
    return p(text, f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num}"/></w:numPr>')


def standard_levels(counting):
    return (
        level(0, counting, "%1、")
        + level(1, counting, "（%2）")
        + level(2, "decimal", "%3.")
        + level(3, "decimal", "（%4）")
    )


# (numId, level, number, text); numId None: without; a style's name: numbered by the style; "cancel": a
# numbered style with numId 0.
NUMBERING = [
    (None, 0, "", "青澜县2024年重点任务分工方案"),
    (1, 0, "一、", "总体要求"),
    (None, 0, "", "各责任单位要对照方案，倒排工期、挂图作战，确保全年任务落地见效。"),
    (1, 0, "二、", "重点任务"),
    (1, 1, "（一）", "扩大有效投资"),
    (1, 2, "1. ", "加快108个重点项目建设，一季度开工率不低于40%。"),
    (1, 2, "2. ", "用好专项债券资金，重点支持以下领域："),
    (1, 3, "（1）", "城市更新和老旧管网改造；"),
    (1, 3, "（2）", "农村供水保障工程。"),
    (1, 2, "3. ", "落实领导联系项目制度。"),
    (1, 1, "（二）", "促进消费恢复"),
    (1, 2, "1. ", "办好采茶节、丰收节等活动。"),
    (None, 0, "", "活动经费由县财政统筹安排，不得向企业摊派。"),
    (1, 2, "2. ", "发放消费券1,500万元。"),
    (1, 3, "（1）", "家电类；"),
    (1, 0, "三、", "保障措施"),
    (1, 1, "（一）", "加强组织领导。"),
    (1, 1, "（二）", "强化要素保障。"),
    (1, 1, "（三）", "优化审批服务。"),
    (1, 1, "（四）", "落实资金来源。"),
    (1, 1, "（五）", "严格质量管理。"),
    (1, 1, "（六）", "守住安全底线。"),
    (1, 1, "（七）", "注重宣传引导。"),
    (1, 1, "（八）", "定期调度通报。"),
    (1, 1, "（九）", "开展效果评估。"),
    (1, 1, "（十）", "完善考核办法。"),
    (1, 1, "（十一）", "严肃追责问责。"),
    (1, 1, "（十二）", "及时总结经验。"),
    (None, 0, "", "附件一 责任分工"),
    (2, 0, "一、", "县发展改革局"),
    (2, 0, "二、", "县财政局"),
    (2, 2, "5. ", "编制资金平衡方案。"),
    (2, 2, "6. ", "开展绩效评价。"),
    (None, 0, "", "附件二 管理办法"),
    (4, 0, "第一章 ", "总则"),
    (4, 1, "第一条 ", "为规范重点项目管理，制定本办法。"),
    (4, 1, "第二条 ", "本办法适用于县级重点项目。"),
    (4, 0, "第二章 ", "申报"),
    (4, 1, "第三条 ", "项目单位应当于每年9月底前申报。"),
    (None, 0, "", "附件三 工作台账"),
    ("Task", 0, "（1）", "按样式编号的第一项工作。"),
    ("Task", 0, "（2）", "按样式编号的第二项工作。"),
    ("cancel", 0, "", "这一段用同一样式，但取消了编号。"),
    ("TaskBased", 0, "（3）", "由派生样式继承编号的工作。"),
    ("TaskSub", 1, "a. ", "样式所带的第二级编号。"),
    (None, 0, "", "联系方式如下："),
    (5, 0, "", "综合股，负责日常联络；"),
    (5, 0, "", "项目股，负责项目申报。"),
    (6, 0, "九十九、", "编号较大的一项。"),
    (6, 0, "一百、", "整百的一项。"),
    (6, 0, "一百零一、", "过百的一项。"),
]

NUMBERING_XML = (
    f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{standard_levels("chineseCountingThousand")}</w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>'
    + level(0, "decimal", "（%1）", extra='<w:pStyle w:val="Task"/>')
    + level(1, "lowerLetter", "%2.", extra='<w:pStyle w:val="TaskSub"/>')
    + '</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="multilevel"/>'
    + level(0, "chineseCountingThousand", "第%1章 ", suff="nothing")
    + level(1, "chineseCountingThousand", "第%2条", suff="space", extra='<w:lvlRestart w:val="0"/>')
    + '</w:abstractNum><w:abstractNum w:abstractNumId="3"><w:multiLevelType w:val="hybridMultilevel"/>'
    + level(0, "bullet", "●")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="4"><w:multiLevelType w:val="multilevel"/>'
    + level(0, "chineseCountingThousand", "%1、", start=99)
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    '<w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num>'
    '<w:num w:numId="6"><w:abstractNumId w:val="4"/></w:num>'
)


def numbering_docx():
    body = ""
    for num, ilvl, _, text in NUMBERING:
        if num is None:
            body += p(text)
        elif num == "cancel":
            body += p(text, '<w:pStyle w:val="Task"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>')
        elif isinstance(num, str):
            body += p(text, f'<w:pStyle w:val="{num}"/>')
        else:
            body += numbered(num, ilvl, text)
    styles = (
        STYLES
        + style("Task", "Task", '<w:numPr><w:numId w:val="3"/></w:numPr>', "Normal")
        + style("TaskBased", "Task Based", "", "Task")
        + style("TaskSub", "Task Sub", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>', "Normal")
    )
    put("docx/numbering.docx", docx(body, styles=styles, numbering=NUMBERING_XML))
    expect("docx/numbering", [number + text for _, _, number, text in NUMBERING])


HANT_NUMBERING = [
    (None, 0, "", "瀾川鄉113年度施政計畫"),
    (1, 0, "一、", "財政與歲計"),
    (1, 1, "（一）", "本年度總預算歲入編列新臺幣4億8,600萬元，較上年度增加3.2%。"),
    (1, 1, "（二）", "撙節經常支出，優先支應「社會福利」與「教育文化」。"),
    (1, 0, "二、", "農業發展"),
    (1, 1, "（一）", "輔導茶農取得產銷履歷："),
    (1, 2, "1. ", "辦理講習12場次，預計300人參加。"),
    (1, 2, "2. ", "補助檢驗費用，每戶最高2萬元。"),
    (1, 0, "三、", "道路養護"), (1, 0, "四、", "環境清潔"), (1, 0, "五、", "社會救助"), (1, 0, "六、", "長者照顧"),
    (1, 0, "七、", "圖書館藏"), (1, 0, "八、", "觀光行銷"), (1, 0, "九、", "防災整備"), (1, 0, "十、", "資訊公開"),
    (1, 0, "十一、", "為民服務"),
    (None, 0, "", "以上計畫，敬請貴會審議。"),
]


def hant_docx():
    body = "".join(p(t) if n is None else numbered(n, i, t) for n, i, _, t in HANT_NUMBERING)
    numbering = (
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{standard_levels("taiwaneseCountingThousand")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    put("docx/hant.docx", docx(body, styles=STYLES.replace("zh-CN", "zh-TW"), numbering=numbering))
    expect("docx/hant", [number + text for _, _, number, text in HANT_NUMBERING])


def cell(inside, span=1, merge=None, width=1700):
    """A cell of text (paragraphs between |) or of XML."""
    props = f'<w:tcW w:w="{width * span}" w:type="dxa"/>'
    if span > 1:
        props += f'<w:gridSpan w:val="{span}"/>'
    if merge:
        props += '<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>"
    if not inside.startswith("<"):
        inside = "".join(p(t) if t else "<w:p/>" for t in inside.split("|"))
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{inside}</w:tc>"


def row(*cells, trpr=""):
    trpr = f"<w:trPr>{trpr}</w:trPr>" if trpr else ""
    return f"<w:tr>{trpr}{''.join(c if c.startswith('<') else cell(c) for c in cells)}</w:tr>"


def table(columns, *rows, width=1700):
    borders = "".join(f'<w:{s} w:val="single" w:sz="4"/>' for s in ("top", "left", "bottom", "right", "insideH", "insideV"))
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
        f'<w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


TABLE = """青澜县2023年主要经济指标完成情况
各项指标完成情况见下表，增长速度按可比价格计算。
指标	单位	完成情况		增长（%）
		2022年	2023年
地区生产总值	亿元	175.3	186.4	6.3
财政收入	亿元	11.79	12.75	8.1
人均收入 （按常住地分）	元（城镇）	36,560	38,460	5.2
	元（农村）	20,424	21,935	7.4
森林覆盖率	%	72.1	72.3
粮食产量	万吨		15.8	0.4
备注	本表为初步核算数。 口径 常住人口 来源 县统计局
表中部分合计数因四舍五入与分项之和略有出入。"""


def table_docx():
    nested = table(2, row(cell("口径", width=1500), cell("常住人口", width=1500)), row(cell("来源", width=1500), cell("县统计局", width=1500)), width=1500)
    body = p("青澜县2023年主要经济指标完成情况", '<w:pStyle w:val="Title"/>')
    body += p("各项指标完成情况见下表，增长速度按可比价格计算。")
    body += table(
        5,
        row(cell("指标", merge="restart"), cell("单位", merge="restart"), cell("完成情况", 2), cell("增长（%）", merge="restart"), trpr="<w:tblHeader/>"),
        row(cell("", merge="go"), cell("", merge="go"), "2022年", "2023年", cell("", merge="go"), trpr="<w:tblHeader/>"),
        row("地区生产总值", "亿元", "175.3", "186.4", "6.3"),
        row("财政收入", "亿元", "11.79", "12.75", "8.1"),
        row(cell("人均收入|（按常住地分）", merge="restart"), "元（城镇）", "36,560", "38,460", "5.2"),
        row(cell("", merge="go"), "元（农村）", "20,424", "21,935", "7.4"),
        row("森林覆盖率", "%", "72.1", "72.3", ""),
        row("粮食产量", "万吨", "", "15.8", "0.4"),
        row("备注", cell(p("本表为初步核算数。") + nested + "<w:p/>", 4)),
    )
    body += p("表中部分合计数因四舍五入与分项之和略有出入。")
    put("docx/table.docx", docx(body, styles=STYLES))
    expect("docx/table", TABLE)


NOTES = """关于数据口径的说明
2023年全县地区生产总值186.4亿元[1]，按不变价格计算增长6.3%，增速高于全市平均水平[2]。
“四上”企业[3]新增52家，总数达到318家。
以上说明由县统计局负责解释。
[1] 2023年数据为初步核算数，最终以年报为准。
[2] 全市平均增速为5.8%，见市统计局2024年1月公报。
[3] “四上”企业指规模以上工业、资质等级建筑业、限额以上批零住餐业和规模以上服务业企业。"""


def notes_docx():
    def ref(kind, number):
        return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'

    def note(kind, number, text):
        mark = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Ref/></w:r>'
        return f'<w:{kind} w:id="{number}">{p(mark + r(" " + text))}</w:{kind}>'

    def rest(kind):
        return (
            f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
            f'<w:{kind} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{kind}>'
        )

    lines = NOTES.split("\n")
    texts = [line[4:] for line in lines[-3:]]
    body = p(lines[0], '<w:pStyle w:val="Title"/>')
    a, b = lines[1].split("[1]")
    b, c = b.split("[2]")
    body += p(r(a) + ref("footnote", 2) + r(b) + ref("endnote", 1) + r(c))
    a, b = lines[2].split("[3]")
    body += p(r(a) + ref("footnote", 1) + r(b)) + p(lines[3])
    put(
        "docx/notes.docx",
        docx(
            body,
            styles=STYLES,
            footnotes=rest("footnote") + note("footnote", 1, texts[2]) + note("footnote", 2, texts[0]),
            endnotes=rest("endnote") + note("endnote", 1, texts[1]),
        ),
    )
    expect("docx/notes", NOTES)


TRACKED = """青澜县公共充电设施建设方案
2024年全县计划新建公共充电桩320个，其中乡镇不少于120个。
建设资金由县财政与运营企业共同承担，比例为四比六。
新增的一段：各乡镇应于3月底前报送选址意见。
分期安排如下：
期次	时间	数量（个）
一期	6月底前	150
二期	12月底前	170
先移后定：选址优先考虑公共停车场。
方案自印发之日起施行。"""


def tracked_docx():
    who = 'w:author="王审" w:date="2024-01-18T09:30:00Z"'
    ids = iter(range(100, 200))

    def ins(text):
        return f'<w:ins w:id="{next(ids)}" {who}>{r(text)}</w:ins>'

    def deleted(text):
        return f'<w:del w:id="{next(ids)}" {who}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'

    def mark(kind):
        return f'<w:rPr><w:{kind} w:id="{next(ids)}" {who}/></w:rPr>'

    moved = "先移后定：选址优先考虑公共停车场。"
    body = p("青澜县公共充电设施建设方案", '<w:pStyle w:val="Title"/>')
    # Moved away from here.
    body += p(
        f'<w:moveFromRangeStart w:id="{next(ids)}" w:name="move1" {who}/><w:moveFrom w:id="{next(ids)}" {who}>{r(moved)}</w:moveFrom>'
        '<w:moveFromRangeEnd w:id="100"/>',
        mark("moveFrom"),
    )
    body += p(r("2024年全县计划新建公共充电桩") + deleted("280") + ins("320") + r("个，其中乡镇不少于120个") + deleted("，县城不少于200个") + r("。"))
    # A deleted paragraph mark joins two paragraphs.
    body += p(r("建设资金由县财政与运营企业共同承担") + deleted("。"), mark("del"))
    body += p(deleted("具体") + ins("，") + r("比例为四比六。"))
    # A paragraph that is deleted as a whole, and one that is inserted.
    body += p(deleted("删去的一段：原则上不安排县财政资金。"), mark("del"))
    body += p(ins("新增的一段：各乡镇应于3月底前报送选址意见。"), mark("ins"))
    body += p("分期安排如下：")

    def change(kind):
        return f'<w:{kind} w:id="{next(ids)}" {who}/>'

    body += table(
        3,
        row("期次", "时间", "数量（个）"),
        row("一期", "6月底前", "150"),
        row(*[cell(p(deleted(t), mark("del"))) for t in ("中期", "9月底前", "20")], trpr=change("del")),
        row(*[cell(p(ins(t), mark("ins"))) for t in ("二期", "12月底前", "170")], trpr=change("ins")),
    )
    body += p(
        f'<w:moveToRangeStart w:id="{next(ids)}" w:name="move1" {who}/><w:moveTo w:id="{next(ids)}" {who}>{r(moved)}</w:moveTo>'
        f'<w:moveToRangeEnd w:id="{next(ids) - 2}"/>',
        mark("moveTo"),
    )
    body += p(r("方案自印发之日起") + f'<w:r><w:rPr><w:b/><w:rPrChange w:id="{next(ids)}" {who}><w:rPr/></w:rPrChange></w:rPr><w:t>施行</w:t></w:r>' + r("。"))
    put("docx/tracked.docx", docx(body, styles=STYLES))
    expect("docx/tracked", TRACKED)


TEXTBOX = """青澜县政务公开简报
第3期 2024年1月18日
县人民政府办公室主办
本期要点：一季度开工项目42个，总投资28.6亿元，完成年度计划的31.5%。
编者按：数据截至1月15日。
下期将刊登各乡镇进展情况。"""


def textbox_docx():
    def box(number, texts):
        inside = "".join(p(t) for t in texts)
        return (
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
            '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
            '<wp:positionV relativeFrom="paragraph"><wp:posOffset>400000</wp:posOffset></wp:positionV>'
            f'<wp:extent cx="2400000" cy="600000"/><wp:wrapTopAndBottom/><wp:docPr id="{number}" name="文本框 {number}" descr="图形说明不是正文"/>'
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
            '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2400000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
            f"<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
            f'<mc:Fallback><w:pict><v:shape id="box{number}" style="width:189pt;height:47pt"><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>'
            "</mc:AlternateContent></w:r>"
        )

    lines = TEXTBOX.split("\n")
    body = p(r(lines[0][:4]) + box(1, lines[1:3]) + r(lines[0][4:]))
    body += p(r(lines[3]) + box(2, lines[4:5])) + p(lines[5])
    put("docx/textbox.docx", docx(body, styles=STYLES))
    expect("docx/textbox", TEXTBOX)


FIELDS = """青澜县应急管理工作规程
一、总则
本规程依据《青澜县突发事件总体应急预案》制定，详见县政府门户网站和应急管理局主页。
值班电话：0000-1234567，传真另行通知。
第一行到此结束，
第二行另起。
应急物资包括①帐篷、②棉被和发电机。
夜间值班人员不少于2人，值班表每周一公布。
地名标注：澜川镇、岚上村。
批注不属于正文。
本段位于内容控件之中。
青澜县下辖12个乡镇。
二、附则
本规程自2024年2月1日起施行。"""


def fields_docx():
    def fld(kind, extra=""):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"{extra}/></w:r>'

    def instr(code):
        return f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'

    def field(code, result):
        return fld("begin") + instr(code) + fld("separate") + result + fld("end")

    toc_style = '<w:pStyle w:val="TOC1"/><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs>'
    tab = "<w:r><w:tab/></w:r>"

    def toc_line(text, page):
        return f'<w:hyperlink w:anchor="_Toc1">{r(text)}{tab}{field("PAGEREF _Toc1 " + chr(92) + "h", r(page))}</w:hyperlink>'

    toc_code = instr('TOC \\o "1-3" \\h \\z \\u')
    body = p("青澜县应急管理工作规程", '<w:pStyle w:val="Title"/>')
    # A table of contents in a content control, with its heading.
    body += (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>'
        + p("目录")
        + p(fld("begin") + toc_code + fld("separate") + toc_line("一、总则", "1"), toc_style)
        + p(toc_line("二、附则", "2"), toc_style)
        + p(fld("end"))
        + "</w:sdtContent></w:sdt>"
    )
    # And one as a field only.
    body += p(fld("begin") + toc_code + fld("separate") + r("一、总则") + tab + field("PAGEREF _Toc1 \\h", r("1")), toc_style)
    body += p(r("二、附则") + tab + field("PAGEREF _Toc2 \\h", r("2")), toc_style)
    body += p(fld("end"))
    body += p('<w:bookmarkStart w:id="1" w:name="_Toc1"/>' + r("一、总则") + '<w:bookmarkEnd w:id="1"/>', '<w:pStyle w:val="Heading1"/>')
    body += p(
        r("本规程依据《青澜县突发事件总体应急预案》制定，详见")
        + field('HYPERLINK "https://www.qinglan.example/"', r("县政府门户网站", '<w:u w:val="single"/>'))
        + r("和")
        + f'<w:hyperlink r:id="link1">{r("应急管理局")}{r("主页")}</w:hyperlink>'
        + r("。")
    )
    body += p(r("值班电话：0000") + "<w:r><w:noBreakHyphen/></w:r>" + r("1234567，传真另行") + "<w:r><w:softHyphen/></w:r>" + r("通知。"))
    body += p(r("第一行到此结束，") + "<w:r><w:br/></w:r>" + r("第二行另起。") + '<w:r><w:br w:type="page"/></w:r>')
    body += p(
        r("应急物资包括")
        + '<w:r><w:sym w:font="SimSun" w:char="2460"/></w:r>' + r("帐篷、")
        + '<w:r><w:sym w:font="SimSun" w:char="2461"/></w:r>' + r("棉被和")
        + r("（内部：库存不足）", "<w:vanish/>")
        + r("发电机。")
    )
    body += p(r("这一段全部隐藏。", "<w:vanish/>"), "<w:rPr><w:vanish/></w:rPr>")
    body += p(
        r("夜间值班人员不少于")
        + f'<w:fldSimple w:instr=" DOCPROPERTY 人数 ">{r("2")}</w:fldSimple>'
        + r("人，值班表每周一公布。")
    )
    ruby = (
        '<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="center"/><w:hps w:val="10"/><w:lid w:val="zh-CN"/></w:rubyPr>'
        f'<w:rt>{r("lán")}</w:rt><w:rubyBase>{r("岚")}</w:rubyBase></w:ruby></w:r>'
    )
    body += p(
        r("地名标注：")
        + f'<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="place">{r("澜川镇")}</w:smartTag>'
        + r("、") + ruby + r("上村。")
    )
    body += p('<w:commentRangeStart w:id="0"/>' + r("批注不属于") + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>' + r("正文。"))
    body += f'<w:sdt><w:sdtPr><w:alias w:val="说明"/><w:id w:val="77"/></w:sdtPr><w:sdtContent>{p("本段位于内容控件之中。")}</w:sdtContent></w:sdt>'
    body += p(r("青澜县下辖") + f'<w:sdt><w:sdtPr><w:id w:val="78"/></w:sdtPr><w:sdtContent>{r("12")}</w:sdtContent></w:sdt>' + r("个乡镇。"))
    body += p("二、附则", '<w:pStyle w:val="Heading1"/>')
    body += p(r("本规程自2024年2月1日起") + "<w:proofErr w:type=\"spellStart\"/>" + r("施行。") + '<w:r><w:lastRenderedPageBreak/></w:r>')
    page_field = p(r("第") + field("PAGE", r("1")) + r("页"))
    put(
        "docx/fields.docx",
        docx(
            body,
            links=[("link1", "https://yj.qinglan.example/")],
            styles=STYLES,
            comments='<w:comment w:id="0" w:author="王审" w:date="2024-01-18T09:30:00Z" w:initials="王">' + p("这句话请核实。") + "</w:comment>",
            header1=p("青澜县应急管理局文件"),
            footer1=page_field,
        ),
    )
    expect("docx/fields", FIELDS)


STRICT_TEXT = """青澜县水利工程建设情况
一、工程进展
截至2023年底，全县完成水利投资3.6亿元，整治山塘水库47座，新增供水能力每日1.2万吨。
项目	投资（万元）
云台水库	12,400
灌区改造	8,650
二、下步安排
2024年计划完成投资4.1亿元，增长13.9%[1]。
[1] 增速按同口径计算。"""


def strict_docx():
    lines = STRICT_TEXT.split("\n")
    body = p(lines[0], '<w:jc w:val="center"/>')
    body += numbered(1, 0, "工程进展") + p(lines[2], '<w:ind w:firstLine="420" w:start="0"/>')
    body += table(2, *[row(*line.split("\t")) for line in lines[3:6]])
    body += numbered(1, 0, "下步安排")
    text = lines[7].split("[1]")
    body += p(r(text[0]) + '<w:r><w:footnoteReference w:id="1"/></w:r>' + r(text[1]))
    put(
        "docx/strict.docx",
        docx(
            body,
            strict=True,
            styles=STYLES,
            numbering='<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
            + level(0, "chineseCountingThousand", "%1、").replace('w:val="left"', 'w:val="start"')
            + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
            footnotes='<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:id="1">' + p("<w:r><w:footnoteRef/></w:r>" + r(" " + lines[8][4:])) + "</w:footnote>",
        ),
    )
    expect("docx/strict", STRICT_TEXT)


def stage_docx():
    numbering_docx()
    table_docx()
    notes_docx()
    tracked_docx()
    textbox_docx()
    fields_docx()
    strict_docx()
    hant_docx()


# ---------------------------------------------------------------- odt

ODF_NS = " ".join(
    f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"'
    for k, v in {
        "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing",
        "svg": "svg-compatible", "fo": "xsl-fo-compatible",
    }.items()
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def odt(body, automatic="", styles="", master=""):
    kind = "application/vnd.oasis.opendocument.text"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {ODF_NS} office:version="1.3">'
        f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    style_part = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-styles {ODF_NS} office:version="1.3"><office:styles>'
        f'<style:style style:name="Standard" style:family="paragraph"/>{styles}</office:styles>'
        f'<office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2.5cm"/></style:page-layout></office:automatic-styles>'
        f'<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1">{master}</style:master-page></office:master-styles></office:document-styles>'
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return zip_bytes([("mimetype", kind), ("content.xml", content), ("styles.xml", style_part), ("META-INF/manifest.xml", manifest)])


def tp(inside, name="Standard"):
    return f'<text:p text:style-name="{name}">{inside}</text:p>'


ODT_NUMBERING = """青澜县河湖管护办法
一、总则
（一）本办法适用于全县58条河流、112座水库。
1. 流域面积50平方公里以上的河流，由县级河长负责。
2. 其余河流由乡级河长负责。
（二）河长制工作经费列入财政预算。
1. 县级安排280万元。
这一条没有编号，与上一条同属一项。
2. 乡级据实安排。
二、巡查
（一）县级河长每季度巡查1次。
（二）乡级河长每月巡查2次。
另起的清单：
5. 从第五项开始。
6. 接着第六项。
以下各条不编号：
巡查要有记录；
问题要有回音。
第一章 监督
第二章 奖惩"""


def numbering_odt():
    def lvl(number, fmt, prefix, suffix):
        return f'<text:list-level-style-number text:level="{number}" style:num-format="{fmt}" style:num-prefix="{prefix}" style:num-suffix="{suffix}"/>'

    chinese = "一, 二, 三, ..."
    automatic = (
        '<text:list-style style:name="L1">' + lvl(1, chinese, "", "、") + lvl(2, chinese, "（", "）") + lvl(3, "1", "", ".") + "</text:list-style>"
        '<text:list-style style:name="L2">' + lvl(1, "1", "", ".") + "</text:list-style>"
        '<text:list-style style:name="L3"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>'
    )

    def item(inside, start=None):
        start = f' text:start-value="{start}"' if start else ""
        return f"<text:list-item{start}>{inside}</text:list-item>"

    def sub(*items):
        return f"<text:list>{''.join(items)}</text:list>"

    body = tp("青澜县河湖管护办法")
    body += '<text:list text:style-name="L1" xml:id="list1">' + item(
        tp("总则")
        + sub(
            item(
                tp("本办法适用于全县58条河流、112座水库。")
                + sub(item(tp("流域面积50平方公里以上的河流，由县级河长负责。")), item(tp("其余河流由乡级河长负责。")))
            ),
            item(
                tp("河长制工作经费列入财政预算。")
                + sub(item(tp("县级安排280万元。") + tp("这一条没有编号，与上一条同属一项。")), item(tp("乡级据实安排。")))
            ),
        )
    )
    body += "</text:list>"
    body += '<text:list text:style-name="L1" text:continue-numbering="true">' + item(
        tp("巡查") + sub(item(tp("县级河长每季度巡查1次。")), item(tp("乡级河长每月巡查2次。")))
    ) + "</text:list>"
    body += tp("另起的清单：")
    body += '<text:list text:style-name="L2">' + item(tp("从第五项开始。"), 5) + item(tp("接着第六项。")) + "</text:list>"
    body += tp("以下各条不编号：")
    body += '<text:list text:style-name="L3">' + item(tp("巡查要有记录；")) + item(tp("问题要有回音。")) + "</text:list>"
    body += '<text:h text:style-name="Standard" text:outline-level="1">监督</text:h><text:h text:style-name="Standard" text:outline-level="1">奖惩</text:h>'
    styles = f'<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="{chinese}" style:num-prefix="第" style:num-suffix="章"/></text:outline-style>'
    put("odt/numbering.hand.odt", odt(body, automatic, styles))
    expect("odt/numbering.hand", ODT_NUMBERING)


ODT_TABLE = """青澜县各乡镇垃圾处理情况
乡镇	户数	处理方式
		填埋	焚烧
城关镇	12,860	0	100%
云台乡 （含林场）	3,412		100%
合计	16,272	其中 常住户 15,108 流动户 1,164
数据截至2023年12月31日。"""


def table_odt():
    def c(inside, rows=1, columns=1):
        span = f' table:number-rows-spanned="{rows}"' if rows > 1 else ""
        span += f' table:number-columns-spanned="{columns}"' if columns > 1 else ""
        if not inside.startswith("<"):
            inside = "".join(tp(t) for t in inside.split("|"))
        return f'<table:table-cell{span} office:value-type="string">{inside}</table:table-cell>'

    def tr(*cells):
        return f"<table:table-row>{''.join(x if x.startswith('<table:') else c(x) for x in cells)}</table:table-row>"

    covered = "<table:covered-table-cell/>"
    nested = (
        '<table:table table:name="T2"><table:table-column table:number-columns-repeated="2"/>'
        + tr("常住户", "15,108") + tr("流动户", "1,164") + "</table:table>"
    )
    body = tp("青澜县各乡镇垃圾处理情况")
    body += (
        '<table:table table:name="T1"><table:table-column table:number-columns-repeated="4"/><table:table-header-rows>'
        + tr(c("乡镇", rows=2), c("户数", rows=2), c("处理方式", columns=2), covered)
        + tr(covered, covered, "填埋", "焚烧")
        + "</table:table-header-rows>"
        + tr("城关镇", "12,860", "0", "100%")
        + tr("云台乡|（含林场）", "3,412", "<table:table-cell/>", "100%")
        + tr("合计", "16,272", c(tp("其中") + nested, columns=2), covered)
        + tr('<table:table-cell table:number-columns-repeated="4"/>')
        + "</table:table>"
    )
    body += tp("数据截至2023年12月31日。")
    put("odt/table.hand.odt", odt(body))
    expect("odt/table.hand", ODT_TABLE)


ODT_NOTES = """青澜县人口情况简报
年末全县常住人口42.3万人[1]，比上年末减少0.2万人[2]，城镇化率为51.6%。
第一行在这里，
第二行在这里。
表 1
出生人口2,618人，死亡人口3,105人。
本段带有文本框。
框内的一段。
框内的又一段。
云岚山位于县境北部，海拔1,286米。
以上数据见统计公报和年鉴[3]。
[1] 常住人口指居住半年以上的人口。
[2] 据2023年人口变动抽样调查推算。
[3] 年鉴由县统计局编印。"""


def notes_odt():
    def note(kind, mark, text):
        return (
            f'<text:note text:id="n{mark}" text:note-class="{kind}"><text:note-citation>{mark}</text:note-citation>'
            f"<text:note-body>{tp(text)}</text:note-body></text:note>"
        )

    n = [line[4:] for line in ODT_NOTES.split("\n")[-3:]]
    automatic = '<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>'
    body = tp("青澜县人口情况简报")
    body += (
        '<text:table-of-content text:name="目录1"><text:table-of-content-source text:outline-level="3"/>'
        "<text:index-body><text:index-title text:name=\"目录1_Head\">" + tp("目录") + "</text:index-title>"
        + tp("一、人口总量<text:tab/>1") + tp("二、人口结构<text:tab/>2") + "</text:index-body></text:table-of-content>"
    )
    body += tp("年末全县常住人口42.3万人" + note("footnote", "1", n[0]) + "，比上年末减少0.2万人" + note("endnote", "i", n[1]) + "，城镇化率为51.6%。")
    body += tp("第一行在这里，<text:line-break/>第二行在这里。")
    body += tp("表<text:s/>1")
    body += tp(
        "出生人口<office:annotation><dc:creator>王审</dc:creator><dc:date>2024-01-18T09:30:00</dc:date><text:p>请核实。</text:p></office:annotation>"
        '2,618人，<text:span text:style-name="Hidden">（内部掌握）</text:span>死亡人口<text:soft-page-break/>3,105人。'
    )
    body += tp(
        '本段带有<draw:frame draw:name="框1" text:anchor-type="paragraph" svg:width="5cm" svg:height="2cm"><draw:text-box>'
        + tp("框内的一段。") + tp("框内的又一段。") + "</draw:text-box></draw:frame>文本框。"
    )
    body += tp(
        "云<text:ruby><text:ruby-base>岚</text:ruby-base><text:ruby-text>lán</text:ruby-text></text:ruby>山位于县境北部，海拔1,286米。"
    )
    body += tp('以上数据见<text:a xlink:type="simple" xlink:href="https://tj.qinglan.example/">统计公报</text:a>和年鉴' + note("footnote", "2", n[2]) + "。")
    master = "<style:header>" + tp("青澜县统计局") + "</style:header><style:footer>" + tp("第<text:page-number>1</text:page-number>页") + "</style:footer>"
    put("odt/notes.hand.odt", odt(body, automatic, "", master))
    expect("odt/notes.hand", ODT_NOTES)


ODT_TRACKED = """青澜县停车收费办法
小型车首小时收费3元，以后每小时收费1元，全天最高10元。
公立医院、学校周边停车半小时内免费，新能源车减半。
新增：残疾人专用车位免费。
本办法自3月1日起施行。"""


def tracked_odt():
    info = "<office:change-info><dc:creator>王审</dc:creator><dc:date>2024-01-18T09:30:00</dc:date></office:change-info>"

    def region(number, kind, inside=""):
        return f'<text:changed-region xml:id="{number}" text:id="{number}"><text:{kind}>{info}{inside}</text:{kind}></text:changed-region>'

    body = (
        '<text:tracked-changes text:track-changes="true">'
        + region("ct1", "deletion", tp("2"))
        + region("ct2", "insertion")
        + region("ct3", "deletion", tp("。") + tp("夜间停车"))
        + region("ct4", "insertion")
        + region("ct5", "deletion", tp("") + tp("删去的一段：收费标准每年调整。") )
        + region("ct6", "format-change")
        + "</text:tracked-changes>"
    )

    def inserted(number, text):
        return f'<text:change-start text:change-id="{number}"/>{text}<text:change-end text:change-id="{number}"/>'

    body += tp("青澜县停车收费办法")
    body += tp('小型车首小时收费<text:change text:change-id="ct1"/>' + inserted("ct2", "3") + "元，以后每小时收费1元，全天最高10元。")
    body += tp('公立医院、学校周边停车<text:change text:change-id="ct3"/>半小时内免费，新能源车减半。<text:change text:change-id="ct5"/>')
    body += f'<text:p text:style-name="Standard"><text:change-start text:change-id="ct4"/>新增：残疾人专用车位免费。</text:p>'
    body += tp('<text:change-end text:change-id="ct4"/>本办法自<text:change-start text:change-id="ct6"/>3月1日<text:change-end text:change-id="ct6"/>起施行。')
    put("odt/tracked.hand.odt", odt(body))
    expect("odt/tracked.hand", ODT_TRACKED)


def stage_odt():
    for name in ("numbering", "table", "notes", "tracked"):
        put(f"odt/{name}.odt", office(OUT / f"docx/{name}.docx", "odt"))
        text = (OUT / f"docx/{name}.expected.txt").read_text("utf-8")
        if name == "numbering":
            # What LibreOffice loses: starting numbers of lower levels, and w:lvlRestart.
            for old, new in (("\n5. ", "\n1. "), ("\n6. ", "\n2. "), ("第三条", "第一条")):
                assert old in text
                text = text.replace(old, new)
        if name == "notes":
            # LibreOffice takes footnotes by their order in the part, not by their ids.
            lines = text.split("\n")
            first, third = (next(at for at, line in enumerate(lines) if line.startswith(mark)) for mark in ("[1] ", "[3] "))
            lines[first], lines[third] = "[1] " + lines[third][4:], "[3] " + lines[first][4:]
            text = "\n".join(lines)
        expect(f"odt/{name}", text)
    numbering_odt()
    table_odt()
    notes_odt()
    tracked_odt()


# ---------------------------------------------------------------- html

GBK_TITLE = "青澜县2023年国民经济运行情况"
GBK_BODY = [
    "2023年，全县上下坚持稳中求进工作总基调，经济运行总体平稳，主要指标好于预期。",
    "一、农业生产形势稳定",
    "全年粮食播种面积28.4万亩，总产量15.8万吨，比上年增长0.4%。茶叶产量6,120吨，增长5.7%；生猪出栏21.3万头，增长2.1%。",
    "二、工业经济稳步回升",
    "规模以上工业增加值增长8.6%，比一至三季度加快0.9个百分点。97家规模以上工业企业中，有71家实现增长，增长面为73.2%。",
    "三、市场消费持续恢复",
    "社会消费品零售总额68.2亿元，增长7.8%。其中，限额以上单位“线上”零售额4.6亿元，增长22.0%。",
    "总的来看，全县经济回升向好的基础还不牢固，需要继续加力。",
    "（县统计局供稿）",
]


def gbk_meta():
    menu = ["县情概况", "领导之窗", "机构职能", "政策文件", "政府公报", "规划计划", "统计信息", "财政预决算", "应急管理", "人事信息",
            "重大项目", "政府采购", "招标投标", "行政许可", "行政处罚", "价格收费", "乡村振兴", "教育信息", "医疗卫生", "社会救助",
            "就业创业", "环境保护", "安全生产", "食品药品", "住房保障", "土地征收", "建议提案", "政府会议", "督查审计", "依申请公开"]
    related = ["青澜县2023年前三季度经济运行情况", "青澜县2022年国民经济和社会发展统计公报", "一图读懂2023年经济数据"]
    paragraphs = []
    for i, text in enumerate(GBK_BODY):
        indent = ["&nbsp;&nbsp;&nbsp;&nbsp;", "　　", "&nbsp;&nbsp; &nbsp;"][i % 3]
        align = ' align="right"' if text.startswith("（县") else ""
        paragraphs.append(f"<P{align}><FONT size=3>{indent}{text}</FONT></P>")
        if i == 2:
            paragraphs.append("<P>&nbsp;</P>")
    page = f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<HTML><HEAD><TITLE>{GBK_TITLE}_统计信息_青澜县人民政府</TITLE>
<META http-equiv="Content-Type" content="text/html; charset=gb2312">
<META name="keywords" content="青澜县,统计,经济运行">
<STYLE type=text/css>TD {{FONT-SIZE: 12px}} A {{COLOR: #333}}</STYLE>
<SCRIPT language=JavaScript>
function doZoom(size){{document.getElementById('zoom').style.fontSize=size+'px';}}
</SCRIPT>
</HEAD>
<BODY leftMargin=0 topMargin=0>
<TABLE cellSpacing=0 cellPadding=0 width=960 align=center border=0>
<TR><TD height=120><IMG src="banner.gif" alt="青澜县人民政府门户网站"></TD></TR>
<TR><TD bgColor=#c00000><A href="/">网站首页</A> | <A href="/zwgk/">政务公开</A> | <A href="/bsfw/">办事服务</A> | <A href="/hdjl/">互动交流</A> | <A href="/ljql/">了解青澜</A></TD></TR>
<TR><TD>您的位置：<A href="/">首页</A> &gt; <A href="/zwgk/">政务公开</A> &gt; <A href="/tjxx/">统计信息</A> &gt; 正文</TD></TR>
</TABLE>
<TABLE cellSpacing=0 cellPadding=0 width=960 align=center border=0>
<TR>
<TD vAlign=top width=200>
<TABLE width="100%">
<TR><TD><B>信息公开目录</B></TD></TR>
{chr(10).join(f'<TR><TD>·<A href="/zwgk/{i}/">{m}</A></TD></TR>' for i, m in enumerate(menu))}
</TABLE>
</TD>
<TD vAlign=top width=760>
<TABLE cellSpacing=0 cellPadding=5 width="96%" align=center border=0>
<TR><TD align=middle><FONT size=5><B>{GBK_TITLE}</B></FONT></TD></TR>
<TR><TD align=middle>发布时间：2024-01-18 来源：县统计局</TD></TR>
<TR><TD align=middle>【字号：<A href="javascript:doZoom(18)">大</A> <A href="javascript:doZoom(16)">中</A> <A href="javascript:doZoom(14)">小</A>】</TD></TR>
<TR><TD id=zoom>
{chr(10).join(paragraphs)}
</TD></TR>
<TR><TD align=right>【<A href="javascript:window.print()">打印</A>】 【<A href="javascript:window.close()">关闭</A>】 分享到：<A href="#">微信</A> <A href="#">微博</A></TD></TR>
<TR><TD><B>相关链接</B>
<UL>
{chr(10).join(f'<LI><A href="/tjxx/{i}.htm">{t}</A></LI>' for i, t in enumerate(related))}
</UL></TD></TR>
</TABLE>
</TD></TR></TABLE>
<TABLE width=960 align=center border=0>
<TR><TD align=middle>主办：青澜县人民政府办公室&nbsp;&nbsp;技术支持：青澜县大数据中心<BR>备案号：澜ICP备00000001号&nbsp;&nbsp;网站标识码：0000000001<BR>地址：青澜县人民路1号&nbsp;&nbsp;邮编：000000</TD></TR>
</TABLE>
</BODY></HTML>
"""
    put("html/gbk-meta.html", page.replace("\n", "\r\n").encode("gbk"))
    expect("html/gbk-meta", [GBK_TITLE, "发布时间：2024-01-18 来源：县统计局"] + GBK_BODY)


MODERN = """青澜县2024年为民办实事项目公布
发布时间：2024-01-18 09:30 来源：青澜县人民政府办公室
1月16日，县政府第28次常务会议审议通过了2024年为民办实事项目，共10类26项，计划投资5.37亿元，比上年增加12.6%。
据了解，今年的项目从3,214条群众建议中遴选产生，经过“部门初审、专家论证、网上投票”三个环节，参与投票的群众达4.8万人次。
主要项目如下表：
项目	单位	数量	投资（万元）
新建公办幼儿园	所	3	4,200
改造农村公路	公里	86	9,460
	危桥（座）	7	1,150
加装电梯	部	45	2,250
下一步，县政府将重点抓好以下工作：
1. 建立项目清单，逐项明确责任单位和完成时限；
2. 实行每月调度、每季通报，6月底前开工率达到100%；
3. 邀请人大代表、政协委员和群众代表参与监督。
县政府办公室负责人表示：
“民生实事要让群众看得见、摸得着、得实惠，绝不能做表面文章。”
项目全文可在县政府门户网站（www.qinglan.example）查询，咨询电话0000-7654321。
附件：青澜县2024年为民办实事项目表.xlsx"""


def modern_html():
    t = MODERN.split("\n")
    long = t[3]
    # The source of this paragraph runs over several lines.
    broken = long[:24] + "\n      " + long[24:51] + "\n      " + long[51:]
    assert "“" in long
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{t[0]}-青澜县人民政府门户网站</title>
<meta name="SiteName" content="青澜县人民政府">
<meta name="ArticleTitle" content="{t[0]}">
<meta name="PubDate" content="2024-01-18 09:30">
<meta name="ContentSource" content="青澜县人民政府办公室">
<meta name="Description" content="1月16日，县政府第28次常务会议审议通过了2024年为民办实事项目。">
<link rel="canonical" href="https://www.qinglan.example/zwgk/202401/t20240118_10086.html">
<link rel="stylesheet" href="https://www.qinglan.example/css/main.css">
<style>.hidden {{ display: none; }} .pages_content p {{ text-indent: 2em; }}</style>
<script>window.siteConfig = {{ "title": "这不是正文" }};</script>
</head>
<body>
<noscript>请启用JavaScript以获得更好的浏览体验。</noscript>
<div id="cookie-bar" class="cookie-notice" role="dialog"><p>本网站使用Cookie，继续浏览即表示您同意我们的隐私政策。</p><button>同意</button></div>
<header class="site-header">
  <a class="logo" href="/">青澜县人民政府</a>
  <form class="search"><input type="text" placeholder="请输入关键词"><button>搜索</button></form>
</header>
<nav class="main-nav"><ul>
  <li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/zwfw/">政务服务</a></li><li><a href="/hdjl/">互动交流</a></li><li><a href="/sjkf/">数据开放</a></li>
</ul></nav>
<div class="breadcrumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <span>政务要闻</span></div>
<main class="wrap">
<article class="article">
  <h1 class="article-title">{t[0]}</h1>
  <div class="article-info"><span>发布时间：2024-01-18 09:30</span> <span>来源：青澜县人民政府办公室</span></div>
  <div class="article-tools"><span>字号：</span><a href="#">大</a><a href="#">中</a><a href="#">小</a> <a href="#" class="print">打印</a></div>
  <div class="pages_content" id="UCAP-CONTENT">
    <p>　　{t[2]}</p>
    <p>　　{broken}</p>
    <p style="display:none">隐藏的一段，不应出现。</p>
    <p>　　{t[4]}</p>
    <table border="1">
      <thead><tr><th>项目</th><th>单位</th><th>数量</th><th>投资（万元）</th></tr></thead>
      <tbody>
        <tr><td>新建公办幼儿园</td><td>所</td><td>3</td><td>4,200</td></tr>
        <tr><td rowspan="2">改造农村公路</td><td>公里</td><td>86</td><td>9,460</td></tr>
        <tr><td>危桥（座）</td><td>7</td><td>1,150</td></tr>
        <tr><td><p>加装电梯</p></td><td>部</td><td>45</td><td>2,250</td></tr>
      </tbody>
    </table>
    <p>　　{t[10]}</p>
    <ol>
      <li>{t[11][3:]}</li>
      <li>{t[12][3:]}</li>
      <li><p>{t[13][3:]}</p></li>
    </ol>
    <p>　　县政府办公室负责人表示：</p>
    <blockquote><p>{t[15]}</p></blockquote>
    <p>　　项目全文可在县政府门户网站（<a href="https://www.qinglan.example/">www.qinglan.example</a>）查询，<strong>咨询电话</strong>0000-7654321。</p>
    <p><img src="https://www.qinglan.example/images/t1.jpg" alt="配图"></p>
    <p>附件：<a href="./P020240118.xlsx">青澜县2024年为民办实事项目表.xlsx</a></p>
  </div>
  <div class="share-bar">分享到：<a href="#">微信</a><a href="#">微博</a><a href="#">QQ空间</a></div>
  <div class="related"><h3>相关链接</h3><ul>
    <li><a href="/zwgk/202301/t1.html">青澜县2023年为民办实事项目完成情况</a></li>
    <li><a href="/zwgk/202312/t2.html">关于征集2024年为民办实事项目的公告</a></li>
  </ul></div>
</article>
<aside class="sidebar">
  <h3>热点关注</h3>
  <ul><li><a href="/a.html">全县招商引资大会召开</a></li><li><a href="/b.html">春运首日发送旅客1.2万人次</a></li><li><a href="/c.html">县图书馆春节开放时间公告</a></li></ul>
</aside>
</main>
<footer class="site-footer">
  <p>主办单位：青澜县人民政府办公室　承办单位：青澜县大数据中心</p>
  <p>网站标识码：0000000001　澜ICP备00000001号　澜公网安备00000000000001号</p>
  <p><a href="/about.html">关于我们</a> | <a href="/map.html">网站地图</a> | <a href="/privacy.html">隐私政策</a></p>
</footer>
<script>document.write("<p>脚本写出的文字</p>");</script>
</body>
</html>
"""


BIG5_TEXT = """瀾川鄉公所112年度施政成果報告
瀾川鄉公所主計室
一、財政收支：112年度歲入決算新臺幣4億7,120萬元，執行率98.6%；歲出決算4億5,380萬元，賸餘1,740萬元。
二、農業輔導：辦理「有機茶園轉作」面積86公頃，參加農戶214戶，較上年度增加12.5%。
三、道路養護：完成鄉道改善15.2公里、橋梁耐震補強4座，路燈妥善率達99%以上。
四、社會福利：發放重陽敬老禮金3,862人次，長照據點增為9處，每日服務長者約270人。
以上報告，敬請指教。"""

UTF16_TEXT = """青澜县生态环境状况公报
2023年县城空气质量优良天数347天，优良率95.1%；细颗粒物（PM2.5）年均浓度24微克每立方米。
全县3个国控断面、8个省控断面水质均达到或优于Ⅲ类标准，县级饮用水水源地达标率100%。
声环境质量总体良好，昼间区域噪声平均值53.2分贝。"""

NOMETA_TEXT = """青澜县教育事业统计简况
2023学年，全县共有各级各类学校168所，在校学生62,480人，专任教师4,315人。
义务教育巩固率99.2%，高中阶段毛入学率96.8%，分别比上年提高0.3个和1.1个百分点。
全年教育支出9.86亿元，占一般公共预算支出的23.4%，较好落实了“两个只增不减”要求。"""

LYING_TEXT = """青澜县交通运输工作要点
全年计划完成交通固定资产投资22.5亿元，新改建农村公路150公里，实施村道安防工程80公里。
开通城乡公交线路3条，建制村通客车率保持100%，快递服务站覆盖95%以上的行政村。
严格落实安全生产责任制，坚决防范重特大事故发生。"""

DIVS_TEXT = """青澜县卫生健康事业发展概况
全县共有医疗卫生机构312个，床位2,860张，每千人口拥有执业（助理）医师3.12人。
全年总诊疗186.4万人次，住院7.9万人次，县域内就诊率达到90.3%。
家庭医生签约服务覆盖15.2万人，其中65岁以上老年人签约率78.5%。
基本公共卫生服务补助标准提高到每人每年89元。"""


def simple_page(text, meta="", tag="p"):
    lines = text.split("\n")
    body = "\n".join([f"<h1>{esc(lines[0])}</h1>"] + [f"<{tag}>　　{esc(t)}</{tag}>" for t in lines[1:]])
    return f"<!DOCTYPE html>\n<html>\n<head>\n{meta}<title>{lines[0]}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n"


def mhtml(page):
    """What Chromium saves as a single file, through its debugging port."""
    import websocket

    port = 9411
    browser = subprocess.Popen(
        ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", f"--remote-debugging-port={port}",
         "--remote-allow-origins=*", f"--user-data-dir={BUILD}/chromium-mhtml", "about:blank"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "TZ": "UTC"},
    )
    try:
        for _ in range(100):
            try:
                targets = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=2))
                target = next(t for t in targets if t["type"] == "page")
                break
            except Exception:
                time.sleep(0.2)
        ws = websocket.create_connection(target["webSocketDebuggerUrl"], timeout=60)
        counter = 0

        def call(method, **params):
            nonlocal counter
            counter += 1
            ws.send(json.dumps({"id": counter, "method": method, "params": params}))
            while True:
                answer = json.loads(ws.recv())
                if answer.get("id") == counter:
                    return answer.get("result", answer)

        call("Page.enable")
        # Nothing is loaded from the net.
        call("Network.enable")
        call("Network.setBlockedURLs", urls=["http://*", "https://*"])
        call("Emulation.setScriptExecutionDisabled", value=True)
        call("Page.navigate", url=f"file://{page}")
        time.sleep(3)
        data = call("Page.captureSnapshot", format="mhtml")["data"]
        call("Browser.close")
    finally:
        browser.terminate()
        browser.wait(20)
    boundary = re.search(r'boundary="([^"]+)"', data).group(1)
    data = data.replace(boundary, "----MultipartBoundary--fixed----")
    data = re.sub(r"(?m)^Date: [^\r\n]*", "Date: Thu, 18 Jan 2024 09:30:00 -0000", data)
    seen = {}
    data = re.sub(r"frame-[0-9A-F]{32}|css-[0-9a-f]{8}-[0-9a-f-]{27}", lambda m: seen.setdefault(m.group(0), m.group(0).split("-")[0] + f"-{len(seen)}"), data)
    return data


def stage_html():
    gbk_meta()
    put("html/modern.html", modern_html())
    expect("html/modern", MODERN)
    page = Path(shutil.copy(OUT / "html/modern.html", BUILD / "modern.html"))
    put("html/saved.mhtml", mhtml(page))
    expect("html/saved", MODERN)
    lines = BIG5_TEXT.split("\n")
    body = "<br><br>\n".join("　　" + t for t in lines[1:])
    put(
        "html/br-only.html",
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=big5"><title>{lines[0]}</title></head>\n'
        f'<body><center><h2>{lines[0]}</h2></center>\n<div class="content">{body}</div></body></html>\n'.encode("big5"),
    )
    expect("html/br-only", BIG5_TEXT)
    put("html/utf16.html", b"\xff\xfe" + simple_page(UTF16_TEXT).encode("utf-16-le"))
    expect("html/utf16", UTF16_TEXT)
    put("html/nometa-gb.html", simple_page(NOMETA_TEXT).encode("gb18030"))
    expect("html/nometa-gb", NOMETA_TEXT)
    put("html/lying-meta.html", simple_page(LYING_TEXT, '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">\n'))
    expect("html/lying-meta", LYING_TEXT)
    lines = DIVS_TEXT.split("\n")
    rows = "\n".join(f'<div class="row"><div><span style="font-size:16px"><span>{t[:9]}</span></span><span>{t[9:]}</span></div></div>' for t in lines[1:])
    put(
        "html/divs.html",
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>{lines[0]}</title></head>\n<body><div id="app"><div class="view">'
        f'<div class="title"><span>{lines[0]}</span></div>\n<div class="text">\n{rows}\n</div></div></div></body></html>\n',
    )
    expect("html/divs", DIVS_TEXT)
    put(
        "html/frames.html",
        (
            '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>青澜县人民政府</title></head>\n'
            '<frameset cols="200,*" border="0"><frame src="left.htm" name="left"><frame src="main.htm" name="main"></frameset></html>\n'
        ).encode("gbk"),
    )
    put("html/frames.error.txt", "empty\n")


# ---------------------------------------------------------------- pdf

PDF_TEXT = [
    ("title", "青澜县2024年民生实事安排"),
    ("by", "（2024年1月18日）"),
    ("p", "为切实解决群众急难愁盼问题，经县政府第28次常务会议审议，决定2024年集中力量办好以下民生实事，计划总投资5.37亿元，比上年增加12.6%。"),
    ("h1", "一、教育医疗"),
    ("p", "新建公办幼儿园3所，新增学位810个；改扩建义务教育学校6所，新增学位1,800个。建成县中医院康复楼，新增床位200张；为全县65岁以上老年人免费健康体检1次，完成适龄妇女“两癌”筛查8,600人。"),
    ("h1", "二、交通出行"),
    ("p", "改造农村公路86公里、危桥7座，实施村道安全生命防护工程80公里；新建公共充电桩320个，新增公共停车泊位1,500个；开通城乡公交线路3条，更新新能源公交车24辆。"),
    ("p", "各乡镇要做好征地拆迁和群众工作，确保6月底前全部开工、12月底前全部完工；对工期滞后的项目，由县政府督查室挂牌督办。"),
    ("h1", "三、住房保障"),
    ("p", "筹集保障性租赁住房400套，改造老旧小区28个，惠及居民3,950户；既有住宅加装电梯45部，财政按每部15万元的标准给予补助。"),
    ("h1", "四、就业创业"),
    ("p", "城镇新增就业5,500人以上，开展职业技能培训8,000人次，发放创业担保贷款6,000万元；开发乡村公益性岗位1,200个，确保零就业家庭动态清零。"),
    ("h1", "五、工作要求"),
    ("p", "各责任单位要倒排工期、挂图作战，每月25日前将进展情况报县政府办公室。资金使用严格执行国库集中支付制度，任何单位和个人不得截留、挤占、挪用。"),
    ("p", "办理结果将于2024年12月向社会公布，接受群众评议。"),
]


def pdf_items(script):
    return PDF_TEXT if script == "hans" else [(k, trad(t)) for k, t in PDF_TEXT]


class RawPdf:
    def __init__(self):
        self.objects = []

    def add(self, body=b""):
        self.objects.append(body if isinstance(body, bytes) else body.encode("latin-1"))
        return len(self.objects)

    def set(self, number, body):
        self.objects[number - 1] = body if isinstance(body, bytes) else body.encode("latin-1")

    def stream(self, data, extra="", deflate=True):
        import zlib

        if isinstance(data, str):
            data = data.encode("latin-1")
        if deflate:
            data = zlib.compress(data, 9)
            extra += " /Filter /FlateDecode"
        return self.add(f"<< /Length {len(data)}{extra} >>\nstream\n".encode() + data + b"\nendstream")

    def bytes(self, root, info):
        out = io.BytesIO()
        out.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for i, body in enumerate(self.objects):
            places.append(out.tell())
            out.write(f"{i + 1} 0 obj\n".encode() + body + b"\nendobj\n")
        start = out.tell()
        out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode())
        for place in places:
            out.write(f"{place:010} 00000 n \n".encode())
        out.write(f"trailer\n<< /Size {len(places) + 1} /Root {root} 0 R /Info {info} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
        return out.getvalue()


def raw_pdf(items, encode, make_font, deflate=False):
    """A PDF of lines set in one composite font; ENCODE gives the bytes of a string in it."""
    pdf = RawPdf()
    catalog, pages, info = pdf.add(), pdf.add(), pdf.add()
    pdf.set(info, f"<< /Producer (make_originals.py) /CreationDate ({PDF_WHEN}) >>")
    font = make_font(pdf)
    width, height, margin = 595, 842, 72

    def measure(text, size):
        return sum(size / 2 if ord(c) < 0x100 else size for c in text)

    contents, content, y = [], [], height - margin
    number = 0

    def show(x, y, size, text):
        content.append(f"BT /F1 {size} Tf {x:.2f} {y:.2f} Td <{encode(text).hex().upper()}> Tj ET")

    def end_page():
        text = f"- {len(contents) + 1} -"
        show((width - measure(text, 9)) / 2, 40, 9, text)
        contents.append("\n".join(content) + "\n")
        content.clear()

    for kind, text in items:
        size = 20 if kind == "title" else 16
        indent = 2 * size if kind in ("p", "h1") else 0
        for i, line in enumerate(wrap(text, size, width - 2 * margin, indent, lambda t: measure(t, size))):
            y -= size * 1.8
            if y < margin:
                end_page()
                y = height - margin - size * 1.8
            x = (width - measure(line, size)) / 2 if kind in ("title", "by") else margin + (indent if i == 0 else 0)
            show(x, y, size, line)
    end_page()
    kids = []
    for text in contents:
        stream = pdf.stream(text, deflate=deflate)
        kids.append(
            pdf.add(f"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 {width} {height}] /Resources << /Font << /F1 {font} 0 R >> >> /Contents {stream} 0 R >>")
        )
    pdf.set(pages, f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>")
    pdf.set(catalog, f"<< /Type /Catalog /Pages {pages} 0 R >>")
    return pdf.bytes(catalog, info)


def named_cid_font(name, ordering, supplement, cmap, widths):
    def make(pdf):
        descriptor = pdf.add(
            f"<< /Type /FontDescriptor /FontName /{name} /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
        )
        descendant = pdf.add(
            f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) /Supplement {supplement} >> "
            f"/FontDescriptor {descriptor} 0 R /DW 1000 /W [{widths}] >>"
        )
        return pdf.add(f"<< /Type /Font /Subtype /Type0 /BaseFont /{name}-{cmap} /Encoding /{cmap} /DescendantFonts [{descendant} 0 R] >>")

    return make


def adobe_cids(collection, cmap):
    """The CIDs of UCS-2 characters, by a CMap of poppler-data."""
    table = {}
    text = Path(f"/usr/share/poppler/cMap/{collection}/{cmap}").read_text("latin-1")
    for block in re.findall(r"begincidrange(.*?)endcidrange", text, re.S):
        for low, high, cid in re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]{4})>\s*(\d+)", block):
            for i in range(int(low, 16), int(high, 16) + 1):
                table[chr(i)] = int(cid) + i - int(low, 16)
    for block in re.findall(r"begincidchar(.*?)endcidchar", text, re.S):
        for code, cid in re.findall(r"<([0-9a-fA-F]{4})>\s*(\d+)", block):
            table[chr(int(code, 16))] = int(cid)
    return table


def embedded_pdf(items):
    """An embedded TrueType subset with Identity-H and ToUnicode."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    chars = sorted({c for _, t in items for c in t} | set("- 0123456789"))
    font = TTFont("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", fontNumber=0, recalcTimestamp=False)
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "DSIG", "OS/2", "post", "FFTM"]
    options.notdef_outline = True
    s = subset.Subsetter(options)
    s.populate(unicodes=[ord(c) for c in chars])
    s.subset(font)
    cmap = font.getBestCmap()
    gid = {c: font.getGlyphID(cmap[ord(c)]) for c in chars}
    scale = 1000 / font["head"].unitsPerEm
    widths = " ".join(f"{gid[c]} [{round(font['hmtx'][cmap[ord(c)]][0] * scale)}]" for c in sorted(chars, key=gid.get))
    data = io.BytesIO()
    font.save(data)

    def make(pdf):
        file = pdf.stream(data.getvalue(), f" /Length1 {len(data.getvalue())}")
        pairs = [f"<{gid[c]:04X}> <{c.encode('utf-16-be').hex().upper()}>" for c in chars]
        blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
        to_unicode = pdf.stream(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            + "".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar\n" for b in blocks)
            + "endcmap CMapName currentdict /CMap defineresource pop end end"
        )
        descriptor = pdf.add(
            f"<< /Type /FontDescriptor /FontName /ABCDEF+WenQuanYiMicroHei /Flags 4 /FontBBox [-200 -250 1200 1000] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 /FontFile2 {file} 0 R >>"
        )
        descendant = pdf.add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+WenQuanYiMicroHei /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /DW 1000 /W [{widths}] /CIDToGIDMap /Identity >>"
        )
        return pdf.add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+WenQuanYiMicroHei /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] /ToUnicode {to_unicode} 0 R >>"
        )

    return raw_pdf(items, lambda t: b"".join(gid[c].to_bytes(2, "big") for c in t), make, deflate=True)


def scan_pdf(items):
    """Pages that are pictures of text."""
    from PIL import Image, ImageDraw, ImageFont
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    font = ImageFont.truetype("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 30)
    lines = [line for kind, t in items for line in wrap(("　　" if kind in ("p", "h1") else "") + t, 1, 32, 0, len)]
    out = io.BytesIO()
    c = canvas.Canvas(out, pagesize=(595.28, 841.89), invariant=1)
    for page in range(3):
        image = Image.new("L", (1240, 1754), 255)
        draw = ImageDraw.Draw(image)
        for i, line in enumerate(lines[page * 12 : page * 12 + 12]):
            draw.text((130, 160 + i * 60), line, font=font, fill=0)
        image = image.rotate(0.4, fillcolor=255).convert("1", dither=Image.Dither.NONE)
        c.drawImage(ImageReader(image.convert("1")), 0, 0, 595.28, 841.89)
        c.showPage()
    c.save()
    return out.getvalue()


def encrypted(source, user, owner):
    import hashlib
    import secrets
    from unittest import mock

    from pypdf import PdfReader, PdfWriter

    counter = iter(range(1_000_000))

    def fixed(count=32):
        return hashlib.sha512(b"%d" % next(counter)).digest()[:count]

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(source)))
    writer.pdf_header = "%PDF-2.0"
    out = io.BytesIO()
    # The same bytes at each run.
    with mock.patch.object(secrets, "token_bytes", fixed):
        writer.encrypt(user_password=user, owner_password=owner, algorithm="AES-256")
        writer.write(out)
    return out.getvalue()


# Cells that are merged cannot be seen in a PDF, so that empty ones are left out.
PDF_TABLE = "\n".join(re.sub("\t+", "\t", line).strip("\t") for line in TABLE.split("\n"))
# A PDF holds no cells: the rows of one cell stand where they are drawn.
for _old, _new in (
    ("人均收入 （按常住地分）", "人均收入"),
    ("\n元（农村）", "\n（按常住地分）元（农村）"),
    (" 口径 常住人口 来源 县统计局", "\n口径\t常住人口\n来源\t县统计局"),
):
    assert _old in PDF_TABLE, _old
    PDF_TABLE = PDF_TABLE.replace(_old, _new)


def stage_pdf():
    hans, hant = pdf_items("hans"), pdf_items("hant")
    texts = {"hans": [t for _, t in hans], "hant": [t for _, t in hant]}

    def made(name, data, script="hans"):
        put(f"pdf/{name}.pdf", data)
        expect(f"pdf/{name}", texts[script])

    half = "1 95 500 814 939 500 7716 7716 500"
    made("gbk-euc-h", raw_pdf(hans, lambda t: t.encode("gbk"), named_cid_font("STSong-Light", "GB1", 2, "GBK-EUC-H", half)))
    made("unigb-ucs2-h", raw_pdf(hans, lambda t: t.encode("utf-16-be"), named_cid_font("STSong-Light", "GB1", 4, "UniGB-UCS2-H", half)))
    made("unigb-utf16-h", raw_pdf(hans, lambda t: t.encode("utf-16-be"), named_cid_font("STSongStd-Light", "GB1", 5, "UniGB-UTF16-H", half), deflate=True))
    made(
        "eten-b5-h",
        raw_pdf(hant, lambda t: t.encode("big5"), named_cid_font("MSung-Light", "CNS1", 0, "ETen-B5-H", "1 98 500 13648 13742 500")),
        "hant",
    )
    cids = adobe_cids("Adobe-GB1", "UniGB-UCS2-H")
    made(
        "identity-h-gb1-no-tounicode",
        raw_pdf(hans, lambda t: b"".join(cids[c].to_bytes(2, "big") for c in t), named_cid_font("AdobeSongStd-Light", "GB1", 4, "Identity-H", half)),
    )
    tounicode = embedded_pdf(hans)
    made("identity-h-tounicode", tounicode)
    made("rotated", reportlab_pdf(hans, "hans", landscape=True))
    made("encrypted-empty-password", encrypted(tounicode, "", "owner"))
    put("pdf/encrypted-user-password.pdf", encrypted(tounicode, "user", "owner"))
    put("pdf/encrypted-user-password.error.txt", "password\n")
    put("pdf/scan.pdf", scan_pdf(hans))
    put("pdf/scan.error.txt", "scan\n")

    def office_pdf(name, **kwargs):
        path = BUILD / f"{name}.docx"
        path.write_bytes(python_docx_report(**kwargs))
        return office(path, "pdf")

    columns = [hans[0], hans[1], ("columns", "")] + hans[2:]
    made("two-columns", office_pdf("two-columns", items=columns, script="hans", size=12, line=20))
    source = BUILD / "object-streams-source.pdf"
    source.write_bytes(office_pdf("object-streams", items=hans, script="hans", size=16, line=31, heads=("青澜县人民政府", None), foot=["", "PAGE"]))
    target = BUILD / "object-streams.pdf"
    run("qpdf", "--object-streams=generate", "--recompress-flate", "--deterministic-id", source, target)
    made("object-streams", target.read_bytes())
    put("pdf/table.pdf", office(OUT / "docx/table.docx", "pdf"))
    expect("pdf/table", PDF_TABLE)
    items = [(k, t) for k, t in REPORT]
    data = office_pdf(
        "running-heads", items=items, script="hans", size=14, line=25, page=(148, 210), margins=(20, 22),
        heads=("政府工作报告", "青澜县第十八届人民代表大会第三次会议文件"), foot=["第 ", "PAGE", " 页 共 ", "NUMPAGES", " 页"],
    )
    put("pdf/running-heads.pdf", data)
    expect("pdf/running-heads", [t for _, t in REPORT])


# ---------------------------------------------------------------- markdown

MARKDOWN = """# 青澜县2024年防汛工作预案

<!-- 内部备注：
这两行不应出现 -->

## 一、总体要求

坚持“**人民至上**、*生命至上*”，做到**不死人、少伤人、少损失**。2023年汛期（4月至9月）
全县平均降雨量1,486毫米，比常年偏多21.3%[^1]。

## 二、组织指挥

县防汛抗旱指挥部由下列单位组成[^unit]：

- 县应急管理局，负责综合协调；
- 县水利局，负责水情监测：
  - 监测水库112座；
  - 监测河道断面36处；
- 各乡镇人民政府。

### （一）工作流程

1. 发布预警；
2. 启动响应，详见[县政府网站](https://www.qinglan.example/ "网站")；
3. 转移群众。

响应级别
--------

| 级别 | 24小时雨量（毫米） | 转移人数 |
|:-----|:------:|-----:|
| Ⅳ级 | 50～99 | |
| Ⅲ级 | 100～149 | 1,200 |
| Ⅱ级 | **150～249** | 5,600 |

***

> 宁可十防九空，不可失防万一。

值班电话：0000-1234567  
传真：0000-7654321

预警短信格式为`【青澜防汛】`开头，价格按3\\*5元计算，&copy;与&amp;照写。

![水系图](map.png)

```
指令一：全员到岗
指令二：物资前置
```

本预案由县应急管理局解释。

[^1]: 常年平均为1,225毫米。
[^unit]: 共27个成员单位。
"""

MARKDOWN_TEXT = """青澜县2024年防汛工作预案
一、总体要求
坚持“人民至上、生命至上”，做到不死人、少伤人、少损失。2023年汛期（4月至9月）全县平均降雨量1,486毫米，比常年偏多21.3%[1]。
二、组织指挥
县防汛抗旱指挥部由下列单位组成[2]：
县应急管理局，负责综合协调；
县水利局，负责水情监测：
监测水库112座；
监测河道断面36处；
各乡镇人民政府。
（一）工作流程
1. 发布预警；
2. 启动响应，详见县政府网站；
3. 转移群众。
响应级别
级别	24小时雨量（毫米）	转移人数
Ⅳ级	50～99
Ⅲ级	100～149	1,200
Ⅱ级	150～249	5,600
宁可十防九空，不可失防万一。
值班电话：0000-1234567
传真：0000-7654321
预警短信格式为【青澜防汛】开头，价格按3*5元计算，©与&照写。
指令一：全员到岗
指令二：物资前置
本预案由县应急管理局解释。
[1] 常年平均为1,225毫米。
[2] 共27个成员单位。"""


def stage_markdown():
    put("markdown/report.md", MARKDOWN)
    expect("markdown/report", MARKDOWN_TEXT)


# ---------------------------------------------------------------- epub

EPUB_NOTES = """青澜县志略（节选）
第一章 建置
青澜置县于明成化七年[1]，属临岚府，初辖4乡18里。
清康熙二十三年（1684年）全县有户6,214，口31,870[2]。
第二章 物产
县境多山，宜茶宜竹，所产“云雾茶”岁贡200斤。
民国二十五年（1936年）产茶1,860担，值银元9.3万元[3]。
[1] 明成化七年为公元1471年。
[2] 据旧府志户口卷。
[3] 据县商会报告。"""


def stage_epub():
    lines = EPUB_NOTES.split("\n")
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'

    def page(title, body):
        return XHTML.format(lang="zh-CN", title=title, body=body)

    def chapter(number, head, paragraphs, notes):
        body = [f'<h2 id="h{number}">{esc(head.replace(" ", "&nbsp;"))}</h2>'.replace("&amp;nbsp;", "&nbsp;")]
        for text in paragraphs:
            text = esc(text)
            text = re.sub(r"\[(\d)\]", r'<a epub:type="noteref" href="#note\1" id="ref\1"><sup>\1</sup></a>', text)
            body.append(f"<p>&nbsp;&nbsp;{text}</p>")
        body.append("<section epub:type=\"footnotes\">")
        for text in notes:
            body.append(f'<aside epub:type="footnote" id="note{text[1]}"><p>{esc(text[4:])}</p></aside>')
        body.append("</section>")
        # The entities are those of XHTML 1.1, whose document type is given.
        return page(head, "\n".join(body)).replace("<!DOCTYPE html>", doctype)

    opf = f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:6f6b2f6e-2024-4a10-8a10-000000000003</dc:identifier>
<dc:title>{lines[0]}</dc:title><dc:creator>青澜县地方志办公室</dc:creator><dc:language>zh-CN</dc:language>
<meta property="dcterms:modified">{WHEN}</meta><meta name="cover" content="image"/>
</metadata>
<manifest>
<item id="c2" href="text/part%20two.xhtml" media-type="application/xhtml+xml"/>
<item id="c1" href="text/part1.xhtml" media-type="application/xhtml+xml"/>
<item id="cover" href="text/cover.xhtml" media-type="application/xhtml+xml" properties="svg"/>
<item id="title" href="text/title.xhtml" media-type="application/xhtml+xml"/>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="image" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/>
</manifest>
<spine toc="ncx"><itemref idref="cover" linear="no"/><itemref idref="title"/><itemref idref="nav"/><itemref idref="c1"/><itemref idref="c2"/></spine>
</package>
"""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 400"><rect width="300" height="400" fill="#a33"/></svg>'
    ncx = f"""<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head/><docTitle><text>{lines[0]}</text></docTitle>
<navMap><navPoint id="n1" playOrder="1"><navLabel><text>{lines[1]}</text></navLabel><content src="text/part1.xhtml"/></navPoint>
<navPoint id="n2" playOrder="2"><navLabel><text>{lines[4]}</text></navLabel><content src="text/part%20two.xhtml"/></navPoint></navMap></ncx>
"""
    nav = f'<nav epub:type="toc"><h1>目录</h1><ol><li><a href="text/part1.xhtml">{lines[1]}</a></li><li><a href="text/part%20two.xhtml">{lines[4]}</a></li></ol></nav>'
    put(
        "epub/notes.epub",
        zip_bytes(
            [
                ("mimetype", "application/epub+zip"),
                ("META-INF/container.xml", CONTAINER),
                ("OEBPS/package.opf", opf),
                ("OEBPS/nav.xhtml", page("目录", nav)),
                ("OEBPS/toc.ncx", ncx),
                ("OEBPS/cover.svg", svg),
                ("OEBPS/text/cover.xhtml", page("封面", '<div><img src="../cover.svg" alt="封面图"/></div>')),
                ("OEBPS/text/title.xhtml", page(lines[0], f"<h1>{lines[0]}</h1>")),
                ("OEBPS/text/part1.xhtml", chapter(1, lines[1], lines[2:4], lines[7:9])),
                ("OEBPS/text/part two.xhtml", chapter(2, lines[4], lines[5:7], lines[9:])),
            ]
        ),
    )
    expect("epub/notes", EPUB_NOTES)

STAGES = {
    "common": stage_common,
    "docx": stage_docx,
    "odt": stage_odt,
    "html": stage_html,
    "pdf": stage_pdf,
    "markdown": stage_markdown,
    "epub": stage_epub,
}


def main():
    BUILD.mkdir(exist_ok=True)
    wanted = sys.argv[1:] or list(STAGES)
    for name in wanted:
        started = time.time()
        STAGES[name]()
        print(f"{name}: {time.time() - started:.1f} s", file=sys.stderr)
    total = sum(p.stat().st_size for p in OUT.rglob("*") if p.is_file())
    print(f"{total} bytes altogether", file=sys.stderr)


if __name__ == "__main__":
    main()
