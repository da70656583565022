//! Regions as people type them: by key, name, Latin name, code of ISO 3166-2 and other names, whatever the case, accents and
//! punctuation, with or without the word for what it is, the code of ISO 3166-2 whole, the country behind it or the code
//! beside the name.

use std::collections::HashMap;

use super::table::Known;
use crate::reference::country_names;
use crate::search;
use crate::value::CountryCode;
use crate::value::text::is_latin;

/// The regions of a country by their folded names; `None` where two have the same.
#[derive(Default)]
pub(super) struct Index {
    whole: HashMap<String, Option<usize>>,
    short: HashMap<String, Option<usize>>,
}

/// Longest text that may be a region, in bytes.
const LONGEST_BYTES: usize = 200;

/// Least letters of a name that stand for all of it.
const LEAST_LETTERS: usize = 3;

impl Known {
    /// The region that the text of its field means. [`Known::region`] reads a name that stands in an address; here the
    /// whole text is about the region, so that more can be read: `US-CA`, `California (CA)`, `Ontario, Canada`, `Sask`.
    pub(super) fn region_of_field(&self, typed: &str) -> Option<usize> {
        if typed.len() > LONGEST_BYTES {
            return None;
        }
        self.region(typed).or_else(|| self.region_in_parts(typed)).or_else(|| {
            let (whole, _) = folded(typed);
            // Where the list of names is closed, and of letters: in other lists it may be the beginning of what they lack.
            let is = self.format.regions_closed && whole.is_ascii();
            is.then(|| self.begun_by(&whole)).flatten()
        })
    }

    /// The region of a text in parts: itself and its country, or its code and its name.
    fn region_in_parts(&self, typed: &str) -> Option<usize> {
        // Kept short, because each place between two words is tried.
        const MOST_WORDS: usize = 12;
        let text = typed.trim_matches(|char: char| !char.is_alphanumeric() && char != '.');
        let is_gap = |char: char| !char.is_alphanumeric() && !matches!(char, '.' | '\'' | '\u{2019}' | '&');
        let cuts: Vec<(&str, &str)> = text
            .match_indices(is_gap)
            .map(|(at, gap)| (&text[..at], text[at + gap.len()..].trim_start_matches(is_gap)))
            .filter(|(left, right)| [left, right].iter().all(|part| part.contains(char::is_alphanumeric)))
            .collect();
        if cuts.len() > MOST_WORDS {
            return None;
        }
        let same = |(left, right): &(&str, &str)| self.region(left).filter(|at| self.region(right) == Some(*at));
        let without_country = |(left, right): &(&str, &str)| {
            if self.is_own(right) {
                self.region_of_field(left)
            } else if self.is_own(left) {
                self.iso_region(right).or_else(|| self.region(right))
            } else {
                None
            }
        };
        cuts.iter().find_map(same).or_else(|| cuts.iter().find_map(without_country))
    }

    /// Whether a text is the country's code or name.
    pub(super) fn is_own(&self, text: &str) -> bool {
        let letters: String = text.chars().filter(|char| char.is_alphanumeric()).collect();
        let code = || CountryCode::parse(&letters).ok().filter(|_| letters.is_ascii() && letters.len() <= 3);
        country_names::find(text).or_else(code) == Some(self.country)
    }

    /// The region of a number of ISO 3166-2, which is one only behind the country's code: `JP-13`.
    fn iso_region(&self, part: &str) -> Option<usize> {
        let is = part.chars().all(|char| char.is_ascii_digit());
        self.also.iter().position(|also| is && also.first() == Some(&part))
    }

