//! Which certificates a user may add to the system's.

use desk_api::authority::{AUTHORITIES_LIMIT_BYTES, parse};
use desk_api::{Authority, AuthorityError};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, KeyPair, date_time_ymd};
use rstest::rstest;

fn certificate(name: &str, is_authority: bool) -> (String, KeyPair) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.remove(DnType::CommonName);
    let kind = if name.contains("unit") { DnType::OrganizationalUnitName } else { DnType::CommonName };
    params.distinguished_name.push(kind, name);
    params.not_after = date_time_ymd(2090, 1, 1);
    if is_authority {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    }
    (params.self_signed(&key).unwrap().pem(), key)
}

fn authority(name: &str) -> String {
    certificate(name, true).0
}

#[test]
fn an_authority_is_read_with_its_name_its_last_day_and_its_fingerprint() {
    let pem = authority("Harbour Root");
    let [read] = <[Authority; 1]>::try_from(parse(&pem).unwrap()).unwrap();
    assert_eq!((read.name.as_str(), read.until_ms), ("Harbour Root", 3_786_912_000_000));
    assert_eq!(read.pem.trim(), pem.trim());
    let pairs: Vec<_> = read.fingerprint.split(':').collect();
    assert_eq!(pairs.len(), 32);
    assert!(pairs.iter().all(|pair| pair.len() == 2 && pair.chars().all(|c| matches!(c, '0'..='9' | 'A'..='F'))));
    assert_ne!(parse(&authority("Harbour Root")).unwrap()[0].fingerprint, read.fingerprint, "another key, another one");
}

#[test]
fn without_a_common_name_the_whole_subject_names_it() {
    assert_eq!(parse(&authority("the unit of security")).unwrap()[0].name, "OU=the unit of security");
}

#[test]
fn several_are_read_in_their_order_whatever_stands_between_them() {
    let text = format!("# first\r\n{}\nIssuer: me\n{}\n\n", authority("A").replace('\n', "\r\n"), authority("B"));
    let names: Vec<_> = parse(&text).unwrap().into_iter().map(|read| read.name).collect();
    assert_eq!(names, ["A", "B"]);
}

#[test]
fn what_was_read_is_read_again_from_what_is_kept() {
    let read = parse(&format!("{}{}", authority("A"), authority("B"))).unwrap();
    let kept: String = read.iter().map(|authority| authority.pem.as_str()).collect();
    assert_eq!(parse(&kept).unwrap(), read);
}

#[test]
fn a_certificate_of_a_server_is_no_authority_and_nothing_of_the_text_is_taken() {
    let text = authority("A") + &certificate("server.example", false).0;
    assert_eq!(parse(&text), Err(AuthorityError::NotAnAuthority { name: "server.example".to_owned() }));
}

#[test]
fn a_private_key_is_refused_wherever_it_stands() {
    let (pem, key) = certificate("A", true);
    for text in [format!("{pem}{}", key.serialize_pem()), format!("{}{pem}", key.serialize_pem())] {
        assert_eq!(parse(&text), Err(AuthorityError::PrivateKey));
    }
}

#[rstest]
#[case::nothing("")]
#[case::words("not a certificate")]
#[case::another_kind("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")]
#[case::no_certificate("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
#[case::no_base64("-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n")]
#[case::no_end("-----BEGIN CERTIFICATE-----\nAAAA\n")]
#[case::dashes_alone("-----BEGIN -----END -----")]
fn anything_else_is_unreadable(#[case] text: &str) {
    assert_eq!(parse(text), Err(AuthorityError::Unreadable));
}

#[test]
fn half_a_certificate_and_a_whole_disk_are_unreadable() {
    let pem = authority("A");
    assert_eq!(parse(&pem[..pem.len() / 2]), Err(AuthorityError::Unreadable));
    let many = pem.repeat(AUTHORITIES_LIMIT_BYTES / pem.len() + 1);
    assert_eq!(parse(&many), Err(AuthorityError::Unreadable));
}
