//! What a file is, by its first bytes. Nothing else is sent: what a platform's page lists as documents are scans, and what
//! runs or draws itself (SVG, HTML, scripts, archives) has no business among them.

/// A kind of file that is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Pdf,
    Png,
    Jpeg,
    Tiff,
}

/// First bytes and kind. ISO 32000 7.5.2; PNG (W3C) 5.2; JPEG (ITU T.81) B.1.1.3 with the marker that follows; TIFF 6.0
/// section 2, in both orders of bytes.
const MAGIC: [(&[u8], Kind); 5] = [
    (b"%PDF-", Kind::Pdf),
    (b"\x89PNG\r\n\x1a\n", Kind::Png),
    (b"\xff\xd8\xff", Kind::Jpeg),
    (b"II*\0", Kind::Tiff),
    (b"MM\0*", Kind::Tiff),
];

/// Endings of names that say another kind than ours: a file with one of these is not what it says it is.
const OTHERS: &str = " ai avif bat bin bmp cmd com csv dll doc docm docx dot eml eps exe gif gz heic heif htm html ico iso \
    jar js json key lnk mht mp3 mp4 mov msg msi numbers odp ods odt pages ppt pptx ps ps1 psd py rar rtf scr sh svg svgz \
    tar txt vbs webp xhtml xls xlsm xlsx xml zip 7z ";

impl Kind {
    const ALL: [Self; 4] = [Self::Pdf, Self::Png, Self::Jpeg, Self::Tiff];

    /// What these bytes are; `None` for what is not sent.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind)
    }

    /// As it stands on the wire.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Tiff => "image/tiff",
        }
    }

    /// What its name ends with; the first is what a name without an ending gets.
    pub(crate) fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Tiff => &["tif", "tiff"],
        }
    }

    /// What the ending of a name says of a file.
    pub(crate) fn said_by(ending: &str) -> Said {
        let ending = ending.to_ascii_lowercase();
        match Self::ALL.into_iter().find(|kind| kind.endings().contains(&ending.as_str())) {
            Some(kind) => Said::One(kind),
            None if OTHERS.contains(&format!(" {ending} ")) => Said::Another,
            None => Said::Nothing,
        }
    }
}

/// What a name says of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// One of ours.
    One(Kind),
    /// A kind that is not sent.
    Another,
    /// Nothing that is known: "scan.2024" ends with a year.
    Nothing,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(b"%PDF-1.7\n%more", Some(Kind::Pdf))]
    #[case(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Some(Kind::Png))]
    #[case(b"\xff\xd8\xff\xe0\0\x10JFIF", Some(Kind::Jpeg))]
    #[case(b"II*\0\x08\0\0\0", Some(Kind::Tiff))]
    #[case(b"MM\0*\0\0\0\x08", Some(Kind::Tiff))]
    #[case::svg(b"<svg xmlns='http://www.w3.org/2000/svg'>", None)]
    #[case::html(b"<!doctype html><script>", None)]
    #[case::zip(b"PK\x03\x04", None)]
    #[case::script(b"#!/bin/sh\n", None)]
    #[case::program(b"MZ\x90\0", None)]
    #[case::gif(b"GIF89a", None)]
    #[case::webp(b"RIFF\0\0\0\0WEBPVP8 ", None)]
    #[case::pdf_after_something(b"x%PDF-1.7", None)]
    #[case::png_of_a_text_transfer(b"\x89PNG\n\x1a\n", None)]
    #[case::nothing(b"", None)]
    fn the_first_bytes_say_what_a_file_is(#[case] bytes: &[u8], #[case] kind: Option<Kind>) {
        assert_eq!(Kind::of(bytes), kind);
    }

    #[rstest]
    #[case("PDF", Said::One(Kind::Pdf))]
    #[case("jpeg", Said::One(Kind::Jpeg))]
    #[case("Tif", Said::One(Kind::Tiff))]
    #[case("svg", Said::Another)]
    #[case("exe", Said::Another)]
    #[case("2024", Said::Nothing)]
    #[case("", Said::Nothing)]
    fn an_ending_says_a_kind_another_or_nothing(#[case] ending: &str, #[case] said: Said) {
        assert_eq!(Kind::said_by(ending), said);
    }
}
