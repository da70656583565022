//! The page: its modules installed and itself built, each only when it is not what the sources say.

use std::path::{Path, PathBuf};

use crate::call::Call;
use crate::host::Host;
use crate::report::{Report, Stop};

/// Where the stamps lie: in a folder that `npm ci` empties, so that an install cut short leaves none behind. Below the
/// clone and not in the target folder, which other clones may share.
const MODULES: &str = "ui/node_modules";

/// What decides which modules are installed.
const OF_MODULES: &[&str] = &["ui/package.json", "ui/package-lock.json", "ui/.npmrc"];

/// What decides how the page comes out, beside the modules.
const OF_PAGE: &[&str] = &["ui/src", "ui/static", "ui/svelte.config.js", "ui/vite.config.ts", "ui/tsconfig.json"];

/// Installs the modules of the lock file.
///
/// # Errors
/// npm fails.
pub fn install(host: &Host, report: &mut Report) -> Result<(), Stop> {
    let stamp = Stamp::of(host, "installed", OF_MODULES)?;
    if stamp.is_current() {
        return Ok(());
    }
    report.step("Installing the page's modules", &Call::npm(host, &["ci"]))?;
    stamp.write()
}

/// Builds the page that the program carries in itself.
///
/// # Errors
/// npm fails.
pub fn build(host: &Host, report: &mut Report) -> Result<(), Stop> {
    let stamp = Stamp::of(host, "built", &[OF_MODULES, OF_PAGE].concat())?;
    if stamp.is_current() && host.root.join("ui/build/index.html").exists() {
        return Ok(());
    }
    report.step("Building the page", &Call::npm(host, &["run", "build"]))?;
    stamp.write()
}

/// What a step was last done with.
struct Stamp {
    path: PathBuf,
    value: String,
}

impl Stamp {
    fn of(host: &Host, name: &str, sources: &[&str]) -> Result<Self, Stop> {
        let path = host.root.join(MODULES).join(format!(".customer-desk-{name}"));
        Ok(Self { path, value: digest(&host.root, sources)? })
    }

    fn is_current(&self) -> bool {
        std::fs::read_to_string(&self.path).is_ok_and(|text| text == self.value)
    }

    fn write(&self) -> Result<(), Stop> {
        Ok(std::fs::write(&self.path, &self.value)?)
    }
}

/// A number for the names and contents of these files and folders. Contents, because times of files say nothing after a
/// checkout. It tells builds apart and protects nothing, so FNV-1a does.
fn digest(root: &Path, sources: &[&str]) -> std::io::Result<String> {
    let mut open: Vec<PathBuf> = sources.iter().map(|source| root.join(source)).collect();
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            for entry in std::fs::read_dir(&path)? {
                open.push(entry?.path());
            }
        } else if path.exists() {
            files.push(path);
        }
    }
    files.sort();
    let mut number: u64 = 0xcbf2_9ce4_8422_2325;
    let mut take = |bytes: &[u8]| {
        for byte in bytes {
            number = (number ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for path in files {
        let bytes = std::fs::read(&path)?;
        take(path.strip_prefix(root).unwrap_or(&path).to_string_lossy().as_bytes());
        take(&bytes.len().to_le_bytes());
        take(&bytes);
    }
    Ok(format!("{number:016x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own for a test, below Cargo's.
    fn folder(name: &str) -> PathBuf {
        let exe = std::env::current_exe().unwrap();
        let folder = exe.parent().unwrap().join(format!("xtask-{name}-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("src")).unwrap();
        folder
    }

    #[test]
    fn a_changed_a_new_and_a_renamed_file_change_the_stamp_and_nothing_else_does() {
        let root = folder("stamp");
        let of = || digest(&root, &["src", "lock.json", "absent.json"]).unwrap();
        std::fs::write(root.join("lock.json"), "1").unwrap();
        std::fs::write(root.join("src/a.ts"), "a").unwrap();
        let first = of();
        std::fs::write(root.join("src/a.ts"), "a").unwrap();
        assert_eq!(of(), first, "writing the same again is no change");
        std::fs::write(root.join("other.md"), "x").unwrap();
        assert_eq!(of(), first, "a file that is not a source is no change");
        let mut seen = vec![first];
        std::fs::write(root.join("src/a.ts"), "b").unwrap();
        seen.push(of());
        std::fs::write(root.join("src/b.ts"), "").unwrap();
        seen.push(of());
        std::fs::rename(root.join("src/b.ts"), root.join("src/c.ts")).unwrap();
        seen.push(of());
        let mut distinct = seen.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), seen.len(), "{seen:?}");
        for file in ["src/a.ts", "src/c.ts", "lock.json", "other.md"] {
            std::fs::remove_file(root.join(file)).unwrap();
        }
        std::fs::remove_dir(root.join("src")).unwrap();
        std::fs::remove_dir(&root).unwrap();
    }
}
