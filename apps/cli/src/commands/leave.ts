import { resolve } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toNameKey } from '@enxame/shared/identity/user-name';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { untilConnected } from '../engine/tracker-ready.js';
import { adminWords } from '../words/admin-words.js';

export interface LeaveFlags {
  readonly export?: string;
  /** The name, for scripts. */
  readonly name?: string;
  readonly onlyExport?: boolean;
}

/** Leaves the network, after the name was typed again. What it holds of this person can be written to a file before. */
export function runLeave(context: CommandContext, flags: LeaveFlags): Promise<Outcome> {
  const words = adminWords[context.language];
  return withEngine(context, async ({ client }) => {
    const { user, tracker } = await untilConnected(client, context.stop);
    if (!user) throw new EnxameError('not-registered');
    const path = flags.export === undefined ? undefined : resolve(context.workingFolder, flags.export);
    const exported = path === undefined ? undefined : await client.call('account:export', { path });
    if (exported) {
      const line = words.exported(exported.records, exported.path);
      if (flags.onlyExport === true) return { document: { exported }, text: () => line };
      context.terminal.tell(line);
    }
    const name = flags.name ?? (await context.terminal.ask?.(words.askName(tracker?.name ?? '')));
    if (name === undefined) throw new EnxameError('flag-invalid', { flag: '--name' });
    if (toNameKey(name) !== toNameKey(user.name)) throw new EnxameError('cancelled');
    const { nameBlockedUntil } = await client.call('account:leave', { name });
    const day = new Intl.DateTimeFormat(context.language, { dateStyle: 'long' }).format(nameBlockedUntil);
    return { document: { nameBlockedUntil, ...(exported && { exported }) }, text: () => words.left(day) };
  });
}
