import type { HistoryRecord } from '@enxame/shared/engine/history';
import type { TransferId } from '@enxame/shared/ids';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFileActions } from '../files/use-file-actions.js';
import { useDescribeError } from '@enxame/ui/i18n/i18n-context';
import { useApp } from '../shell/app-context.js';
import type { HistoryQueryShown } from './history-list.js';

export type ExportFormat = 'csv' | 'jsonl';

/** What can be done with the history; `leaving` left it on the screen and can still be brought back. */
export function useHistoryActions() {
  const { t } = useTranslation();
  const { link, toasts } = useApp();
  const describe = useDescribeError();
  const files = useFileActions();
  const [leaving, setLeaving] = useState<ReadonlySet<TransferId>>(new Set());
  const actions = useMemo(() => {
    const tell = (error: unknown): void => {
      const { what, todo } = describe(error);
      toasts.getState().show({ kind: 'plain', title: what, text: todo });
    };
    const leave = (id: TransferId, gone: boolean): void => {
      setLeaving((present) => new Set(gone ? [...present, id] : [...present].filter((one) => one !== id)));
    };
    return {
      remove: ({ id, name }: HistoryRecord) => {
        leave(id, true);
        toasts.getState().show({
          kind: 'plain',
          title: t('history.removed', { name }),
          action: {
            label: t('common.undo'),
            run: () => {
              leave(id, false);
            },
          },
          onExpire: () => {
            link
              .call('history:remove', { ids: [id] })
              .catch(tell)
              .finally(() => {
                leave(id, false);
              });
          },
        });
      },
      removeAll: () => {
        link.call('history:remove', {}).catch(tell);
      },
      write: ({ text, direction }: HistoryQueryShown, folder: string, format: ExportFormat) => {
        const path = pathIn(folder, `enxame-history-${stamp(new Date())}.${format}`);
        link
          .call('history:export', { text, path, format, ...(direction !== undefined && { direction }) })
          .then(({ records }) => {
            toasts.getState().show({
              kind: 'plain',
              title: t('history.exported', { count: records }),
              text: path,
              action: {
                label: t('common.showInFolder'),
                run: () => {
                  files.revealPath(path);
                },
              },
            });
          }, tell);
      },
    };
  }, [t, link, toasts, describe, files]);
  return { leaving, ...actions };
}

/** The engine's computer may be another kind than this one: its folder says how its paths look. */
function pathIn(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}

/** To the second, so that a second export does not meet the first. */
const stamp = (at: Date): string => {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
};
