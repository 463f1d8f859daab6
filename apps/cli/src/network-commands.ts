import { tokenScopes } from '@enxame/shared/tracker/token';
import { Option, type Command } from 'commander';
import type { CommandContext, Outcome } from './command-context.js';
import { runDoctor, type DoctorFlags } from './commands/doctor.js';
import { runDrop, runKeep, type KeepFlags } from './commands/keep.js';
import { runLinkCreate, runLinkList, runLinkRevoke, runLinkTakes, type LinkFlags } from './commands/link.js';
import { runTokenCreate, runTokenList, runTokenRevoke, type TokenFlags } from './commands/token.js';

type Answer = <Args extends unknown[]>(
  run: (context: CommandContext, ...args: Args) => Promise<Outcome>,
) => (...args: [...Args, ...unknown[]]) => Promise<void>;

/** What the tracker does for a person: links, copies that it keeps, tokens for programs. */
export function addNetworkCommands(
  program: Command,
  answer: Answer,
  parse: { readonly count: (text: string) => number; readonly duration: (text: string) => number },
): void {
  const lifetime = (): Option => new Option('--for <time>', 'how long: 12h, 30d').argParser(parse.duration);

  const link = program.command('link').description('links for people who have nothing installed');
  link
    .command('create <id>')
    .description('make a link to a file or a folder that you share')
    .addOption(lifetime())
    .addOption(new Option('--downloads <count>', 'so many downloads').argParser(parse.count))
    .option('--password <password>', 'whoever opens it must know this')
    .action(answer((context, id: string, flags: LinkFlags) => runLinkCreate(context, id, flags)));
  link.command('list').description('your links').action(answer(runLinkList));
  link.command('takes <link>').description('who took what, and when').action(answer(runLinkTakes));
  link.command('revoke <link>').description('end a link at once').action(answer(runLinkRevoke));

  program
    .command('keep <id>')
    .description('keep a copy on the tracker, there while you are not')
    .addOption(lifetime())
    .action(answer((context, id: string, flags: KeepFlags) => runKeep(context, id, flags)));
  program.command('drop <id>').description('keep it there no longer').action(answer(runDrop));

  program
    .command('doctor')
    .description('how this computer is connected, and to whom by which path')
    .option('--measure <person>', 'how fast bytes come from somebody, and what the limit is')
    .action(answer((context, flags: DoctorFlags) => runDoctor(context, flags)));

  const token = program.command('token').description('tokens for programs that speak HTTP to the tracker');
  token
    .command('create <name>')
    .description('make a token; its secret is shown this once')
    .addOption(new Option('--scope <scope...>', 'what it may; read and upload unless said').choices(tokenScopes))
    .action(answer((context, name: string, flags: TokenFlags) => runTokenCreate(context, name, flags)));
  token.command('list').description('your tokens').action(answer(runTokenList));
  token.command('revoke <id>').description('it opens nothing any more').action(answer(runTokenRevoke));

  for (const command of [...link.commands, ...token.commands])
    command.exitOverride().configureOutput({ writeErr: () => undefined });
}
