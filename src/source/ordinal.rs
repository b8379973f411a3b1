//! Numbers of paragraphs as word processors write them: 一, （二）, 3, iv, 甲, ①.
//!
//! The names of the styles are those of ISO/IEC 29500-1 §17.18.59 (ST_NumberFormat) and of ISO/IEC 26300 §19.500.

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// 01, 02, 03.
    DecimalZero,
    /// １, ２, ３.
    FullWidth,
    /// I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// A, B, C.
    UpperLetter,
    /// a, b, c.
    LowerLetter,
    /// 一, 二, 十, 二十一.
    Chinese,
    /// 一, 二, 一〇: digit by digit.
    ChineseDigits,
    /// 壹, 贰, 拾.
    FormalSimplified,
    /// 壹, 貳, 拾.
    FormalTraditional,
    /// 甲, 乙, 丙.
    Stems,
    /// 子, 丑, 寅.
    Branches,
    /// ①, ②, ③.
    Circled,
    /// ⑴, ⑵, ⑶.
    Bracketed,
    /// Nothing.
    None,
}

impl Style {
    /// The style of Word's name for it. What is rare beside Chinese is written in digits.
    pub(super) fn of_word(name: &str) -> Self {
        match name {
            "none" | "bullet" => Self::None,
            "decimalZero" => Self::DecimalZero,
            "decimalFullWidth" | "decimalFullWidth2" | "decimalHalfWidth" => Self::FullWidth,
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "chineseCounting" | "chineseCountingThousand" | "taiwaneseCounting" | "taiwaneseCountingThousand" | "japaneseCounting" => {
                Self::Chinese
            }
            "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => Self::ChineseDigits,
            "chineseLegalSimplified" => Self::FormalSimplified,
            "ideographLegalTraditional" | "japaneseLegal" => Self::FormalTraditional,
            "ideographTraditional" => Self::Stems,
            "ideographZodiac" => Self::Branches,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" | "ideographEnclosedCircle" => Self::Circled,
            "decimalEnclosedParen" => Self::Bracketed,
            _ => Self::Decimal,
        }
    }

    /// The style of an OpenDocument `num-format`: the first member of the series it shows.
    pub(super) fn of_series(series: &str) -> Self {
        match series.split([',', ' ']).next().unwrap_or("") {
            "" => Self::None,
            "I" => Self::UpperRoman,
            "i" => Self::LowerRoman,
            "A" => Self::UpperLetter,
            "a" => Self::LowerLetter,
            "一" => Self::Chinese,
            "〇" => Self::ChineseDigits,
            "壹" if series.contains('贰') => Self::FormalSimplified,
            "壹" | "壱" => Self::FormalTraditional,
            "甲" => Self::Stems,
            "子" => Self::Branches,
            "①" => Self::Circled,
            "１" => Self::FullWidth,
            "01" => Self::DecimalZero,
            _ => Self::Decimal,
        }
    }

    /// The style of a list on a web page: CSS Counter Styles 3, or the `type` of HTML.
    pub(super) fn of_css(name: &str) -> Self {
        match name.trim() {
            "none" | "disc" | "circle" | "square" => Self::None,
            "decimal-leading-zero" => Self::DecimalZero,
            "upper-roman" | "I" => Self::UpperRoman,
            "lower-roman" | "i" => Self::LowerRoman,
            "upper-alpha" | "upper-latin" | "A" => Self::UpperLetter,
            "lower-alpha" | "lower-latin" | "a" => Self::LowerLetter,
            "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" => Self::Chinese,
            "cjk-decimal" => Self::ChineseDigits,
            "simp-chinese-formal" => Self::FormalSimplified,
            "trad-chinese-formal" => Self::FormalTraditional,
            "cjk-heavenly-stem" => Self::Stems,
            "cjk-earthly-branch" => Self::Branches,
            _ => Self::Decimal,
        }
    }

