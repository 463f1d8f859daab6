/** A map with changes applied; the same map when there are none. Insertion order is kept for what was there. */
export function applyKeyedChanges<K extends string, V extends { readonly id: K }>(
  items: ReadonlyMap<K, V>,
  upserted: readonly V[],
  removed: readonly K[],
): ReadonlyMap<K, V> {
  if (upserted.length === 0 && removed.length === 0) return items;
  const next = new Map(items);
  for (const item of upserted) next.set(item.id, item);
  for (const id of removed) next.delete(id);
  return next;
}
