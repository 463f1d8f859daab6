/** What a thread that writes uploads is told. Each upload has its number; what is told of another number is passed over. */
export type UploadOrder =
  /** `pieceBytes`: what the pieces probably have; the real size decides at the end. */
  | { readonly kind: 'open'; readonly id: number; readonly path: string; readonly pieceBytes: number }
  /** The memory comes back with `taken`. */
  | { readonly kind: 'bytes'; readonly id: number; readonly memory: ArrayBuffer; readonly bytes: number }
  /** Answered by `done`, when all is on disk. */
  | { readonly kind: 'end'; readonly id: number }
  /** Removes what is there. Answered by `dropped`. */
  | { readonly kind: 'drop'; readonly id: number };

export type UploadReply =
  | { readonly kind: 'taken'; readonly id: number; readonly memory: ArrayBuffer }
  | {
      readonly kind: 'done';
      readonly id: number;
      readonly size: number;
      readonly sha256: string;
      readonly pieceHashes: Uint8Array;
    }
  /** The system's code of what went wrong with the disk. */
  | { readonly kind: 'failed'; readonly id: number; readonly code: string }
  | { readonly kind: 'dropped'; readonly id: number };
