import { Option, type Command } from 'commander';
import type { CommandContext, Outcome } from './command-context.js';
import { runPeople } from './commands/people.js';
import { runBlock, runBlocked, runNote, runPersonWords, runTrust, runUnblock, runUntrust } from './commands/person.js';
import { runShow, type VisibilityFlags } from './commands/visibility.js';
import { runUnwatch, runWatch, type WatchFlags } from './commands/watch.js';

type Answer = <Args extends unknown[]>(
  run: (context: CommandContext, ...args: Args) => Promise<Outcome>,
) => (...args: [...Args, ...unknown[]]) => Promise<void>;

/** For whom something is shared. */
export const visibilityOptions = (): Option[] => [
  new Option('--only <name...>', 'for these people only'),
  new Option('--link-only', 'in nobody’s list: by link or code only'),
];

/** People, for whom something is, and folders of which what lands in them is shared. */
export function addPersonCommands(program: Command, answer: Answer): void {
  const people = program
    .command('people')
    .description('the people of the network: who is there, whom you trust, whom you block')
    .action(answer(runPeople));
  people.command('list').description('who is there').action(answer(runPeople));
  people
    .command('words <name>')
    .description('what you and this person compare: both see the same')
    .action(answer(runPersonWords));
  people
    .command('trust <name>')
    .description('the words were compared: this key is theirs')
    .option('--yes', 'without asking')
    .action(answer((context, name: string, flags: { yes?: boolean }) => runTrust(context, name, flags)));
  people.command('untrust <name>').description('the words are to be compared again').action(answer(runUntrust));
  people
    .command('block <name>')
    .description('hide their files, give them nothing, refuse their codes')
    .action(answer(runBlock));
  people.command('unblock <name>').description('no longer block them').action(answer(runUnblock));
  people.command('blocked').description('whom you block').action(answer(runBlocked));
  people
    .command('note <name> [text]')
    .description('what you noted about them, or a new note; “” takes it away')
    .action(
      answer((context, name: string, text: string | undefined) =>
        runNote(context, name, typeof text === 'string' ? text : undefined),
      ),
    );

  const show = program
    .command('show <id>')
    .description('change who may know of something that you share')
    .option('--everyone', 'for everyone in the network')
    .action(answer((context, id: string, flags: VisibilityFlags) => runShow(context, id, flags)));
  const watch = program
    .command('watch [folder]')
    .description('share what lands in a folder; without one, list those that are watched')
    .option('--new-only', 'not what is in it already')
    .action(answer((context, folder: string | undefined, flags: WatchFlags) => runWatch(context, folder, flags)));
  for (const option of visibilityOptions()) {
    show.addOption(option);
    watch.addOption(option);
  }
  program.command('unwatch <folder>').description('no longer watch a folder').action(answer(runUnwatch));
  for (const command of people.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
}
