//! Certificates, good and bad, of an authority made for the test.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// An authority that the client may be told to trust.
pub struct Authority {
    pub pem: Vec<u8>,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem().into_bytes();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// A server with a certificate for this name, valid over these years.
    pub fn server(&self, name: &str, from: i32, to: i32) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let certificate = params(name, from, to).signed_by(&key, &self.issuer).unwrap();
        config(certificate.der().clone(), &key)
    }
}

/// A server with a certificate that it signed itself; as an authority's own, the way `openssl req -x509` makes one.
pub fn self_signed(name: &str, as_authority: bool) -> Arc<ServerConfig> {
    let key = KeyPair::generate().unwrap();
    let mut params = params(name, 2020, 2090);
    if as_authority {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    }
    config(params.self_signed(&key).unwrap().der().clone(), &key)
}

fn params(name: &str, from: i32, to: i32) -> CertificateParams {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.not_before = date_time_ymd(from, 1, 1);
    params.not_after = date_time_ymd(to, 1, 1);
    params
}

fn config(certificate: CertificateDer<'static>, key: &KeyPair) -> Arc<ServerConfig> {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    Arc::new(builder.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap())
}
