/** So long the browser may need to take the bytes over; then they are given back. */
const takeOverMs = 60_000;

/** Puts what a page received among the downloads of the browser. */
export function saveParts(parts: readonly Uint8Array<ArrayBuffer>[], name: string): void {
  // Never the type of the content: the browser must not show it on this origin.
  const url = URL.createObjectURL(new Blob([...parts], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, takeOverMs);
}
