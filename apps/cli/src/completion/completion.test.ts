import { execFileSync, spawnSync } from 'node:child_process';
import { codeWords } from '@enxame/wormhole/codes/code-words';
import { describe, expect, it } from 'vitest';
import { runWith, runningEngine } from '../testing/run-with.js';

const hasBash = spawnSync('bash', ['--version']).status === 0;

async function scriptFor(shell: string): Promise<string> {
  const result = await runWith(`completion ${shell} --json`, runningEngine({}));
  return (result.json() as { script: string }).script;
}

/** What bash itself would offer, with the script loaded and this typed. */
async function complete(line: string): Promise<string[]> {
  const script = await scriptFor('bash');
  const ask = `
    eval "$1"
    spec="$(complete -p enxame)" || exit 3
    [[ "$spec" =~ -F\\ ([^ ]+)\\ enxame ]] || exit 4
    read -r -a COMP_WORDS <<< "$2"
    [[ "$2" == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)) COMP_LINE="$2" COMP_POINT=\${#2}
    "\${BASH_REMATCH[1]}" enxame "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['--norc', '-c', ask, 'bash', script, line], { encoding: 'utf8' });
  return out.split('\n').filter((word) => word !== '');
}

describe.skipIf(!hasBash)('completion in bash', () => {
  it('knows the commands, those within a command, and options', async () => {
    expect(await complete('enxame rec')).toEqual(['receive']);
    expect(await complete('enxame --data /tmp/x rec')).toEqual(['receive']);
    expect(await complete('enxame link ')).toEqual(expect.arrayContaining(['create', 'list', 'revoke']));
    expect(await complete('enxame receive --y')).toEqual(['--yes']);
  });

  it('completes the last word of a code from both lists, whatever its case', async () => {
    expect(await complete('enxame receive 7-abel')).toEqual(['7-abelha']);
    expect(await complete('enxame receive 7-abelha-VINH')).toEqual(['7-abelha-vinheta']);
    const found = await complete('enxame receive --yes 12-abelha-za');
    expect(found).toEqual(codeWords.filter((word) => word.startsWith('za')).map((word) => `12-abelha-${word}`));
  });

  it('offers nothing in place of a number, of no word yet, and for the other commands’ files', async () => {
    for (const line of ['enxame receive ab', 'enxame receive 7-', 'enxame send fi', 'enxame receive --to /t'])
      expect(await complete(line)).toEqual([]);
  });
});

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('for %s has every command and every word of a code', async (shell) => {
    const script = await scriptFor(shell);
    for (const word of ['receive', 'completion', codeWords[0], codeWords.at(-1)]) expect(script).toContain(word);
  });

  it('of another shell is refused', async () => {
    expect((await runWith('completion tcsh --json', runningEngine({}))).json()).toMatchObject({
      error: { code: 'bad-request' },
    });
  });
});
