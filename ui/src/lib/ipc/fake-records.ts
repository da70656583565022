// Made-up connections, drafts and customers for fake-desk.ts.
import type { CodeListsView } from './bindings';

export { answer401, archivedConnections, connections } from './fake-connections';

const list = (key: string, ...values: string[]) => ({
  key,
  entries: values.map((value) => ({ value, label: null, aliases: [] })),
  own: false,
});
const ALIASES: Record<string, string[]> = { GB: ['UK', 'Britain'], NL: ['Holland'], US: ['USA', 'America'] };
/** Every country: a list that is longer than what is drawn of it. */
const COUNTRIES = [
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC',
  'CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD',
  'GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH',
  'KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW',
  'MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC',
  'SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY',
  'UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW',
].flatMap((row) => row.split(' '));
/** As many industries as there are codes of cards' merchants. */
const industries = {
  key: 'industry_category_code',
  entries: Array.from({ length: 600 }, (_, at) => {
    const value = String(4900 + at);
    const label = value === '5072' ? 'Hardware, plumbing and heating equipment, wholesale' : `Made-up trade ${at}`;
    return { value, label, aliases: [] };
  }),
  own: false,
};
export const lists: CodeListsView = {
  countries: COUNTRIES.map((code) => ({ code, aliases: ALIASES[code] ?? [] })),
  currencies: ['AUD', 'EUR', 'GBP', 'HKD', 'JPY', 'KWD', 'SGD', 'USD'],
  lists: [
    list('business_type', ...['Limited Liability Company', 'Sole Proprietorship', 'Partnership']),
    list('business_identifier_type', ...['Business Registration', 'Certificate of Incorporation', 'Tax ID']),
    list('account_usage_product_reference', ...['Global Account', 'Payout', 'Acquiring']),
    list('role_type', ...['Director', 'Shareholder', 'Ultimate Beneficial Owner', 'Authorised Signatory']),
    list('id_type', ...['Passport', 'National ID', 'Driving Licence']),
    industries,
  ],
};
