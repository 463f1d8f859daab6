import type { Transfer } from '@enxame/shared/engine/transfer';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { canPause, canResume, canTakeOff, queueOf, stepBefore } from './transfer-facts.js';
import type { TransferActions } from './use-transfer-actions.js';

/** The keys of the list of transfers. Returns what its element listens to. */
export function useListKeys(transfers: readonly Transfer[], actions: TransferActions) {
  // A line that changes its place in the document loses the focus: it gets it back.
  const moved = useRef<Transfer['id']>(null);
  useEffect(() => {
    const id = moved.current;
    if (id === null || document.activeElement !== document.body) return;
    itemOf(id)?.querySelector('button')?.focus();
  }, [transfers]);
  return (event: KeyboardEvent): void => {
    const { target } = event;
    if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey) return;
    // Menus and dialogs of a line are inside of it, and have keys of their own.
    if (target.closest('dialog, [role="menu"]')) return;
    const id = target.closest<HTMLElement>('[data-transfer]')?.dataset['transfer'];
    const transfer = transfers.find((one) => one.id === id);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null;
    if (event.altKey) {
      if (step === null || !transfer) return;
      const before = stepBefore(queueOf(transfers), transfer.id, step);
      if (before === undefined) return;
      moved.current = transfer.id;
      actions.move(transfer, before);
    } else if (step !== null) {
      moved.current = null;
      focusNeighbour(target, step);
    } else if (!transfer) return;
    else if (event.key.toLowerCase() === 'p' && canPause(transfer)) actions.pause(transfer);
    else if (event.key.toLowerCase() === 'p' && canResume(transfer)) actions.resume(transfer);
    else if (event.key === 'Delete' && canTakeOff(transfer)) actions.takeOff([transfer]);
    else return;
    event.preventDefault();
  };
}

const itemOf = (id: Transfer['id']): HTMLElement | null =>
  document.querySelector(`main [data-transfer="${CSS.escape(id)}"]`);

/** Up and down go from transfer to transfer, to the first button of each. */
function focusNeighbour(from: HTMLElement, step: 1 | -1): void {
  const items = [...document.querySelectorAll<HTMLElement>('main [data-transfer]')];
  const current = items.findIndex((item) => item.contains(from));
  const next = current < 0 ? items[step === 1 ? 0 : items.length - 1] : items[current + step];
  next?.querySelector<HTMLElement>('button')?.focus();
}
