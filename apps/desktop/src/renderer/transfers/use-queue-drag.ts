import type { Transfer } from '@enxame/shared/engine/transfer';
import { useState, type DragEvent } from 'react';
import { useApp } from '../shell/app-context.js';
import { queueOf } from './transfer-facts.js';
import type { TransferActions } from './use-transfer-actions.js';

/** Names what is dragged, so that nothing else that is dragged over the list is taken for it. */
const dragType = 'application/x-enxame-transfer';

export type DropEdge = 'before' | 'after';

/** A line of the queue that can be dragged over the others; `edge` says on which side it would land. */
export function useQueueDrag(transfer: Transfer, actions: TransferActions) {
  const { transfers } = useApp();
  const [edge, setEdge] = useState<DropEdge | null>(null);
  if (transfer.direction !== 'receive') return { edge: null, drag: {} };
  const drop = (event: DragEvent<HTMLElement>): void => {
    setEdge(null);
    const queue = queueOf(transfers.getState().transfers.values());
    const dragged = queue.find(({ id }) => id === event.dataTransfer.getData(dragType));
    const place = queue.findIndex(({ id }) => id === transfer.id);
    if (!dragged || place < 0) return;
    event.preventDefault();
    const before = edgeOf(event) === 'before' ? transfer : (queue[place + 1] ?? null);
    const already = queue[queue.indexOf(dragged) + 1] ?? null;
    if (before !== dragged && before !== already) actions.move(dragged, before);
  };
  return {
    edge,
    drag: {
      draggable: true,
      onDragStart: (event: DragEvent<HTMLElement>) => {
        event.dataTransfer.setData(dragType, transfer.id);
        event.dataTransfer.effectAllowed = 'move';
      },
      onDragOver: (event: DragEvent<HTMLElement>) => {
        if (!event.dataTransfer.types.includes(dragType)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        setEdge(edgeOf(event));
      },
      onDragLeave: () => {
        setEdge(null);
      },
      onDrop: drop,
    },
  };
}

function edgeOf(event: DragEvent<HTMLElement>): DropEdge {
  const { top, height } = event.currentTarget.getBoundingClientRect();
  return event.clientY < top + height / 2 ? 'before' : 'after';
}
