const pageItems = 2 ** 12;

/** Whole numbers below 2^31 by index, 0 where none was set. Grows by pages, so that growing is no pause. */
export class PagedNumbers {
  readonly #pages: Int32Array[] = [];

  get(index: number): number {
    return this.#pages[(index / pageItems) | 0]?.[index % pageItems] ?? 0;
  }

  set(index: number, value: number): void {
    const page = (index / pageItems) | 0;
    while (this.#pages.length <= page) this.#pages.push(new Int32Array(pageItems));
    (this.#pages[page] as Int32Array)[index % pageItems] = value;
  }
}
