import { fileCommands, valueOptions, wordsAfter, type CommandShape } from './command-shape.js';

/** For zsh with its completion system, which is loaded where it is not yet. */
export function toZshScript(program: CommandShape, codeWords: readonly string[]): string {
  const cases = program.commands.map((command) => `    ${command.name}) found=(${wordsAfter(command).join(' ')}) ;;`);
  return `#compdef enxame
# zsh completion of enxame: source <(enxame completion zsh)
_enxame_code_words=(${codeWords.join(' ')})

_enxame() {
  local command='' head at
  local -a found
  for ((at = 2; at < CURRENT; at++)); do
    case "$words[at]" in
    ${valueOptions.join('|')}) ((at++)) ;;
    -*) ;;
    *) command="$words[at]"; break ;;
    esac
  done
  case "$words[CURRENT-1]" in
  --to|--downloads|--data|--config|--export|--tls-cert|--tls-key) _files; return ;;
  esac
  if [[ "$command" == receive && "$PREFIX" != -* ]]; then
    if [[ "$PREFIX" =~ '^[0-9]+-(.*-)?[a-zA-Z]+$' ]]; then
      head="\${PREFIX%-*}-"
      PREFIX="$head\${(L)PREFIX##*-}"
      compadd -S '' -- "$head"\${^_enxame_code_words}
    fi
    return
  fi
  case "$command" in
    '') found=(${wordsAfter(program).join(' ')}) ;;
${cases.join('\n')}
  esac
  case "$command" in
  ${fileCommands.join('|')}) [[ "$PREFIX" != -* ]] && { _files; return } ;;
  esac
  compadd -- $found
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _enxame enxame
`;
}
