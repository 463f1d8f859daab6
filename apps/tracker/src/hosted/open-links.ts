import { join } from 'node:path';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Closer } from '../closer.js';
import type { Clock } from '../domain/clock.js';
import type { HostedCopies } from '../domain/hosted-copies.js';
import { createLinkPasses } from '../domain/link-password.js';
import { createLinkTakes, type LinkTakes } from '../domain/link-takes.js';
import { createLinks, type Links } from '../domain/links.js';
import type { Network } from '../domain/network.js';
import { storedLinkSchema, storedTakeSchema } from '../domain/stored-link.js';
import type { Contents } from './contents.js';
import { createLinkAccess, type LinkAccess } from './link-access.js';
import { openRecords } from '../store/open-records.js';

/** Opens the journals of links and of who took what. `closer` gets what closes them. */
export async function openLinks(
  deps: {
    readonly dataFolder: string;
    readonly network: Network;
    readonly copies: HostedCopies;
    readonly contents: Contents;
    readonly clock: Clock;
    readonly randomBytes: (bytes: number) => Uint8Array;
    readonly onBroken: OnBroken;
    readonly onLateFailure: (error: unknown) => void;
  },
  closer: Closer,
): Promise<{ links: Links; takes: LinkTakes; access: LinkAccess }> {
  const { dataFolder, clock, randomBytes, onBroken, onLateFailure } = deps;
  const linkRecords = await openRecords(join(dataFolder, 'links.jsonl'), storedLinkSchema, onBroken);
  closer.add(() => linkRecords.close());
  const takeRecords = await openRecords(join(dataFolder, 'takes.jsonl'), storedTakeSchema, onBroken);
  closer.add(() => takeRecords.close());
  const links = createLinks({
    records: linkRecords,
    clock,
    randomBytes,
    onGone: (id) => {
      takes.forget(id);
    },
  });
  const takes = createLinkTakes({ records: takeRecords, links, clock, onLateFailure });
  const passes = createLinkPasses(randomBytes(32), () => clock.now());
  return { links, takes, access: createLinkAccess({ ...deps, links, passes }) };
}
