import type { Transfer } from '@enxame/shared/engine/transfer';
import type { TransferId } from '@enxame/shared/ids';
import type { SendLog } from '../peer/send-log.js';
import type { DownloadList } from './download-list.js';
import { toSendView } from './send-view.js';

/** Both directions in one list, as people see it. A send is the receiver's to pause: here it can only leave the list. */
export interface TransferList extends Pick<DownloadList, 'start' | 'pause' | 'resume' | 'remove'> {
  list(): Transfer[];
  view(id: TransferId): Transfer | undefined;
}

export function createTransferList(
  downloads: DownloadList,
  sends: SendLog,
  onRemove: (id: TransferId) => void,
): TransferList {
  const findSend = (id: TransferId) => sends.list().find((send) => send.id === id);
  return {
    list: () => [...downloads.list(), ...sends.list().map(toSendView)],
    view: (id) => {
      const send = findSend(id);
      return send ? toSendView(send) : downloads.view(id);
    },
    start: (wanted) => downloads.start(wanted),
    pause: (id) => downloads.pause(id),
    resume: (id) => downloads.resume(id),
    remove: async (id) => {
      if (!findSend(id)) return downloads.remove(id);
      sends.remove(id);
      onRemove(id);
    },
  };
}
