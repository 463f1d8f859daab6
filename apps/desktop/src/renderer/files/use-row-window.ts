import { useLayoutEffect, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';

/** Rows before and after those on the screen that are in the document as well. */
const overscan = 4;
/** The document follows a scroll by so many rows at once: by one at a time it would be rendered for each. */
const stepRows = 4;
/** A list that has not moved for this long is at rest. */
const restMs = 150;

export interface RowWindow {
  /** The first row in the document, and the one after the last. */
  readonly first: number;
  readonly end: number;
  /** The topmost row on the screen; where `exact` was not asked for, up to a step above it. */
  readonly top: number;
  /** How many rows the screen has. */
  readonly pageRows: number;
  /** At most so many rows are in the document: `index % places` is free for a row that comes. */
  readonly places: number;
  /** Under way. Then no row changes its place in the document, whatever it shows. */
  readonly isMoving: boolean;
  /** Brings a row onto the screen, when it is not. */
  readonly scrollTo: (index: number) => void;
}

interface Options {
  readonly count: number;
  /** All rows are of one height, in pixels. */
  readonly rowHeight: number;
  /** What covers the top of the list, in pixels. */
  readonly margin: number;
  readonly exact: boolean;
}

/**
 * Which rows of a long list are in the document. Rows of one height need no measuring: what a list costs does not grow
 * with its length, and a scroll is rendered in its own frame. (docs/adr/0029)
 */
export function useRowWindow(scroll: RefObject<HTMLElement | null>, options: Options): RowWindow {
  const { count, rowHeight, margin, exact } = options;
  const [view, setView] = useState({ top: 0, height: 0, isMoving: false });
  useLayoutEffect(() => {
    const element = scroll.current;
    if (!element) return undefined;
    let shown = { top: -1, height: element.clientHeight, isMoving: false };
    let rest: ReturnType<typeof setTimeout> | undefined;
    const show = (next: typeof shown): boolean => {
      if (next.top === shown.top && next.height === shown.height && next.isMoving === shown.isMoving) return false;
      shown = next;
      setView(next);
      return true;
    };
    const findTop = (): number => {
      const top = Math.floor(Math.max(0, element.scrollTop) / rowHeight);
      return exact ? top : top - (top % stepRows);
    };
    const handleScroll = (): void => {
      const top = findTop();
      if (top === shown.top) return;
      clearTimeout(rest);
      rest = setTimeout(() => show({ ...shown, isMoving: false }), restMs);
      // In this frame and not in the next, which would begin with a part of the list missing.
      flushSync(() => show({ ...shown, top, isMoving: true }));
    };
    const sizes = new ResizeObserver(() => show({ ...shown, height: element.clientHeight }));
    show({ ...shown, top: findTop() });
    sizes.observe(element);
    element.addEventListener('scroll', handleScroll, { passive: true });
    return () => {
      clearTimeout(rest);
      sizes.disconnect();
      element.removeEventListener('scroll', handleScroll);
    };
  }, [scroll, rowHeight, exact]);

  const scrollTo = (index: number): void => {
    const element = scroll.current;
    if (!element) return;
    const top = index * rowHeight;
    const room = element.clientHeight - margin;
    if (top < element.scrollTop) element.scrollTo({ top });
    else if (top + rowHeight > element.scrollTop + room) element.scrollTo({ top: top + rowHeight - room });
  };
  const pageRows = Math.ceil(Math.max(0, view.height - margin) / rowHeight);
  const places = pageRows + stepRows + 2 * overscan + 1;
  // A list that became shorter is scrolled back by the browser, which is told a moment later.
  const first = Math.max(0, Math.min(view.top, count - 1) - overscan);
  return {
    first,
    end: Math.min(count, first + places),
    top: view.top,
    pageRows,
    places,
    isMoving: view.isMoving,
    scrollTo,
  };
}
