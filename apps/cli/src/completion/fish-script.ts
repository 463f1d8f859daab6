import { fileCommands, type CommandShape } from './command-shape.js';

/** For fish 3 and later. */
export function toFishScript(program: CommandShape, codeWords: readonly string[]): string {
  const lines = program.commands.flatMap((command) => {
    const seen = `-n '__fish_seen_subcommand_from ${command.name}'`;
    const noFiles = (fileCommands as readonly string[]).includes(command.name) ? '' : ' -f';
    const inner = command.commands.map(({ name }) => name).join(' ');
    return [
      `complete -c enxame -f -n __fish_use_subcommand -a ${command.name}`,
      ...(inner === '' ? [] : [`complete -c enxame -f ${seen} -a '${inner}'`]),
      ...command.options.map((option) => `complete -c enxame${noFiles} ${seen} -l ${option.slice(2)}`),
    ];
  });
  return `# fish completion of enxame: enxame completion fish | source
set -g __enxame_code_words ${codeWords.join(' ')}

function __enxame_codes
    set -l typed (commandline -ct)
    string match -qr '^[0-9]+-(.*-)?[a-zA-Z]+$' -- $typed; or return
    set -l head (string replace -r '[^-]*$' '' -- $typed)
    printf '%s\\n' $head$__enxame_code_words
end

${program.options.map((option) => `complete -c enxame -n __fish_use_subcommand -l ${option.slice(2)}`).join('\n')}
${lines.join('\n')}
complete -c enxame -f -n '__fish_seen_subcommand_from receive' -a '(__enxame_codes)'
`;
}
