import { codeWords } from '@enxame/wormhole/codes/code-words';
import type { Outcome } from '../command-context.js';
import { toBashScript } from '../completion/bash-script.js';
import type { CommandShape } from '../completion/command-shape.js';
import { toFishScript } from '../completion/fish-script.js';
import { toZshScript } from '../completion/zsh-script.js';

const scripts = { bash: toBashScript, zsh: toZshScript, fish: toFishScript } as const;

export type Shell = keyof typeof scripts;
export const shells = Object.keys(scripts) as Shell[];

/** A script that teaches a shell the commands, their options and the words of codes. Needs no engine. */
export function runCompletion(shell: Shell, program: CommandShape): Outcome {
  const script = scripts[shell](program, codeWords);
  return { document: { shell, script }, text: () => script.trimEnd() };
}
