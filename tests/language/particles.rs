//! Particles that depend on the last sound of the word before them.

use super::words::is_hangul;

/// They change with the word before them, so behind a variable one of them is wrong half of the
/// time: a noun comes between, as in `행({ $locker })을`.
const PARTICLES: [&str; 10] = ["을", "를", "이", "가", "은", "는", "과", "와", "으로", "로"];

/// The rest of a line from the first variable on that has such a particle behind it.
pub fn bare_particles(line: &str) -> Option<&str> {
    let behind = line
        .match_indices('}')
        .map(|(place, _)| (place, &line[place + 1..]));
    let mut bare = behind.filter(|(_, rest)| {
        let end = rest.find(|c| !is_hangul(c)).unwrap_or(rest.len());
        PARTICLES.contains(&&rest[..end])
    });
    let (place, _) = bare.next()?;
    let begin = line[..place].rfind('{').unwrap_or_default();
    Some(&line[begin..])
}

#[test]
fn a_bare_particle_is_seen() {
    let found = bare_particles("did-found = 행 { $locker }을 찾았습니다.");
    assert_eq!(found, Some("{ $locker }을 찾았습니다."));
    assert_eq!(bare_particles("a = { $to }로"), Some("{ $to }로"));
    for right in [
        "행({ $locker })을 찾았습니다.",
        "{ $number }이전",
        "{ $file } 파일을",
        "{ $to }단계는",
        "} 담긴 쿠키",
    ] {
        assert_eq!(bare_particles(right), None);
    }
}
