/** Durable records by their keys: `Journal` of @enxame/storage is one. */
export interface Records<T> {
  get(key: string): T | undefined;
  values(): Iterable<T>;
  readonly size: number;
  /** On disk when it resolves; visible to `get` at once. */
  set(key: string, value: T): Promise<void>;
  delete(key: string): Promise<void>;
}

/** Adds a record, or none: what could not be written is not shown either. */
export async function addRecord<T>(records: Records<T>, key: string, value: T): Promise<void> {
  try {
    await records.set(key, value);
  } catch (error) {
    // The disk does not have it, so taking it back changes only what is shown; that this is not written is known.
    await records.delete(key).catch(() => undefined);
    throw error;
  }
}
