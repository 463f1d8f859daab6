import type { Language } from '@enxame/shared/language';
import type { EngineDoor } from './engine/engine-door.js';
import type { Terminal } from './terminal.js';
import type { Words } from './words/words.js';

/** What every command is given. */
export interface CommandContext {
  /** The data folder of the engine that the command is about. */
  readonly dataFolder: string;
  /** What relative paths are relative to. */
  readonly workingFolder: string;
  /** The tracker to join where none was chosen yet. */
  readonly tracker: string | undefined;
  readonly json: boolean;
  readonly language: Language;
  readonly words: Words;
  readonly terminal: Terminal;
  readonly engines: EngineDoor;
  /** Aborted when the person, or the system, asks the program to stop. */
  readonly stop: AbortSignal;
}

/** What a command leaves: one document for programs, the same as text for people. */
export interface Outcome {
  readonly document: Readonly<Record<string, unknown>>;
  readonly text: () => string;
  /** Set when a part of what was asked for failed. */
  readonly failed?: boolean;
}
