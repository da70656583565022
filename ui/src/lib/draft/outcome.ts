/** The call never reached the host: names, refusal and time-outs before anything was sent (DECISIONS 12). */
export function isOffline(code: string): boolean {
  return code.startsWith('network.');
}

/** Sending waits until somebody has mended the connection. */
export function isPaused(code: string): boolean {
  return code.startsWith('auth.') || code.startsWith('tls.') || code === 'credentials.missing';
}
