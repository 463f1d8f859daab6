import { resolve } from 'node:path';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { maxCodeReceivers } from '@enxame/shared/engine/code';
import { addAdminCommands } from './admin-commands.js';
import type { CommandContext, Outcome } from './command-context.js';
import { runCompletion, shells, type Shell } from './commands/completion.js';
import { runGet } from './commands/get.js';
import { runLs } from './commands/ls.js';
import { runReceive, type ReceiveFlags } from './commands/receive.js';
import { runRegister } from './commands/register.js';
import { runSend, type SendFlags } from './commands/send.js';
import { runShare, type ShareFlags } from './commands/share.js';
import { runStatus } from './commands/status.js';
import { runTransfers } from './commands/transfers.js';
import { runUnshare } from './commands/unshare.js';
import { toCommandShape } from './completion/command-shape.js';
import { addConfigCommands } from './config-commands.js';
import { addLedgerCommands } from './ledger-commands.js';
import { addNetworkCommands } from './network-commands.js';
import { addPersonCommands, visibilityOptions } from './person-commands.js';
import { programVersion } from './program-version.js';

/** What stands before or after any command. */
export interface GlobalOptions {
  readonly data?: string;
  readonly json?: boolean;
  readonly tracker?: string;
}

export interface ServeFlags {
  readonly port?: number;
  readonly downloads?: string;
}

