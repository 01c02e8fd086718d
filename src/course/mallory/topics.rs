//! The pages, each about one lesson: its attacks, and the names under which they work.

/// The name of this machine that pages call another site than `localhost`.
const OTHER_SITE: &str = "127.0.0.1";
const LOCALHOST: &str = "localhost";
const SHOP: &str = "shop.localhost";
const BELOW_THE_SHOP: &str = "evil.shop.localhost";

/// A page.
pub(super) struct Topic {
    /// The number of the lesson, which is the page's path as well.
    pub(super) number: &'static str,
    /// The attacks in the order of the lesson's steps.
    pub(super) attacks: &'static [Attack],
    /// The host name of the lesson.
    pub(super) lesson_host: &'static str,
    /// The names under which the page is worth opening, each with the key of its explanation.
    pub(super) hosts: &'static [(&'static str, &'static str)],
}

/// An attack. The first three are named as their paths are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attack {
    Note,
    Plant,
    Toss,
    /// The form that goes to the lesson's board.
    Board,
    /// The script that is to stand on the lesson's board.
    Script,
}

/// All of them.
pub(super) const TOPICS: [Topic; 4] = [
    Topic {
        number: "12",
        attacks: &[Attack::Note, Attack::Plant],
        lesson_host: LOCALHOST,
        hosts: &[(LOCALHOST, "mallory-host-neighbour")],
    },
    Topic {
        number: "13",
        attacks: &[Attack::Board],
        lesson_host: LOCALHOST,
        hosts: &[
            (LOCALHOST, "mallory-host-neighbour"),
            (OTHER_SITE, "mallory-host-other"),
        ],
    },
    Topic {
        number: "14",
        attacks: &[Attack::Script, Attack::Note, Attack::Plant, Attack::Toss],
        lesson_host: SHOP,
        hosts: &[
            (BELOW_THE_SHOP, "mallory-host-below"),
            (SHOP, "mallory-host-shop"),
        ],
    },
    Topic {
        number: "15",
        attacks: &[Attack::Note, Attack::Plant],
        lesson_host: LOCALHOST,
        hosts: &[(LOCALHOST, "mallory-host-neighbour")],
    },
];

impl Topic {
    /// The page of this number.
    pub(super) fn find(number: &str) -> Option<&'static Topic> {
        TOPICS.iter().find(|topic| topic.number == number)
    }
}

impl Attack {
    /// The word for it in keys of texts.
    pub(super) fn word(self) -> &'static str {
        match self {
            Attack::Note => "note",
            Attack::Plant => "plant",
            Attack::Toss => "toss",
            Attack::Board => "board",
            Attack::Script => "script",
        }
    }

    /// The name under which it works, if `host` is none: cookies belong to a host name.
    pub(super) fn works_only_at(
        self,
        host: &str,
        lesson_host: &'static str,
    ) -> Option<&'static str> {
        let below_the_shop = host == SHOP || host.ends_with(".shop.localhost");
        match self {
            Attack::Note | Attack::Plant => (host != lesson_host).then_some(lesson_host),
            Attack::Toss => (!below_the_shop).then_some(BELOW_THE_SHOP),
            Attack::Board | Attack::Script => None,
        }
    }
}
