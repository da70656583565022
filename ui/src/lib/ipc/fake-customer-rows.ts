// The made-up rows of fake-customers.ts: those of the pictures (VISUAL.md), then as many as fill three pages.
import type { AppView, CustomerRowView, StatusGroup } from './bindings';

/** A row that the fake program knows. */
export type Known = CustomerRowView;

const DRAWN: [name: string, local: string, country: string, status: string, hoursAgo: number][] = [
  ['Harbour Nine Logistics Limited', '九號港物流有限公司', 'HK', 'Processing', 0.2],
  ['Mingyue Textile (Suzhou) Co., Ltd.', '苏州明玥纺织有限公司', 'CN', 'Suspended', 0.4],
  ['Zaytoun Fresh Foods Trading LLC', 'شركة زيتون لتجارة الأغذية الطازجة', 'AE', 'Succeeded', 0.7],
  ['Okabe Lens Works K.K.', '岡部レンズ製作所株式会社', 'JP', 'Succeeded', 1.3],
  ['Brightwater Ceramics Pte. Ltd.', '明水陶瓷私人有限公司', 'SG', 'Processing', 2.7],
  ['Narae Bolt & Gear Co., Ltd.', '주식회사 나래볼트기어', 'KR', 'Succeeded', 3.4],
  [
    'Kwun Tong Precision Optics and Instrument Manufacturing Limited',
    '觀塘精密光學儀器製造有限公司',
    'HK',
    'Succeeded',
    3.9,
  ],
  ['Lotus Gate Tea Merchants', '蓮門茶莊', 'HK', 'Failed', 5.2],
  ['Tanaka Shiraishi Marine Supply', '田中白石船具', 'JP', 'Succeeded', 26],
  ['Noor Al Bahr Shipping FZE', 'نور البحر للملاحة', 'AE', 'on_hold_l2', 27],
  ['Red Maple Stationery (Shenzhen) Ltd.', '深圳红枫文具有限公司', 'CN', 'Succeeded', 29],
  ['Sungai Biru Packaging Sdn. Bhd.', '', 'MY', 'Succeeded', 32],
  ['Łódź Loom House Sp. z o.o., Taipei Branch', '羅茲織坊台北分公司', 'TW', 'Processing', 34],
  ['Jade Ferry Travel Limited', '玉渡旅遊有限公司', 'HK', 'Succeeded', 50],
  ["O'Dwyer & Figg Joinery (Asia) Limited", '', 'HK', 'Succeeded', 53],
  ['Hinoki Bath Fittings K.K.', '檜風呂金物株式会社', 'JP', 'Succeeded', 57],
  ['Southern Cape Abalone Limited', '南角鮑魚有限公司', 'HK', 'Suspended', 72],
  ['Wujiang Clear Lake Dyeing Co., Ltd.', '吴江清湖印染有限公司', 'CN', 'Succeeded', 78],
  ['Peony Road Optical Limited', '牡丹路眼鏡有限公司', 'HK', 'Succeeded', 130],
];

const GROUP: Record<string, StatusGroup> = {
  Processing: 'waiting',
  Succeeded: 'active',
  Suspended: 'attention',
  Failed: 'stopped',
};

/** The places of those that changed. */
const CHANGED = [1, 2, 6];

const MORE = 300 - DRAWN.length;
const PLACES = ['HK', 'CN', 'SG', 'JP', 'MY', 'GB', 'DE', 'AE'];
const TRADES = ['Trading', 'Foods', 'Optics', 'Marine', 'Textiles', 'Ceramics', 'Travel'];
const STATUSES = ['Succeeded', 'Succeeded', 'Succeeded', 'Processing', 'Succeeded', 'Failed', 'Suspended'];

