// Makes country-names.txt: names of countries out of the CLDR that Node carries, and our own. No part of any build: run by
// hand for a newer CLDR.
//
//     node make-country-names.mjs > country-names.txt
//
// A line is `CC`, a tab, and names between semicolons: English ones, those of the country's own languages, Chinese ones,
// ours; where English has them, another tab and what its people and things are called. Codes of three letters are not in it; the program has them from ISO 3166-1.

// Languages that a country writes besides the one that its code stands for in the CLDR's likely subtags.
const LANGUAGES = {
    AE: 'ar', AF: 'fa ps', AZ: 'az', BA: 'bs hr sr', BE: 'nl fr de', BN: 'ms', BO: 'es qu ay', BY: 'be ru', CA: 'fr',
    CH: 'de fr it rm', CI: 'fr', CM: 'fr', CN: 'zh-Hans zh-Hant', CY: 'el tr', DZ: 'ar fr', ER: 'ti ar', ES: 'es ca eu gl',
    FI: 'fi sv', GB: 'cy gd', HK: 'zh-Hant zh-Hans', IE: 'ga', IL: 'he ar', IN: 'hi bn ta te', IQ: 'ar ku', KE: 'sw',
    KG: 'ky ru', KZ: 'kk ru', LK: 'si ta', LU: 'fr de lb', MA: 'ar fr', MG: 'mg fr', MK: 'mk sq', MO: 'zh-Hant pt', MT: 'mt',
    MY: 'ms', NO: 'nb nn', NZ: 'mi', PE: 'es qu', PH: 'fil', PK: 'ur', PY: 'es gn', RS: 'sr sr-Latn', RW: 'rw fr',
    SG: 'ms ta zh-Hans', SN: 'fr wo', TD: 'fr ar', TN: 'ar fr', TW: 'zh-Hant zh-Hans', TZ: 'sw', UA: 'uk ru', UZ: 'uz ru',
    VU: 'fr', WS: 'sm', ZA: 'af zu xh', ZW: 'sn nd',
}

// Everyday, older and partial names, abbreviations.
const OURS = {
    AE: 'UAE;U.A.E.;Emirates', BA: 'Bosnia;Bosnia-Herzegovina', BN: 'Brunei', BO: 'Bolivia', BQ: 'Bonaire', CD: 'DRC;Democratic Republic of the Congo;Democratic Republic of Congo;Congo, Democratic Republic of the;Congo-Kinshasa;DR Congo;Zaire',
    CG: 'Republic of the Congo;Republic of Congo;Congo, Republic of the;Congo Brazzaville;Congo-Brazzaville', CI: 'Ivory Coast', CN: 'PRC;P.R.C.;PR China;P.R. China;People\'s Republic of China;Mainland China;中華人民共和國;中华人民共和国',
    CV: 'Cape Verde;Cabo Verde', CZ: 'Czechia;Czech Republic', DE: 'BRD', DO: 'Dominican Republic', FK: 'Falklands;Malvinas',
    FM: 'Micronesia', GB: 'UK;U.K.;Great Britain;Britain;England;Scotland;Wales;Northern Ireland', GR: 'Hellas',
    HK: 'Hong Kong, China;HKSAR;Hong Kong SAR;Hongkong;Hong Kong S.A.R.', IE: 'Republic of Ireland;Eire', IR: 'Iran', KP: 'North Korea;Korea, North;Democratic People\'s Republic of Korea;DPRK',
    KR: 'South Korea;Korea, South;Korea;ROK;Republic of Korea;대한민국;한국;남한', LA: 'Laos', MD: 'Moldova', MK: 'Macedonia;North Macedonia;FYROM',
    MM: 'Burma;Myanmar', MO: 'Macau, China;Macao, China;Macao;Macau;Macao SAR', NL: 'Holland;The Netherlands', PS: 'Palestine',
    RU: 'Russia', SA: 'KSA;Saudi', SY: 'Syria', SZ: 'Swaziland;eSwatini', TL: 'East Timor;Timor-Leste', TR: 'Turkey;Türkiye',
    TW: 'Taiwan, China;Taiwan;Formosa;Taiwan, R.O.C.;台灣;臺灣;台湾', TZ: 'Tanzania', US: 'USA;U.S.A.;U.S.;America;United States;United States of America;the States;EE.UU.;EEUU',
    VA: 'Vatican;Vatican City', VE: 'Venezuela', VG: 'BVI;British Virgin Islands', VI: 'USVI;US Virgin Islands', VN: 'Vietnam;Viet Nam',
    KY: 'Cayman', KN: 'St. Kitts;Saint Kitts', VC: 'St. Vincent;Saint Vincent', TC: 'Turks and Caicos;Turks & Caicos', AG: 'Antigua', TT: 'Trinidad',
    MH: 'Marshalls', SB: 'Solomons', FO: 'Faroes;Faeroe Islands', CC: 'Keeling Islands', PM: 'St. Pierre', SH: 'St. Helena', SJ: 'Svalbard', WF: 'Wallis and Futuna',
    JP: '日本国;Nippon;Nihon', BH: 'Bahrein', ST: 'Sao Tome',
}

