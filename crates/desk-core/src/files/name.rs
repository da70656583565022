//! The name of a file as it is kept, shown and sent: without folders, without what would turn its direction or hide, and
//! with the ending of what it is.

use super::kinds::{Kind, Said};

/// A longer name is cut before its ending: nobody reads it, and some servers keep no longer one.
const NAME_MOST_CHARS: usize = 120;

/// What a file is called whose name says nothing: a pasted image, or "..".
const NAMELESS: &str = "file";

/// Why a name cannot be that of a file of this kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OtherKind {
    /// The name, cleaned.
    pub(crate) name: String,
    /// What the file is.
    pub(crate) found: &'static str,
}

/// The name that a file of this kind has.
///
/// # Errors
/// [`OtherKind`] where its ending says another kind.
pub(crate) fn named(typed: &str, kind: Kind) -> Result<String, OtherKind> {
    let name = cleaned(typed);
    let found = kind.endings().first().copied().unwrap_or_default();
    match Kind::said_by(ending(&name)) {
        Said::One(said) if said == kind => Ok(name),
        Said::One(_) | Said::Another => Err(OtherKind { name, found }),
        Said::Nothing => Ok(format!("{}.{found}", cut(&name, NAME_MOST_CHARS - found.len() - 1))),
    }
}

/// The last part of a path, without signs that control, turn or hide. Never empty.
pub(crate) fn cleaned(typed: &str) -> String {
    let last = typed.rsplit(['/', '\\']).find(|part| !part.trim().is_empty()).unwrap_or_default();
    let shown: String = last.chars().filter(|sign| !is_hidden(*sign)).collect();
    // Dots at its beginning hide a file or name a folder; at its end Windows drops them.
    let shown = shown.trim().trim_matches('.').trim();
    if shown.is_empty() { NAMELESS.to_owned() } else { shortened(shown) }
}

/// Signs without a picture: controls, marks and overrides of direction (UAX 9), joiners, and what separates lines.
fn is_hidden(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= NAME_MOST_CHARS {
        return name.to_owned();
    }
    let ending = ending(name);
    match Kind::said_by(ending) {
        Said::Nothing => cut(name, NAME_MOST_CHARS).to_owned(),
        _ => format!("{}.{ending}", cut(name, NAME_MOST_CHARS - ending.len() - 1)),
    }
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn cut(name: &str, chars: usize) -> &str {
    let end = name.char_indices().nth(chars).map_or(name.len(), |(at, _)| at);
    name.get(..end).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("passport.pdf", "passport.pdf")]
    #[case("Scan 1.PDF", "Scan 1.PDF")]
    #[case::climbing("../../etc/passport.pdf", "passport.pdf")]
    #[case::of_windows("C:\\Users\\anna\\passport.pdf", "passport.pdf")]
    #[case::turned("passport\u{202e}fdp.pdf", "passportfdp.pdf")]
    #[case::controls("pass\0port\r\n\u{7f}.pdf", "passport.pdf")]
    #[case::invisible("pass\u{200b}port\u{feff}.pdf", "passport.pdf")]
    #[case::hidden(".passport.pdf", "passport.pdf")]
    #[case::no_ending("passport", "passport.pdf")]
    #[case::a_year("scan.2024", "scan.2024.pdf")]
    #[case::ends_with_a_dot("passport.", "passport.pdf")]
    #[case::pasted("", "file.pdf")]
    #[case::a_folder("..", "file.pdf")]
    #[case::folders("../../", "file.pdf")]
    #[case::another_script("护照 (1).pdf", "护照 (1).pdf")]
    #[case::a_name_that_is_an_ending(".pdf", "pdf.pdf")]
    fn a_name_arrives_cleaned(#[case] typed: &str, #[case] name: &str) {
        assert_eq!(named(typed, Kind::Pdf).as_deref(), Ok(name));
    }

    #[rstest]
    #[case("x.pdf", Kind::Png, "x.pdf", "png")]
    #[case("photo.png", Kind::Jpeg, "photo.png", "jpg")]
    #[case("setup.exe", Kind::Pdf, "setup.exe", "pdf")]
    #[case::shown_as_exe_pdf("setup.\u{202e}fdp.exe", Kind::Pdf, "setup.fdp.exe", "pdf")]
    fn a_name_that_says_another_kind_is_refused(
        #[case] typed: &str,
        #[case] kind: Kind,
        #[case] name: &str,
        #[case] found: &'static str,
    ) {
        assert_eq!(named(typed, kind), Err(OtherKind { name: name.to_owned(), found }));
    }

    #[rstest]
    #[case(format!("{}.pdf", "护".repeat(300)), ".pdf")]
    #[case("x".repeat(300), ".pdf")]
    #[case(format!("a.{}", "x".repeat(300)), ".pdf")]
    fn a_long_name_is_cut_before_its_ending(#[case] typed: String, #[case] ends: &str) {
        let name = named(&typed, Kind::Pdf).unwrap();
        assert_eq!(name.chars().count(), NAME_MOST_CHARS, "{name}");
        assert!(name.ends_with(ends), "{name}");
    }
}
