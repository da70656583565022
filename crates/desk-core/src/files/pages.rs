//! How many pages a PDF has, by its own word, where that stands in the open: in the root of its tree of pages.
//!
//! No library reads it. Those that do unfold streams, follow references and copy dictionaries as often as a file wants, and
//! a small file may want more memory than there is. Here nothing is unfolded or copied, and every byte is passed a few times
//! at most. What newer programs fold into streams of objects has no number.

use super::apart::apart;

/// Longer files are not looked at.
const LOOKED_AT_MOST_BYTES: usize = 20_000_000;

/// The number of pages of a PDF, where it can be told.
pub(super) async fn count(content: &[u8]) -> Option<u32> {
    count_in(LOOKED_AT_MOST_BYTES, content).await
}

async fn count_in(most_bytes: usize, content: &[u8]) -> Option<u32> {
    if content.len() > most_bytes {
        return None;
    }
    let content = content.to_vec();
    apart(move || pages(&content)).await
}

/// What was written last holds: a PDF is changed by adding to its end.
fn pages(pdf: &[u8]) -> Option<u32> {
    // It stands in the last trailer.
    let root = places(pdf, b"/Root").filter_map(|at| reference(&pdf[at..])).last()?;
    let tree = object(pdf, root).and_then(|catalog| values(catalog, b"Pages").find_map(reference))?;
    let tree = object(pdf, tree)?;
    values(tree, b"Kids").next()?;
    let said = values(tree, b"Count").find_map(number_alone)?;
    // A page has a dictionary of its own, which says that it is one.
    let there = places(pdf, b"/Page").filter(|after| pdf.get(*after).is_none_or(|byte| !is_regular(*byte))).count();
    (said > 0 && usize::try_from(said).is_ok_and(|said| said <= there)).then_some(said)
}

/// An object's number and generation.
type Reference = (u32, u32);

/// What stands between `obj` and `endobj` of an object, the last of that number.
fn object(pdf: &[u8], (number, generation): Reference) -> Option<&[u8]> {
    let head = format!("{number} {generation} obj");
    let is_whole = |end: &usize| {
        let before = end.checked_sub(head.len() + 1).and_then(|before| pdf.get(before));
        before.is_none_or(|byte| !byte.is_ascii_digit())
    };
    let body = &pdf[places(pdf, head.as_bytes()).filter(is_whole).last()?..];
    let end = places(body, b"endobj").next()? - b"endobj".len();
    Some(&body[..end])
}

/// The ends of all places where something stands, in order.
fn places<'a>(text: &'a [u8], sought: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    text.windows(sought.len()).enumerate().filter(move |(_, part)| *part == sought).map(|(at, part)| at + part.len())
}

