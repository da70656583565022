//! From a fault of the network to its kind, by the types in the chain of errors, never by their words.

use std::error::Error;
use std::io;

use rustls::CertificateError;

use crate::call_error::CallErrorKind;

/// How the reading of a body ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyFault {
    /// Too slow.
    Timeout,
    /// The body ended before its end.
    Cut,
    /// What came is no HTTP.
    Garbled,
}

/// The kind of a fault that came before the head of an answer. Behind a proxy, who is not found and who refuses is the
/// proxy: it alone looks for the host.
pub(super) fn before_answer(fault: &reqwest::Error, proxied: bool) -> CallErrorKind {
    // `is_connect` is said of faults while a connection is made, TLS included, and of nothing later.
    let reached = !fault.is_connect();
    if fault.is_timeout() {
        return CallErrorKind::Timeout { reached };
    }
    if fault.is_builder() {
        return CallErrorKind::Unsendable;
    }
    if !reached && !proxied && fault.is_dns() {
        return CallErrorKind::Name;
    }
    if !reached && let Some(tls) = find(fault, &|error| error.downcast_ref::<rustls::Error>().map(tls_kind)) {
        return tls;
    }
    if !reached && proxied {
        return CallErrorKind::Proxy;
    }
    match find(fault, &broken) {
        Some(Broken::Refused) if !reached => CallErrorKind::Refused,
        Some(_) => CallErrorKind::Reset { reached },
        None => CallErrorKind::Network { reached },
    }
}

/// The kind of a fault while a body was read.
pub(super) fn within_body(fault: &reqwest::Error) -> BodyFault {
    if fault.is_timeout() {
        BodyFault::Timeout
    } else if find(fault, &broken).is_some() {
        BodyFault::Cut
    } else {
        BodyFault::Garbled
    }
}

fn tls_kind(error: &rustls::Error) -> CallErrorKind {
    use CertificateError as C;
    let rustls::Error::InvalidCertificate(why) = error else { return CallErrorKind::TlsOther };
    match why {
        C::Expired | C::ExpiredContext { .. } | C::NotValidYet | C::NotValidYetContext { .. } => {
            CallErrorKind::TlsExpired
        }
        C::NotValidForName | C::NotValidForNameContext { .. } => CallErrorKind::TlsWrongHost,
        // Unknown issuer, revoked, not for servers, an authority's own certificate shown as a server's: none is trusted.
        _ => CallErrorKind::TlsUntrusted,
    }
}

enum Broken {
    Refused,
    Other,
}

fn broken(error: &(dyn Error + 'static)) -> Option<Broken> {
    if let Some(io) = error.downcast_ref::<io::Error>() {
        return match io.kind() {
            io::ErrorKind::ConnectionRefused => Some(Broken::Refused),
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::NotConnected
            | io::ErrorKind::UnexpectedEof => Some(Broken::Other),
            _ => None,
        };
    }
    let http = error.downcast_ref::<hyper::Error>()?;
    (http.is_incomplete_message() || http.is_canceled() || http.is_closed()).then_some(Broken::Other)
}

/// The first thing that `pick` finds in the chain of errors.
fn find<T>(top: &(dyn Error + 'static), pick: &dyn Fn(&(dyn Error + 'static)) -> Option<T>) -> Option<T> {
    let mut error = Some(top);
    while let Some(at) = error {
        if let Some(found) = pick(at) {
            return Some(found);
        }
        // `source` of an io::Error skips the error that it wraps, which is where rustls' one stands.
        let wrapped = at.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        error = match wrapped {
            Some(inner) => Some(inner as &(dyn Error + 'static)),
            None => at.source(),
        };
    }
    None
}
