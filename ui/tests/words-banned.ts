/** What is never said to a user (UX.md P9). The days of a certificate are no judgement on what was typed. */
export const BANNED =
  /\b(please|sorry|invalid|(?<!certificate )valid|oops|this field is required|whoops|successfully)\b/i;