/// What follows a name in an object's own dictionary, and not in one that stands in that.
fn values<'a>(object: &'a [u8], name: &'a [u8]) -> impl Iterator<Item = &'a [u8]> + 'a {
    let mut at = 0;
    let mut depth = 0_usize;
    std::iter::from_fn(move || {
        while let Some(byte) = object.get(at) {
            let rest = &object[at + 1..];
            match (byte, rest.first()) {
                (b'<', Some(b'<')) => {
                    depth += 1;
                    at += 1;
                }
                (b'>', Some(b'>')) => {
                    depth = depth.saturating_sub(1);
                    at += 1;
                }
                (b'[', _) => depth += 1,
                (b']', _) => depth = depth.saturating_sub(1),
                (b'(', _) => at += string(rest),
                (b'%', _) => at += rest.iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')).count(),
                (b'/', _) => {
                    let length = rest.iter().take_while(|byte| is_regular(**byte)).count();
                    at += 1 + length;
                    if depth == 1 && &rest[..length] == name {
                        return Some(&object[at..]);
                    }
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        None
    })
}

/// How long a string in brackets is, from behind the first one.
fn string(text: &[u8]) -> usize {
    let mut depth = 1;
    let mut bytes = text.iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'(' => depth += 1,
            b')' if depth == 1 => return at + 1,
            b')' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// `12 0 R` at the beginning.
fn reference(text: &[u8]) -> Option<Reference> {
    let (number, rest) = number(text)?;
    let (generation, rest) = self::number(rest)?;
    let after = rest.trim_ascii_start().strip_prefix(b"R")?;
    after.first().is_none_or(|byte| !is_regular(*byte)).then_some((number, generation))
}

/// A number at the beginning that does not begin a reference.
fn number_alone(text: &[u8]) -> Option<u32> {
    if reference(text).is_some() { None } else { number(text).map(|(number, _)| number) }
}

fn number(text: &[u8]) -> Option<(u32, &[u8])> {
    let text = text.trim_ascii_start();
    let (digits, rest) = text.split_at(text.iter().take_while(|byte| byte.is_ascii_digit()).count());
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}

/// ISO 32000 7.2.3: whatever neither separates nor begins something.
fn is_regular(byte: u8) -> bool {
    !matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
        && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const TWO: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n\
        2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n\
        4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n\
        trailer<</Root 1 0 R>>\n%%EOF\n";

    /// A page taken away, and a page tree that says so, behind the end of the first.
    const LATER: &str = "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R/Prev 9>>\n%%EOF\n";

    /// As printers and scanners write it: spaces, lines, a stream, a table of places.
    const SCAN: &str = "%PDF-1.4\n%\u{e2}\n5 0 obj\n<< /Length 9 /Filter /DCTDecode >>\nstream\n/Count 77\nendstream\nendobj\n\
        11 0 obj\n<</Type /Pages /Count 44>>\nendobj\n\
        1 0 obj\n<< /Type /Pages % the tree\r\n/Note (a \\) /Count 9 \\( (b))\n   /Resources << /Count 8 >>\n\
           /Kids [ 3 0 R ] /Count\n1 >>\nendobj\n\
        2 0 obj\n<< /Pages 1 0 R /Type /Catalog >>\nendobj\n\
        3 0 obj\n<< /Type /Page /Parent 1 0 R /Contents 5 0 R >>\nendobj\n\
        xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 6 /Root 2 0 R /Info 9 0 R >>\nstartxref\n9\n%%EOF\n";

    /// The catalog is folded into the stream of objects 5, and the trailer looks as plain as any.
    const HIDDEN: &str = "%PDF-1.4\n5 0 obj<</Type/O#62jStm/N 1/First 4/Length 9/Filter[/FlateDecode/LZWDecode]>>stream\n\
        012345678\nendstream endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";

    #[rstest]
    #[case::with_a_script(TWO, Some(2))]
    #[case::of_a_scanner(SCAN, Some(1))]
    #[case::changed_later(&[TWO, LATER].concat(), Some(1))]
    #[case::cut("%PDF-1.4\n1 0 obj<</Type/Cat", None)]
    #[case::nothing("%PDF-1.4", None)]
    #[case::a_tree_that_bites_its_tail(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\n\
         trailer<</Root 1 0 R>>\n",
        None
    )]
    #[case::more_than_there_are(&TWO.replace("/Count 2", "/Count 4294967295"), None)]
    #[case::more_than_any_number(&TWO.replace("/Count 2", "/Count 99999999999999999999"), None)]
    #[case::below_nothing(&TWO.replace("/Count 2", "/Count -2"), None)]
    #[case::said_elsewhere(&TWO.replace("/Count 2", "/Count 2 0 R"), None)]
    #[case::none(&TWO.replace("/Count 2", "/Count 0"), None)]
    #[case::folded_into_a_stream(HIDDEN, None)]
    #[case::a_stream_for_a_table(&HIDDEN.replace("O#62jStm/N 1/First 4", "XRef/Size 9/W[1 9 1]"), None)]
    #[tokio::test]
    async fn pages_are_counted_where_they_can_be(#[case] pdf: &str, #[case] pages: Option<u32>) {
        assert_eq!(count(pdf.as_bytes()).await, pages);
    }

    #[tokio::test]
    async fn what_is_too_long_is_not_looked_at() {
        assert_eq!(count_in(TWO.len(), TWO.as_bytes()).await, Some(2));
        assert_eq!(count_in(TWO.len() - 1, TWO.as_bytes()).await, None);
    }

    /// One that went through the rest of the file at each of these would not end while anybody waits.
    #[rstest]
    #[case::roots("/Root 1 0 ")]
    #[case::brackets("((((((((")]
    #[case::dictionaries("<</Pages[")]
    #[case::heads("2 0 obj %")]
    #[case::counts("/Count ")]
    fn what_repeats_itself_is_passed_in_the_time_of_its_length(#[case] again: &str) {
        let inside = again.repeat(20_000);
        let pdf = TWO.replace("/Count 2", &format!("{inside}\n/Count 2"));
        let _ = pages(pdf.as_bytes());
        let open = TWO.replace("/Kids", &format!("{inside}/Kids")).replace("endobj", "");
        assert_eq!(pages(open.as_bytes()), None);
    }
}
