import type { UserId } from '@enxame/shared/ids';
import type { AuditRecord } from '@enxame/shared/tracker/admin';
import type { Records } from '../domain/records.js';

/** Who acts: a person, or whoever runs the program. */
export interface Actor {
  /** Undefined for the computer itself. */
  readonly userId: UserId | undefined;
  readonly name: string;
}

export const thisComputer: Actor = { userId: undefined, name: 'this computer' };

/** What was done, by whom, when. Only ever added to. */
export interface AuditLog {
  add(actor: Actor, action: AuditRecord['action'], target: string, detail?: string): Promise<void>;
  /** The latest first, before a number. */
  page(before: number | undefined, limit: number): { records: AuditRecord[]; total: number };
}

const maxTextChars = 1000;

export function createAuditLog(records: Records<AuditRecord>, now: () => number): AuditLog {
  const lines = [...records.values()];
  return {
    add: async (actor, action, target, detail = '') => {
      const line: AuditRecord = {
        number: (lines.at(-1)?.number ?? 0) + 1,
        at: now(),
        by: actor.name,
        action,
        target: target.slice(0, maxTextChars),
        detail: detail.slice(0, maxTextChars),
      };
      lines.push(line);
      await records.set(String(line.number), line);
    },
    page: (before, limit) => {
      const end = before === undefined ? lines.length : lines.findIndex(({ number }) => number >= before);
      const start = Math.max(0, (end === -1 ? lines.length : end) - limit);
      return { records: lines.slice(start, end === -1 ? lines.length : end).reverse(), total: lines.length };
    },
  };
}
