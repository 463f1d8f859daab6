import { useEffect, useRef, type PointerEvent, type RefObject } from 'react';

/** A pointer that rests this long is not about to click. */
const restMs = 3000;

/**
 * Tells when rows must not move: while a mouse is at work over them, and while the list is scrolled away from its top,
 * where what is new would push everything down. Returns what the scrolling element listens to.
 */
export function useHold(scroll: RefObject<HTMLElement | null>, onHold: ((held: boolean) => void) | undefined) {
  const pointer = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tell = (): void => onHold?.(pointer.current || (scroll.current?.scrollTop ?? 0) > 0);
  const leave = (): void => {
    clearTimeout(timer.current);
    pointer.current = false;
    tell();
  };
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  return {
    onPointerMove: (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') return;
      clearTimeout(timer.current);
      timer.current = setTimeout(leave, restMs);
      if (pointer.current) return;
      pointer.current = true;
      tell();
    },
    onPointerLeave: leave,
    onScroll: tell,
  };
}