// What the people and things of a country are called in English, ours: words for a nationality. A word of several
// countries (Congolese, Dominican, Guinean, Korean, Virgin Islander) names none and is not here.
const ADJECTIVES = {
    AD: 'Andorran', AE: 'Emirati;Emirian', AF: 'Afghan;Afghani', AG: 'Antiguan;Barbudan', AI: 'Anguillan',
    AL: 'Albanian', AM: 'Armenian', AO: 'Angolan', AQ: 'Antarctic', AR: 'Argentine;Argentinian;Argentinean',
    AS: 'American Samoan', AT: 'Austrian', AU: 'Australian', AW: 'Aruban', AX: 'Ålandish', AZ: 'Azerbaijani;Azeri',
    BA: 'Bosnian;Bosnian and Herzegovinian;Herzegovinian', BB: 'Barbadian;Bajan', BD: 'Bangladeshi', BE: 'Belgian',
    BF: 'Burkinabè;Burkinabe', BG: 'Bulgarian', BH: 'Bahraini', BI: 'Burundian', BJ: 'Beninese',
    BM: 'Bermudian;Bermudan', BN: 'Bruneian', BO: 'Bolivian', BR: 'Brazilian', BS: 'Bahamian', BT: 'Bhutanese',
    BW: 'Botswanan;Motswana;Batswana', BY: 'Belarusian;Byelorussian', BZ: 'Belizean',
    CA: 'Canadian', CF: 'Central African', CH: 'Swiss', CI: 'Ivorian', CK: 'Cook Islander', CL: 'Chilean',
    CM: 'Cameroonian', CN: 'Chinese', CO: 'Colombian', CR: 'Costa Rican', CU: 'Cuban',
    CV: 'Cape Verdean;Cabo Verdean', CW: 'Curaçaoan', CX: 'Christmas Islander', CY: 'Cypriot', CZ: 'Czech',
    DE: 'German', DJ: 'Djiboutian', DK: 'Danish;Dane', DZ: 'Algerian',
    EC: 'Ecuadorian;Ecuadorean', EE: 'Estonian', EG: 'Egyptian', EH: 'Sahrawi;Sahraoui', ER: 'Eritrean',
    ES: 'Spanish;Spaniard', ET: 'Ethiopian', FI: 'Finnish;Finn', FJ: 'Fijian', FK: 'Falkland Islander',
    FM: 'Micronesian', FO: 'Faroese', FR: 'French', GA: 'Gabonese',
    GB: 'British;Briton;English;Scottish;Welsh;Northern Irish', GD: 'Grenadian', GE: 'Georgian',
    GF: 'French Guianese', GH: 'Ghanaian', GI: 'Gibraltarian', GL: 'Greenlandic;Greenlander', GM: 'Gambian',
    GP: 'Guadeloupean', GQ: 'Equatorial Guinean;Equatoguinean', GR: 'Greek;Hellenic', GT: 'Guatemalan',
    GU: 'Guamanian', GW: 'Bissau-Guinean', GY: 'Guyanese',
    HK: 'Hong Konger;Hongkonger;Hong Kongese', HN: 'Honduran', HR: 'Croatian;Croat', HT: 'Haitian', HU: 'Hungarian',
    ID: 'Indonesian', IE: 'Irish', IL: 'Israeli', IM: 'Manx', IN: 'Indian', IQ: 'Iraqi', IR: 'Iranian;Persian',
    IS: 'Icelandic;Icelander', IT: 'Italian', JM: 'Jamaican', JO: 'Jordanian', JP: 'Japanese', KE: 'Kenyan',
    KG: 'Kyrgyz;Kyrgyzstani;Kirghiz', KH: 'Cambodian;Khmer', KI: 'I-Kiribati', KM: 'Comoran;Comorian',
    KN: 'Kittitian;Nevisian', KP: 'North Korean', KR: 'South Korean', KW: 'Kuwaiti', KY: 'Caymanian',
    KZ: 'Kazakh;Kazakhstani',
    LA: 'Lao;Laotian', LB: 'Lebanese', LC: 'Saint Lucian;St. Lucian', LI: 'Liechtensteiner', LK: 'Sri Lankan',
    LR: 'Liberian', LS: 'Basotho;Mosotho', LT: 'Lithuanian', LU: 'Luxembourger;Luxembourgish', LV: 'Latvian',
    LY: 'Libyan', MA: 'Moroccan', MC: 'Monégasque;Monacan', MD: 'Moldovan', ME: 'Montenegrin',
    MG: 'Malagasy;Madagascan', MH: 'Marshallese', MK: 'Macedonian;North Macedonian', ML: 'Malian', MM: 'Burmese',
    MN: 'Mongolian', MO: 'Macanese', MQ: 'Martinican;Martiniquais', MR: 'Mauritanian', MS: 'Montserratian',
    MT: 'Maltese', MU: 'Mauritian', MV: 'Maldivian', MW: 'Malawian', MX: 'Mexican', MY: 'Malaysian', MZ: 'Mozambican',
    NA: 'Namibian', NC: 'New Caledonian', NE: 'Nigerien', NF: 'Norfolk Islander', NG: 'Nigerian', NI: 'Nicaraguan',
    NL: 'Dutch;Netherlander', NO: 'Norwegian', NP: 'Nepalese;Nepali', NR: 'Nauruan', NU: 'Niuean',
    NZ: 'New Zealander;Kiwi', OM: 'Omani', PA: 'Panamanian', PE: 'Peruvian', PF: 'French Polynesian',
    PG: 'Papua New Guinean;Papuan', PH: 'Filipino;Filipina;Philippine', PK: 'Pakistani', PL: 'Polish;Pole',
    PN: 'Pitcairn Islander', PR: 'Puerto Rican', PS: 'Palestinian', PT: 'Portuguese', PW: 'Palauan', PY: 'Paraguayan',
    QA: 'Qatari', RE: 'Réunionese;Reunionese', RO: 'Romanian;Rumanian', RS: 'Serbian;Serb', RU: 'Russian',
    RW: 'Rwandan;Rwandese',
    SA: 'Saudi Arabian', SB: 'Solomon Islander', SC: 'Seychellois', SD: 'Sudanese', SE: 'Swedish;Swede',
    SG: 'Singaporean', SH: 'Saint Helenian;St. Helenian', SI: 'Slovenian;Slovene', SK: 'Slovak;Slovakian',
    SL: 'Sierra Leonean', SM: 'Sammarinese', SN: 'Senegalese', SO: 'Somali;Somalian', SR: 'Surinamese',
    SS: 'South Sudanese', ST: 'São Toméan;Santomean', SV: 'Salvadoran;Salvadorian', SY: 'Syrian', SZ: 'Swazi',
    TC: 'Turks and Caicos Islander', TD: 'Chadian', TG: 'Togolese', TH: 'Thai', TJ: 'Tajik;Tajikistani',
    TK: 'Tokelauan', TL: 'Timorese;East Timorese', TM: 'Turkmen;Turkmenistani', TN: 'Tunisian', TO: 'Tongan',
    TR: 'Turkish;Turk', TT: 'Trinidadian;Tobagonian;Trinbagonian', TV: 'Tuvaluan', TW: 'Taiwanese', TZ: 'Tanzanian',
    UA: 'Ukrainian', UG: 'Ugandan', US: 'American;U.S. citizen;US American', UY: 'Uruguayan', UZ: 'Uzbek;Uzbekistani',
    VC: 'Vincentian', VE: 'Venezuelan', VG: 'British Virgin Islander', VI: 'U.S. Virgin Islander', VN: 'Vietnamese',
    VU: 'Ni-Vanuatu;Vanuatuan', WF: 'Wallisian;Futunan', WS: 'Samoan', YE: 'Yemeni;Yemenite', YT: 'Mahoran',
    ZA: 'South African', ZM: 'Zambian', ZW: 'Zimbabwean',
}