    /// What ends a number of this style where the format does not say.
    pub(super) const fn css_suffix(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Chinese | Self::ChineseDigits | Self::FormalSimplified | Self::FormalTraditional | Self::Stems | Self::Branches => "、",
            _ => ".",
        }
    }

    /// A number written in this style.
    pub(super) fn write(self, number: u32) -> String {
        let series = |members: &str| nth(members, number).map_or_else(|| number.to_string(), String::from);
        match self {
            Self::None => String::new(),
            Self::Decimal => number.to_string(),
            Self::DecimalZero => format!("{number:02}"),
            Self::FullWidth => number.to_string().chars().map(|c| digit(c, "０１２３４５６７８９")).collect(),
            Self::UpperRoman => roman(number),
            Self::LowerRoman => roman(number).to_lowercase(),
            Self::UpperLetter => letters(number),
            Self::LowerLetter => letters(number).to_lowercase(),
            Self::Chinese => counted(number, "零一二三四五六七八九", ["", "十", "百", "千"], "万"),
            Self::ChineseDigits => number.to_string().chars().map(|c| digit(c, "〇一二三四五六七八九")).collect(),
            Self::FormalSimplified => counted(number, "零壹贰叁肆伍陆柒捌玖", ["", "拾", "佰", "仟"], "万"),
            Self::FormalTraditional => counted(number, "零壹貳參肆伍陸柒捌玖", ["", "拾", "佰", "仟"], "萬"),
            Self::Stems => series("甲乙丙丁戊己庚辛壬癸"),
            Self::Branches => series("子丑寅卯辰巳午未申酉戌亥"),
            Self::Circled => series("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
            Self::Bracketed => series("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
        }
    }
}

/// The member of a series by its number; the first is 1.
fn nth(members: &str, number: u32) -> Option<char> {
    members.chars().nth(usize::try_from(number.checked_sub(1)?).ok()?)
}

/// An ASCII digit in another script's digits.
fn digit(c: char, digits: &str) -> char {
    c.to_digit(10).and_then(|value| digits.chars().nth(value as usize)).unwrap_or(c)
}

/// A number below a hundred million in Chinese; 10 to 19 are written without 一 in front.
fn counted(number: u32, digits: &str, units: [&str; 4], myriad: &str) -> String {
    if number >= 100_000_000 {
        return number.to_string();
    }
    if number >= 10_000 {
        let rest = number % 10_000;
        let zero = if rest > 0 && rest < 1000 { digit('0', digits).to_string() } else { String::new() };
        let low = if rest > 0 { below_myriad(rest, digits, units) } else { String::new() };
        return format!("{}{myriad}{zero}{low}", counted(number / 10_000, digits, units, myriad));
    }
    let written = below_myriad(number, digits, units);
    let one = digit('1', digits);
    let teen = (10..20).contains(&number) && one == '一';
    if teen { written.trim_start_matches(one).to_owned() } else { written }
}

fn below_myriad(number: u32, digits: &str, units: [&str; 4]) -> String {
    let figures: Vec<char> = number.to_string().chars().collect();
    if number == 0 {
        return digit('0', digits).to_string();
    }
    let mut written = String::new();
    let mut zero = false;
    for (at, &figure) in figures.iter().enumerate() {
        if figure == '0' {
            zero = true;
            continue;
        }
        if std::mem::take(&mut zero) {
            written.push(digit('0', digits));
        }
        written.push(digit(figure, digits));
        written.push_str(units.get(figures.len() - 1 - at).copied().unwrap_or(""));
    }
    written
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number >= 4000 {
        return number.to_string();
    }
    let mut rest = number;
    let mut written = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            written.push_str(sign);
            rest -= value;
        }
    }
    written
}

/// A to Z, then AA, AB … as spreadsheets count their columns.
fn letters(number: u32) -> String {
    let mut rest = number;
    let mut written = Vec::new();
    while rest > 0 {
        written.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    written.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_every_style() {
        for (style, number, expected) in [
            (Style::Chinese, 1, "一"),
            (Style::Chinese, 10, "十"),
            (Style::Chinese, 12, "十二"),
            (Style::Chinese, 21, "二十一"),
            (Style::Chinese, 105, "一百零五"),
            (Style::Chinese, 110, "一百一十"),
            (Style::Chinese, 10_203, "一万零二百零三"),
            (Style::ChineseDigits, 10, "一〇"),
            (Style::FormalSimplified, 12, "壹拾贰"),
            (Style::FormalTraditional, 3, "參"),
            (Style::UpperRoman, 14, "XIV"),
            (Style::LowerLetter, 28, "ab"),
            (Style::Stems, 3, "丙"),
            (Style::Circled, 20, "⑳"),
            (Style::Circled, 21, "21"),
            (Style::FullWidth, 12, "１２"),
            (Style::DecimalZero, 3, "03"),
            (Style::None, 3, ""),
        ] {
            assert_eq!(style.write(number), expected, "{style:?} {number}");
        }
    }
}
