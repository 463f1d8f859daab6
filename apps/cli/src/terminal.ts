/** What the program has of the process that it runs in. */
export interface Terminal {
  /** Standard output: the answer, and nothing else. */
  print(text: string): void;
  /** Standard error: what a person may want to know meanwhile. */
  tell(text: string): void;
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
    progress: process_.stderr.isTTY ? process_.stderr : undefined,
  };
}
