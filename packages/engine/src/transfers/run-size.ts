/** One request asks for at most this much: the wait between two, some 3 ms at best, costs a fast source nothing then. */
export const maxRunBytes = 256 * 1024 * 1024;
/** What a source is asked for before its speed is known. */
const firstRunBytes = 4 * 1024 * 1024;
/** Less would be all waiting and no work on a line with a long way to go. */
const minRunBytes = 1024 * 1024;
/** Long enough that the wait between two requests costs little, short enough that the others find something to do. */
const aloneRunMs = 4000;
/** Where other receivers fetch the same content, what they have by now is worth a look more often. */
const sharedRunMs = 1000;

/**
 * How many adjacent pieces to ask of a source at once: some seconds of its work, at least one piece. Of several sources
 * each gets less towards the end, so that all have something to do until then.
 * `bytesPerSecond`: undefined while unknown. `isShared`: others that do not have all of it fetch it, too. `freePieces`:
 * those that nobody is asked for. `sources`: how many are at work, this one included.
 */
export function piecesPerRun(options: {
  readonly bytesPerSecond: number | undefined;
  readonly pieceBytes: number;
  readonly isShared: boolean;
  readonly freePieces: number;
  readonly sources: number;
}): number {
  const { bytesPerSecond, pieceBytes, isShared, freePieces, sources } = options;
  const seconds = (isShared ? sharedRunMs : aloneRunMs) / 1000;
  const worthBytes = bytesPerSecond === undefined ? firstRunBytes : bytesPerSecond * seconds;
  const bytes = Math.min(maxRunBytes, Math.max(minRunBytes, worthBytes));
  const least = Math.max(1, Math.floor(minRunBytes / pieceBytes));
  const share = sources > 1 ? Math.max(least, Math.ceil(freePieces / (2 * sources))) : Infinity;
  return Math.max(1, Math.min(share, Math.floor(bytes / pieceBytes)));
}
