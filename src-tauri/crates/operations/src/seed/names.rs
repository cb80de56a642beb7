//! The demo's names: who appears by name in the pictures of the product, and the lists the others are made of. Invented,
//! all of them.

/// People who are always there, oldest account first: full name, username.
pub(super) const FIXED: [(&str, &str); 11] = [
    ("林舒禾", "lin.shuhe"),
    ("Anneli Berg", "a.berg"),
    ("Tomás Ibarra", "t.ibarra"),
    ("陈亦洲", "chen.yizhou"),
    ("周文澜", "zhou.wenlan"),
    ("Marta Kowal", "m.kowal"),
    ("Jonas Feldt", "j.feldt"),
    ("Priya Raman", "p.raman"),
    ("宋知微", "song.zhiwei"),
    ("何景行", "he.jingxing"),
    ("Olga Petrova", "o.petrova"),
];

/// Surname in characters and in pinyin.
pub(super) const CHINESE_SURNAMES: [(&str, &str); 40] = [
    ("王", "wang"),
    ("李", "li"),
    ("张", "zhang"),
    ("刘", "liu"),
    ("杨", "yang"),
    ("赵", "zhao"),
    ("黄", "huang"),
    ("吴", "wu"),
    ("徐", "xu"),
    ("孙", "sun"),
    ("胡", "hu"),
    ("朱", "zhu"),
    ("高", "gao"),
    ("郭", "guo"),
    ("马", "ma"),
    ("罗", "luo"),
    ("梁", "liang"),
    ("郑", "zheng"),
    ("谢", "xie"),
    ("韩", "han"),
    ("唐", "tang"),
    ("冯", "feng"),
    ("董", "dong"),
    ("萧", "xiao"),
    ("程", "cheng"),
    ("曹", "cao"),
    ("袁", "yuan"),
    ("邓", "deng"),
    ("许", "xu"),
    ("傅", "fu"),
    ("沈", "shen"),
    ("曾", "zeng"),
    ("彭", "peng"),
    ("吕", "lv"),
    ("苏", "su"),
    ("卢", "lu"),
    ("蒋", "jiang"),
    ("欧阳", "ouyang"),
    ("司徒", "situ"),
    ("顾", "gu"),
];

/// Given name in characters and in pinyin.
pub(super) const CHINESE_GIVEN: [(&str, &str); 48] = [
    ("子涵", "zihan"),
    ("雨桐", "yutong"),
    ("浩然", "haoran"),
    ("思远", "siyuan"),
    ("梦瑶", "mengyao"),
    ("俊杰", "junjie"),
    ("欣怡", "xinyi"),
    ("志强", "zhiqiang"),
    ("佳琪", "jiaqi"),
    ("明轩", "mingxuan"),
    ("晓雯", "xiaowen"),
    ("建国", "jianguo"),
    ("海燕", "haiyan"),
    ("一诺", "yinuo"),
    ("若曦", "ruoxi"),
    ("天宇", "tianyu"),
    ("诗涵", "shihan"),
    ("博文", "bowen"),
    ("雅静", "yajing"),
    ("国栋", "guodong"),
    ("静怡", "jingyi"),
    ("宇航", "yuhang"),
    ("可欣", "kexin"),
    ("文博", "wenbo"),
    ("春梅", "chunmei"),
    ("嘉懿", "jiayi"),
    ("立诚", "licheng"),
    ("安琪", "anqi"),
    ("承泽", "chengze"),
    ("语嫣", "yuyan"),
    ("振宇", "zhenyu"),
    ("婉清", "wanqing"),
    ("伟", "wei"),
    ("敏", "min"),
    ("磊", "lei"),
    ("娜", "na"),
    ("洋", "yang"),
    ("倩", "qian"),
    ("凯", "kai"),
    ("岚", "lan"),
    ("书瑶", "shuyao"),
    ("怀瑾", "huaijin"),
    ("清越", "qingyue"),
    ("望舒", "wangshu"),
    ("昊", "hao"),
    ("雪", "xue"),
    ("鹏", "peng"),
    ("颖", "ying"),
];

/// Given names written in Latin letters.
pub(super) const WESTERN_GIVEN: [&str; 60] = [
    "Adam", "Aisha", "Álvaro", "Amara", "Anaïs", "Andrei", "Arjun", "Astrid", "Ben", "Beatriz", "Camille", "Carlos",
    "Chidi", "Clara", "Daniel", "Deepa", "Diego", "Elena", "Elif", "Emma", "Erik", "Fatima", "Felix", "Fiona",
    "Giulia", "Grace", "Hannah", "Henrik", "Ingrid", "Isabel", "Ivan", "Jakub", "James", "Jana", "Joana", "Kofi",
    "Lars", "Leïla", "Liam", "Lucía", "Magnus", "Maria", "Mateus", "Maya", "Mikael", "Nadia", "Nikhil", "Noor",
    "Oliver", "Paula", "Piotr", "Rania", "Samuel", "Saoirse", "Søren", "Tariq", "Théo", "Vera", "Yusuf", "Zoë",
];

/// Surnames written in Latin letters.
pub(super) const WESTERN_SURNAMES: [&str; 60] = [
    "Adeyemi",
    "Almeida",
    "Andersen",
    "Bakker",
    "Baptiste",
    "Becker",
    "Bianchi",
    "Björk",
    "Brennan",
    "Castillo",
    "Chaudhry",
    "Costa",
    "Dahl",
    "Demir",
    "Dubois",
    "Eriksson",
    "Fernández",
    "Fischer",
    "Fraser",
    "García",
    "Greene",
    "Haddad",
    "Hansen",
    "Hoffmann",
    "Horvat",
    "Ito",
    "Iyer",
    "Jansen",
    "Kapoor",
    "Keller",
    "Khan",
    "Kovács",
    "Larsen",
    "Lefèvre",
    "Lindqvist",
    "Lopes",
    "MacLeod",
    "Marchetti",
    "Mensah",
    "Moreau",
    "Müller",
    "Nakamura",
    "Nowak",
    "Nyström",
    "O'Connor",
    "Okafor",
    "Olsen",
    "Osei",
    "Papadakis",
    "Popescu",
    "Reyes",
    "Rossi",
    "Schäfer",
    "Sharma",
    "Silva",
    "Tanaka",
    "Taylor",
    "Vasquez",
    "Weber",
    "Whitfield",
];

/// A name in the letters that a username is made of.
pub(super) fn ascii(name: &str) -> String {
    name.chars()
        .filter_map(|c| {
            Some(match c {
                'Á' | 'á' | 'ä' | 'å' => 'a',
                'é' | 'è' | 'ë' | 'ê' => 'e',
                'í' | 'ï' => 'i',
                'ó' | 'ö' | 'ø' => 'o',
                'ú' | 'ü' => 'u',
                'ñ' => 'n',
                c if c.is_ascii_alphabetic() => c.to_ascii_lowercase(),
                _ => return None,
            })
        })
        .collect()
}

/// Whether a text is written in Chinese, at least in part.
pub(super) fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_latin_name_leaves_a_username_without_accents() {
        for name in WESTERN_GIVEN.iter().chain(&WESTERN_SURNAMES) {
            let letters = name.chars().filter(|c| c.is_alphabetic()).count();
            assert_eq!(ascii(name).len(), letters, "{name}");
        }
    }
}
