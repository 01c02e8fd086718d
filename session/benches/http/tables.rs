//! From measurements to tables.

use crate::bed::{BY_WRK, Bed, HOT};
use crate::common::report::{Report, known, part};
use crate::common::sample::Sample;

const MIB: f64 = 1024.0 * 1024.0;

fn rate(sample: &Sample) -> f64 {
    sample.rate
}

/// The table that the aims are about.
pub fn against_the_aims(beds: &[Bed], report: &mut Report) {
    report.add("## Measured with wrk");
    report.add(
        "`wrk -t1 -c32`. Reads (`/`, logged in) and writes (`/cart/add`, 64 sessions) as parts of \
         `/plain` in the same rounds, with the aim beside. CPU: the server's microseconds for one \
         request.",
    );
    let head = [
        "engine",
        "plain /s",
        "read",
        "aim",
        "write",
        "aim",
        "read p99 ms",
        "write p99 ms",
        "CPU plain",
        "CPU read",
        "CPU write",
    ];
    let rows = beds.iter().map(|bed| {
        let [plain, read, write] = BY_WRK.map(|(name, _)| bed.rounds.median(name));
        let to_plain = |what| part(bed.rounds.ratio(what, BY_WRK[0].0, rate));
        let [read_aim, write_aim] = bed.engine.aims;
        vec![
            bed.engine.name.to_owned(),
            format!("{:.0}", plain.rate),
            to_plain(BY_WRK[1].0),
            format!("≥ {}", part(read_aim)),
            to_plain(BY_WRK[2].0),
            format!("≥ {}", part(write_aim)),
            part(read.p99),
            part(write.p99),
            known(plain.cpu, 1),
            known(read.cpu, 1),
            known(write.cpu, 1),
        ]
    });
    report.table(&head, &rows.collect::<Vec<_>>());
}

/// The table of the built-in generator.
pub fn summary(beds: &[Bed], report: &mut Report) {
    report.add("## Measured with the built-in generator");
    report.add(
        "As parts of `/plain` in the same rounds. Of the columns that say otherwise: `/plain` \
         with the layer against without it (aim ≥ 0.97); the adds of one hot session against \
         writes of 64 (aim ≥ 0.08 with database, full), how long 99 of 100 take (aim < 50 ms), \
         and how many of the answered ones its cart holds (aim: all); how long 99 of 100 reads beside a full load of writes \
         take, against `/plain` beside the same load (aim ≤ 1.50).",
    );
    let head = [
        "engine",
        "plain /s",
        "with/without",
        "read",
        "write",
        "mix",
        "many: read",
        "many: write",
        "hot/write",
        "hot p99 ms",
        "hot kept",
        "beside: p99",
    ];
    let rows = beds.iter().map(|bed| {
        let ratio = |what, other| part(bed.rounds.ratio(what, other, rate));
        let hot = bed.rounds.median(HOT);
        vec![
            bed.engine.name.to_owned(),
            format!("{:.0}", bed.rounds.median("plain").rate),
            ratio("plain", "plain, no layer"),
            ratio("read", "plain"),
            ratio("write", "plain"),
            ratio("mix", "plain"),
            ratio("read, many stored", "plain, many stored"),
            ratio("write, many stored", "plain, many stored"),
            ratio(HOT, "write"),
            part(hot.p99),
            format!("{} of {}", bed.kept, hot.count - hot.unexpected),
            part(
                bed.rounds
                    .ratio("read beside writes", "plain beside writes", |sample| {
                        sample.p99
                    }),
            ),
        ]
    });
    report.table(&head, &rows.collect::<Vec<_>>());
}

/// The memory and the disk that sessions at rest take.
pub fn memory(beds: &[Bed], report: &mut Report) {
    report.add(
        "The server's memory and its files, in MiB, before and after many sessions were stored, \
         and the bytes of each of these sessions.",
    );
    let head = [
        "engine",
        "stored",
        "memory before",
        "after",
        "a session",
        "disk before",
        "after",
        "a session",
    ];
    let rows = beds.iter().map(|bed| {
        let stored = &bed.stored;
        let mib = |bytes: u64| format!("{:.1}", bytes as f64 / MIB);
        let each = |[before, after]: [u64; 2]| {
            let more = after.saturating_sub(before) as f64;
            format!("{:.0}", more / stored.many as f64)
        };
        let unknown = || "–".to_owned();
        let [before, after] = stored.disk;
        vec![
            bed.engine.name.to_owned(),
            stored.many.to_string(),
            stored.memory.map_or_else(unknown, |memory| mib(memory[0])),
            stored.memory.map_or_else(unknown, |memory| mib(memory[1])),
            stored.memory.map_or_else(unknown, each),
            mib(before),
            mib(after),
            each(stored.disk),
        ]
    });
    report.table(&head, &rows.collect::<Vec<_>>());
}

/// Everything that was measured, an engine a table.
pub fn details(beds: &[Bed], report: &mut Report) {
    report.add("## Everything that was measured");
    let head = [
        "what",
        "requests /s",
        "p50 ms",
        "p99 ms",
        "longest ms",
        "CPU µs",
        "other answers",
    ];
    for bed in beds {
        report.add(&format!("### {}", bed.engine.name));
        let rows = bed.rounds.names().map(|name| {
            let sample = bed.rounds.median(name);
            vec![
                name.to_owned(),
                format!("{:.0}", sample.rate),
                part(sample.p50),
                part(sample.p99),
                part(sample.longest),
                known(sample.cpu, 1),
                sample.unexpected.to_string(),
            ]
        });
        report.table(&head, &rows.collect::<Vec<_>>());
    }
}
