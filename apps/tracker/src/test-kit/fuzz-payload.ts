import { randomBytes } from 'node:crypto';
import { toBase32 } from '@enxame/shared/content/base32';
import type { z } from 'zod';
import type { Random } from './seeded-random.js';

const hostile: readonly unknown[] = [
  null,
  '',
  'x'.repeat(5000),
  '../../etc/passwd',
  '\u0000\u202e\r\nSet-Cookie: a=b',
  '<script>alert(1)</script>',
  '__proto__',
  '\ud800',
  -1,
  0.5,
  2 ** 53,
  1e308,
  true,
  [],
  [[[[[[]]]]]],
  {},
  { __proto__: null, constructor: { prototype: {} } },
  Array.from({ length: 600 }, () => 'x'),
];
/** Texts that fit many schemas: ids of several kinds, hashes, addresses, names. The bytes are the test's own. */
const texts: readonly string[] = [
  toBase32(randomBytes(16)),
  toBase32(randomBytes(32)),
  randomBytes(32).toString('hex'),
  randomBytes(16).toString('base64url'),
  randomBytes(32).toString('base64url'),
  '127.0.0.1',
  '::1',
  'a file.txt',
  'Ana',
  'https://localhost/',
];

/** What a schema describes, or nearly: now and then some part of it is something else. */
export function createFuzzPayload(schema: z.ZodType, random: Random): unknown {
  return make(schema, random, 0);
}

/** What zod tells of a schema. Only what is looked at here. */
interface Described {
  readonly def: {
    readonly type: string;
    readonly shape?: Readonly<Record<string, Described>>;
    readonly element?: Described;
    readonly innerType?: Described;
    readonly in?: Described;
    readonly options?: readonly Described[];
    readonly entries?: Readonly<Record<string, unknown>>;
    readonly values?: readonly unknown[];
  };
}

function make({ def }: Described, random: Random, depth: number): unknown {
  if (random(25) === 0) return hostile[random(hostile.length)];
  switch (def.type) {
    case 'object': {
      const made: Record<string, unknown> = {};
      for (const [key, part] of Object.entries(def.shape ?? {})) {
        if (random(40) > 0) made[key] = make(part, random, depth + 1);
      }
      if (random(40) === 0) made['more'] = texts[random(texts.length)];
      return made;
    }
    case 'array':
      return Array.from({ length: depth > 4 ? 0 : random(4) }, () => make(def.element as Described, random, depth + 1));
    case 'optional':
    case 'default':
    case 'prefault':
      return random(2) === 0 ? undefined : make(def.innerType as Described, random, depth);
    case 'nullable':
      return random(3) === 0 ? null : make(def.innerType as Described, random, depth);
    case 'readonly':
    case 'nonoptional':
    case 'catch':
      return make(def.innerType as Described, random, depth);
    case 'pipe':
      return make(def.in as Described, random, depth);
    case 'union': {
      const options = def.options ?? [];
      return make(options[random(options.length)] as Described, random, depth);
    }
    case 'enum': {
      const values = Object.values(def.entries ?? {});
      return values[random(values.length)];
    }
    case 'literal':
      return def.values?.[0];
    case 'boolean':
      return random(2) === 0;
    case 'number':
    case 'int':
      return random(5) === 0 ? random(2 ** 31) : random(60);
    default:
      return texts[random(texts.length)];
  }
}
