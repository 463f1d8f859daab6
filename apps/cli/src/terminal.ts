import { createInterface } from 'node:readline/promises';

/** What the program has of the process that it runs in. */
export interface Terminal {
  /** Standard output: the answer, and nothing else. */
  print(text: string): void;
  /** Standard error: what a person may want to know meanwhile. */
  tell(text: string): void;
  /** Asks a person, and resolves with what they typed; undefined where nobody can answer. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
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
    ask: process_.stdin.isTTY && process_.stderr.isTTY ? (question) => askPerson(process_, question) : undefined,
    progress: process_.stderr.isTTY ? process_.stderr : undefined,
  };
}

async function askPerson({ stdin, stderr }: NodeJS.Process, question: string): Promise<string> {
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