    /// The one region whose names begin with some letters; keys and names come before other names.
    fn begun_by(&self, letters: &str) -> Option<usize> {
        if letters.chars().count() < LEAST_LETTERS {
            return None;
        }
        let only = |names: &mut dyn Iterator<Item = (usize, &'static str)>| {
            let mut found: Vec<usize> =
                names.filter(|(_, name)| folded(name).0.starts_with(letters)).map(|(at, _)| at).collect();
            found.dedup();
            found
        };
        let regions = self.format.regions.iter().enumerate();
        let named = only(&mut regions.flat_map(|(at, region)| {
            [Some(region.key), region.name, region.latin].into_iter().flatten().map(move |name| (at, name))
        }));
        match named[..] {
            [one] => Some(one),
            [] => {
                let also = self.also.iter().enumerate();
                let other = only(&mut also.flat_map(|(at, also)| also.iter().map(move |name| (at, *name))));
                if let [one] = other[..] { Some(one) } else { None }
            }
            _ => None,
        }
    }

    /// The region that a name means.
    pub(super) fn region(&self, typed: &str) -> Option<usize> {
        if self.format.regions.is_empty() || typed.len() > LONGEST_BYTES {
            return None;
        }
        let index = self.index.get_or_init(|| self.indexed());
        let (whole, short) = folded(typed);
        match index.whole.get(&whole) {
            Some(found) => *found,
            // `Calif.`, `Mass.`: a point says that the rest is left out.
            None => index
                .short
                .get(&short)
                .copied()
                .flatten()
                .or_else(|| self.begun_by(&whole).filter(|_| typed.trim_end().ends_with('.'))),
        }
    }

    /// Whether a text means a region by a code or an abbreviation, not by a name.
    pub(super) fn is_code(&self, at: usize, typed: &str) -> bool {
        const CODE_LETTERS: usize = 4;
        let whole = folded(typed).0;
        let key = self.format.regions.get(at).map(|region| folded(region.key).0);
        whole.is_ascii()
            && whole.len() <= CODE_LETTERS
            && (key.as_ref() == Some(&whole)
                || self.also.get(at).is_some_and(|also| also.iter().any(|it| folded(it).0 == whole)))
    }

    /// What is sent of a region that a text means.
    pub(super) fn sent(&self, at: usize, typed: &str) -> &'static str {
        let Some(region) = self.format.regions.get(at) else { return "" };
        // Where the key's own letters are Latin ones with accents, only who left them off meant the other spelling.
        let is_other = if is_latin(region.key) { typed.is_ascii() } else { is_latin(typed) };
        match region.latin {
            Some(latin) if !region.key.is_ascii() && is_other => latin,
            _ => region.key,
        }
    }

    /// Whether a postcode, in its own form, begins as those of a region do; `None` where the data does not say.
    pub(super) fn has_postcode(&self, at: usize, postcode: &str) -> Option<bool> {
        let zips = self.zips.get(at).filter(|zips| !zips.pattern.is_empty())?;
        let compiled = zips.compiled.get_or_init(|| regex::Regex::new(&format!("^(?-u:{})", zips.pattern)).ok());
        Some(compiled.as_ref()?.is_match(postcode))
    }

    fn indexed(&self) -> Index {
        let mut index = Index::default();
        // Keys come first, then names, then the rest: what one region is called by its first name is no other.
        type Names<'a> = Box<dyn Iterator<Item = (usize, &'static str)> + 'a>;
        let regions = || self.format.regions.iter().enumerate();
        let ranks: [Names<'_>; 3] = [
            Box::new(regions().map(|(at, region)| (at, region.key))),
            Box::new(
                regions()
                    .flat_map(|(at, region)| region.name.into_iter().chain(region.latin).map(move |name| (at, name))),
            ),
            // A number of ISO 3166-2 is nothing that people write in an address.
            Box::new(
                self.also
                    .iter()
                    .enumerate()
                    .flat_map(|(at, also)| also.iter().map(move |name| (at, *name)))
                    .filter(|(_, name)| name.chars().any(char::is_alphabetic)),
            ),
        ];
        for names in ranks {
            let (mut whole, mut short) = (HashMap::new(), HashMap::new());
            for (at, name) in names {
                let (of_whole, of_short) = folded(name);
                put(&mut whole, of_whole, at);
                put(&mut short, of_short, at);
            }
            for (name, at) in whole {
                index.whole.entry(name).or_insert(at);
            }
            for (name, at) in short {
                index.short.entry(name).or_insert(at);
            }
        }
        index
    }
}

