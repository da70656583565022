// The one catalogue: every visible word of the page, one object a screen. Codes of the program become words in
// errors.ts (what failed), problems.ts (rules of a draft) and blocked.ts (why it cannot start); labels are in fields.ts.
import { blocked } from './blocked';
import { components } from './components';
import { connections } from './connections';
import { customer } from './customer';
import { draft } from './draft';
import { shell } from './shell';

export const words = { blocked, components, connections, customer, draft, shell };
export { errorText, errorWords } from './errors';
export { FIELD_KEYS, fieldLabel, fieldName, sectionTitle } from './fields';
export { missingText, problemText } from './problems';
