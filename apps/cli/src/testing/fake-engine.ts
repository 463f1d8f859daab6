import { engineCalls, type EngineCalls } from '@enxame/shared/engine/calls';
import { createEngineHost, type EngineHandlers, type EngineHost } from '@enxame/shared/engine/engine-host';
import type { EngineStatus } from '@enxame/shared/engine/status';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import {
  contentIdSchema,
  deviceIdSchema,
  entryIdSchema,
  trackerIdSchema,
  transferIdSchema,
  userIdSchema,
} from '@enxame/shared/ids';
import type { RequestName } from '@enxame/shared/messages/request-table';

export const contentId = contentIdSchema.parse('c'.repeat(51) + 'a');
export const userId = userIdSchema.parse('u'.repeat(51) + 'a');
const deviceId = deviceIdSchema.parse('d'.repeat(51) + 'a');
const trackerId = trackerIdSchema.parse('t'.repeat(51) + 'a');

/** A different id for each number below 32,768. */
export function entryIdOf(number: number): ReturnType<typeof entryIdSchema.parse> {
  const letters = [...number.toString(8).padStart(5, '0')].map((digit) => 'abcdefgh'.charAt(Number(digit)));
  return entryIdSchema.parse(`${letters.join('')}${'e'.repeat(20)}a`);
}

export const connectedStatus: EngineStatus = {
  version: '0.1.0',
  device: { id: deviceId, name: 'laptop' },
  user: { id: userId, name: 'Ana' },
  tracker: {
    url: 'https://127.0.0.1:7667',
    trackerId,
    name: 'Home',
    words: 'mel-trigo-farol-41',
    connected: true,
    since: 1,
    nextTryAt: null,
    error: null,
  },
  suggestedTracker: null,
  settings: { downloadsFolder: '/downloads', deviceName: 'laptop', language: 'system', theme: 'system' },
  addresses: [],
  rates: { receiveBytesPerSecond: 0, sendBytesPerSecond: 0 },
};

export function transferOf(change: Partial<Transfer>): Transfer {
  return {
    id: transferIdSchema.parse('transfer-1'),
    direction: 'receive',
    state: 'moving',
    contentId,
    entryId: entryIdOf(1),
    name: 'video.mkv',
    size: 1000,
    bytesDone: 400,
    bytesPerSecond: 100,
    secondsLeft: 6,
    personName: 'Bia',
    folder: null,
    priority: 'normal',
    limitBytesPerSecond: null,
    queue: null,
    sources: [],
    pieceCount: 1,
    piecesVerified: 0,
    startedAt: 1,
    finishedAt: null,
    path: null,
    sha256: null,
    error: null,
    ...change,
  };
}

/** An engine that answers as told, through the real contract. What it is not told to answer is `not-supported`. */
export function createFakeEngine(handlers: Partial<EngineHandlers>): EngineHost {
  const refuse = (): never => {
    throw new EnxameError('not-supported');
  };
  const names = Object.keys(engineCalls) as RequestName<EngineCalls>[];
  const refusals = Object.fromEntries(names.map((name) => [name, refuse])) as unknown as EngineHandlers;
  return createEngineHost({
    handlers: { ...refusals, 'status:get': () => connectedStatus, ...handlers },
    onInternal: (error) => {
      throw error;
    },
    onSessionEnd: () => undefined,
  });
}
