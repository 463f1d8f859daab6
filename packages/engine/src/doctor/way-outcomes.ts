import { ladderKinds, type PersonPath, type WayOutcome } from '@enxame/shared/engine/doctor';
import type { PathKind } from '@enxame/shared/engine/transfer';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

const noRoute = ['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'];
/** Of several addresses of one kind, what says more is told. */
const saysLess: readonly WayOutcome[] = ['no-route', 'silent'];

/** What a failure of a way means, from what the system and the other side said of it. */
export function toWayOutcome(error: unknown): WayOutcome {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    if (at instanceof EnxameError && at.code === 'source-identity') return 'other-device';
    if (at instanceof EnxameError && at.code === 'relay-refused') return 'relay-refused';
    const { code } = at as NodeJS.ErrnoException;
    if (code === 'ECONNREFUSED' || code === 'ECONNRESET') return 'refused';
    if (code !== undefined && noRoute.includes(code)) return 'no-route';
  }
  return 'silent';
}

export const saysMore = (outcome: WayOutcome, than: WayOutcome | undefined): boolean =>
  than === undefined || (saysLess.includes(than) && !saysLess.includes(outcome));

/** What came of each way to a device, the best first. `told`: the kinds of the addresses that the device tells. */
export function toWays(
  used: PathKind | null,
  failed: ReadonlyMap<PathKind, WayOutcome>,
  told: ReadonlySet<PathKind>,
): PersonPath['ways'] {
  if (used === 'this-computer' || used === 'hosted') return [{ path: used, outcome: 'used' }];
  return ladderKinds.map((path) => ({ path, outcome: outcomeOf(path) }));

  function outcomeOf(path: PathKind): WayOutcome {
    if (path === used) return 'used';
    const outcome = failed.get(path);
    if (outcome) return outcome;
    const isDialled = path === 'lan' || path === 'direct';
    if (isDialled && !told.has(path)) return 'no-address';
    return used === null ? 'silent' : 'not-needed';
  }
}
