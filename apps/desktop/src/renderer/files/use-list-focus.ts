import { useEffect, useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react';

/** What a list asks of a key, whether it came through React or from the window. */
export type ListKey = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'target' | 'preventDefault' | 'defaultPrevented'
>;

/**
 * Keeps the focus in the list when the row that had it leaves the document: the active row takes it. Returns what the
 * list's element listens to.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>, active: number) {
  const inside = useRef(false);
  useLayoutEffect(() => {
    if (!inside.current || !isNowhere(document.activeElement)) return;
    list.current?.querySelector<HTMLElement>(`[data-index="${String(active)}"]`)?.focus({ preventScroll: true });
  });
  return {
    onFocus: () => {
      inside.current = true;
    },
    onBlur: ({ target, relatedTarget }: FocusEvent) => {
      // A row that is taken out of the document is not left by the person.
      if (!target.isConnected || document.activeElement === target) return;
      inside.current = relatedTarget instanceof Node && list.current?.contains(relatedTarget) === true;
    },
  };
}

/** Hands over the keys that nothing else has: nothing is focused, no dialog is open. */
export function useUnclaimedKeys(handle: (event: ListKey) => void): void {
  const latest = useRef(handle);
  useEffect(() => {
    latest.current = handle;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || !isNowhere(document.activeElement) || document.querySelector('dialog[open]'))
        return;
      latest.current(event);
    };
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', listen);
    };
  }, []);
}

/** The body, or the page as a whole, which clicks on nothing leave the focus to. */
function isNowhere(element: Element | null): boolean {
  return element === null || element === document.body || element.id === 'main';
}
