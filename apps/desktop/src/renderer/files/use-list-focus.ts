import { useEffect, useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react';

/** What a list asks of a key, whether it came through React or from the window. */
export type ListKey = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'target' | 'preventDefault' | 'defaultPrevented'
>;

/**
 * Keeps the focus in the list when the row that had it leaves the document or moves, or when its element shows another
 * row: the active row takes it. Returns what the list's element listens to.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>, active: number) {
  const inside = useRef(false);
  /** Which row has the focus, or has what has it. */
  const focused = useRef<string>(undefined);
  const before = useRef(active);
  useLayoutEffect(() => {
    const has = document.activeElement;
    const isLeft = isNowhere(has) || indexOf(has) !== focused.current;
    const isMoved = focused.current === String(before.current) && before.current !== active;
    before.current = active;
    if (!inside.current || !(isLeft || isMoved)) return;
    list.current?.querySelector<HTMLElement>(`[data-index="${String(active)}"]`)?.focus({ preventScroll: true });
  });
  return {
    onFocus: ({ target }: FocusEvent) => {
      inside.current = true;
      focused.current = indexOf(target);
    },
    onBlur: ({ target, relatedTarget }: FocusEvent) => {
      // A row that is taken out of the document is not left by the person.
      if (!target.isConnected || document.activeElement === target) return;
      inside.current = relatedTarget instanceof Node && list.current?.contains(relatedTarget) === true;
    },
  };
}

function indexOf(element: Element | null): string | undefined {
  return element?.closest<HTMLElement>('[data-index]')?.dataset['index'];
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
