//! The lesson files, read as text.

use super::lesson::project;

/// Each lesson with the one it is compared with.
pub const BASES: [(&str, &str); 10] = [
    ("lesson02", "lesson01"),
    ("lesson03", "lesson02"),
    ("lesson04", "lesson03"),
    ("lesson05", "lesson03"),
    ("lesson06", "lesson03"),
    ("lesson07", "lesson06"),
    ("lesson08", "lesson06"),
    ("lesson09", "lesson08"),
    ("lesson10", "lesson06"),
    ("lesson11", "lesson06"),
];

pub const LESSONS: [&str; 11] = [
    "lesson01", "lesson02", "lesson03", "lesson04", "lesson05", "lesson06", "lesson07", "lesson08",
    "lesson09", "lesson10", "lesson11",
];

/// A file of the project.
pub fn read(path: &str) -> String {
    let read = std::fs::read_to_string(project().join(path));
    read.unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub fn lesson(name: &str) -> String {
    read(&format!("lessons/{name}.rs"))
}

/// Each subgoal as the comments name it, in English and in Korean.
pub const SUBGOALS: [(&str, &str); 4] = [
    ("Find the session", "세션 조회"),
    ("Decide who it is", "사용자 확인"),
    ("Change the session", "세션 변경"),
    ("Tell the browser", "쿠키 전송"),
];

/// The same program with Korean comments.
pub fn twin(name: &str) -> String {
    lesson(&format!("ko/{name}"))
}

/// The header: the comment at the beginning, without its marks.
pub fn header(source: &str) -> Vec<&str> {
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(str::trim).collect()
}

pub fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// The lines of code: no comments, no blank lines.
pub fn code(source: &str) -> Vec<&str> {
    let is_code = |line: &&str| !line.trim().is_empty() && !is_comment(line);
    source.lines().filter(is_code).collect()
}
