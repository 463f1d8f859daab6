import type { DeviceId } from '@enxame/shared/ids';

/**
 * Lists of devices by number: nearly all entries of a person were announced by the same devices, so a million entries
 * share some thousand lists. A list is forgotten when the last entry that has it is.
 */
export class DeviceSets {
  readonly #numbers = new Map<string, number>();
  readonly #sets: (readonly DeviceId[] | undefined)[] = [];
  readonly #uses: number[] = [];
  readonly #free: number[] = [];
  /** A catalogue that is loaded gives the same list again and again. Lists are never changed. */
  #lastTaken: { readonly devices: readonly DeviceId[]; readonly number: number } = { devices: [], number: -1 };

  /** Counts one more use of the list. */
  take(devices: readonly DeviceId[]): number {
    if (devices === this.#lastTaken.devices && (this.#uses[this.#lastTaken.number] ?? 0) > 0) {
      this.#uses[this.#lastTaken.number] = (this.#uses[this.#lastTaken.number] ?? 0) + 1;
      return this.#lastTaken.number;
    }
    const key = devices.join(' ');
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#free.pop() ?? this.#sets.length;
      this.#numbers.set(key, number);
      this.#sets[number] = [...devices];
      this.#uses[number] = 0;
    }
    this.#uses[number] = (this.#uses[number] ?? 0) + 1;
    this.#lastTaken = { devices, number };
    return number;
  }

  /** Counts one use less. */
  release(number: number): void {
    const uses = (this.#uses[number] ?? 0) - 1;
    this.#uses[number] = uses;
    if (uses > 0) return;
    if (this.#lastTaken.number === number) this.#lastTaken = { devices: [], number: -1 };
    this.#numbers.delete(this.get(number).join(' '));
    this.#sets[number] = undefined;
    this.#free.push(number);
  }

  get(number: number): readonly DeviceId[] {
    return this.#sets[number] ?? [];
  }
}
