// How the program masks a value (DECISIONS 14), for made-up ones.

/** The mask of a personal value by its path; none of what is shown to everybody. */
export function masked(path: string, text: string): string | null {
  if (text === '') return null;
  if (/contact_email$/.test(path)) return `${text.charAt(0)}•••@•••.${text.split('.').at(-1)}`;
  if (/contact_phone$/.test(path)) return `${text.slice(0, 3)} •••• ••${text.slice(-2)}`;
  if (/birth_date$/.test(path)) return `${text.slice(0, 4)}-••-••`;
  if (/(id|identifier)_number$/.test(path)) return `•••••${text.slice(-4)}`;
  return /residential_address_(line1|city|state|postcode)$/.test(path) ? '••••••••' : null;
}
