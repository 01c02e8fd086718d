//! Addresses of this site: `/12?port=8001&lang=ko&said=noted`.

use super::topics::TOPICS;
use crate::course::language::languages::Language;

/// The words on what her server has just done, as they stand in addresses and in keys of texts.
const SAID: [&str; 5] = ["noted", "none", "planted", "nothing", "tossed"];

/// The details of an address, beside its path. Links and redirects on this site keep the first two.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Details {
    /// The lesson's port on this machine; never another host.
    pub(super) port: Option<u16>,
    pub(super) language: Option<Language>,
    /// The word on what was done last.
    pub(super) said: Option<&'static str>,
}

impl Details {
    /// Reads a query. What it doesn't know is left out.
    pub(super) fn of(query: &str) -> Self {
        let value = |name: &str| {
            let mut fields = query.split('&').filter_map(|field| field.split_once('='));
            fields.find(|(found, _)| *found == name).map(|(_, it)| it)
        };
        let port = value("port").and_then(|port| port.parse().ok());
        let word = value("said").unwrap_or_default();
        Details {
            port: port.filter(|port| *port > 0),
            language: value("lang").and_then(Language::from_code),
            said: SAID.into_iter().find(|known| *known == word),
        }
    }

    /// The address with this path.
    pub(super) fn at(self, path: &str) -> String {
        let port = self.port.map(|port| format!("port={port}"));
        let language = self.language.map(|it| format!("lang={}", it.code()));
        let said = self.said.map(|said| format!("said={said}"));
        let query: Vec<String> = [port, language, said].into_iter().flatten().collect();
        let sign = if query.is_empty() { "" } else { "?" };
        format!("{path}{sign}{}", query.join("&"))
    }
}

/// The page of this site that a `Referer` names, with the word on what was done. Only its path and
/// its details are kept, never its host: a redirect stays here.
pub(super) fn back(referer: &str, said: &'static str) -> String {
    let (_, rest) = referer.split_once("://").unwrap_or_default();
    let (page, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (_, last) = page.rsplit_once('/').unwrap_or_default();
    let topic = TOPICS.iter().find(|topic| topic.number == last);
    let said = Some(said);
    let details = Details::of(query);
    Details { said, ..details }.at(&format!("/{}", topic.map_or("", |topic| topic.number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_and_written() {
        let table = [
            (
                "port=8001&lang=ko&said=noted",
                "/12?port=8001&lang=ko&said=noted",
            ),
            ("said=planted&port=1", "/12?port=1&said=planted"),
            ("port=0", "/12"),
            ("port=65536", "/12"),
            ("port=-1", "/12"),
            ("port=8000@evil.example", "/12"),
            ("lang=fr&said=%3Cb%3E&x=y", "/12"),
            ("", "/12"),
            ("&&=&port", "/12"),
        ];
        for (query, address) in table {
            assert_eq!(Details::of(query).at("/12"), address, "{query}");
        }
    }

    #[test]
    fn a_redirect_stays_on_this_site() {
        let table = [
            ("http://localhost:9000/12", "/12?said=noted"),
            (
                "http://localhost:9000/13?port=8001&said=none",
                "/13?port=8001&said=noted",
            ),
            ("http://localhost:9000/", "/?said=noted"),
            ("http://evil.example/12", "/12?said=noted"),
            ("http://localhost:9000//evil.example", "/?said=noted"),
            ("//evil.example", "/?said=noted"),
            ("12", "/?said=noted"),
            ("", "/?said=noted"),
        ];
        for (referer, address) in table {
            assert_eq!(back(referer, "noted"), address, "{referer}");
        }
    }
}
