import { apiRoutes } from '@enxame/shared/tracker/api';
import type { LinkId } from '@enxame/shared/tracker/link';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../api/use-ask.js';
import { useSite } from '../shell/site-context.js';
import styles from './mine.module.css';

/** Who took what through a link, and when; the latest first. */
export function LinkTakes({ id, now }: { id: LinkId; now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { api } = useSite();
  const { data, error } = useAsk(
    useCallback(
      (signal) => api.ask({ path: `/links/${id}/takes`, reply: apiRoutes.linkTakes.reply, signal }),
      [api, id],
    ),
  );
  return (
    <div className={styles['takes']}>
      {error && <ErrorCallout error={error} />}
      {!data && !error && <p>{t('common.loading')}</p>}
      {data?.takes.length === 0 && <p>{t('mine.noTakes')}</p>}
      {data && data.takes.length > 0 && (
        <ul>
          {data.takes.map(({ at, who, agent, bytes, isComplete }, index) => (
            <li key={`${String(at)} ${String(index)}`}>
              <strong dir="auto">{who ?? t('mine.anonymous')}</strong>
              <span title={agent} dir="auto">
                {isComplete ? agent : t('mine.cut', { size: format.bytes(bytes) })}
              </span>
              <span>{format.moment(at, now)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
