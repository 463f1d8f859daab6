import { InvalidArgumentError, Option, type Command } from 'commander';
import type { CommandContext, Outcome } from './command-context.js';
import * as admin from './commands/admin.js';
import { runLeave, type LeaveFlags } from './commands/leave.js';
import { runStats } from './commands/stats.js';

type Answer = <Args extends unknown[]>(
  run: (context: CommandContext, ...args: Args) => Promise<Outcome>,
) => (...args: [...Args, ...unknown[]]) => Promise<void>;

interface Parsers {
  readonly count: (text: string) => number;
  readonly duration: (text: string) => number;
}

/** Running a network, what it counted, and leaving it. `onFolder`: runs the tracker's program for its data folder. */
export function addAdminCommands(
  program: Command,
  tracker: Command,
  answer: Answer,
  parse: Parsers,
  onFolder: (words: readonly string[]) => Promise<void>,
): void {
  tracker
    .command('backup <folder>')
    .description('copy everything that a tracker keeps, also while it runs, into a new folder')
    .action((folder: string) => onFolder(['backup', folder]));
  tracker
    .command('restore <folder>')
    .description('make a new data folder (--data) of a backup')
    .action((folder: string) => onFolder(['restore', folder]));
  tracker
    .command('check')
    .description('read and hash everything that a tracker keeps; fails when something is broken')
    .action(() => onFolder(['check']));
  addAdmin(tracker.command('admin').description('for administrators of the network'), answer, parse, onFolder);

  program.command('stats').description('what the network has counted').action(answer(runStats));
  program
    .command('leave')
    .description('leave the network, with all that it holds of you')
    .option('--export <file>', 'first write all of it to a new file')
    .option('--only-export', 'and do not leave')
    .option('--name <name>', 'your name, where nobody can be asked')
    .action(answer((context, flags: LeaveFlags) => runLeave(context, flags)));
}

function addAdmin(
  group: Command,
  answer: Answer,
  parse: Parsers,
  onFolder: (words: readonly string[]) => Promise<void>,
): void {
  const run =
    <Args extends unknown[]>(toCommand: (...args: Args) => admin.AdminCommand) =>
    (...args: [...Args, ...unknown[]]): Promise<void> =>
      answer((context) => admin.runAdmin(context, toCommand(...(args as unknown as Args))))();
  const reason = (): Option => new Option('--reason <text>', 'what the person reads');
  const lifetime = (): Option => new Option('--for <time>', 'how long: 12h, 30d').argParser(parse.duration);

  group
    .command('settings [name=value...]')
    .description(
      'show or set: registration, catalogue, hostedBytesPerUser, hostedBytesInAll, hostedBytesForCache, nameBlockedDays',
    )
    .action(run((changes: string[]) => admin.settings(changes)));
  group
    .command('invite')
    .description('a code by which people may register')
    .addOption(new Option('--uses <count>', 'so many people').argParser(parse.count))
    .addOption(lifetime())
    .option('--note <text>', 'for whom it is')
    .action(run((flags: { uses?: number; for?: number; note?: string }) => admin.invite(flags)));
  group
    .command('invitations')
    .description('the codes that are good')
    .action(run(() => admin.invitations));
  group
    .command('uninvite <code>')
    .description('end a code')
    .action(run((code: string) => admin.uninvite(code)));
  group
    .command('ban <who>')
    .description('shut out a person (name), a device (id) or an address range')
    .addOption(reason())
    .addOption(lifetime())
    .action(run((who: string, flags: { reason?: string; for?: number }) => admin.ban(who, flags)));
  group
    .command('bans')
    .description('who is shut out')
    .action(run(() => admin.bans));
  group
    .command('unban <id>')
    .description('let in again')
    .action(run((id: string) => admin.unban(id)));
  group
    .command('remove <id>')
    .description('take an entry, or all entries of a content, away from their owners')
    .addOption(reason())
    .action(run((id: string, flags: { reason?: string }) => admin.remove(id, flags)));
  group
    .command('removals')
    .description('what was taken away')
    .action(run(() => admin.removals));
  group
    .command('allow <id>')
    .description('let it be shared again')
    .action(run((id: string) => admin.restore(id)));
  group
    .command('announce <text>')
    .description('tell everybody')
    .action(run((text: string) => admin.announce(text)));
  group
    .command('appoint <name>')
    .description('make somebody an administrator')
    .action(run((name: string) => admin.appoint(name)));
  group
    .command('dismiss <name>')
    .description('the opposite')
    .action(run((name: string) => admin.dismiss(name)));
  group
    .command('quota <name> <bytes>')
    .description('what a person may keep on the tracker; “default” for what everybody may')
    .action(run((name: string, bytes: string) => admin.quota(name, parseBytes(bytes))));
  group
    .command('audit')
    .description('what was done, by whom, and when')
    .addOption(new Option('--limit <count>', 'the latest so many').argParser(parse.count))
    .action(run((flags: { limit?: number }) => admin.audit(flags)));
  group
    .command('add <name>')
    .description('make somebody an administrator from the data folder (--data), where there is none')
    .action((name: string) => onFolder(['admin', 'add', name]));
}

const unitBytes: Readonly<Record<string, number>> = { '': 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 };

/** `500GB`, `20000000`, or `default`. */
function parseBytes(text: string): number | null {
  if (text === 'default') return null;
  const [, number = '', unit = ''] = /^(\d{1,12})\s?([kmgt]b)?$/i.exec(text) ?? [];
  const bytes = Number(number) * (unitBytes[unit.toLowerCase()] ?? NaN);
  if (number === '' || !Number.isSafeInteger(bytes)) throw new InvalidArgumentError('Write it like 500GB.');
  return bytes;
}
