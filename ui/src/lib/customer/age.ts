const DAY_MS = 86_400_000;

/** A reading older than this may no longer be what the platform has: it says its age. */
export const STALE_AFTER_DAYS = 30;
/** A document that ends within this is marked: time to ask for the next one. */
export const EXPIRES_SOON_DAYS = 30;

/** Whole days since an instant, where they are enough to say so; nothing for a fresh reading. */
export function staleDays(readAt: string, now: number = Date.now()): number | null {
  const days = Math.floor((now - Date.parse(readAt)) / DAY_MS);
  return days > STALE_AFTER_DAYS ? days : null;
}

/** Whether a calendar date has passed, or soon will. What is no date is neither. */
export function expiryOf(date: string, now: Date = new Date()): 'expired' | 'soon' | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  if (!parts) return null;
  const [, year, month, day] = parts.map(Number);
  // Both as days of the calendar: no time zone moves them (DECISIONS 10).
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const left = (Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1) - today) / DAY_MS;
  if (left < 0) return 'expired';
  return left <= EXPIRES_SOON_DAYS ? 'soon' : null;
}
