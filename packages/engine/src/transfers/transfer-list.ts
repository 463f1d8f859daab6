import type { Transfer } from '@enxame/shared/engine/transfer';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { TransferId } from '@enxame/shared/ids';
import type { RateControl } from '../limits/rate-control.js';
import type { Send, SendLog } from '../peer/send-log.js';
import type { Uploads } from '../queue/uploads.js';
import type { DownloadList } from './download-list.js';
import { toSendView } from './send-view.js';

/** Both directions in one list, as people see it. A send is the receiver's to pause: here it can only leave the list. */
export interface TransferList extends Pick<
  DownloadList,
  'start' | 'openCollection' | 'pause' | 'resume' | 'remove' | 'limit' | 'prioritise' | 'move' | 'pieces'
> {
  list(): Transfer[];
  view(id: TransferId): Transfer | undefined;
}

export function createTransferList(
  downloads: DownloadList,
  { sends, uploads, rates }: { readonly sends: SendLog; readonly uploads: Uploads; readonly rates: RateControl },
): TransferList {
  const toView = (send: Send): Transfer =>
    toSendView(send, { queue: uploads.place(send), limit: rates.transferLimit(send.id) });
  return {
    list: () => [...downloads.list(), ...sends.list().map(toView)],
    view: (id) => {
      const send = sends.get(id);
      return send ? toView(send) : downloads.view(id);
    },
    start: (wanted) => downloads.start(wanted),
    openCollection: (wanted, signal) => downloads.openCollection(wanted, signal),
    pause: (id) => downloads.pause(id),
    resume: (id) => downloads.resume(id),
    remove: async (id) => {
      if (!sends.get(id)) return downloads.remove(id);
      sends.remove(id);
      rates.limitTransfer(id, null);
    },
    limit: async (id, bytesPerSecond) => {
      if (!sends.get(id)) return downloads.limit(id, bytesPerSecond);
      rates.limitTransfer(id, bytesPerSecond);
    },
    pieces: (id) => downloads.pieces(id),
    // Who takes when is the queue's to say: fair turns between people.
    prioritise: (id, priority) => (sends.get(id) ? refuse() : downloads.prioritise(id, priority)),
    move: (id, before) => (sends.get(id) ? refuse() : downloads.move(id, before)),
  };
}

const refuse = (): Promise<never> => Promise.reject(new EnxameError('not-supported'));
