//! Addresses of many countries, made up, as their papers have them: nothing is said of any.

use rstest::rstest;

use super::sample::{problems_of, with};
use crate::field::Field;

#[rstest]
#[case("AD", "Carrer Major 12, 2n", "Andorra la Vella", "", "AD500")]
#[case("AE", "Office 1204, Example Tower, Sheikh Zayed Road", "Dubai", "Dubai", "")]
#[case("AL", "Rruga e Shembullit 5", "Tiranë", "", "1001")]
#[case("AM", "Օրինակ փողոց 3", "Երևան", "Երևան", "0010")]
#[case("AO", "Rua do Exemplo 14", "Luanda", "Luanda", "")]
#[case("AR", "Av. Ejemplo 1234, 5º B", "Buenos Aires", "CABA", "C1070AAM")]
#[case("AR", "Calle Ejemplo 55", "Córdoba", "Córdoba", "5000")]
#[case("AT", "Beispielgasse 7/12", "Wien", "", "1010")]
#[case("AU", "Level 3, 18 Harbour Street", "Sydney", "NSW", "2000")]
#[case("AU", "Unit 4/27 O'Example Pde", "Surfers Paradise", "Queensland", "4217")]
#[case("AZ", "Nümunə küçəsi 9", "Bakı", "", "AZ1000")]
#[case("BA", "Primjerova 8", "Sarajevo", "", "71000")]
#[case("BD", "House 5, Road 12, Banani", "Dhaka", "", "1213")]
#[case("BE", "Voorbeeldlaan 10 bus 3", "Brussel", "", "1000")]
#[case("BG", "ул. Примерна 4", "София", "", "1000")]
#[case("BH", "Flat 12, Building 34, Road 1705", "Manama", "", "317")]
#[case("BM", "5 Example Lane", "Hamilton", "", "HM 12")]
#[case("BN", "No 3, Simpang 21, Jalan Contoh", "Bandar Seri Begawan", "", "BS8611")]
#[case("BO", "Calle Ejemplo 7", "La Paz", "", "")]
#[case("BR", "Avenida Exemplo, 1000, cj. 51", "São Paulo", "SP", "01310-100")]
#[case("BR", "Rua Exemplo, 5", "Curitiba", "Paraná", "80010000")]
#[case("BW", "Plot 50, Example Way", "Gaborone", "South-East", "")]
#[case("CA", "1500 av. de l'Exemple, bureau 3", "Montréal", "Québec", "H3Z 2Y7")]
#[case("CA", "200 Example St W", "Toronto", "ON", "m5v3l9")]
#[case("CH", "Beispielweg 4", "Zürich", "", "CH-8001")]
#[case("CI", "Rue de l'Exemple, Plateau", "Abidjan", "", "")]
#[case("CL", "Av. Ejemplo 123, of. 45", "Santiago", "Región Metropolitana", "8320000")]
#[case("CN", "南山区科技园1号", "深圳市", "广东省", "518057")]
#[case("CN", "88 Example Road, Pudong", "Shanghai", "Shanghai", "200120")]
#[case("CO", "Carrera 7 # 71-21, of. 902", "Bogotá", "Bogotá D.C.", "110231")]
#[case("CR", "Avenida Ejemplo 5", "San José", "San José", "10101")]
#[case("CY", "Οδός Παραδείγματος 3", "Λευκωσία", "", "1065")]
#[case("CZ", "Příkladná 12/3", "Praha 1", "", "11000")]
#[case("DE", "Musterstraße 12, c/o Müller", "München", "", "80331")]
#[case("DK", "Eksempelvej 5, 2. tv.", "København K", "", "1050")]
#[case("DO", "Calle Ejemplo 8", "Santo Domingo", "", "10101")]
#[case("DZ", "12 rue de l'Exemple", "Alger", "", "16000")]
#[case("EC", "Av. Ejemplo N24-5", "Quito", "", "170135")]
#[case("EE", "Näidise 7-12", "Tallinn", "", "10111")]
#[case("EG", "١٢ شارع المثال", "القاهرة", "القاهرة", "11511")]
#[case("EG", "12 Example Street, Zamalek", "Cairo", "", "١١٢١١")]
#[case("ES", "Calle Ejemplo 5, 2º dcha.", "Madrid", "Madrid", "28013")]
#[case("ES", "Kale Adibide 1", "Bilbao", "Bizkaia", "48001")]
#[case("ET", "Bole Sub City, Woreda 3", "Addis Ababa", "", "1000")]
#[case("FI", "Esimerkkikatu 3 A 12", "Helsinki", "", "FI-00100")]
#[case("FR", "12 bis, rue de l'Exemple", "Paris", "", "75008")]
#[case("GB", "Flat 2, 14 Castle Road", "Edinburgh", "", "EH1 2NG")]
#[case("GB", "10 Example Street", "London", "", "sw1a2aa")]
#[case("GE", "მაგალითის ქუჩა 5", "თბილისი", "", "0105")]
#[case("GH", "GA-123-4567, Example Street", "Accra", "Greater Accra", "")]
#[case("GI", "Suite 5, 12 Example Lane", "Gibraltar", "", "GX11 1AA")]
#[case("GR", "Οδός Παραδείγματος 14", "Αθήνα", "", "104 31")]
#[case("GT", "5a Avenida 1-23, Zona 10", "Guatemala", "", "01010")]
#[case("HK", "12/F, 1 Example Road", "Tsim Sha Tsui", "Kowloon", "")]
#[case("HK", "例子道1號12樓", "中環", "香港島", "")]
#[case("HR", "Primjerna ulica 6", "Zagreb", "", "10000")]
#[case("HU", "Példa utca 60. II/4.", "Budapest", "", "1062")]
#[case("ID", "Jl. Contoh No. 12, RT 3/RW 4", "Jakarta Selatan", "DKI Jakarta", "12190")]
#[case("ID", "Jl. Contoh 5", "Bandung", "West Java", "40115")]
#[case("IE", "5 Example Street", "Dublin 2", "", "D02 AF30")]
#[case("IE", "1 Main Street", "Bandon", "Co. Cork", "P72 A123")]
#[case("IL", "רחוב הדוגמה 7", "תל אביב", "", "6100000")]
#[case("IN", "Flat 12, Example Apartments, MG Road", "Mumbai", "Maharashtra", "400001")]
#[case("IN", "14 Example Marg", "New Delhi", "Delhi", "110 001")]
#[case("IQ", "Example District, Street 14", "Baghdad", "Baghdad", "10011")]
#[case("IS", "Dæmigata 5", "Reykjavík", "", "101")]
#[case("IT", "Via Esempio 3, scala B", "Milano", "MI", "20121")]
#[case("IT", "Via Esempio 9", "Roma", "Roma", "00144")]
#[case("JM", "7 Example Road", "Kingston 10", "St. Andrew", "")]
#[case("JO", "شارع المثال 9", "عمّان", "", "11118")]
#[case("JP", "千代田1-1 例ビル3階", "千代田区", "東京都", "〒100-0001")]
#[case("JP", "3-1-1 Umeda, Kita-ku", "Osaka", "Osaka", "5300001")]
#[case("KE", "Example Towers, Kenyatta Ave", "Nairobi", "", "00100")]
#[case("KH", "No. 12, Street 240", "Phnom Penh", "", "120207")]
#[case("KR", "세종대로 110", "중구", "서울특별시", "04524")]
#[case("KR", "110 Sejong-daero", "Jung-gu", "Seoul", "04524")]
#[case("KW", "Block 3, Street 14, Building 5", "Salmiya", "", "20003")]
#[case("KY", "Suite 5, 12 Example Drive, George Town", "George Town", "Grand Cayman", "KY1-1100")]
#[case("KZ", "ул. Примерная 5", "Алматы", "", "A10A5T4")]
#[case("LA", "Ban Example 3", "Vientiane", "", "01000")]
#[case("LB", "Example Street, Hamra", "Beirut", "", "1103 2020")]
#[case("LI", "Beispielstrasse 3", "Vaduz", "", "FL-9490")]
#[case("LK", "No 5, Example Road", "Colombo 03", "", "00300")]
#[case("LT", "Pavyzdžio g. 5-12", "Vilnius", "", "LT-01100")]
#[case("LU", "5, rue de l'Exemple", "Luxembourg", "", "L-1234")]
#[case("LV", "Piemēra iela 5", "Rīga", "", "LV-1010")]
#[case("MA", "12, rue de l'Exemple", "Casablanca", "", "20050")]
#[case("MC", "5, avenue de l'Exemple", "Monaco", "", "98000")]
#[case("MD", "str. Exemplu 5", "Chișinău", "", "MD-2012")]
#[case("MM", "No. 12, Example Street, Bahan", "Yangon", "", "11201")]
#[case("MO", "例子街5號3樓", "澳門", "", "")]
#[case("MT", "12, Triq l-Eżempju", "Valletta", "", "VLT 1234")]
#[case("MU", "5 Example Street", "Port Louis", "", "11328")]
#[case("MX", "Calle Ejemplo 10, Col. Juárez", "Ciudad de México", "CDMX", "06600")]
#[case("MX", "Av. Ejemplo 200", "Guadalajara", "Jalisco", "44100")]
#[case("MY", "12, Jalan Contoh 5/3", "Petaling Jaya", "Selangor", "47800")]
#[case("NG", "12 Example Close, Victoria Island", "Lagos", "Lagos", "101241")]
#[case("NL", "Voorbeeldstraat 12-1", "Amsterdam", "", "1017ab")]
#[case("NO", "Eksempelveien 5", "Oslo", "", "0150")]
#[case("NP", "Ward 3, Example Marg", "Kathmandu", "", "44600")]
#[case("NZ", "12 Example Terrace, Thorndon", "Wellington", "", "6011")]
#[case("OM", "Way 1234, Building 5", "Muscat", "", "112")]
#[case("PA", "Calle Ejemplo 50, piso 3", "Ciudad de Panamá", "Panamá", "")]
#[case("PE", "Av. Ejemplo 123, San Isidro", "Lima", "Lima", "15073")]
#[case("PH", "12 Example St., Brgy. Bel-Air", "Makati", "Metro Manila", "1209")]
#[case("PK", "House 5, Street 12, F-7/2", "Islamabad", "", "44000")]
#[case("PL", "ul. Przykładowa 5 m. 12", "Łódź", "", "90001")]
#[case("PT", "Rua do Exemplo 12, 3.º Esq.", "Lisboa", "", "1250-096")]
#[case("PY", "Calle Ejemplo 5", "Asunción", "", "1209")]
#[case("QA", "Zone 25, Street 840, Building 12", "Doha", "", "")]
#[case("RO", "Str. Exemplului nr. 5, bl. 3, ap. 12", "București", "Sector 1", "010011")]
#[case("RS", "Примерна 5", "Београд", "", "11000")]
#[case("RU", "ул. Примерная, д. 5, кв. 12", "Москва", "Москва", "101000")]
#[case("RW", "KG 5 Ave 12", "Kigali", "", "")]
#[case("SA", "1234 شارع المثال", "الرياض", "", "12211-3456")]
#[case("SE", "Exempelgatan 3, 4 tr", "Stockholm", "", "114 55")]
#[case("SG", "1 Example Place, #20-01", "Singapore", "", "048616")]
#[case("SI", "Primerna ulica 5", "Ljubljana", "", "SI-1000")]
#[case("SK", "Príkladná 12", "Bratislava", "", "811 01")]
#[case("SN", "12, rue de l'Exemple", "Dakar", "", "12500")]
#[case("TH", "99/1 ถนนตัวอย่าง", "คลองเตย", "กรุงเทพมหานคร", "10110")]
#[case("TH", "99/1 Example Road", "Khlong Toei", "Bangkok", "10110")]
#[case("TN", "5, rue de l'Exemple", "Tunis", "", "1002")]
#[case("TR", "Örnek Mah. Deneme Sk. No: 5/3", "Kadıköy", "İstanbul", "34710")]
#[case("TW", "信義路五段7號", "信義區", "台北市", "110")]
#[case("TW", "7 Example Rd. Sec. 5", "Xinyi District", "Taipei City", "11049")]
#[case("TZ", "Plot 5, Example Street", "Dar es Salaam", "", "11101")]
#[case("UA", "вул. Прикладна 5, кв. 12", "Київ", "", "01001")]
#[case("UG", "Plot 12, Example Road", "Kampala", "Central", "")]
#[case("US", "350 Fifth Avenue, Suite 7710", "New York", "NY", "10118")]
#[case("US", "1600 Example Pkwy", "Mountain View", "California", "94043-1351")]
#[case("US", "12 Example Blvd", "Washington", "D.C.", "20500")]
#[case("UY", "Calle Ejemplo 1234", "Montevideo", "Montevideo", "11100")]
#[case("VE", "Av. Ejemplo, Torre B, piso 5", "Caracas", "Distrito Capital", "1010")]
#[case("VG", "Example House, 5 Example Street", "Road Town", "", "VG1110")]
#[case("VN", "12 Đường Ví Dụ, Phường 5", "Thành phố Hồ Chí Minh", "", "700000")]
#[case("ZA", "12 Example Road, Sandton", "Johannesburg", "", "2196")]
#[case("ZM", "Plot 5, Example Road", "Lusaka", "", "10101")]
#[case("ZW", "12 Example Avenue", "Harare", "", "")]
fn nothing_is_said_of_an_address(
    #[case] country: &str,
    #[case] line1: &str,
    #[case] city: &str,
    #[case] state: &str,
    #[case] postcode: &str,
) {
    let kinds = [
        [
            Field::RegistrationAddressCountryCode,
            Field::RegistrationAddressLine1,
            Field::RegistrationAddressCity,
            Field::RegistrationAddressState,
            Field::RegistrationAddressPostcode,
        ],
        [
            Field::ResidentialAddressCountryCode,
            Field::ResidentialAddressLine1,
            Field::ResidentialAddressCity,
            Field::ResidentialAddressState,
            Field::ResidentialAddressPostcode,
        ],
    ];
    for kind in kinds {
        let texts = kind.into_iter().zip([country, line1, city, state, postcode]).collect::<Vec<_>>();
        let problems = problems_of(&with(&texts));
        assert_eq!(problems, vec![]);
    }
}
