//! [`Authority`]: certificates of authorities that a user adds to the system's, and what is read of any certificate.

use sha2::{Digest, Sha256};
use x509_parser::certificate::X509Certificate;
use x509_parser::parse_x509_certificate;
use x509_parser::pem::parse_x509_pem;

/// A bundle with every authority of the web is a fifth of this.
pub const AUTHORITIES_LIMIT_BYTES: usize = 1_000_000;

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// A certificate of an authority: one that may sign others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// Its subject's common name, or the whole subject where it has none.
    pub name: String,
    /// The end of its time, in milliseconds since 1970 UTC.
    pub until_ms: i64,
    /// SHA-256 of the certificate, hexadecimal, in pairs parted by colons.
    pub fingerprint: String,
    /// The certificate alone, as PEM.
    pub pem: String,
}

/// Why a text holds no authorities.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthorityError {
    /// No certificate is in it, or one that cannot be read.
    #[error("no certificate")]
    Unreadable,
    /// A certificate in it may not sign others: the one of a server, say.
    #[error("{name} is no authority")]
    NotAnAuthority {
        /// Its name.
        name: String,
    },
    /// A private key is in it, which belongs nowhere near this program.
    #[error("a private key")]
    PrivateKey,
}

impl AuthorityError {
    /// The code of the page's catalogue.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable => "field.authority",
            Self::NotAnAuthority { .. } => "field.authority_leaf",
            Self::PrivateKey => "field.authority_key",
        }
    }
}

/// Reads the certificates of a PEM text, one or several; what stands between them is ignored, as everywhere. All or none.
///
/// # Errors
/// [`AuthorityError`] of the first one that is not to be trusted.
pub fn parse(text: &str) -> Result<Vec<Authority>, AuthorityError> {
    if text.len() > AUTHORITIES_LIMIT_BYTES {
        return Err(AuthorityError::Unreadable);
    }
    let blocks = blocks(text)?;
    // Looked for in all of them first: what comes with a key should not be kept in part.
    if blocks.iter().any(|(label, _)| label.contains("PRIVATE KEY")) {
        return Err(AuthorityError::PrivateKey);
    }
    if blocks.is_empty() {
        return Err(AuthorityError::Unreadable);
    }
    blocks.into_iter().map(|(label, block)| read(label, block)).collect()
}

/// The end of a certificate's time, in milliseconds since 1970 UTC.
pub(crate) fn until_ms(der: &[u8]) -> Option<i64> {
    parse_x509_certificate(der).ok().map(|(_, certificate)| not_after_ms(&certificate))
}

/// The blocks of a text with their labels.
fn blocks(text: &str) -> Result<Vec<(&str, &str)>, AuthorityError> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(BEGIN) {
        let block = &rest[at..];
        let label = block[BEGIN.len()..].split(DASHES).next().unwrap_or_default();
        let end = block.find(END).ok_or(AuthorityError::Unreadable)?;
        let closing = block[end + END.len()..].find(DASHES).ok_or(AuthorityError::Unreadable)?;
        let length = end + END.len() + closing + DASHES.len();
        found.push((label, &block[..length]));
        rest = &block[length..];
    }
    Ok(found)
}

fn read(label: &str, block: &str) -> Result<Authority, AuthorityError> {
    if !matches!(label, "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE") {
        return Err(AuthorityError::Unreadable);
    }
    let (_, pem) = parse_x509_pem(block.as_bytes()).map_err(|_| AuthorityError::Unreadable)?;
    let (_, certificate) = parse_x509_certificate(&pem.contents).map_err(|_| AuthorityError::Unreadable)?;
    let name = name(&certificate);
    if !certificate.is_ca() {
        return Err(AuthorityError::NotAnAuthority { name });
    }
    let pem = format!("{}\n", block.trim());
    // What the client could not take later would break every call; so it is asked now.
    if !is_usable(&pem) {
        return Err(AuthorityError::Unreadable);
    }
    let digest = Sha256::digest(certificate.as_raw());
    let fingerprint = digest.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":");
    Ok(Authority { name, until_ms: not_after_ms(&certificate), fingerprint, pem })
}

fn is_usable(pem: &str) -> bool {
    let Ok(roots) = reqwest::Certificate::from_pem_bundle(pem.as_bytes()) else { return false };
    crate::client::install_provider();
    roots.len() == 1 && reqwest::Client::builder().tls_certs_only(roots).build().is_ok()
}

fn name(certificate: &X509Certificate<'_>) -> String {
    let subject = certificate.subject();
    let common = subject.iter_common_name().find_map(|name| name.as_str().ok());
    common.map_or_else(|| subject.to_string(), str::to_owned)
}

fn not_after_ms(certificate: &X509Certificate<'_>) -> i64 {
    certificate.validity().not_after.timestamp().saturating_mul(1000)
}
