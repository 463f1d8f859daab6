import type { AuditRecord } from '@enxame/shared/tracker/admin';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { useNow } from '@enxame/ui/hooks/use-now';
import text from '@enxame/ui/parts/text.module.css';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../api/use-ask.js';
import { useSite } from '../shell/site-context.js';
import { askAdmin } from './admin-api.js';
import styles from './admin.module.css';
import { toAuditActor, toAuditWords } from './audit-words.js';

const pageLines = 50;

/** What was done, the latest first, a page at a time. */
export function AuditPart() {
  const { t } = useTranslation();
  const { api } = useSite();
  const [pages, setPages] = useState(1);
  const { data, error, isAsking, reload } = useAsk(
    useCallback(
      async (signal: AbortSignal) => {
        const records: AuditRecord[] = [];
        let total = 0;
        for (let page = 0; page < pages; page++) {
          const next = await askAdmin(api, 'admin:audit', { before: records.at(-1)?.number, limit: pageLines }, signal);
          records.push(...next.records);
          total = next.total;
          if (next.records.length < pageLines) break;
        }
        return { records, total };
      },
      [api, pages],
    ),
  );
  return (
    <section className={styles['section']} aria-labelledby="audit-title">
      <h2 id="audit-title">{t('admin.audit.title')}</h2>
      {error && <ErrorCallout error={error} actions={<Button onClick={reload}>{t('common.tryAgain')}</Button>} />}
      {!data && !error && <p className={text['meta']}>{t('common.loading')}</p>}
      {data && <Lines records={data.records} />}
      {data && data.records.length < data.total && (
        <Button
          wide
          busy={isAsking}
          onClick={() => {
            setPages(pages + 1);
          }}
        >
          {t('admin.more')}
        </Button>
      )}
    </section>
  );
}

function Lines({ records }: { records: readonly AuditRecord[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  return (
    <table className={styles['log']}>
      <caption className={text['sr']}>{t('admin.audit.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('admin.audit.when')}</th>
          <th scope="col">{t('admin.audit.who')}</th>
          <th scope="col">{t('admin.audit.what')}</th>
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <tr key={record.number}>
            <td>{format.moment(record.at, now)}</td>
            <td dir="auto">{toAuditActor(record, t)}</td>
            <td>
              {t(`admin.audit.${record.action}`)} <span dir="auto">{toAuditWords(record, t, format)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
