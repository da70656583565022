import { ipcError } from '$lib/ipc';

const MB = 1_000_000;

/** The bytes of a file as base64. What cannot be sent is refused before a byte of it is read. */
export function readFile(file: File, limitBytes: number): Promise<string> {
  if (file.size === 0) return Promise.reject(ipcError('document.empty'));
  if (limitBytes > 0 && file.size > limitBytes) {
    // Rounded up: what is a little over the limit does not read as if it were under it.
    const size_mb = (Math.ceil((file.size / MB) * 10) / 10).toFixed(1);
    return Promise.reject(ipcError('document.too_large', { size_mb, limit_mb: String(limitBytes / MB) }));
  }
  return new Promise((resolve, reject) => {
    // The browser's own reader works beside the page: a large file does not stop it.
    const reader = new FileReader();
    reader.onload = () => {
      const address = String(reader.result);
      resolve(address.slice(address.indexOf(',') + 1));
    };
    reader.onerror = () => reject(ipcError('document.unreadable'));
    reader.readAsDataURL(file);
  });
}
