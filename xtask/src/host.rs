//! Where the repository and its builds are, and what kind of machine this is.

use std::path::{Path, PathBuf};

use crate::call::Call;
use crate::report::Stop;

/// This machine and this clone.
pub struct Host {
    /// The repository's folder.
    pub root: PathBuf,
    /// Where Cargo puts what it builds.
    pub target: PathBuf,
}

impl Host {
    /// Asks Cargo.
    ///
    /// # Errors
    /// Cargo does not answer.
    pub fn find() -> Result<Self, Stop> {
        // At run time: clones that share a target folder may share this program too, and then what was compiled in names
        // another clone.
        let package =
            std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = package.parent().unwrap_or(Path::new(".")).to_owned();
        let mut host = Self { target: root.join("target"), root };
        let call = Call::cargo(&host, &["metadata", "--format-version", "1", "--no-deps"]);
        let known = call.answer().and_then(|text| text_of(&text, "target_directory"));
        host.target = known
            .map(PathBuf::from)
            .ok_or_else(|| Stop::new("Cargo does not say where it builds.").typing(&call.line()))?;
        Ok(host)
    }

    /// Where the development profile puts a program.
    pub fn program(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// Where the release profile puts a program.
    pub fn release(&self, name: &str) -> PathBuf {
        self.target.join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// Whether a window can be shown to somebody.
    pub fn has_display(&self) -> bool {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
    }

    /// Whether a program is there and answers to this question.
    pub fn knows(&self, program: &str, question: &[&str]) -> bool {
        Call::new(self, program).with(question).answer().is_some()
    }
}

/// The text of a key in JSON. Enough for what Cargo prints; a reader of JSON would be a dependency.
fn text_of(json: &str, key: &str) -> Option<String> {
    let (_, rest) = json.split_once(&format!("\"{key}\":\""))?;
    let mut text = String::new();
    let mut signs = rest.chars();
    loop {
        match signs.next()? {
            '"' => return Some(text),
            '\\' => text.push(signs.next()?),
            sign => text.push(sign),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_folder_is_read_from_what_cargo_prints() {
        let json = r#"{"packages":[],"target_directory":"C:\\clones\\a \"b\"","version":1}"#;
        assert_eq!(text_of(json, "target_directory").as_deref(), Some(r#"C:\clones\a "b""#));
        assert_eq!(text_of("{}", "target_directory"), None);
    }
}
