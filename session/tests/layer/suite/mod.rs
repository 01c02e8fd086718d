//! The cases that each engine has to pass. A further engine joins with one line at the end.

#[macro_use]
mod every_engine;
#[macro_use]
mod with_a_store;

/// Each case as a test on this fixture. A case that is in no list is a warning of the compiler.
macro_rules! cases {
    (($fixture:ident, $attribute:meta), $($file:ident: [$($case:ident,)*])*) => {
        $(mod $file {
            $(#[$attribute]
            #[rocket::async_test]
            async fn $case() {
                use crate::common::fixtures::{$fixture, Fixture};
                let place: $fixture = Fixture::new();
                crate::layer::$file::$case(&place).await;
            })*
        })*
    };
}

/// Several servers on one place know the same sessions, or do not.
macro_rules! shared {
    (yes, $place:tt) => {
        cases! { $place,
            several_servers: [
                a_session_that_one_server_began_is_known_to_the_other,
            ]
        }
    };
    (no, $place:tt) => {
        cases! { $place,
            several_servers: [
                a_session_that_one_server_began_is_unknown_to_the_other,
            ]
        }
    };
}

/// Sessions are there after a restart, or not.
macro_rules! durable {
    (yes, $place:tt) => {
        cases! { $place,
            several_servers: [
                a_session_is_there_after_a_restart,
            ]
        }
    };
    (no, $place:tt) => {
        cases! { $place,
            several_servers: [
                after_a_restart_nobody_is_known,
            ]
        }
    };
}

/// A place in the file system can be unusable. A Redis may come later, and memory needs no place.
macro_rules! a_place {
    (yes, $place:tt) => {
        cases! { $place,
            start: [
                a_place_that_cannot_be_used_stops_the_start,
            ]
        }
    };
    (no, $place:tt) => {};
}

/// All cases of one engine, in a module of their own.
macro_rules! engine {
    ($name:ident, $place:tt, store: $store:ident, shared: $shared:ident, durable: $durable:ident,
     files: $files:ident) => {
        mod $name {
            mod every_engine {
                on_every_engine! { $place }
            }
            mod store {
                store! { $store, $place }
            }
            mod shared {
                shared! { $shared, $place }
            }
            mod durable {
                durable! { $durable, $place }
            }
            mod files {
                a_place! { $files, $place }
            }
        }
    };
}

macro_rules! store {
    (yes, $place:tt) => {
        with_a_store! { $place }
    };
    (no, $place:tt) => {};
}

engine!(in_the_cache, (CacheFixture, cfg(all())),
    store: yes, shared: no, durable: no, files: no);
#[cfg(feature = "database")]
engine!(in_the_database, (DatabaseFixture, cfg(all())),
    store: yes, shared: yes, durable: yes, files: yes);
#[cfg(feature = "file")]
engine!(in_files, (FileFixture, cfg(all())),
    store: yes, shared: yes, durable: yes, files: yes);
#[cfg(all(feature = "database", feature = "r2d2"))]
engine!(in_an_apps_pool, (PooledFixture, cfg(all())),
    store: yes, shared: yes, durable: yes, files: no);
#[cfg(postgres_server)]
engine!(in_postgres, (PostgresFixture, cfg(all())),
    store: yes, shared: yes, durable: yes, files: no);
#[cfg(feature = "redis")]
engine!(in_redis, (RedisFixture, cfg_attr(not(redis_server), ignore = "there is no redis-server")),
    store: yes, shared: yes, durable: yes, files: no);
#[cfg(feature = "cookie")]
engine!(in_encrypted_cookies, (EncryptedFixture, cfg(all())),
    store: no, shared: yes, durable: yes, files: yes);
#[cfg(feature = "cookie")]
engine!(in_signed_cookies, (SignedFixture, cfg(all())),
    store: no, shared: yes, durable: yes, files: yes);
