//! Words and endings that are not written here, because a Korean reader would not say them, or
//! searches for another one.

/// Wrong where they begin a word.
const WORDS: &[&str] = &[
    // Our words for things that have a usual name.
    "단추",
    "글쓴이",
    "짐작",
    "낱말",
    "표지",
    "실습장",
    "도구 모음",
    "세션 층",
    "비밀값",
    "보관함 번호",
    "책상 등",
    "열린 리다이렉트",
    "유휴 한도",
    "절대 한도",
    "두 주",
    "이름 없는 작은 함수",
    "살펴볼 것",
    "잘못되기 쉬운 점",
    "다섯 낱말",
    "노트의 설명과 실제",
    "이것은 어떻게 하나",
    // Persons, otherwise than the screens show them.
    "앨리스",
    "밥",
    "맬러리",
    "캐럴",
    // Homely verbs for technical acts.
    "견주",
    "견디",
    "견딥",
    "저절로",
    "새로 고치",
    "새로 고칩",
    "새로 고쳐",
    "맞추어 봅",
    "거두어들",
    "간직",
    "잊으라",
    "기간이 끝난",
    "기간이 끝나",
    "그것이 전부",
    // Nobody and whoever.
    "아무도 아닙니다",
    "아무도 아닌",
    "누구의 것도",
    "아무것도 아닙니다",
    "아무도 받지",
];

/// Wrong wherever they stand.
const ENDINGS: &[&str] = &["십시오", "보내집니다", "버려집니다", "님, 다시 오셨습니다"];

/// The final consonant ㅂ, by its place among those of a syllable.
const FINAL_B: u32 = 17;

pub fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// True for a question in the ending `-ㅂ니까`, which no longer sounds like a person.
fn asks_stiffly(line: &str) -> bool {
    line.match_indices("니까").any(|(place, _)| {
        let before = line[..place].chars().next_back();
        before.is_some_and(|c| is_hangul(c) && (c as u32 - '가' as u32) % 28 == FINAL_B)
    })
}

/// The first of them in a line.
pub fn wrong_words(line: &str) -> Option<&str> {
    let begins = |word: &str| {
        let mut places = line.match_indices(word);
        places.any(|(place, _)| !line[..place].ends_with(is_hangul))
    };
    let word = WORDS.iter().find(|word| begins(word));
    let ending = ENDINGS.iter().find(|ending| line.contains(*ending));
    word.or(ending)
        .copied()
        .or(asks_stiffly(line).then_some("-ㅂ니까"))
}

#[test]
fn a_wrong_word_is_seen() {
    for (line, wrong) in [
        ("이 단추를 누르세요.", "단추"),
        ("밥이 로그인합니다.", "밥"),
        ("로그인하십시오.", "십시오"),
        ("누가 요청했습니까?", "-ㅂ니까"),
        ("**두 주** 뒤", "두 주"),
    ] {
        assert_eq!(wrong_words(line), Some(wrong), "{line}");
    }
    for right in [
        "모두 주문합니다.",
        "쓰니까 빠릅니다.",
        "버튼을 누르세요.",
        "비밀번호",
    ] {
        assert_eq!(wrong_words(right), None, "{right}");
    }
}
