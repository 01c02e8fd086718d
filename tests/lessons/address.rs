//! Visitors at several addresses of this machine.

use std::net::SocketAddr;

use rocket::tokio::net::TcpSocket;
use rocket::tokio::runtime::Builder;

use crate::common::http::{Answer, Request};

/// Sends the request from that address, such as `127.0.0.2`.
pub fn send_from(address: &str, request: &Request, port: u16) -> Answer {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let stream = runtime.block_on(async {
        let socket = TcpSocket::new_v4().unwrap();
        socket
            .bind(SocketAddr::new(address.parse().unwrap(), 0))
            .unwrap();
        let server = SocketAddr::from(([127, 0, 0, 1], port));
        socket.connect(server).await.unwrap().into_std().unwrap()
    });
    stream.set_nonblocking(false).unwrap();
    request.through(stream).unwrap()
}
