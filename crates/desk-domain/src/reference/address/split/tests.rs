//! Blocks as people paste them. All addresses are made up, or those of public buildings.

use proptest::prelude::*;
use rstest::rstest;

use super::split;
use crate::value::CountryCode;

fn country(code: &str) -> Option<CountryCode> {
    CountryCode::parse(code).ok()
}

/// Line 1, city, state, postcode, country that was named.
#[rstest]
#[case::au("", "Level 3\n18 Harbour Street\nSydney NSW 2000\nAustralia", ["Level 3, 18 Harbour Street", "Sydney", "NSW", "2000", "AU"])]
#[case::au_line("AU", "Level 3, 18 Harbour Street, Sydney NSW 2000", ["Level 3, 18 Harbour Street", "Sydney", "NSW", "2000", ""])]
#[case::au_one_piece("AU", "18 Harbour Street, North Sydney, New South Wales 2060, AUSTRALIA", ["18 Harbour Street", "North Sydney", "New South Wales", "2060", "AU"])]
#[case::us("", "350 Fifth Avenue, Suite 7710\nNew York, NY 10118\nUnited States", ["350 Fifth Avenue, Suite 7710", "New York", "NY", "10118", "US"])]
#[case::us_plus_four("US", "1600 Amphitheatre Pkwy\nMountain View CA 94043-1351", ["1600 Amphitheatre Pkwy", "Mountain View", "CA", "94043-1351", ""])]
#[case::us_house_number("US", "12345 Main St, Springfield, Illinois 62704, USA", ["12345 Main St", "Springfield", "Illinois", "62704", "US"])]
#[case::us_georgia("US", "55 Peachtree St\nAtlanta\nGeorgia", ["55 Peachtree St", "Atlanta", "Georgia", "", ""])]
#[case::gb("", "10 Example Street\nWestminster\nLondon\nSW1A 2AA\nUnited Kingdom", ["10 Example Street, Westminster", "London", "", "SW1A 2AA", "GB"])]
#[case::gb_line("", "Flat 2, 14 Castle Road, Edinburgh EH1 2NG, UK", ["Flat 2, 14 Castle Road", "Edinburgh", "", "EH1 2NG", "GB"])]
#[case::gb_lower("GB", "1 high street\nleeds\nls1 4dy", ["1 high street", "leeds", "", "ls1 4dy", ""])]
#[case::de("", "Musterstraße 12\n80331 München\nDeutschland", ["Musterstraße 12", "München", "", "80331", "DE"])]
#[case::de_prefix("DE", "Musterstraße 12, D-10115 Berlin", ["Musterstraße 12", "Berlin", "", "D-10115", ""])]
#[case::fr("", "12 rue de l'Exemple\nBâtiment B\n75008 Paris\nFRANCE", ["12 rue de l'Exemple, Bâtiment B", "Paris", "", "75008", "FR"])]
#[case::fr_cedex("FR", "BP 12\n92057 Paris La Défense Cedex", ["BP 12", "Paris La Défense Cedex", "", "92057", ""])]
#[case::jp_latin("", "1-1 Chiyoda, Chiyoda-ku, Tokyo 100-0001, Japan", ["1-1 Chiyoda", "Chiyoda-ku", "Tokyo", "100-0001", "JP"])]
#[case::jp("JP", "〒100-0001\n東京都千代田区千代田1-1", ["千代田1-1", "千代田区", "東京都", "100-0001", ""])]
#[case::jp_ward("JP", "〒530-0001 大阪府大阪市北区梅田3-1-1", ["梅田3-1-1", "大阪市北区", "大阪府", "530-0001", ""])]
#[case::jp_city("", "日本 〒512-0911 三重県四日市市生桑町1", ["生桑町1", "四日市市", "三重県", "512-0911", "JP"])]
#[case::hk("", "12/F, 1 Example Road\nTsim Sha Tsui\nKowloon\nHong Kong", ["12/F, 1 Example Road", "Tsim Sha Tsui", "Kowloon", "", "HK"])]
#[case::hk_line("", "Room 801, 88 Example Road Central, Central, Hong Kong", ["Room 801, 88 Example Road Central", "Central", "", "", "HK"])]
#[case::hk_given_china("CN", "Room 801, 88 Example Road, Wan Chai, Hong Kong", ["Room 801, 88 Example Road", "Wan Chai", "", "", "HK"])]
#[case::sg("", "1 Example Place\n#20-01 Tower One\nSingapore 048616", ["1 Example Place, #20-01 Tower One", "Singapore", "", "048616", "SG"])]
#[case::sg_twice("SG", "1 Example Place, #20-01, Singapore 048616, Singapore", ["1 Example Place, #20-01", "Singapore", "", "048616", "SG"])]
#[case::sg_name_only("", "1 Example Place #20-01\nSingapore", ["1 Example Place #20-01", "Singapore", "", "", "SG"])]
#[case::cn("CN", "广东省深圳市南山区科技园1号 518057", ["南山区科技园1号", "深圳市", "广东省", "518057", ""])]
#[case::cn_named("", "中国北京市朝阳区建国路88号\n100022", ["朝阳区建国路88号", "北京市", "北京市", "100022", "CN"])]
#[case::cn_latin("", "88 Example Road, Nanshan District, Shenzhen, Guangdong 518057, China", ["88 Example Road, Nanshan District", "Shenzhen", "Guangdong", "518057", "CN"])]
#[case::tw("TW", "110台北市信義區信義路五段7號", ["信義路五段7號", "信義區", "台北市", "110", ""])]
#[case::tw_latin("", "7 Example Road Sec. 5, Xinyi District, Taipei City 110, Taiwan", ["7 Example Road Sec. 5", "Xinyi District", "Taipei City", "110", "TW"])]
#[case::kr("KR", "서울특별시 중구 세종대로 110\n04524", ["세종대로 110", "중구", "서울특별시", "04524", ""])]
#[case::kr_latin("", "110 Sejong-daero, Jung-gu, Seoul 04524, South Korea", ["110 Sejong-daero", "Jung-gu", "Seoul", "04524", "KR"])]
#[case::br("", "Avenida Exemplo, 1000\nBela Vista\nSão Paulo - SP\n01310-100\nBrasil", ["Avenida Exemplo, 1000, Bela Vista", "São Paulo", "SP", "01310-100", "BR"])]
#[case::br_one_piece("BR", "Rua Exemplo 5, Curitiba-PR, 80010-000", ["Rua Exemplo 5", "Curitiba", "PR", "80010-000", ""])]
#[case::ca("", "1500 Exemple Ave, Montréal (Québec) H3Z 2Y7, Canada", ["1500 Exemple Ave", "Montréal", "Québec", "H3Z 2Y7", "CA"])]
#[case::ca_code("CA", "200 Example St W\nToronto ON M5V 3L9", ["200 Example St W", "Toronto", "ON", "M5V 3L9", ""])]
#[case::india("", "Flat 12, Example Apartments\nMG Road\nMumbai 400001\nMaharashtra\nIndia", ["Flat 12, Example Apartments, MG Road", "Mumbai", "Maharashtra", "400001", "IN"])]
#[case::india_dash("IN", "14 Example Marg, New Delhi - 110001", ["14 Example Marg", "New Delhi", "New Delhi", "110001", ""])]
#[case::ae("", "Office 1204, Example Tower, Sheikh Zayed Road, Dubai, UAE", ["Office 1204, Example Tower, Sheikh Zayed Road", "Dubai", "Dubai", "", "AE"])]
#[case::nl("", "Voorbeeldstraat 12-1\n1017 AB Amsterdam\nNederland", ["Voorbeeldstraat 12-1", "Amsterdam", "", "1017 AB", "NL"])]
#[case::ie("", "5 Example Street\nDublin 2\nD02 AF30\nIreland", ["5 Example Street", "Dublin 2", "", "D02 AF30", "IE"])]
#[case::ie_county("IE", "1 Main Street, Bandon, Co. Cork, P72 A123", ["1 Main Street", "Bandon", "Co. Cork", "P72 A123", ""])]
#[case::es("", "Calle Ejemplo 5, 2º\n28013 Madrid\nEspaña", ["Calle Ejemplo 5, 2º", "Madrid", "Madrid", "28013", "ES"])]
#[case::es_province("ES", "Avinguda Exemple 1\n08970 Sant Joan Despí Barcelona", ["Avinguda Exemple 1", "Sant Joan Despí", "Barcelona", "08970", ""])]
#[case::it("", "Via Esempio 3\n20121 Milano (MI)\nItalia", ["Via Esempio 3", "Milano", "MI", "20121", "IT"])]
#[case::mx("", "Calle Ejemplo 10, Col. Juárez\n06600 Ciudad de México, CDMX\nMéxico", ["Calle Ejemplo 10, Col. Juárez", "Ciudad de México", "CDMX", "06600", "MX"])]
#[case::ch("", "Beispielweg 4\nCH-8001 Zürich\nSchweiz", ["Beispielweg 4", "Zürich", "", "CH-8001", "CH"])]
#[case::at("AT", "Beispielgasse 7/12\n1010 Wien", ["Beispielgasse 7/12", "Wien", "", "1010", ""])]
#[case::hu("HU", "1062 Budapest, Példa út 60.", ["Példa út 60.", "Budapest", "", "1062", ""])]
#[case::hu_lines("", "Budapest\nPélda út 60.\n1062\nMagyarország", ["Példa út 60.", "Budapest", "", "1062", "HU"])]
#[case::se("", "Exempelgatan 3\n114 55 Stockholm\nSverige", ["Exempelgatan 3", "Stockholm", "", "114 55", "SE"])]
#[case::pl("PL", "ul. Przykładowa 5\n00-950 Warszawa", ["ul. Przykładowa 5", "Warszawa", "", "00-950", ""])]
#[case::nz("", "12 Example Terrace\nThorndon\nWellington 6011\nNew Zealand", ["12 Example Terrace, Thorndon", "Wellington", "", "6011", "NZ"])]
#[case::tr("TR", "Örnek Mah. No 5\n34710 Kadıköy/İstanbul", ["Örnek Mah. No 5", "Kadıköy", "İstanbul", "34710", ""])]
#[case::th("", "99 Example Road, Khlong Toei, Bangkok 10110, Thailand", ["99 Example Road", "Khlong Toei", "Bangkok", "10110", "TH"])]
#[case::full_width_comma("CN", "上海市浦东新区世纪大道1号，200120", ["浦东新区世纪大道1号", "上海市", "上海市", "200120", ""])]
#[case::commas_at_line_ends("AU", "18 Harbour Street,\r\nSydney, NSW,\r\n2000,\r\n", ["18 Harbour Street", "Sydney", "NSW", "2000", ""])]
fn a_block(#[case] given: &str, #[case] text: &str, #[case] parts: [&str; 5]) {
    let found = split(text, country(given)).unwrap();
    let named = found.country.map(CountryCode::code).unwrap_or_default();
    assert_eq!([&found.line1, &found.city, &found.state, &found.postcode, named].map(|it| it as &str), parts);
}

