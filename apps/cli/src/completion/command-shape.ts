import type { Command } from 'commander';

/** A command as a shell completes it. */
export interface CommandShape {
  readonly name: string;
  /** `--yes`, `--to`. */
  readonly options: readonly string[];
  readonly commands: readonly CommandShape[];
}

/** What there is to complete, asked of the commands themselves: what they learn is completed. */
export function toCommandShape(command: Command): CommandShape {
  return {
    name: command.name(),
    options: command.options.flatMap(({ long, hidden }) => (long && !hidden ? [long] : [])),
    commands: command.commands.map(toCommandShape),
  };
}

/** What may follow a command's name: its own commands, then its options. */
export const wordsAfter = ({ commands, options }: CommandShape): string[] => [
  ...commands.map(({ name }) => name),
  ...options,
];

/** Options of the program that take a value: what follows them is no command. */
export const valueOptions = ['--data', '--tracker'] as const;
/** Commands whose arguments are files. */
export const fileCommands = ['send', 'share', 'watch'] as const;