export interface TrackerCommandFlags {
  readonly config?: string;
  readonly host?: string;
  readonly port?: number;
  readonly name?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/** What the commands of the table below end in. */
export interface ProgramActions {
  /** Runs a command that answers and ends. */
  answer(globals: GlobalOptions, run: (context: CommandContext) => Promise<Outcome>): Promise<void>;
  serve(globals: GlobalOptions, flags: ServeFlags): Promise<void>;
  /** `words`: a command about the data folder, in place of running a tracker. */
  tracker(globals: GlobalOptions, flags: TrackerCommandFlags, words?: readonly string[]): Promise<void>;
}

/** The command line: what can be said, and what it calls. Help goes to `writeOut`; what is wrong is thrown. */
export function createProgram(actions: ProgramActions, writeOut: (text: string) => void): Command {
  const program = new Command('enxame')
    .description('Share files from computer to computer with people you know.')
    .version(programVersion)
    .option('--data <folder>', 'the data folder of the engine, or of the tracker')
    .option('--json', 'print one JSON document, for programs')
    .option('--tracker <url>', 'the tracker to join where none was chosen yet')
    .exitOverride() // these two hold for the commands that are made below, too
    .configureOutput({ writeOut, writeErr: () => undefined });

  const answer =
    <Args extends unknown[]>(run: (context: CommandContext, ...args: Args) => Promise<Outcome>) =>
    (...args: [...Args, ...unknown[]]): Promise<void> =>
      actions.answer(program.opts<GlobalOptions>(), (context) => run(context, ...(args as unknown as Args)));

  const tracker = program
    .command('tracker')
    .description('run a tracker on this computer')
    .option('--config <file>', 'a file of settings (docs/running-a-tracker.md)')
    .option('--host <address>', 'the address to listen at')
    .addOption(portOption('the port to listen at, 0 for any free one'))
    .option('--name <network>', 'the name of the network, as people see it')
    .option('--tls-cert <file>', 'a certificate of your own (PEM)')
    .option('--tls-key <file>', 'its key (PEM)')
    .action((flags: TrackerCommandFlags) => actions.tracker(program.opts<GlobalOptions>(), flags));
  program
    .command('serve')
    .description('run the engine and its interface for browsers')
    .addOption(portOption('the port of the interface, 0 for any free one'))
    .option('--downloads <folder>', 'the managed folder, where downloads land')
    .action((flags: ServeFlags) => actions.serve(program.opts<GlobalOptions>(), flags));
  program
    .command('register <name>')
    .description('take a name in the network')
    .option('--invitation <code>', 'where the network asks for one')
    .action(
      answer((context, name: string, flags: { invitation?: string }) => runRegister(context, name, flags.invitation)),
    );
  const share = program
    .command('share <path...>')
    .description('share files, and folders as they are')
    .option('--each', 'the files of folders one by one')
    .option('--together <name>', 'all of it as one folder of this name')
    .action(answer((context, paths: string[], flags: ShareFlags) => runShare(context, paths, flags)));
  for (const option of visibilityOptions()) share.addOption(option);
  program.command('unshare <id>').description('stop sharing a file').action(answer(runUnshare));
  program
    .command('ls [query]')
    .description('list the files of the network, or those that match')
    .addOption(new Option('--limit <count>', 'the newest so many').argParser(parseCount))
    .action(
      answer((context, query: string | undefined, flags: { limit?: number }) =>
        runLs(context, { query: query ?? '', limit: flags.limit }),
      ),
    );
  program
    .command('get <id>')
    .description('fetch a file or a folder; waits until it is verified and in place')
    .option('--to <folder>', 'another folder than the managed one')
    .option('--yes', 'begin without asking')
    .action(
      answer((context, id: string, flags: { to?: string; yes?: boolean }) =>
        runGet(context, { id, to: flags.to, yes: flags.yes === true }),
      ),
    );
  program
    .command('send [path...]')
    .description('send to whoever says a code; “-” reads standard input')
    .option('--text <text>', 'a text in place of files')
    .option('--keep', 'the code stays good, for many, until it is stopped or expires')
    .addOption(new Option('--receivers <count>', 'the code is good for so many').argParser(parseReceivers))
    .option('--verify', 'show what both sides can compare')
    .addOption(
      new Option('--code-length <words>', 'words of the code, 0 for a short one of letters').argParser(parseWords),
    )
    .addOption(new Option('--expires <time>', 'how long the code lives: 90s, 30m, 1h').argParser(parseDuration))
    .option('--rendezvous <url>', 'another mailbox server (ws:, wss:) or tracker (https:)')
    .action(answer((context, paths: string[], flags: SendFlags) => runSend(context, paths, flags)));
  program
    .command('receive [code...]')
    .description('receive what waits under a code')
    .option('--to <folder>', 'another folder than the managed one')
    .option('--yes', 'accept without asking')
    .option('--only <pattern...>', 'of a folder only these files: names, folders, * and **')
    .option('--verify', 'show what both sides can compare')
    .option('--rendezvous <url>', 'another mailbox server (ws:, wss:) or tracker (https:)')
    .action(
      answer((context, code: string[], flags: ReceiveFlags) =>
        runReceive(context, code.length > 0 ? code.join(' ') : undefined, flags),
      ),
    );
  program.command('transfers').description('list what is under way, and what was').action(answer(runTransfers));
  addLedgerCommands(program, answer, { count: parseCount, number: parseNumber });
  addConfigCommands(program, answer);
  addNetworkCommands(program, answer, { count: parseCount, duration: parseDuration });
  addAdminCommands(program, tracker, answer, { count: parseCount, duration: parseDuration }, (words) =>
    actions.tracker(program.opts<GlobalOptions>(), {}, words),
  );
  addPersonCommands(program, answer);
  program
    .command('completion')
    .description('print what teaches a shell to complete commands and codes')
    .addArgument(new Argument('<shell>', shells.join(', ')).choices(shells))
    .action(answer((_context, shell: Shell) => Promise.resolve(runCompletion(shell, toCommandShape(program)))));
  program.command('status').description('who and where this computer is').action(answer(runStatus));
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  return program;
}

/** Absolute, whatever folder the program runs in later. */
export function resolveFolder(workingFolder: string, folder: string | undefined, otherwise: string): string {
  return folder === undefined ? otherwise : resolve(workingFolder, folder);
}

function portOption(description: string): Option {
  return new Option('--port <port>', description).argParser((text) => parseNumber(text, 0, 65_535));
}

const parseReceivers = (text: string): number => parseNumber(text, 1, maxCodeReceivers);

const parseWords = (text: string): number => parseNumber(text, 0, 12);

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** "90s", "30m", "1h", "2d" in milliseconds. */
function parseDuration(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const factor = unitMs[unit];
  if (count === undefined || factor === undefined) throw new InvalidArgumentError('Write it like 90s, 30m or 1h.');
  return Number(count) * factor;
}

const parseCount = (text: string): number => parseNumber(text, 1, Number.MAX_SAFE_INTEGER);

function parseNumber(text: string, min: number, max: number): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  throw new InvalidArgumentError(`It must be a number from ${String(min)} to ${String(max)}.`);
}
