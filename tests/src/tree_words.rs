//! Words of [`crate::tree`]: which nodes and states are heard, and what of a line differs from run to run.

use crate::tree::Node;

/// States by their number in at-spi (`AtspiStateType`) that a reader says. Those that every node has are not among them.
const STATES: [(u32, &str); 14] = [
    (2, "armed"),
    (3, "busy"),
    (4, "checked"),
    (7, "editable"),
    (10, "expanded"),
    (12, "focused"),
    (20, "pressed"),
    (23, "selected"),
    (32, "indeterminate"),
    (33, "required"),
    (36, "invalid"),
    (40, "visited"),
    (43, "read-only"),
    (9, "expandable"),
];

/// The roles of at-spi (`AtspiRole`) by their number.
const ROLES: &str = "\
    invalid;accelerator label;alert;animation;arrow;calendar;canvas;check box;check menu item;color chooser;\
    column header;combo box;date editor;desktop icon;desktop frame;dial;dialog;directory pane;drawing area;\
    file chooser;filler;focus traversable;font chooser;frame;glass pane;html container;icon;image;\
    internal frame;label;layered pane;list;list item;menu;menu bar;menu item;option pane;page tab;page tab list;\
    panel;password text;popup menu;progress bar;push button;radio button;radio menu item;root pane;row header;\
    scroll bar;scroll pane;separator;slider;spin button;split pane;status bar;table;table cell;\
    table column header;table row header;tearoff menu item;terminal;text;toggle button;tool bar;tool tip;tree;\
    tree table;unknown;viewport;window;extended;header;footer;paragraph;ruler;application;autocomplete;editbar;\
    embedded;entry;chart;caption;document frame;heading;page;section;redundant object;form;link;\
    input method window;table row;tree item;document spreadsheet;document presentation;document text;\
    document web;document email;comment;list box;grouping;image map;notification;info bar;level bar;title bar;\
    block quote;audio;video;definition;article;landmark;log;marquee;math;rating;timer;static;math fraction;\
    math root;subscript;superscript;description list;description term;description value;footnote;\
    content deletion;content insertion;mark;suggestion;push button menu;switch";

/// The name of a role. The web view gives its number alone.
#[must_use]
pub fn role(number: u32) -> &'static str {
    ROLES.split(';').nth(number as usize).unwrap_or("unknown")
}

/// A node has this state unless it cannot be used.
const SENSITIVE: u32 = 24;

/// Roles that say nothing by themselves: they are left out where they have no name either.
const SILENT: [&str; 8] = ["panel", "section", "filler", "paragraph", "static", "text", "label", "unknown"];

/// The states that are heard, out of at-spi's bits.
#[must_use]
pub fn said_of(bits: &[u32]) -> Vec<&'static str> {
    let has = |state: u32| bits.get((state / 32) as usize).is_some_and(|word| word >> (state % 32) & 1 == 1);
    let said = STATES.iter().filter(|(state, _)| has(*state)).map(|(_, word)| *word);
    said.chain((!has(SENSITIVE)).then_some("unusable")).collect()
}

/// Whether a node says something itself.
#[must_use]
pub fn named(node: &Node) -> bool {
    let plain = SILENT.contains(&node.role.as_str());
    !plain || !node.name.is_empty() || !node.text.trim().is_empty()
}

/// A line as every run has it: ids, times, ports, versions and durations as their shape alone.
#[must_use]
pub fn steady(line: &str) -> String {
    let mut written = String::with_capacity(line.len());
    let mut word = String::new();
    for char in line.chars().chain(['\n']) {
        if char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | ':' | '.') {
            word.push(char);
            continue;
        }
        let core = word.trim_end_matches(['.', ':']);
        match core {
            "ms" | "s" => unmeasured(&mut written, core),
            _ => written.push_str(&shape(core).unwrap_or_else(|| core.to_owned())),
        }
        written.push_str(&word[core.len()..]);
        word.clear();
        written.push(char);
    }
    written.pop();
    written
}

/// Writes a unit of time, and the number before it as a letter.
fn unmeasured(written: &mut String, unit: &str) {
    let before = written.trim_end_matches(' ');
    let start = before.trim_end_matches(|char: char| char.is_ascii_digit() || matches!(char, ',' | '.')).len();
    if start < before.len() && before.len() < written.len() {
        written.truncate(start);
        written.push_str("N ");
    }
    written.push_str(unit);
}

fn shape(word: &str) -> Option<String> {
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = word.split(':').collect();
    let hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // What the program notes itself has milliseconds; instants of the platform's customers are the same for every run.
    if word.len() == "2026-11-21T15:58:49.268Z".len() && word.contains('T') && word.ends_with('Z') && word.contains('.')
    {
        return Some(String::from("INSTANT"));
    }
    let same = match parts.as_slice() {
        [_, _] | [_, _, _] if parts.iter().all(|part| digits(part)) => "HH:MM",
        [host, port] if port.len() == 5 && number(port) => return Some(format!("{host}:PORT")),
        [word] if word.strip_prefix("cus_").is_some_and(|rest| rest.len() == 32 && hex(rest)) => "cus_ID",
        [word] if word.strip_prefix("cd-").is_some_and(|rest| rest.len() == 36 && hex(rest)) => "cd-ID",
        [word] if word.len() == 36 && word.matches('-').count() == 4 && hex(word) => "ID",
        [word] if word.len() == 64 && hex(word) => "SHA256",
        [word] if word.matches('.').count() == 2 && word.split('.').all(number) => "VERSION",
        _ => return None,
    };
    Some(same.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_times_are_the_same_for_every_run() {
        for (line, same) in [
            ("Saved 14:02", "Saved HH:MM"),
            ("As read today at 14:02:59.", "As read today at HH:MM."),
            ("cd-0190a1b2-0000-7000-8000-00000000000f", "cd-ID"),
            ("\"cus_79fb361a05074629bf1ecf0d14cd244e\"", "\"cus_ID\""),
            ("Page 1:2, 20-64 characters, cd-canary", "Page 1:2, 20-64 characters, cd-canary"),
            ("http://127.0.0.1:43567/api of 127.0.0.1.", "http://127.0.0.1:PORT/api of 127.0.0.1."),
            ("Version 0.1.0, with 4.10.12.", "Version VERSION, with VERSION."),
            ("Answered in 12 ms, then 1,204 ms, 0.1 s apart", "Answered in N ms, then N ms, N s apart"),
            ("Noor's", "Noor's"),
            ("read 2026-11-21T15:58:49.268Z, made 2023-04-15T12:21:50Z", "read INSTANT, made 2023-04-15T12:21:50Z"),
        ] {
            assert_eq!(steady(line), same);
        }
    }

    #[test]
    fn roles_stand_in_their_order() {
        assert_eq!(
            [0, 43, 79, 95, 130, 999].map(role),
            ["invalid", "push button", "entry", "document web", "switch", "unknown"]
        );
    }

    #[test]
    fn states_are_bits() {
        assert_eq!(said_of(&[1 << 24 | 1 << 4, 1 << 1]), ["checked", "required"]);
        assert_eq!(said_of(&[0, 0]), ["unusable"]);
    }
}
