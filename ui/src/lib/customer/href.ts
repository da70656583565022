/** The address of a record, without what it names. */
export const CUSTOMER = '/customer';
