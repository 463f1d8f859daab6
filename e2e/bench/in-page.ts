// What runs in the page: each function is handed over as text, so it can use nothing from outside of itself.

/** Notes when the page first shows more than its start, and when the first rows of a list are painted. */
export function watchFirstRow(): void {
  const note = (name: string): void => {
    document.documentElement.dataset[name] ??= String(performance.now());
  };
  const observer = new MutationObserver(() => {
    if (document.querySelector('main#main')) note('openAt');
    if (!document.querySelector('[role="grid"] [data-index] [title]')) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      note('firstRowAt');
    });
  });
  observer.observe(document, { subtree: true, childList: true });
}

/** Keeps the longest task of the page's thread, in milliseconds; the browser tells those over 50. */
export function watchLongTasks(): void {
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      const { dataset } = document.documentElement;
      dataset['longTaskMs'] = String(Math.max(Number(dataset['longTaskMs'] ?? 0), duration));
    }
  }).observe({ entryTypes: ['longtask'] });
}

/** Scrolls by ten rows a frame; the milliseconds of each frame. */
export function measureScroll(grid: Element, frames: number): Promise<number[]> {
  return new Promise((resolve) => {
    const times: number[] = [];
    let last = performance.now();
    const step = (now: number): void => {
      times.push(now - last);
      last = now;
      grid.scrollTop += 400;
      if (times.length < frames) requestAnimationFrame(step);
      else resolve(times.slice(1));
    };
    requestAnimationFrame(step);
  });
}
