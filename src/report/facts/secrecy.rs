//! How secret a report is (密级), and the mark that says so at its head.

use crate::text::classes::{half_width, is_invisible, is_space};

/// How secret a report is: the levels of the law (《保守国家秘密法》), and the two that stand below them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Secrecy {
    /// 公开: for everybody.
    Public,
    /// 内部: 内部资料, 工作秘密. No secret of the state, and not for everybody.
    Internal,
    /// 秘密.
    Confidential,
    /// 机密.
    Secret,
    /// 绝密.
    TopSecret,
}

impl Secrecy {
    /// All of them, lowest first.
    pub const ALL: [Self; 5] = [Self::Public, Self::Internal, Self::Confidential, Self::Secret, Self::TopSecret];

    /// Its key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
            Self::Confidential => "confidential",
            Self::Secret => "secret",
            Self::TopSecret => "top_secret",
        }
    }

    /// The level of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.key() == key)
    }

    /// Its mark, as the law words it.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Public => "公开",
            Self::Internal => "内部",
            Self::Confidential => "秘密",
            Self::Secret => "机密",
            Self::TopSecret => "绝密",
        }
    }
}

/// How many paragraphs at the start may hold the mark.
const HEAD: usize = 8;
/// A paragraph longer than this, in characters, is running text: the head of the report has ended.
const SHORT: usize = 60;
/// The longest mark, with all that may stand beside it.
const LONGEST: usize = 32;

/// The words that marks begin with.
const MARKS: [(&str, Secrecy); 10] = [
    ("绝密", Secrecy::TopSecret),
    ("絕密", Secrecy::TopSecret),
    ("机密", Secrecy::Secret),
    ("機密", Secrecy::Secret),
    ("秘密", Secrecy::Confidential),
    ("祕密", Secrecy::Confidential),
    ("工作秘密", Secrecy::Internal),
    ("工作祕密", Secrecy::Internal),
    ("内部", Secrecy::Internal),
    ("內部", Secrecy::Internal),
];
/// What stands before the number of the copy (份号), and before the level itself.
const LABELS: [&str; 10] = ["份号", "份號", "编号", "編號", "No.", "NO.", "№", "密级", "密級", "密等"];
/// What stands between a level and how long it lasts; ★ is often lost in copying.
const STARS: [char; 3] = ['★', '☆', '*'];
/// How urgent a document is (紧急程度), where that stands in the same line.
const URGENCY: [&str; 5] = ["特急", "加急", "平急", "特提", "急件"];
/// What may follow 内部.
const KINDS: [&str; 12] = ["资料", "資料", "文件", "材料", "参考", "參考", "参阅", "參閱", "刊物", "使用", "传阅", "傳閱"];
/// And what may follow that.
const WARNINGS: [&str; 12] = [
    "注意保存",
    "注意保管",
    "妥善保存",
    "妥善保管",
    "严禁外传",
    "嚴禁外傳",
    "不得外传",
    "不得外傳",
    "请勿外传",
    "請勿外傳",
    "禁止外传",
    "禁止外傳",
];

/// The level that the first lines of a report mark it with.
pub(super) fn marked(head: &[&str]) -> Option<Secrecy> {
    let short = |line: &&&str| line.chars().nth(SHORT).is_none();
    head.iter().take(HEAD).take_while(short).find_map(|line| level_of(line))
}

