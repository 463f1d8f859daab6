import type { ContentId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';
import type { PeerConnection } from '../peer/peer-connection.js';
import { createSourcePaths } from '../peer/paths/source-paths.js';
import type { TestDevice } from './test-device.js';

/** A connection to a source over its addresses only, with the patience of an engine. */
export const dialSource = (source: Source, tls: TestDevice['tls'], signal: AbortSignal): Promise<PeerConnection> =>
  createSourcePaths({ tls }).connect(source, {
    contentId: 'a'.repeat(52) as ContentId,
    signal,
    onBetter: () => undefined,
  });
