import type { Command } from 'commander';
import type { CommandContext, Outcome } from './command-context.js';
import { runConfigGet, runConfigList, runConfigSet } from './commands/config.js';

type Answer = <Args extends unknown[]>(
  run: (context: CommandContext, ...args: Args) => Promise<Outcome>,
) => (...args: [...Args, ...unknown[]]) => Promise<void>;

/** The settings of the engine, and of the app that shows it. */
export function addConfigCommands(program: Command, answer: Answer): void {
  const config = program.command('config').description('the settings of this computer');
  config.command('list').description('all settings').action(answer(runConfigList));
  config
    .command('get <name>')
    .description('one setting')
    .action(answer((context, name: string) => runConfigGet(context, name)));
  config
    .command('set <name> <value>')
    .description('change a setting: on and off, a word, or words with commas between them')
    .action(answer((context, name: string, value: string) => runConfigSet(context, name, value)));
  for (const command of config.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
}
