import type { Limits, LimitsStatus } from '@enxame/shared/engine/limits';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDescribeError, useFormat } from '@enxame/ui/i18n/i18n-context';
import { useApp } from '../shell/app-context.js';

/** The limits as they are, null until they were told; and what changes them at once. */
export function useLimits(): readonly [LimitsStatus | null, (change: Partial<Limits>) => void] {
  const { link, limits, toasts } = useApp();
  const status = useStore(limits, (state) => state.status);
  const describe = useDescribeError();
  const change = useCallback(
    (next: Partial<Limits>) => {
      link.call('limits:set', next).then(
        (set) => {
          limits.setState({ status: set });
        },
        (error: unknown) => {
          const { what, todo } = describe(error);
          toasts.getState().show({ kind: 'plain', title: what, text: todo });
        },
      );
    },
    [link, limits, toasts, describe],
  );
  return [status, change];
}

/** What counts now, in a few words: "No limit until 18:00", "↓ 10 MB/s, ↑ 2 MB/s". */
export function useLimitsWords(): (status: LimitsStatus, now: number) => { short: string; long: string } {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ inForce: { send, receive }, changesAt }, now) => {
    const pairs = (long: boolean): string[] => [
      ...(receive === null ? [] : [`${long ? `${t('limits.receiveUpTo')} ` : '↓ '}${format.rate(receive)}`]),
      ...(send === null ? [] : [`${long ? `${t('limits.sendUpTo')} ` : '↑ '}${format.rate(send)}`]),
    ];
    const say = (what: string): string =>
      changesAt === null ? what : t('limits.until', { what, time: format.moment(changesAt, now) });
    const none = send === null && receive === null;
    return {
      short: say(none ? t('limits.noLimit') : pairs(false).join(' ')),
      long: say(none ? t('limits.noLimit') : pairs(true).join(', ')),
    };
  };
}
