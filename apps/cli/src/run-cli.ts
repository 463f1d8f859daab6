import type { Language } from '@enxame/shared/language';
import { CommanderError } from 'commander';
import { pino, type Logger } from 'pino';
import type { CommandContext, Outcome } from './command-context.js';
import { runServe } from './commands/serve.js';
import { runTracker } from './commands/tracker.js';
import { defaultFolders, type Environment } from './default-folders.js';
import type { EngineDoor } from './engine/engine-door.js';
import { toFailure } from './output/failure.js';
import { pickTerminalLanguage } from './pick-terminal-language.js';
import { createProgram, resolveFolder, type GlobalOptions, type ProgramActions } from './program.js';
import type { Terminal } from './terminal.js';
import { pickWords } from './words/pick-words.js';

/** What a program has of its process. */
export interface CliIo {
  readonly args: readonly string[];
  readonly environment: Environment;
  readonly platform: NodeJS.Platform;
  readonly homeFolder: string;
  readonly workingFolder: string;
  readonly terminal: Terminal;
  /** Aborted when the program is asked to stop. */
  readonly stop: AbortSignal;
  readonly createEngineDoor: (logger: Logger) => EngineDoor;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Runs one command. Resolves to the exit code; never throws. */
export async function runCli(io: CliIo): Promise<number> {
  const { terminal } = io;
  const language = pickTerminalLanguage(io.environment);
  const isJson = isJsonAsked(io.args);
  const folders = defaultFolders(io.environment, io.platform, io.homeFolder);
  const level = io.environment['ENXAME_LOG'] ?? '';
  const logger = pino(
    { level: logLevels.includes(level) ? level : 'warn', base: null },
    pino.destination({ dest: 2, sync: true }),
  );
  let exitCode = 0;

  const createContext = (globals: GlobalOptions): CommandContext => ({
    dataFolder: resolveFolder(io.workingFolder, globals.data, folders.engine),
    workingFolder: io.workingFolder,
    tracker: globals.tracker,
    json: isJson,
    language,
    words: pickWords(language),
    terminal,
    engines: io.createEngineDoor(logger),
    stop: io.stop,
  });
  const print = ({ document, text, failed }: Outcome): void => {
    terminal.print(isJson ? JSON.stringify(document) : text());
    if (failed) exitCode = 1;
  };

  const writeHelp = (text: string): void => {
    terminal.print(isJson ? JSON.stringify({ text: text.trimEnd() }) : text.trimEnd());
  };
  const actions: ProgramActions = {
    answer: async (globals, run) => {
      print(await run(createContext(globals)));
    },
    serve: (globals, { port, downloads }) => runServe(createContext(globals), { port, downloads, logger }),
    tracker: async (globals, { tlsCert, tlsKey, ...flags }, words = []) => {
      const data = resolveFolder(io.workingFolder, globals.data, folders.tracker);
      const port = flags.port === undefined ? undefined : String(flags.port);
      const all = { ...flags, port, data, json: isJson, 'tls-cert': tlsCert, 'tls-key': tlsKey };
      exitCode = await runTracker(all, io.stop, words);
    },
  };
  const program = createProgram(actions, writeHelp);
  try {
    if (io.args.every((argument) => argument === '--json'))
      program.error('A command is needed; “enxame help” lists them.');
    await program.parseAsync([...io.args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0; // help or version, printed
    reportFailure(error, { terminal, language, isJson });
    return 1;
  }
  return exitCode;
}

/** Asked of the raw words: a command line that cannot be parsed must still be answered in the form that it asks for. */
function isJsonAsked(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end)).includes('--json');
}

function reportFailure(
  error: unknown,
  {
    terminal,
    language,
    isJson,
  }: { readonly terminal: Terminal; readonly language: Language; readonly isJson: boolean },
): void {
  const failure = toFailure(error, language);
  if (isJson) terminal.print(JSON.stringify({ error: failure }));
  else terminal.tell(failure.message);
  // A bug: its trace is all there is to find it by.
  if (failure.code === 'internal')
    terminal.tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
