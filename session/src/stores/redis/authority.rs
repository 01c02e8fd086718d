//! The certificates by which a Redis behind `rediss://` is known: those that the system trusts, as
//! `redis-cli` takes them, or those of an own authority. No list of authorities is compiled in, which
//! would grow old with the program.

#[cfg(feature = "redis-tls")]
use redis::TlsCertificates;
use redis::{Client, ConnectionAddr, ConnectionInfo, RedisResult};
#[cfg(feature = "redis-tls")]
use rustls::pki_types::{CertificateDer, pem::PemObject};

use crate::config::Config;
use crate::setup::SetupError;

/// An own authority, if there is one.
#[derive(Default)]
pub(super) struct Authority {
    #[cfg(feature = "redis-tls")]
    own: Option<TlsCertificates>,
}

impl Authority {
    /// Reads the file that the settings name, for this address.
    #[cfg(feature = "redis-tls")]
    pub(super) fn configured(
        config: &Config,
        address: &ConnectionAddr,
    ) -> Result<Self, SetupError> {
        let Some(path) = config.redis_ca() else {
            return Ok(Authority::default());
        };
        let refused = |reason: String| SetupError::setting("redis_ca", reason);
        if !matches!(address, ConnectionAddr::TcpTls { .. }) {
            return Err(refused(
                "is for an address that begins with rediss://".into(),
            ));
        }
        let read = std::fs::read(&path);
        let pem = read.map_err(|error| refused(format!("{}: {error}", path.display())))?;
        if CertificateDer::pem_slice_iter(&pem).next().is_none() {
            return Err(refused(format!("{} holds no certificate", path.display())));
        }
        Ok(Authority {
            own: Some(TlsCertificates {
                client_tls: None,
                root_cert: Some(pem),
            }),
        })
    }

    #[cfg(not(feature = "redis-tls"))]
    pub(super) fn configured(config: &Config, _: &ConnectionAddr) -> Result<Self, SetupError> {
        match config.redis_ca() {
            None => Ok(Authority::default()),
            Some(_) => {
                let reason = "needs the crate's feature \"redis-tls\"";
                Err(SetupError::setting("redis_ca", reason))
            }
        }
    }

    /// A client that believes this authority, if the address wants a certificate.
    pub(super) fn client(&self, info: ConnectionInfo) -> RedisResult<Client> {
        #[cfg(feature = "redis-tls")]
        if let ConnectionAddr::TcpTls { .. } = info.addr() {
            // Rustls panics at the first connection if an app has compiled in several providers and
            // named none. An error says that the app has named one, which stays.
            let _ = rustls::crypto::ring::default_provider().install_default();
            if let Some(own) = &self.own {
                return Client::build_with_tls(info, own.clone());
            }
        }
        Client::open(info)
    }
}
