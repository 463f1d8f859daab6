import cliProgress from 'cli-progress';
import type { CommandContext } from '../command-context.js';
import { toPrintable } from './printable.js';
import { formatBytes, formatRate, formatSeconds } from './format.js';

export interface ProgressState {
  /** What happens now: a word of the catalogue. */
  readonly label: string;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly bytesPerSecond?: number;
  readonly secondsLeft?: number | null;
}

export interface ProgressBar {
  update(state: ProgressState): void;
  close(): void;
}

const maxNameChars = 40;

/** A bar on a terminal; in a pipe, and with `--json`, nothing. */
export function createProgressBar(context: CommandContext, name: string): ProgressBar {
  const { terminal, json, language } = context;
  if (json || !terminal.progress) return { update: () => undefined, close: () => undefined };
  const bar = new cliProgress.SingleBar({
    stream: terminal.progress,
    format: '{name} {bar} {percent}%  {label}  {figures}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    gracefulExit: false, // the program has its own way to stop
  });
  bar.start(1, 0, { name: shorten(toPrintable(name)), label: '', figures: '' });
  return {
    update: ({ label, bytesDone, bytesTotal, bytesPerSecond = 0, secondsLeft }) => {
      const figures = [`${formatBytes(bytesDone, language)} / ${formatBytes(bytesTotal, language)}`];
      if (bytesPerSecond > 0) figures.push(formatRate(bytesPerSecond, language));
      if (typeof secondsLeft === 'number') figures.push(formatSeconds(secondsLeft));
      bar.setTotal(Math.max(bytesTotal, 1));
      bar.update(bytesTotal === 0 ? 1 : bytesDone, { label, figures: figures.join('  ') });
    },
    close: () => {
      bar.stop();
    },
  };
}

/** Cut in the middle: the extension says what it is. */
function shorten(name: string): string {
  const characters = [...name];
  if (characters.length <= maxNameChars) return name;
  return `${characters.slice(0, maxNameChars - 13).join('')}…${characters.slice(-12).join('')}`;
}
