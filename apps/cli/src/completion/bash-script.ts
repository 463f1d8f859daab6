import { fileCommands, valueOptions, wordsAfter, type CommandShape } from './command-shape.js';

/**
 * For bash 3.2 and later. A code is one word for bash, which breaks none at a hyphen: its number and what was typed of its
 * words stay as they are, the last word is completed.
 */
export function toBashScript(program: CommandShape, codeWords: readonly string[]): string {
  const cases = program.commands.map((command) => `    ${command.name}) words='${wordsAfter(command).join(' ')}' ;;`);
  return `# bash completion of enxame: eval "$(enxame completion bash)"
_enxame_code_words='${codeWords.join(' ')}'

_enxame() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command='' words='' at
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "\${COMP_WORDS[at]}" in
    ${valueOptions.join('|')}) ((at++)) ;;
    -*) ;;
    *) command="\${COMP_WORDS[at]}"; break ;;
    esac
  done
  case "$previous" in
  --to|--downloads|--data|--config|--export|--tls-cert|--tls-key) return ;;
  esac
  if [ "$command" = receive ] && [[ "$current" != -* ]]; then
    compopt +o default 2>/dev/null
    if [[ "$current" =~ ^[0-9]+-(.*-)?[a-zA-Z]+$ ]]; then
      local head="\${current%-*}-" last
      last="$(printf %s "\${current##*-}" | tr '[:upper:]' '[:lower:]')"
      compopt -o nospace 2>/dev/null
      COMPREPLY=($(compgen -P "$head" -W "$_enxame_code_words" -- "$last"))
    fi
    return
  fi
  case "$command" in
    '') words='${wordsAfter(program).join(' ')}' ;;
${cases.join('\n')}
  esac
  case "$command" in
  ${fileCommands.join('|')}) [[ "$current" != -* ]] && return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _enxame enxame
`;
}
