// Made-up connections, drafts and customers for fake-desk.ts.
import type { CodeListsView } from './bindings';

export { answer401, archivedConnections, connections } from './fake-connections';

export const lists: CodeListsView = {
  countries:
    'AE AR AT AU AX BE BR CA CH CI CN DE DK ES FI FR GB HK HN ID IE IN IT JP KR MX MY NL NZ PH SG TH TZ US VN'.split(
      ' ',
    ),
  currencies: ['AUD', 'EUR', 'GBP', 'HKD', 'JPY', 'KWD', 'SGD', 'USD'],
  business_types: ['Limited Liability Company', 'Sole Proprietorship', 'Partnership'],
  business_identifier_types: ['Business Registration', 'Certificate of Incorporation', 'Tax ID'],
  product_references: ['Global Account', 'Payout', 'Acquiring'],
  role_types: ['Director', 'Shareholder', 'Ultimate Beneficial Owner', 'Authorised Signatory'],
  id_types: ['Passport', 'National ID', 'Driving Licence'],
};
