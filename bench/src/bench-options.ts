/** What every benchmark is run with. */
export interface BenchOptions {
  /** Smaller and fewer: to see that it works, not to publish. */
  readonly quick: boolean;
  /** One JSON document instead of sentences. */
  readonly json: boolean;
}

export function readBenchOptions(args: readonly string[]): BenchOptions {
  return { quick: args.includes('--quick'), json: args.includes('--json') };
}
