//! Styles and fonts.

use super::layout::DocxLayout;

/// A style of paragraphs: its name in the document, the one programs know it by, and its properties.
struct Style {
    id: &'static str,
    name: &'static str,
    paragraph: &'static str,
    run: &'static str,
}

const fn style(id: &'static str, name: &'static str, paragraph: &'static str, run: &'static str) -> Style {
    Style { id, name, paragraph, run }
}

/// A first line without an indent.
macro_rules! flush {
    () => {
        r#"<w:ind w:firstLineChars="0" w:firstLine="0"/>"#
    };
}

/// Marks may hang over the end of a line, as Word has it anyway (ISO/IEC 29500-1 §17.3.1.21). LibreOffice takes the element the
/// other way round, which is as well: without it, it loses the marks that hang in a justified line.
macro_rules! hanging {
    () => {
        "<w:overflowPunct/>"
    };
}

/// The styles of the plain layout: 小四 (12 points) at one and a half lines.
const PLAIN: [Style; 14] = [
    style(
        "Normal",
        "Normal",
        concat!(
            hanging!(),
            r#"<w:spacing w:line="360" w:lineRule="auto"/><w:ind w:firstLineChars="200" w:firstLine="480"/><w:jc w:val="both"/>"#
        ),
        r#"<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="24"/><w:szCs w:val="24"/>"#,
    ),
    style(
        "Title",
        "Title",
        concat!(r#"<w:keepNext/><w:spacing w:before="120" w:after="240"/>"#, flush!(), r#"<w:contextualSpacing/><w:jc w:val="center"/>"#),
        r#"<w:rFonts w:eastAsia="黑体"/><w:sz w:val="36"/><w:szCs w:val="36"/>"#,
    ),
    style(
        "Subtitle",
        "Subtitle",
        concat!(r#"<w:spacing w:after="120"/>"#, flush!(), r#"<w:jc w:val="center"/>"#),
        r#"<w:rFonts w:eastAsia="楷体"/><w:sz w:val="24"/><w:szCs w:val="24"/>"#,
    ),
    style(
        "Heading1",
        "heading 1",
        concat!(r#"<w:keepNext/><w:spacing w:before="240" w:after="120"/>"#, flush!(), r#"<w:outlineLvl w:val="0"/>"#),
        r#"<w:rFonts w:eastAsia="黑体"/><w:sz w:val="30"/><w:szCs w:val="30"/>"#,
    ),
    style(
        "Heading2",
        "heading 2",
        concat!(r#"<w:keepNext/><w:spacing w:before="160" w:after="80"/>"#, flush!(), r#"<w:outlineLvl w:val="1"/>"#),
        r#"<w:rFonts w:eastAsia="黑体"/><w:sz w:val="26"/><w:szCs w:val="26"/>"#,
    ),
    style("Heading3", "heading 3", r#"<w:keepNext/><w:outlineLvl w:val="2"/>"#, "<w:b/>"),
    style("Heading4", "heading 4", r#"<w:keepNext/><w:outlineLvl w:val="3"/>"#, r#"<w:rFonts w:eastAsia="黑体"/>"#),
    style("Stamp", "Stamp", flush!(), r#"<w:rFonts w:eastAsia="黑体"/>"#),
    style(
        "Cell",
        "Cell",
        concat!(r#"<w:spacing w:line="240" w:lineRule="auto"/>"#, flush!(), r#"<w:jc w:val="left"/>"#),
        r#"<w:sz w:val="18"/><w:szCs w:val="18"/>"#,
    ),
    COMMENT,
    HEADER,
    style("Footer", "footer", concat!(flush!(), r#"<w:jc w:val="center"/>"#), r#"<w:sz w:val="18"/><w:szCs w:val="18"/>"#),
    FOOTER_ODD,
    FOOTER_EVEN,
];

/// The styles of official documents.
///
/// GB/T 9704—2012 §5.2.2: 一般用3号仿宋体字, 16 points. §5.2.3: 每面排22行, 每行排28个字: lines stand 28 points apart, and
/// characters a quarter of a point closer than they are wide, for 28 of them would else be 2 mm wider than the text. (A grid
/// of characters would say the same, but LibreOffice spreads it.) §7.3.1: 标题一般用2号小标宋体字, 居中排布. §7.3.3:
/// 每个自然段左空二字; headings in 黑体, 楷体 and 仿宋. §7.2.2: 密级用3号黑体字, 顶格.
const OFFICIAL: [Style; 14] = [
    style(
        "Normal",
        "Normal",
        concat!(
            hanging!(),
            r#"<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>"#
        ),
        concat!(
            r#"<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋"/>"#,
            r#"<w:spacing w:val="-5"/><w:sz w:val="32"/><w:szCs w:val="32"/>"#
        ),
    ),
    style(
        "Title",
        "Title",
        concat!(r#"<w:keepNext/><w:spacing w:after="560"/>"#, flush!(), r#"<w:contextualSpacing/><w:jc w:val="center"/>"#),
        r#"<w:rFonts w:eastAsia="方正小标宋简体"/><w:sz w:val="44"/><w:szCs w:val="44"/>"#,
    ),
    style("Subtitle", "Subtitle", concat!(flush!(), r#"<w:jc w:val="center"/>"#), r#"<w:rFonts w:eastAsia="楷体"/>"#),
    style("Heading1", "heading 1", r#"<w:keepNext/><w:outlineLvl w:val="0"/>"#, r#"<w:rFonts w:eastAsia="黑体"/>"#),
    style("Heading2", "heading 2", r#"<w:keepNext/><w:outlineLvl w:val="1"/>"#, r#"<w:rFonts w:eastAsia="楷体"/>"#),
    style("Heading3", "heading 3", r#"<w:keepNext/><w:outlineLvl w:val="2"/>"#, ""),
    style("Heading4", "heading 4", r#"<w:keepNext/><w:outlineLvl w:val="3"/>"#, ""),
    style("Stamp", "Stamp", flush!(), r#"<w:rFonts w:eastAsia="黑体"/>"#),
    style(
        "Cell",
        "Cell",
        concat!(r#"<w:spacing w:line="240" w:lineRule="auto"/>"#, flush!(), r#"<w:jc w:val="left"/>"#),
        r#"<w:sz w:val="21"/><w:szCs w:val="21"/>"#,
    ),
    COMMENT,
    HEADER,
    style("Footer", "footer", concat!(r#"<w:spacing w:line="240" w:lineRule="auto"/>"#, flush!()), r#"<w:sz w:val="28"/>"#),
    FOOTER_ODD,
    FOOTER_EVEN,
];

const COMMENT: Style = style(
    "CommentText",
    "annotation text",
    concat!(r#"<w:spacing w:line="240" w:lineRule="auto"/>"#, flush!(), r#"<w:jc w:val="left"/>"#),
    r#"<w:sz w:val="20"/><w:szCs w:val="20"/>"#,
);
const HEADER: Style = style(
    "Header",
    "header",
    concat!(r#"<w:spacing w:line="240" w:lineRule="auto"/>"#, flush!(), r#"<w:jc w:val="left"/>"#),
    r#"<w:rFonts w:eastAsia="黑体"/><w:sz w:val="21"/><w:szCs w:val="21"/>"#,
);
const FOOTER_ODD: Style = style(
    "FooterOdd",
    "Footer Odd",
    concat!(
        r#"<w:spacing w:line="240" w:lineRule="auto"/>"#,
        r#"<w:ind w:rightChars="100" w:right="320" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>"#
    ),
    "",
);
const FOOTER_EVEN: Style = style(
    "FooterEven",
    "Footer Even",
    concat!(
        r#"<w:spacing w:line="240" w:lineRule="auto"/>"#,
        r#"<w:ind w:leftChars="100" w:left="320" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>"#
    ),
    "",
);

/// The languages of text, the sign of a comment, and tables with lines.
const OTHERS: [&str; 3] = [
    r#"<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>"#,
    concat!(
        r#"<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>"#,
        r#"<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>"#
    ),
    concat!(
        r#"<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>"#,
        r#"<w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:left w:val="single" w:sz="4" w:space="0" w:color="auto"/>"#,
        r#"<w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:right w:val="single" w:sz="4" w:space="0" w:color="auto"/>"#,
        r#"<w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="auto"/>"#,
        r#"</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"#
    ),
];

/// What stands in the part of styles.
pub(super) fn styles(layout: DocxLayout) -> String {
    let [defaults, characters, tables] = OTHERS;
    let own = match layout {
        DocxLayout::Plain => &PLAIN,
        DocxLayout::Official => &OFFICIAL,
    };
    let styles: String = own.iter().map(written).collect();
    format!("{defaults}{styles}{characters}{tables}")
}

fn written(style: &Style) -> String {
    let Style { id, name, paragraph, run } = style;
    let (default, base) = match *id {
        "Normal" => (" w:default=\"1\"", ""),
        _ => ("", "<w:basedOn w:val=\"Normal\"/>"),
    };
    format!(
        "<w:style w:type=\"paragraph\"{default} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{base}\
         <w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )
}

/// The faces, and those that stand in for each where it is missing, the first that is there (ISO/IEC 29500-1 §17.8.3.1).
const FONTS: [(&str, &str); 5] = [
    ("宋体", "SimSun,NSimSun,华文宋体,STSong,Songti SC,Source Han Serif SC,Noto Serif CJK SC"),
    ("仿宋", "FangSong,仿宋_GB2312,FangSong_GB2312,方正仿宋简体,华文仿宋,STFangsong"),
    ("黑体", "SimHei,华文黑体,STHeiti,Heiti SC,Source Han Sans SC,Noto Sans CJK SC"),
    ("楷体", "KaiTi,楷体_GB2312,KaiTi_GB2312,方正楷体简体,华文楷体,STKaiti"),
    ("方正小标宋简体", "FZXiaoBiaoSong-B05S,方正小标宋_GBK,FZXiaoBiaoSong-B05,小标宋,华文中宋,STZhongsong,宋体,SimSun"),
];

/// What stands in the part of fonts.
pub(super) fn fonts() -> String {
    let font = |(name, others): (&str, &str)| {
        format!("<w:font w:name=\"{name}\"><w:altName w:val=\"{others}\"/><w:charset w:val=\"86\"/><w:family w:val=\"auto\"/></w:font>")
    };
    FONTS.map(font).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mark_is_lost_at_the_end_of_a_line() {
        for layout in DocxLayout::ALL {
            let normal = styles(layout).split("</w:style>").next().unwrap().to_owned();
            assert!(normal.contains("<w:pPr><w:overflowPunct/><w:spacing "), "{normal}");
        }
    }
}
