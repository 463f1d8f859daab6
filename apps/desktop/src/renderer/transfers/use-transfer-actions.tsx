import type { Transfer, TransferPriority } from '@enxame/shared/engine/transfer';
import type { TransferId } from '@enxame/shared/ids';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDescribeError } from '@enxame/ui/i18n/i18n-context';
import { useApp } from '../shell/app-context.js';

export interface TransferActions {
  pause(transfer: Transfer): void;
  resume(transfer: Transfer): void;
  /** At once: whoever calls has asked. */
  cancel(transfer: Transfer): void;
  /** Off the list, with a moment to undo it. */
  takeOff(transfers: readonly Transfer[]): void;
  prioritise(transfer: Transfer, priority: TransferPriority): void;
  /** Null: no limit of its own. */
  limit(transfer: Transfer, bytesPerSecond: number | null): void;
  /** Right before another one of the queue; null: to its end. */
  move(transfer: Transfer, before: Transfer | null): void;
}

export function useTransferActions(): TransferActions {
  const { t } = useTranslation();
  const describe = useDescribeError();
  const { link, toasts, transfers } = useApp();
  return useMemo(() => {
    const tell = (error: unknown): void => {
      const { what, todo } = describe(error);
      toasts.getState().show({ kind: 'plain', title: what, text: todo });
    };
    const call = (name: 'transfer:pause' | 'transfer:resume' | 'transfer:remove', id: TransferId): void => {
      link.call(name, { id }).catch(tell);
    };
    const setLeaving = (ids: readonly TransferId[], leave: boolean): void => {
      transfers.setState(({ leaving }) => {
        const next = new Set(leaving);
        for (const id of ids)
          if (leave) next.add(id);
          else next.delete(id);
        return { leaving: next };
      });
    };
    return {
      pause: ({ id }) => {
        call('transfer:pause', id);
      },
      resume: ({ id }) => {
        call('transfer:resume', id);
      },
      cancel: ({ id }) => {
        call('transfer:remove', id);
      },
      prioritise: ({ id }, priority) => {
        link.call('transfer:prioritise', { id, priority }).catch(tell);
      },
      limit: ({ id }, bytesPerSecond) => {
        link.call('transfer:limit', { id, bytesPerSecond }).catch(tell);
      },
      move: ({ id }, before) => {
        link.call('transfer:move', { id, before: before?.id ?? null }).catch(tell);
      },
      // The engine forgets at once and for good, so it is told only when nobody has taken it back.
      takeOff: (removed) => {
        const ids = removed.map(({ id }) => id);
        const [first] = removed;
        if (!first) return;
        setLeaving(ids, true);
        toasts.getState().show({
          kind: 'plain',
          title:
            ids.length === 1
              ? t('transfers.removed', { name: first.name })
              : t('transfers.cleared', { count: ids.length }),
          action: {
            label: t('common.undo'),
            run: () => {
              setLeaving(ids, false);
            },
          },
          onExpire: () => {
            for (const id of ids) call('transfer:remove', id);
            setLeaving(ids, false);
          },
        });
      },
    };
  }, [t, describe, link, toasts, transfers]);
}