/// The level a line is the mark of, if it is nothing but a mark (GB/T 9704-2012 §7.2.1 to §7.2.3): `机密★1年`, `秘密★`,
/// `000123 绝密 特急`, `内部文件 注意保存`.
pub(in crate::report) fn level_of(line: &str) -> Option<Secrecy> {
    let is_said = |c: &char| !is_space(*c) && !is_invisible(*c);
    let plain: String = line.chars().filter(is_said).map(half_width).take(LONGEST + 1).collect();
    if plain.chars().nth(LONGEST).is_some() {
        return None;
    }
    let mark = plain.trim_matches(['(', ')', '[', ']', '【', '】', '〔', '〕']);
    let mark = without_label(without_label(mark).trim_start_matches(is_digit));
    MARKS.iter().find_map(|(word, level)| mark.strip_prefix(word).filter(|rest| ends(rest, *level)).map(|_| *level))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn without_label(mark: &str) -> &str {
    LABELS.iter().find_map(|label| mark.strip_prefix(label)).unwrap_or(mark).trim_start_matches(':')
}

/// Whether a mark may go on like this behind its level.
fn ends(rest: &str, level: Secrecy) -> bool {
    let rest = URGENCY.iter().find_map(|urgency| rest.strip_suffix(urgency)).unwrap_or(rest);
    match rest.strip_prefix(STARS) {
        Some(term) => is_term(term),
        None => {
            let rest = rest.trim_end_matches(is_digit);
            rest.is_empty() || (level == Secrecy::Internal && is_warning(rest))
        }
    }
}

/// How long it is secret (保密期限): 1年, 长期, 启用前, 至2030年1月1日; or nothing.
fn is_term(term: &str) -> bool {
    term.chars().count() <= 16 && term.chars().all(|c| is_digit(c) || "年个個月日天至长長期启啟用公布佈前后後解密.-/".contains(c))
}

/// What follows 内部: 资料, 文件 注意保存.
fn is_warning(rest: &str) -> bool {
    let rest = KINDS.iter().find_map(|kind| rest.strip_prefix(kind)).unwrap_or(rest);
    let rest = rest.trim_matches([',', ';', '·', '-', '!', '、', '。']);
    rest.is_empty() || WARNINGS.contains(&rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_nothing_but_the_mark() {
        for (line, expected) in [
            ("机密★1年", Secrecy::Secret),
            ("机　密 ★ １０ 年", Secrecy::Secret),
            ("秘密★", Secrecy::Confidential),
            ("秘密*6个月", Secrecy::Confidential),
            ("机密★至2030年1月1日", Secrecy::Secret),
            ("绝密", Secrecy::TopSecret),
            ("絕密★啟用前", Secrecy::TopSecret),
            ("绝密★长期　特急", Secrecy::TopSecret),
            ("000123 秘密", Secrecy::Confidential),
            ("份号：000123　机密★1年", Secrecy::Secret),
            ("密级：机密", Secrecy::Secret),
            ("【秘密】", Secrecy::Confidential),
            ("内部资料", Secrecy::Internal),
            ("内部文件 注意保存", Secrecy::Internal),
            ("（内部资料，请勿外传！）", Secrecy::Internal),
            ("工作秘密", Secrecy::Internal),
            ("工作秘密★5年", Secrecy::Internal),
            ("內部", Secrecy::Internal),
        ] {
            assert_eq!(level_of(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn what_only_speaks_of_secrets_is_no_mark() {
        for line in [
            "000123",
            "份号：000123",
            "特急",
            "★1年",
            "",
            "秘密工作",
            "秘密级文件管理办法",
            "国家秘密",
            "保守国家秘密，人人有责",
            "机密★由各单位自行掌握的事项清单",
            "内部控制",
            "内部审计工作报告",
            "内部资料汇编（2024年）",
            "秘密为期一年",
            "关于进一步加强秘密载体管理的通知",
            "此件公开发布",
        ] {
            assert_eq!(level_of(line), None, "{line}");
        }
    }

    #[test]
    fn only_at_the_head() {
        let text = "会议强调，要严守保密纪律，妥善保管秘密文件，不得在互联网上传递，不得擅自复制，不得带出工作场所，违反规定的，依纪依法追究责任，并通报全市。";
        assert_eq!(marked(&["000123", "机密★1年", "特急", "云溪市人民政府文件"]), Some(Secrecy::Secret));
        assert_eq!(marked(&["政府工作报告", "内部资料"]), Some(Secrecy::Internal));
        assert_eq!(marked(&["政府工作报告", text, "秘密"]), None, "running text ends the head");
        assert_eq!(marked(&["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "秘密"]), None);
        assert_eq!(marked(&[text]), None);
        assert_eq!(marked(&[]), None);
    }
}
