/** The browser hashes only what is in memory as a whole: more than this would cost the page its memory. */
export const maxHashedHereBytes = 512 * 1024 * 1024;

/** SHA-256 in hex of a file of this computer. Rejects when it cannot be read. */
export async function hashFile(file: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
