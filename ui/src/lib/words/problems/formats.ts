// What the formats of numbers are called and how they look, by the names that desk-domain's reference/ gives them.

/** The words of a format: its name, and how its numbers look after “must be”. */
type Format = readonly [name: string, form: string];

const FORMATS: Record<string, Format> = {
  // Of businesses (reference/identifiers).
  abn: ['ABN', '11 digits'],
  acn: ['ACN', '9 digits'],
  ca_bn: ['business number', '9 digits'],
  ch_uid: ['UID', 'CHE and 9 digits'],
  cn_licence: ['business licence', '15 digits'],
  cnpj: ['CNPJ', '14 letters and digits'],
  cpf: ['CPF', '11 digits'],
  de_register: ['register number', 'like HRB 12345'],
  ein: ['EIN', '9 digits, like 12-3456789'],
  es_nif: ['NIF', '9 letters and digits'],
  gb_company: ['company number', 'like 01234567 or SC123456'],
  hk_br: ['business registration number', '8 digits, or the number of the whole certificate'],
  hk_company: ['company number', '3 to 7 digits'],
  in_cin: ['CIN', '21 letters and digits'],
  in_gstin: ['GSTIN', '15 letters and digits'],
  in_pan: ['PAN', '10 letters and digits'],
  it_piva: ['partita IVA', '11 digits'],
  jp_company: ['company number', '12 digits'],
  jp_corporate: ['corporate number', '13 digits'],
  lei: ['LEI', '20 letters and digits'],
  nl_kvk: ['KVK number', '8 or 12 digits'],
  siren: ['SIREN', '9 digits'],
  siret: ['SIRET', '14 digits'],
  tfn: ['TFN', '8 or 9 digits'],
  uen: ['UEN', '9 or 10 letters and digits'],
  uscc: ['USCC', '18 characters, without I, O, S, V or Z'],
  vat_de: ['German VAT number', 'DE and 9 digits'],
  vat_fr: ['French VAT number', 'FR, 2 characters and 9 digits'],
  vat_gb: ['UK VAT number', '9 or 12 digits'],
  vat_nl: ['Dutch VAT number', 'like NL123456789B01'],
  // Of persons (reference/identity).
  cn_resident_id: ['resident ID', '18 characters'],
  hkid: ['Hong Kong identity card', 'like A123456(3)'],
  passport: ['passport', '6 to 9 letters and digits'],
  sg_nric: ['NRIC or FIN', 'like S1234567D'],
  tw_id: ['Taiwan ID', 'like A123456789'],
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** How the numbers of a format must look, as a sentence; none where it is not known. */
export function formatMust(format: string | undefined): string | null {
  const words = FORMATS[format ?? ''];
  return words ? `${capital(words[0])} must be ${words[1]}` : null;
}

/** How the numbers of one or several formats look, as a choice; none where one is not known. */
export function formatsUsual(formats: string | undefined): string | null {
  const words = (formats ?? '').split(',').map((format) => FORMATS[format]);
  return words.every((one) => one !== undefined) ? words.map(([name, form]) => `${form} (${name})`).join(' or ') : null;
}

/** The formats that have words. */
export const FORMAT_NAMES: readonly string[] = Object.keys(FORMATS);
