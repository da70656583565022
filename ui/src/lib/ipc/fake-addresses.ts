// Made-up answers about addresses for fake-desk.ts: a few countries, each of another kind.
import type { AddressFormView, AddressPart, AddressSplit, AddressSplitView, CodeEntry } from './bindings';
import { fake } from './fake';

/** `value|name|in Latin letters`. */
const region = (row: string): CodeEntry => {
  const [value = '', label, latin] = row.split('|');
  return { value, label: label || null, aliases: latin ? [latin] : [] };
};
const REGIONS: Record<string, CodeEntry[]> = {
  AU: ['NSW|New South Wales', 'QLD|Queensland', 'SA|South Australia', 'TAS|Tasmania', 'VIC|Victoria'].map(region),
  CN: ['北京市||Beijing Shi', '上海市||Shanghai Shi', '江苏省||Jiangsu Sheng'].map(region),
  HK: ['Hong Kong Island|香港島', 'Kowloon|九龍', 'New Territories|新界'].map(region),
  JP: ['東京都||Tokyo', '大阪府||Osaka'].map(region),
  US: ['CA|California', 'NV|Nevada', 'NY|New York'].map(region),
};

/** The parts of a country in its order, `part:word`, `!` where it is required. */
function form(country: string, calling_code: string, parts: string, only_city: string | null = null): AddressFormView {
  return {
    country,
    only_city,
    calling_code,
    parts: parts.split(' ').map((row) => {
      const [part = '', word = part] = row.replace('!', '').split(':');
      return {
        part: part as AddressPart,
        word,
        required: row.endsWith('!'),
        options: part === 'state' ? (REGIONS[country] ?? []) : [],
        example: null,
      };
    }),
  };
}

const FORMS = [
  form('AU', '+61', 'line1! city:suburb! state:state! postcode:postcode!'),
  form('CN', '+86', 'postcode:postcode! state:province! city:city! line1!'),
  form('GB', '+44', 'line1! city:post_town! postcode:postcode!'),
  form('HK', '+852', 'state:area! city:district line1!'),
  form('JP', '+81', 'postcode:postcode! state:prefecture! line1!'),
  form('SG', '+65', 'line1! postcode:postcode!', 'Singapore'),
  form('US', '+1', 'line1! city:city! state:state! postcode:zip!'),
];

/** Takes the last lines for country, place and code: enough to look at. */
function split({ text, country }: AddressSplit): AddressSplitView {
  const rows = text.split(/[\n,]+/).flatMap((row) => row.trim() || []);
  const named = FORMS.find(({ country: code }) => NAMES[code] === rows.at(-1)?.toLowerCase());
  if (named) rows.pop();
  const last = /^(.*?)\s+(?:([A-Z]{2,3})\s+)?(\d{4,6})$/.exec(rows.at(-1) ?? '');
  if (last) rows.pop();
  return {
    found: last !== null && rows.length > 0,
    country: named?.country ?? (last ? country : ''),
    line1: rows.join(', '),
    city: last?.[1] ?? '',
    state: last?.[2] ?? '',
    postcode: last?.[3] ?? '',
  };
}

const NAMES: Record<string, string> = { AU: 'australia', GB: 'united kingdom', SG: 'singapore', US: 'united states' };

/** Answers the commands about addresses. */
export function answerAddresses(): void {
  fake
    .on('address_form', ({ country }) => {
      const known = FORMS.find((one) => one.country === country);
      return known ?? { country, parts: [], only_city: null, calling_code: null };
    })
    .on('address_split', split);
}
