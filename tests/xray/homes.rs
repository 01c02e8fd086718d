//! The third column says where the session is, on each engine.

use super::*;

#[test]
fn the_third_column_names_the_home_of_the_session() {
    let rows = [
        ("database", "A row in the database.", "Row "),
        ("cached_database", "and a copy in memory.", "Row "),
        ("cache", "The memory of this program.", "Row "),
        ("file", "A file.", "File "),
    ];
    for (engine, home, label) in rows {
        let folder = tempfile::tempdir().unwrap();
        let client = client_in(folder.path(), Some(engine));
        let nobody = page(&client, "/main", "");
        assert!(!nobody.contains(home), "{engine}");
        let alice = log_in(&client);
        let page = page(&client, "/main", &alice);
        let (_, server) = page.rsplit_once("<h3>Server</h3>").unwrap();
        assert!(server.contains(home), "{engine}: {server}");
        let locker = &alice["session_id=".len()..][..4];
        assert!(server.contains(&format!("{label}{locker}…")), "{server}");
        // Of a path nothing is shown.
        assert!(!page.contains(&*folder.path().to_string_lossy()));
    }
}
