/** What moves bytes asks here before it moves them. */
export interface RateTaker {
  /** The largest part that keeps the stream smooth, in bytes; Infinity without a limit. */
  quantum(): number;
  /** Undefined: go on at once. Else resolves when so many more bytes may move. */
  take(bytes: number): Promise<void> | undefined;
}

export const unlimited: RateTaker = { quantum: () => Infinity, take: () => undefined };
