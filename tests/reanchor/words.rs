//! The words the edits work with. Sentences and figures are invented.

/// Reports that can be put before another.
pub const SAMPLES: &[&str] =
    &[include_str!("../../assets/samples/yunxi-2024-hans.txt"), include_str!("../../assets/samples/panhai-2023-hant.txt")];

/// Sentences that stand in no report; # stands for a figure.
pub const STOCK: &[&str] = &[
    "全年改造农村危桥#座，养护公路三千余公里。",
    "生态补偿资金#万元已经全部拨付到户。",
    "文化下乡演出走进了每一个乡镇，观众比上年多了#%。",
    "水库除险加固按期完工，蓄水量达到#万立方米。",
    "各项任务全面完成。",
    "我们清醒地看到，工作中还存在不少困难和问题。",
    "新增绿地#公顷，公园体系更加完善。",
    "全市生产总值增长#%。",
];

/// Units and others that mean something else.
pub const UNITS: &[(&str, &str)] =
    &[("亿元", "万元"), ("万元", "亿元"), ("万人", "千人"), ("公里", "米"), ("%", "个百分点"), ("％", "个百分点"), ("万吨", "吨")];

/// Words and others that mean about the same.
pub const SYNONYMS: &[(&str, &str)] = &[
    ("提高", "提升"),
    ("加快", "加速"),
    ("推进", "推动"),
    ("完成", "实现"),
    ("增长", "增加"),
    ("确保", "保证"),
    ("加强", "强化"),
    ("建设", "建造"),
    ("全面", "全方位"),
    ("以及", "和"),
    ("达到", "达"),
    ("同比", "比上年同期"),
    ("重点", "要点"),
    ("进一步", "更加"),
    ("困难", "难题"),
];

/// Verbs before which 未 turns a sentence round.
pub const NEGATED: &[&str] = &["完成", "达到", "实现", "增长", "建成", "提高", "落实"];

/// Pinyin as scraping scripts put it behind characters (assets/damage/pinyin.tsv).
pub const PINYIN: &[(char, &str)] = &[
    ('發', "fā"),
    ('產', "chǎn"),
    ('業', "yè"),
    ('經', "jīng"),
    ('濟', "jì"),
    ('務', "wù"),
    ('區', "qū"),
    ('個', "gè"),
    ('項', "xiàng"),
    ('實', "shí"),
    ('現', "xiàn"),
    ('時', "shí"),
    ('達', "dá"),
    ('標', "biāo"),
    ('設', "shè"),
];

/// A number from 1 to 99 in Han numerals.
pub fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let tens = match number / 10 {
        0 => String::new(),
        1 => "十".into(),
        tens => format!("{}十", DIGITS[tens % 10]),
    };
    format!("{tens}{}", DIGITS[number % 10])
}
