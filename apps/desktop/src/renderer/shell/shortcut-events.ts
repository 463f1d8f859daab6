/** Asks for the list of shortcuts, from anywhere on the page. */
export const helpEvent = 'enxame:shortcuts';

export function showShortcuts(): void {
  window.dispatchEvent(new Event(helpEvent));
}