/** Three hundred customers of the connections of the chosen environment; some of them may have changed meanwhile. */
export function allRows(state: AppView, stale: boolean, changed = false): Known[] {
  const here = state.connections.find((each) => each.id === state.current_connection);
  const all = state.connections.filter((each) => each.environment === here?.environment);
  const ours = all.filter((each) => each.kind === 'axisfi').map((each) => each.id);
  const made = Array.from({ length: MORE }, (_, at): (typeof DRAWN)[number] => [
    `Lantern Quay ${TRADES[at % TRADES.length] ?? ''} No. ${at + 1} Limited`,
    at % 3 === 0 ? `灯码头第${at + 1}号` : '',
    PLACES[at % PLACES.length] ?? '',
    STATUSES[at % STATUSES.length] ?? '',
    140 + at * 4,
  ]);
  return [...DRAWN, ...made].map(([name, local_name, country, raw, hours], at) => ({
    connection: ours[at % 5 === 3 ? ours.length - 1 : 0] ?? '',
    customer_id: `cus_${(0x79fb0000 + at * 7919).toString(16)}a1b2c3d4e5f60718293a4b5c${(0x244e + at).toString(16)}`,
    partner_customer_id: `${name
      .toLowerCase()
      .replace(/[^a-z]+/g, '-')
      .slice(0, 14)}-2026-${String(at).padStart(4, '0')}`,
    name,
    local_name,
    country,
    status: { group: GROUP[raw] ?? 'unknown', raw },
    changed_at: changed && CHANGED.includes(at) ? new Date(Date.now() - hours * 3_600_000).toISOString() : null,
    read_at: new Date(Date.now() - (stale ? 41 * 24 + hours / 100 : hours) * 3_600_000).toISOString(),
    party: null,
    email: null,
    unread: false,
    unlisted_at: null,
  }));
}

const BULTRA_STATUS: [raw: string, group: StatusGroup][] = [
  ['ACTIVE', 'active'],
  ['PENDING', 'waiting'],
  ['ACTIVE', 'active'],
  ['EDD_L2F', 'attention'],
  ['ACTIVE', 'active'],
  ['FROZEN', 'attention'],
  ['CLOSED', 'stopped'],
  ['IN_ORBIT', 'unknown'],
];
const PEOPLE = ['Ines Valverde', 'Tomás Okonkwo', 'Wen-Li Hsu', 'Mariam Haddad', 'Jonas Eklund', 'Priya Raman'];
const FIRMS = ['Juniper Tide Shipping Ltd.', 'Copper Kettle Foods B.V.', 'Nine Elms Optics Limited'];

/** The n-th row of the list of the Bultra connection: known from that list alone until it is read. */
export function bultraRow(connection: string, at: number): Known {
  const [raw, group] = BULTRA_STATUS[at % BULTRA_STATUS.length] ?? ['ACTIVE', 'active'];
  return {
    connection,
    customer_id: `cus_b${(0x51fe03 + at * 104729).toString(16)}`,
    partner_customer_id: null,
    name: '',
    local_name: '',
    country: null,
    status: { group, raw },
    changed_at: null,
    read_at: new Date(Date.now() - 60_000 * (at < 400 ? 30 : 0)).toISOString(),
    party: at % 4 === 1 ? 'CORPORATION' : 'INDIVIDUAL',
    email: at % 17 === 5 ? null : `${'abcdefghij'.charAt(at % 10)}•••@•••.example`,
    unread: true,
    unlisted_at: at === 4 ? new Date(Date.now() - 7_200_000).toISOString() : null,
  };
}

/** The row once it was read. */
export function readNow(row: Known): Known {
  if (row.unread) {
    const at = Number.parseInt(row.customer_id.slice(-3), 16);
    const names = row.party === 'CORPORATION' ? FIRMS : PEOPLE;
    Object.assign(row, {
      name: names[at % names.length],
      country: PLACES[at % PLACES.length],
      unread: false,
      email: null,
    });
  }
  row.read_at = new Date().toISOString();
  return row;
}

/** Those of the Bultra connection of the chosen environment, a few of them read; `listed` has four pages of its list. */
export function bultraRows(state: AppView, listed: boolean): Known[] {
  const here = state.connections.find((each) => each.id === state.current_connection);
  const bultra = state.connections.find((each) => each.environment === here?.environment && each.kind === 'bultra');
  if (!bultra) return [];
  const drawn = (customer_id: string, name: string, party: string, minutes: number): Known => ({
    ...bultraRow(bultra.id, 0),
    customer_id,
    name,
    party,
    country: name ? 'SG' : null,
    email: name ? null : 'm•••@•••.example',
    unread: !name,
    read_at: new Date(Date.now() - minutes * 60_000).toISOString(),
  });
  const rows = Array.from({ length: listed ? 400 : 12 }, (_, at) => bultraRow(bultra.id, at));
  rows.forEach((row, at) => {
    if (at % 40 < 7) readNow(row).read_at = new Date(Date.now() - (at + 1) * 700_000).toISOString();
  });
  return [
    drawn('cust_corp', 'Tidewater Instruments Pte. Ltd.', 'CORPORATION', 24),
    drawn('cust_person', 'John Doe', 'INDIVIDUAL', 26),
    drawn('cust_unread', '', 'CORPORATION', 27),
    ...rows,
  ];
}
