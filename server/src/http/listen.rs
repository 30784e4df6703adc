//! Binding the port.

use socket2::{Domain, Protocol, Socket, Type};
use std::{
    io,
    net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs},
};

/// How many ports are tried, the asked one included.
const PORT_ATTEMPTS: u16 = 1000;

/// Connections that the system completes before the server takes them: enough for a crowd of
/// viewers that reconnect at the same moment.
const BACKLOG: i32 = 1024;

/// Why no port could be bound.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BindError {
    /// The host is neither an address nor a name that leads to one.
    #[error("cannot find an address for the host `{host}`: {source}")]
    Host {
        /// What was asked for.
        host: String,
        /// What the resolver said.
        source: io::Error,
    },
    /// All ports that were tried belong to other programs.
    #[error(
        "ports {first} to {last} on {ip} are all in use; choose another, or 0 for any free one"
    )]
    InUse {
        /// The address.
        ip: IpAddr,
        /// The port that was asked for.
        first: u16,
        /// The last one tried.
        last: u16,
    },
    /// The system refuses for another reason, such as a missing permission.
    #[error("cannot listen on {at}: {source}")]
    System {
        /// The address and port.
        at: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
}

/// Listens on a host, an address or a name. A port that is in use leads to the next one, up to a
/// thousand; port 0 lets the system choose. Ask the listener which one it became.
///
/// # Errors
/// See [`BindError`].
pub fn bind(host: &str, port: u16) -> Result<TcpListener, BindError> {
    let ip = resolve(host).map_err(|source| BindError::Host {
        host: host.to_owned(),
        source,
    })?;
    let last = match port {
        0 => 0,
        port => port.saturating_add(PORT_ATTEMPTS - 1),
    };
    for candidate in port..=last {
        let at = SocketAddr::new(ip, candidate);
        match listen(at) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(source) => return Err(BindError::System { at, source }),
        }
    }
    Err(BindError::InUse {
        ip,
        first: port,
        last,
    })
}

/// Listens on this port and no other: where clients do not learn which one it became.
///
/// # Errors
/// See [`BindError`].
#[cfg(feature = "hub")]
pub(crate) fn bind_exactly(host: &str, port: u16) -> Result<TcpListener, BindError> {
    let ip = resolve(host).map_err(|source| BindError::Host {
        host: host.to_owned(),
        source,
    })?;
    let at = SocketAddr::new(ip, port);
    listen(at).map_err(|source| BindError::System { at, source })
}

fn resolve(host: &str) -> io::Result<IpAddr> {
    let bare = host.strip_prefix('[').and_then(|h| h.strip_suffix(']'));
    if let Ok(ip) = bare.unwrap_or(host).parse() {
        return Ok(ip);
    }
    let addresses: Vec<SocketAddr> = (host, 0).to_socket_addrs()?.collect();
    // A name with addresses of both families: IPv4 is what programs try that know only one.
    let best = addresses
        .iter()
        .find(|at| at.is_ipv4())
        .or(addresses.first());
    best.map(SocketAddr::ip)
        .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "the name has no address"))
}

fn listen(at: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(at), Type::STREAM, Some(Protocol::TCP))?;
    // A restarted server takes its port back at once. On Windows the option means something else:
    // there it would let two servers share a port.
    #[cfg(not(windows))]
    socket.set_reuse_address(true)?;
    if at.ip() == IpAddr::V6(std::net::Ipv6Addr::UNSPECIFIED) {
        socket.set_only_v6(false)?;
    }
    socket.set_nonblocking(true)?;
    socket.bind(&at.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn port(listener: &TcpListener) -> u16 {
        listener.local_addr().unwrap().port()
    }

    #[test]
    fn port_zero_is_the_system_s_choice() {
        assert_ne!(port(&bind("127.0.0.1", 0).unwrap()), 0);
    }

    #[test]
    fn a_port_in_use_leads_to_a_later_one() {
        let first = bind("127.0.0.1", 0).unwrap();
        let second = bind("127.0.0.1", port(&first)).unwrap();
        assert!(port(&second) > port(&first));
    }

    #[test]
    fn names_and_bracketed_addresses_resolve() {
        assert_eq!(resolve("127.0.0.1").unwrap().to_string(), "127.0.0.1");
        assert_eq!(resolve("[::1]").unwrap().to_string(), "::1");
        assert!(resolve("localhost").unwrap().is_loopback());
    }

    #[test]
    fn other_errors_are_not_searched_around() {
        // An address that no interface has (RFC 5737).
        let error = bind("192.0.2.1", 8080).unwrap_err();
        assert!(matches!(error, BindError::System { .. }), "{error}");
        let error = bind("not a host", 8080).unwrap_err();
        assert!(error.to_string().contains("`not a host`"), "{error}");
    }
}
