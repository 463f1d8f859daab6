/** What many are sent as it is, and its JSON once somebody was. */
const texts = new WeakMap<object, string | undefined>();

/** From now on the value is never changed, and written down once however many are sent it. */
export function markKnown<T extends object>(value: T): T {
  if (!texts.has(value)) texts.set(value, undefined);
  return value;
}

/** As `JSON.stringify`, of what JSON can hold: what is known in it, in its lists too, is not written again. */
export function toJsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toTextInList).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (!texts.has(value)) return Object.values(value).some(isKnown) ? toFields(value) : JSON.stringify(value);
  let text = texts.get(value);
  if (text === undefined) {
    text = toFields(value);
    texts.set(value, text);
  }
  return text;
}

const isKnown = (value: unknown): boolean => typeof value === 'object' && value !== null && texts.has(value);

const toTextInList = (item: unknown): string => (item === undefined ? 'null' : toJsonText(item));

function toFields(value: object): string {
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${toJsonText(field)}`).join(',')}}`;
}
