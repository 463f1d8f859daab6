import type { CodeId, CodeReceive, CodeReceiver, CodeSend } from '@enxame/shared/engine/code';
import type { Transfer } from '@enxame/shared/engine/transfer';

let count = 0;

/** A download on its way, but for what is given. */
export function transferOf(given: Partial<Transfer> = {}): Transfer {
  return {
    id: `transfer-${++count}` as Transfer['id'],
    direction: 'receive',
    state: 'moving',
    contentId: 'c' as Transfer['contentId'],
    entryId: null,
    name: 'tese.pdf',
    size: 1000,
    bytesDone: 250,
    bytesPerSecond: 0,
    secondsLeft: null,
    personName: 'Rafael',
    folder: null,
    priority: 'normal',
    limitBytesPerSecond: null,
    queue: null,
    sources: [],
    pieceCount: 1,
    piecesVerified: 0,
    startedAt: 0,
    finishedAt: null,
    path: null,
    sha256: null,
    error: null,
    ...given,
  };
}

export function codeSendOf(given: Partial<CodeSend> = {}): CodeSend {
  return {
    id: 'send-1' as CodeId,
    state: 'open',
    code: '7-abelha-vinho',
    link: null,
    offer: { kind: 'file', name: 'tese.pdf', size: 18_400_000, files: null },
    keep: false,
    expiresAt: 0,
    coming: 0,
    maxReceivers: 1000,
    wrongLeft: 5,
    receivers: [],
    receiverCount: 0,
    error: null,
    ...given,
  };
}

export function codeReceiverOf(given: Partial<CodeReceiver> = {}): CodeReceiver {
  return {
    number: 1,
    state: 'deciding',
    verifier: 'mel trigo',
    personName: 'Marina',
    way: 'plain',
    bytesDone: 0,
    bytesPerSecond: 0,
    path: null,
    startedAt: 0,
    error: null,
    ...given,
  };
}

export function codeReceiveOf(given: Partial<CodeReceive> = {}): CodeReceive {
  return {
    id: 'receive-1' as CodeId,
    state: 'connecting',
    code: '7-abelha-vinho',
    verifier: null,
    personName: 'Beatriz',
    way: 'plain',
    transferId: null,
    offer: { kind: 'folder', name: 'Fotos', size: 38_200_000_000, files: 2310 },
    text: null,
    folder: '/home/ana/Enxame',
    freeBytes: null,
    bytesDone: 0,
    bytesPerSecond: 0,
    path: null,
    savedAs: null,
    sha256: null,
    error: null,
    ...given,
  };
}
