import type { Clock } from '../clock.js';

/** Time that passes when a test says so. */
export class FakeClock implements Clock {
  #now = 1_000_000;
  #timers: { at: number; step: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(delayMs: number, step: () => void): () => void {
    const timer = { at: this.#now + delayMs, step };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = next.at;
      next.step();
    }
    this.#now = end;
  }

  get pending(): number {
    return this.#timers.length;
  }
}
