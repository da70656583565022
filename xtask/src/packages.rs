//! What the system must have: its packages on Debian and its kin, words elsewhere.

use std::collections::BTreeSet;

use crate::call::Call;
use crate::host::Host;
use crate::report::{Report, Stop};

/// What building needs. OpenSSL is built with SQLCipher and asks for Perl; npm and Cargo ask for certificates.
const BUILDING: &[&str] = &[
    "build-essential",
    "ca-certificates",
    "file",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "librsvg2-dev",
    "perl",
    "pkg-config",
];

/// What running without a display and testing need beside it.
const TESTING: &[&str] = &[
    "at-spi2-core",
    "dbus",
    "dbus-bin",
    "dbus-x11",
    "fiu-utils",
    "fonts-inter",
    "fonts-noto-cjk",
    "fonts-noto-color-emoji",
    "gnome-keyring",
    "imagemagick",
    "iproute2",
    "libglib2.0-bin",
    "libsecret-tools",
    "poppler-utils",
    "procps",
    "strace",
    "webkit2gtk-driver",
    "x11-apps",
    "x11-utils",
    "xauth",
    "xdotool",
    "xvfb",
];

/// The same for people on another system.
const BUILDING_IN_WORDS: &str =
    "a C compiler, make, Perl, pkg-config and, on Linux, the development files of WebKitGTK 4.1 and librsvg";
const TESTING_IN_WORDS: &str =
    "Xvfb with xauth, WebKitWebDriver, dbus-daemon, gnome-keyring, strace, xdotool, ImageMagick and the Noto CJK fonts";

/// The oldest Node that the page's tools run on.
const NODE: (u32, u32) = (20, 19);

/// What the task is going to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Build, and show the window to somebody.
    Build,
    /// Build, and show the window to nobody.
    Test,
}

/// Sees to it that what is needed is there.
///
/// # Errors
/// Something is missing and cannot be installed from here; what to type is said.
pub fn ensure(host: &Host, report: &mut Report, need: Need) -> Result<(), Stop> {
    let wanted: Vec<&str> = match need {
        Need::Build => BUILDING.to_vec(),
        Need::Test => [BUILDING, TESTING].concat(),
    };
    if is_debian() && host.knows("dpkg-query", &["--version"]) {
        let missing = missing(host, &wanted);
        if !missing.is_empty() {
            install(host, report, &missing)?;
        }
    } else {
        report.say(&format!("  This system's packages are not known here. Building needs {BUILDING_IN_WORDS}."));
        if need == Need::Test {
            report.say(&format!("  Window tests and the demo need {TESTING_IN_WORDS}."));
        }
    }
    ensure_node(host)
}

fn is_debian() -> bool {
    std::fs::read_to_string("/etc/os-release").is_ok_and(|text| of_debian(&text))
}

/// Whether `/etc/os-release` says Debian or a system made from it.
fn of_debian(text: &str) -> bool {
    let ids = text.lines().filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")));
    ids.flat_map(|ids| ids.trim_matches('"').split(' ')).any(|id| matches!(id, "debian" | "ubuntu"))
}

fn missing<'a>(host: &Host, wanted: &[&'a str]) -> Vec<&'a str> {
    // It fails as soon as one name is unknown, and still prints the others.
    let call = Call::new(host, "dpkg-query").with(&["-W", "-f=${Package} ${db:Status-Status}\n"]).with(wanted);
    let output = call.command().output().map(|output| output.stdout).unwrap_or_default();
    not_installed(wanted, &String::from_utf8_lossy(&output))
}

fn not_installed<'a>(wanted: &[&'a str], answer: &str) -> Vec<&'a str> {
    let there: BTreeSet<&str> = answer.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    wanted.iter().copied().filter(|name| !there.contains(name)).collect()
}

fn install(host: &Host, report: &mut Report, missing: &[&str]) -> Result<(), Stop> {
    let names = missing.join(" ");
    let wanting = if missing.len() == 1 {
        "1 system package is missing"
    } else {
        &format!("{} system packages are missing", missing.len())
    };
    report.say(&format!("  {wanting}: {names}"));
    let to_type = format!("apt-get update && apt-get install -y --no-install-recommends {names}");
    let before: &[&str] = if Call::new(host, "id").with(&["-u"]).answer().as_deref() == Some("0") {
        &[]
    } else if host.knows("sudo", &["-n", "true"]) {
        &["sudo", "-n"]
    } else {
        let reason = "They can only be installed by root, and sudo is not there or asks for a password.";
        return Err(Stop::new(reason)
            .typing(&format!("sudo sh -c '{to_type}'"))
            .typing("and then the same `cargo xtask` again"));
    };
    // `env`, because sudo hands no variables on.
    let apt = |words: &[&str]| {
        let all =
            [before, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"], words]
                .concat();
        Call::new(host, all[0]).with(&all[1..])
    };
    report.step("Reading the lists of packages", &apt(&["update"]))?;
    let install = apt(&["install", "-y", "--no-install-recommends"]).with(missing);
    report.step(&format!("Installing {names}"), &install)
}

fn ensure_node(host: &Host) -> Result<(), Stop> {
    let found = Call::new(host, "node").with(&["--version"]).answer();
    let (major, minor) = NODE;
    let wanted = format!("Node {major}.{minor} or newer is needed, with its npm");
    match found {
        None => Err(Stop::new(format!("{wanted}, and there is none. Install it, then start again."))),
        Some(version) if version_of(&version).is_none_or(|version| version < NODE) => {
            Err(Stop::new(format!("{wanted}; this is {version}. Install a newer one, then start again.")))
        }
        Some(_) if Call::npm(host, &["--version"]).answer().is_none() => {
            Err(Stop::new(format!("{wanted}, and npm is not there. Install it, then start again.")))
        }
        Some(_) => Ok(()),
    }
}

/// Major and minor of `v20.20.2`.
fn version_of(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim_start_matches('v').split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debian_and_what_is_made_from_it_is_told_by_its_own_words() {
        for (text, debian) in [
            ("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n", true),
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", true),
            ("ID=ubuntu\nID_LIKE=debian\n", true),
            ("ID=fedora\nHOME_URL=\"debian\"\n", false),
            ("ID=arch\n", false),
        ] {
            assert_eq!(of_debian(text), debian, "{text}");
        }
    }

    #[test]
    fn a_package_counts_only_when_it_is_installed_now() {
        let answer = "perl installed\nxvfb config-files\nfile installed\n";
        assert_eq!(not_installed(&["perl", "xvfb", "strace", "file"], answer), ["xvfb", "strace"]);
    }

    #[test]
    fn the_version_of_node_is_compared_as_numbers() {
        assert_eq!(version_of("v20.20.2"), Some((20, 20)));
        assert!(version_of("v9.100.0") < Some(NODE));
        assert!(version_of("v22.0.1") > Some(NODE));
        assert_eq!(version_of("nightly"), None);
    }
}
