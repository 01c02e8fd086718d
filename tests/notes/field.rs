//! The words of the field, and those of a student's own notes: somebody who looks for one of them
//! finds it.

use crate::common::sources::read;

/// In both languages as they are.
const WORDS: &[&str] = &[
    "JSESSIONID",
    "`sessionid`",
    "PHPSESSID",
    "INSTALLED_APPS",
    "UserCreationForm",
    "is_valid",
    "CreateView",
    "form_valid",
    "TemplateView",
    "get_context_data",
    "success_url",
    "embed()",
    "AnonymousUser",
    "'user' in session",
    "SESSION_EXPIRE_AT_BROWSER_CLOSE",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "XSS",
    "CSRF",
    "session fixation",
    "session hijacking",
    "race condition",
    "lost update",
    "atomic",
    "clearsessions",
];

const ENGLISH: &[&str] = &[
    "secure the session data",
    "asks for no password",
    "When a session, when a cookie, when a table",
    "| three steps | four steps | seven steps | ours |",
    "authentication",
    "stateless",
];

const KOREAN: &[&str] = &[
    "세션 데이터를 보호한다",
    "비밀번호를 확인하지 않는 로그인",
    "세션, 쿠키, 테이블 중 어디에 저장할까",
    "| 3단계 | 4단계 | 7단계 | 이 강좌의 단계 |",
    "세션 고정 공격",
    "하이재킹",
    "경쟁 상태",
    "원자적",
    "갱신 손실",
    "사이트 간 요청 위조",
    "무상태",
    "인증",
    "권한",
    "만료",
    "무효화",
    "발급",
    "자동",
    "백그라운드",
    "비로그인",
    "작성자",
    "버튼",
    "체크박스",
    "클로저",
    "유휴 타임아웃",
];

#[test]
fn the_notes_have_the_words_that_students_look_for() {
    for (file, own) in [("NOTES.md", ENGLISH), ("NOTES.ko.md", KOREAN)] {
        let notes = read(file);
        let mut words = WORDS.iter().chain(own);
        let missing = words.find(|word| !notes.contains(**word));
        assert_eq!(missing, None, "{file}");
    }
}
