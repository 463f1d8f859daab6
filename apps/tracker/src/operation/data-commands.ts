import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { addAdmin } from '../admin/add-admin.js';
import type { TrackerConfig } from '../config.js';
import { backUp } from './backup.js';
import { checkData } from './check-data.js';
import { journalSchemas } from './journal-schemas.js';
import { restore } from './restore.js';

/** What a command about the data folder leaves: one document for programs, a sentence for people. */
export interface CommandOutcome {
  readonly document: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The exit code is 1 then. */
  readonly failed?: boolean;
}

/** `enxame-tracker WORD... --flags`: the words, and the rest. */
export function splitCommand(args: readonly string[]): { words: string[]; flags: string[] } {
  const end = args.findIndex((argument) => argument.startsWith('-'));
  const count = end === -1 ? args.length : end;
  return { words: args.slice(0, count), flags: args.slice(count) };
}

/** Runs a command about the data folder. Throws `flag-invalid` for one that is none, and what the command throws. */
export async function runDataCommand(
  words: readonly string[],
  { dataFolder }: Pick<TrackerConfig, 'dataFolder'>,
  io: { readonly now: () => number; readonly stop: AbortSignal },
): Promise<CommandOutcome> {
  const [command = '', argument, ...more] = words;
  if (command === 'backup' && argument !== undefined && more.length === 0) {
    const { files } = await backUp(dataFolder, argument, io.now());
    const bytes = sum(files.map((file) => file.bytes));
    return {
      document: { backup: argument, files: files.length, bytes },
      text: `Backed up ${count(files.length, 'file')} (${String(bytes)} bytes) to ${argument}.`,
    };
  }
  if (command === 'restore' && argument !== undefined && more.length === 0) {
    const { files, createdAt } = await restore(argument, dataFolder);
    return {
      document: { restored: dataFolder, files: files.length, createdAt },
      text: `Restored ${count(files.length, 'file')} of ${new Date(createdAt).toISOString()} to ${dataFolder}.`,
    };
  }
  if (command === 'check' && argument === undefined) {
    const report = await checkData(dataFolder, { journals: journalSchemas, stop: io.stop });
    const lines = [
      `Checked ${count(report.checked, 'file')} (${String(report.bytes)} bytes).`,
      ...report.setAside.map((file) => `Set aside before: ${file}`),
      ...report.broken.map(({ file, what }) => `${file} ${what}.`),
      report.broken.length === 0 ? 'All of it can be read.' : `${count(report.broken.length, 'file')} damaged.`,
    ];
    return { document: { ...report }, text: lines.join('\n'), failed: report.broken.length > 0 };
  }
  if (command === 'admin' && argument === 'add' && more.length === 1) {
    const [name = ''] = more;
    await addAdmin(dataFolder, name, io.now, io.stop);
    return { document: { administrator: name }, text: `“${name}” is an administrator now.` };
  }
  throw new EnxameError('flag-invalid', { flag: words.join(' ') });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const count = (number: number, noun: string): string => `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
