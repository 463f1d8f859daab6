import { createInterface } from 'node:readline/promises';

/** What may follow what was typed so far, each as a whole line. */
export type Complete = (typed: string) => Promise<string[]>;

/** What the program has of the process that it runs in. */
export interface Terminal {
  /** Standard output: the answer, and nothing else. */
  print(text: string): void;
  /** Standard error: what a person may want to know meanwhile. */
  tell(text: string): void;
  /** Asks a person, and resolves with what they typed; undefined where nobody can answer. */
  readonly ask: ((question: string, complete?: Complete) => Promise<string>) | undefined;
  /** Where a bar may be drawn; undefined in a pipe. */
  readonly progress: NodeJS.WriteStream | undefined;
}

export function createTerminal(process_: NodeJS.Process): Terminal {
  return {
    print: (text) => {
      process_.stdout.write(`${text}\n`);
    },
    tell: (text) => {
      process_.stderr.write(`${text}\n`);
    },
    ask:
      process_.stdin.isTTY && process_.stderr.isTTY
        ? (question, complete) => askPerson(process_, question, complete)
        : undefined,
    progress: process_.stderr.isTTY ? process_.stderr : undefined,
  };
}

async function askPerson(
  { stdin, stderr }: NodeJS.Process,
  question: string,
  complete: Complete | undefined,
): Promise<string> {
  const completer = complete && (async (typed: string): Promise<[string[], string]> => [await complete(typed), typed]);
  const lines = createInterface({ input: stdin, output: stderr, ...(completer && { completer }) });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