// In the CLDR, but no country of ISO 3166-1.
const NOT_ISO = new Set(['AC', 'AN', 'BU', 'CP', 'CQ', 'CS', 'CT', 'DD', 'DG', 'DY', 'EA', 'EU', 'EZ', 'FQ', 'FX', 'HV', 'IC', 'JT', 'MI',
    'NH', 'NQ', 'NT', 'PC', 'PU', 'PZ', 'QO', 'RH', 'SU', 'TA', 'TP', 'UK', 'UN', 'VD', 'WK', 'XA', 'XB', 'XK', 'YD', 'YU', 'ZR', 'ZZ'])

const folded = (name) => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

const named = new Map()
const names = (language, style) => {
    const key = `${language} ${style}`
    if (!named.has(key)) named.set(key, new Intl.DisplayNames([language], { type: 'region', style, fallback: 'none' }))
    return named.get(key)
}

const adjectiveOf = new Map()
const lines = ['# Made by make-country-names.mjs; do not edit. Source and licence: SOURCES.md.']
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
for (const code of letters.flatMap((a) => letters.map((b) => a + b))) {
    if (NOT_ISO.has(code) || !names('en', 'long').of(code)) continue
    const likely = new Intl.Locale(`und-${code}`).maximize()
    const own = [`${likely.language}-${likely.script}`, ...(LANGUAGES[code] ?? '').split(' ')].filter(Boolean)
    const known = new Intl.DisplayNames([own[0]], { type: 'region' }).resolvedOptions().locale.split('-')[0]
    const languages = ['en', ...own.filter((it) => it !== own[0] || known === likely.language), 'zh-Hans', 'zh-Hant']
    const found = languages.flatMap((it) => ['long', 'short', 'narrow'].map((style) => names(it, style).of(code)))
    found.push(...(OURS[code] ?? '').split(';'))
    const kept = new Map()
    for (const name of found) {
        // Two Latin letters are a code or a guess (`DU` is Welsh for the United Kingdom); only this one is a name.
        if (!name || (/^[A-Z]{1,2}$/i.test(name) && name !== 'UK')) continue
        if (!kept.has(folded(name))) kept.set(folded(name), name.normalize('NFC'))
    }
    const adjectives = (ADJECTIVES[code] ?? '').split(';').filter(Boolean)
    for (const word of adjectives) {
        const other = adjectiveOf.get(folded(word))
        if (other && other !== code) throw new Error(`${word} is of ${other} and ${code}`)
        adjectiveOf.set(folded(word), code)
    }
    lines.push([code, [...kept.values()].join(';'), adjectives.join(';')].filter(Boolean).join('\t'))
}
console.log(lines.join('\n'))