fn put(names: &mut HashMap<String, Option<usize>>, name: String, at: usize) {
    let of = names.entry(name).or_insert(Some(at));
    if *of != Some(at) {
        *of = None;
    }
}

/// Words that say what a region is and tell none apart, in Latin letters.
const WHAT_IT_IS: &[&str] = &[
    "and",
    "autonomous",
    "borough",
    "city",
    "co",
    "commonwealth",
    "comunidad",
    "county",
    "de",
    "del",
    "department",
    "departamento",
    "di",
    "do",
    "district",
    "emirate",
    "estado",
    "fu",
    "governorate",
    "hui",
    "kabupaten",
    "ken",
    "krai",
    "kray",
    "metropolitan",
    "municipality",
    "oblast",
    "of",
    "parish",
    "pref",
    "prefecture",
    "prov",
    "province",
    "provincia",
    "provinsi",
    "region",
    "respublika",
    "republic",
    "sar",
    "sheng",
    "shi",
    "special",
    "state",
    "territory",
    "the",
    "to",
    "uighur",
    "uygur",
    "uyghur",
    "y",
    "zhuang",
    "zizhiqu",
];

/// The same at the end of a name in Han or Hangul, longest first.
const WHAT_IT_IS_AT_THE_END: &[&str] = &[
    "特别行政区",
    "특별자치시",
    "특별자치도",
    "特别市",
    "自治区",
    "특별시",
    "광역시",
    "都",
    "道",
    "府",
    "县",
    "省",
    "市",
    "도",
    "시",
];

/// A name's letters, folded: all of them, and without the words for what it is.
fn folded(name: &str) -> (String, String) {
    let text: String = search::fold(&name.replace('&', " and ")).chars().map(simplified).collect();
    let words = || text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    let whole: String = words().collect();
    let short: String = words().filter(|word| !WHAT_IT_IS.contains(word)).collect();
    let cut =
        WHAT_IT_IS_AT_THE_END.iter().find_map(|end| short.strip_suffix(end)).filter(|cut| cut.chars().count() > 1);
    let short = cut.map(str::to_owned).unwrap_or(short);
    if short.is_empty() { (whole.clone(), whole) } else { (whole, short) }
}

/// One shape for a Han character of the names of provinces and prefectures, which are written in Chinese, simplified or
/// traditional, and in Japanese.
/// Katakana are hiragana.
fn simplified(char: char) -> char {
    if let '\u{30A1}'..='\u{30F6}' = char {
        return char::from_u32(u32::from(char) - 0x60).unwrap_or(char);
    }
    const SHAPES: &[(char, &str)] = &[
        ('东', "東"),
        ('县', "県縣"),
        ('台', "臺"),
        ('广', "廣広"),
        ('庆', "慶"),
        ('肃', "肅"),
        ('贵', "貴"),
        ('龙', "龍竜"),
        ('苏', "蘇"),
        ('辽', "遼"),
        ('宁', "寧"),
        ('内', "內"),
        ('陕', "陝"),
        ('湾', "灣"),
        ('门', "門"),
        ('云', "雲"),
        ('维', "維"),
        ('尔', "爾"),
        ('壮', "壯壮"),
        ('区', "區"),
        ('别', "別"),
        ('宫', "宮"),
        ('马', "馬"),
        ('长', "長"),
        ('冈', "岡"),
        ('岛', "島"),
        ('库', "庫"),
        ('德', "徳"),
        ('爱', "愛"),
        ('儿', "児兒"),
        ('绳', "縄"),
        ('冲', "沖"),
        ('贺', "賀"),
        ('叶', "葉"),
        ('静', "靜"),
        ('鸟', "鳥"),
        ('吴', "吳呉"),
        ('义', "義"),
        ('园', "園"),
        ('莲', "蓮"),
        ('头', "頭"),
        ('连', "連"),
        ('兰', "蘭"),
        ('诸', "諸"),
        ('黑', "黒"),
    ];
    SHAPES.iter().find(|(_, others)| others.contains(char)).map_or(char, |(shape, _)| *shape)
}