#[rstest]
#[case::nothing("AU", "")]
#[case::one_line("AU", "18 Harbour Street")]
#[case::a_street_with_a_comma("AU", "Level 3, 18 Harbour Street")]
#[case::a_street_with_a_large_number("AU", "Unit 1800, 1200 Harbour Street")]
#[case::no_country("", "18 Harbour Street\nSydney NSW 2000")]
#[case::litter("AU", ",;\n--\n")]
fn nothing_comes_of(#[case] given: &str, #[case] text: &str) {
    assert_eq!(split(text, country(given)), None);
}

#[test]
fn a_pasted_page_is_no_address() {
    assert_eq!(split(&"18 Harbour Street\n".repeat(2000), country("AU")), None);
}

fn counted(text: &str) -> Vec<char> {
    let mut letters: Vec<char> =
        crate::value::text::clean(text).chars().filter(|char| char.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

/// Every letter and digit of a block is in its parts, as often, or in the name of the country, which stands at an end.
fn assert_kept(text: &str, given: Option<CountryCode>) -> Result<(), TestCaseError> {
    let Some(found) = split(text, given) else { return Ok(()) };
    let parts = [&found.line1, &found.city, &found.state, &found.postcode].map(|part| part as &str);
    let mut left = counted(&parts.concat());
    let mut lost = Vec::new();
    for letter in counted(text) {
        match left.iter().position(|it| *it == letter) {
            Some(at) => drop(left.remove(at)),
            None => lost.push(letter),
        }
    }
    let named = found.country.map(CountryCode::code).unwrap_or_default();
    let names: Vec<Vec<char>> = found
        .country
        .into_iter()
        .flat_map(|country| {
            let iso = rust_iso3166::from_alpha2(country.code()).map(|iso| iso.name);
            let names =
                crate::reference::country_names::aliases(country).iter().copied().chain(iso).chain([country.code()]);
            names.map(|name| counted(&name.to_lowercase())).collect::<Vec<_>>()
        })
        .collect();
    let mut lost: Vec<char> = lost.into_iter().flat_map(char::to_lowercase).collect();
    lost.sort_unstable();
    prop_assert!(lost.is_empty() || names.contains(&lost), "{text:?} lost {lost:?}, named {named}: {found:?}");
    Ok(())
}

proptest! {
    #[test]
    fn no_letter_of_any_text_is_lost(text in any::<String>(), given in "(AU|US|GB|JP|CN|SG|HK|BR|IE|TW|KR)") {
        assert_kept(&text, country(&given))?;
    }

    #[test]
    fn no_letter_of_a_block_is_lost(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "18 Harbour Street", "Level 3", "Sydney NSW 2000", "Australia", "USA", "NY 10118", "SW1A 2AA", "London", "UK",
                "80331 München", "D-80331", "〒100-0001", "東京都千代田区千代田1-1", "日本", "中国广东省深圳市南山区1号", "518057",
                "Singapore 048616", "Kowloon", "Hong Kong", "São Paulo - SP", "01310-100", "Montréal (Québec) H3Z 2Y7", "Georgia",
                "Dublin 2", "D02 AF30", "서울특별시 중구 세종대로 110", "110台北市信義區信義路五段7號", "12,14 Main St", "-", "  ", "CA",
            ]),
            0..6,
        ),
        separator in prop::sample::select(vec!["\n", ", ", "\r\n", " ", "，"]),
        given in "(|AU|US|GB|JP|CN|SG|HK|BR|IE|TW|KR|DE|CA)",
    ) {
        assert_kept(&pieces.join(separator), country(&given))?;
    }
}
