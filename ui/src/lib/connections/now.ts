/** This instant as the program writes one: RFC 3339 at UTC. */
export function now(): string {
  return new Date().toISOString();
}
