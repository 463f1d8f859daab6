/** Something that the palette can do; what is found in the network comes beside these. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** Other words by which it is found. */
  readonly words: string;
  readonly run: () => void;
}

/** Commands whose words begin as what was typed, in their own order. Case and accents do not count. */
export function findCommands(commands: readonly Command[], typed: string): Command[] {
  const wanted = fold(typed).split(/\s+/).filter(Boolean);
  return commands.filter(({ title, words }) => {
    const own = fold(`${title} ${words}`).split(/[\s,]+/);
    return wanted.every((word) => own.some((one) => one.startsWith(word)));
  });
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
