//! The Redis to connect to: the one at an address, or the one that its sentinels name.

use std::fmt;
use std::io::Error;

use redis::io::tcp::TcpSettings;
use redis::{Client, ConnectionAddr, ConnectionInfo, ProtocolVersion, RedisError, RedisResult};

use super::authority::Authority;
use crate::config::Config;
use crate::setup::SetupError;

pub(super) enum Primary {
    /// The one at this address, whose name is resolved at each connection.
    At(Client),
    /// The one that sentinels know by the name in the place of a host. They are asked at each
    /// connection.
    Named {
        name: String,
        sentinels: Vec<Client>,
        /// All but the address.
        info: ConnectionInfo,
    },
}

impl Primary {
    /// Reads the settings. Nobody is asked yet.
    pub(super) fn configured(config: &Config) -> Result<Self, SetupError> {
        let redis = config.redis.check("redis")?;
        let authority = Authority::configured(config, redis.addr())?;
        let sentinels = config.redis_sentinels.iter();
        let sentinels: Vec<_> = sentinels
            .map(|address| address.check("redis_sentinels"))
            .collect::<Result<_, _>>()?;
        let unusable = |error| SetupError::setting("redis_ca", format!("{error}"));
        let client = authority.client(redis).map_err(unusable)?;
        if sentinels.is_empty() {
            return Primary::at(&client).map_err(unusable);
        }
        let info = settled(&client);
        let (ConnectionAddr::Tcp(name, _) | ConnectionAddr::TcpTls { host: name, .. }) =
            info.addr()
        else {
            let reason = "with session.redis_sentinels, its host is the name that they know";
            return Err(SetupError::setting("redis", reason));
        };
        let clients = sentinels.into_iter().map(|info| authority.client(info));
        Ok(Primary::Named {
            name: name.clone(),
            sentinels: clients.collect::<RedisResult<_>>().map_err(unusable)?,
            info,
        })
    }

    /// The one that this client connects to.
    pub(super) fn at(client: &Client) -> RedisResult<Self> {
        Client::open(settled(client)).map(Primary::At)
    }
}

/// Asks a sentinel for the address of the primary that it knows by this name.
pub(super) async fn ask(
    sentinel: &Client,
    name: &str,
    info: &ConnectionInfo,
) -> RedisResult<Client> {
    let mut connection = sentinel.get_multiplexed_async_connection().await?;
    let mut question = redis::cmd("SENTINEL");
    question.arg("GET-MASTER-ADDR-BY-NAME").arg(name);
    let answer: Option<(String, u16)> = question.query_async(&mut connection).await?;
    let (host, port) = answer.ok_or_else(|| other("the sentinel knows no primary of this name"))?;
    let mut address = info.addr().clone();
    if let ConnectionAddr::Tcp(named, at)
    | ConnectionAddr::TcpTls {
        host: named,
        port: at,
        ..
    } = &mut address
    {
        (*named, *at) = (host, port);
    }
    Client::open(info.clone().set_addr(address))
}

/// The client's settings with those that the connection relies on.
fn settled(client: &Client) -> ConnectionInfo {
    let info = client.get_connection_info().clone();
    let redis = info.redis_settings().clone();
    // Protocol 3 is the one with which the crate tells that a connection was closed.
    let redis = redis.set_protocol(ProtocolVersion::RESP3);
    let tcp = TcpSettings::default().set_nodelay(true);
    info.set_redis_settings(redis).set_tcp_settings(tcp)
}

/// As messages call it: without user and password.
impl fmt::Display for Primary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Primary::At(client) => client.get_connection_info().addr().fmt(f),
            Primary::Named { name, .. } => {
                write!(f, "the address that sentinels have for {name:?}")
            }
        }
    }
}

/// An error of our own among those of the client.
pub(super) fn other(reason: &'static str) -> RedisError {
    Error::other(reason).into()
}
