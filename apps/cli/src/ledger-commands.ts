import { maxUploadSlots, type ScheduleRule } from '@enxame/shared/engine/limits';
import { Option, type Command } from 'commander';
import type { CommandContext, Outcome } from './command-context.js';
import { runHistory } from './commands/history.js';
import { parseRate, parseRule } from './commands/limit-flags.js';
import { runLimits, type LimitFlags } from './commands/limits.js';
import { runVerify } from './commands/verify.js';

type Answer = <Args extends unknown[]>(
  run: (context: CommandContext, ...args: Args) => Promise<Outcome>,
) => (...args: [...Args, ...unknown[]]) => Promise<void>;

interface HistoryOptions {
  readonly sent?: boolean;
  readonly received?: boolean;
  readonly limit?: number;
  readonly export?: string;
}

/** What may be given and taken, what was, and whether it is still what it was. */
export function addLedgerCommands(
  program: Command,
  answer: Answer,
  parse: {
    readonly count: (text: string) => number;
    readonly number: (text: string, min: number, max: number) => number;
  },
): void {
  program
    .command('limits')
    .description('show, or set, how fast and how many at a time')
    .addOption(new Option('--send <rate>', 'like 2MB/s, or off').argParser(parseRate))
    .addOption(new Option('--receive <rate>', 'like 2MB/s, or off').argParser(parseRate))
    .option('--person <name>', 'the rates are for one person')
    .addOption(
      new Option(
        '--schedule <rule>',
        '"mon-fri 09:00-17:00 send=500kB/s"; again for each rule; off for none',
      ).argParser((text, before: readonly ScheduleRule[] | undefined) =>
        text === 'off' ? [] : [...(before ?? []), parseRule(text)],
      ),
    )
    .addOption(
      new Option('--slots <count>', 'how many are sent to at a time').argParser((text) =>
        parse.number(text, 1, maxUploadSlots),
      ),
    )
    .addOption(
      new Option('--downloads <count>', 'how many downloads move at a time').argParser((text) =>
        parse.number(text, 1, 16),
      ),
    )
    .action(answer((context, flags: LimitFlags) => runLimits(context, flags)));
  program
    .command('history [text]')
    .description('what was sent and received')
    .option('--sent', 'only what was sent')
    .addOption(new Option('--received', 'only what was received').conflicts('sent'))
    .addOption(new Option('--limit <count>', 'the newest so many').argParser(parse.count))
    .option('--export <file>', 'write it to a new file: .csv, else JSON lines')
    .action(
      answer((context, text: string | undefined, flags: HistoryOptions) =>
        runHistory(context, {
          text: text ?? '',
          direction: flags.sent ? 'send' : flags.received ? 'receive' : undefined,
          limit: flags.limit,
          export: flags.export,
        }),
      ),
    );
  program
    .command('verify')
    .description('hash all again that is here; fails when something changed')
    .action(answer(runVerify));
}
