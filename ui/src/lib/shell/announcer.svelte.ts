// Two regions that are there from the start speak for the whole window (UX.md B0 "Announcements").

class Announcer {
  /** Said when there is a pause. */
  polite = $state('');
  /** Said at once: what failed. */
  urgent = $state('');

  /** Says what happened. The same text twice is said twice. */
  say(text: string): void {
    this.polite = fresh(this.polite, text);
  }

  /** Says what failed, at once. */
  alert(text: string): void {
    this.urgent = fresh(this.urgent, text);
  }
}

/** A text that differs from the last one, so that the region changes: a no-break space is not heard. */
function fresh(last: string, text: string): string {
  return last === text ? `${text}\u00a0` : text;
}

export const announcer = new Announcer();
