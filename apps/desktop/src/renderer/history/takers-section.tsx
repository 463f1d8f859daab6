import type { HistoryRecord } from '@enxame/shared/engine/history';
import { CheckCheck, CircleDashed } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Avatar } from '@enxame/ui/parts/avatar';
import { Hint } from '@enxame/ui/parts/field';
import { classNames } from '@enxame/ui/class-names';
import text from '@enxame/ui/parts/text.module.css';
import { useNow } from '@enxame/ui/hooks/use-now';
import type { FileRow } from '../files/file-row.js';
import { useApp } from '../shell/app-context.js';
import styles from './takers-section.module.css';

/** So many are looked through for this content, and so many shown. */
const maxLooked = 200;
const maxShown = 8;

/** Who took a file of one's own from this computer, and whether their receipt is here. */
export function TakersSection({ row }: { row: FileRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(30_000);
  const { link } = useApp();
  const { name, contentId, mine } = row;
  const [records, setRecords] = useState<readonly HistoryRecord[] | null>(null);
  useEffect(() => {
    if (!mine || contentId === null) return;
    let isOver = false;
    const ask = (): void => {
      link.call('history:list', { text: name, direction: 'send', limit: maxLooked }).then(
        (page) => {
          if (!isOver) setRecords(page.records.filter((record) => record.contentId === contentId));
        },
        () => undefined, // it left: the next change asks again
      );
    };
    ask();
    const stop = link.on('history:changed', ask);
    return () => {
      isOver = true;
      stop();
    };
  }, [link, name, contentId, mine]);
  if (!mine || contentId === null || records === null) return null;
  const taken = records.filter(({ result }) => result === 'received' || result === 'sent');
  return (
    <section>
      <h3>
        {t('takers.title')}
        {taken.length > 0 && <span className={text['num']}>{format.number(taken.length)}</span>}
      </h3>
      {taken.length === 0 && <Hint>{t('takers.none')}</Hint>}
      {taken.slice(0, maxShown).map(({ id, personName, result, finishedAt }) => (
        <div key={id} className={styles['taker']}>
          <Avatar name={personName} online={null} size="small" />
          <span className={text['cut']} dir="auto">
            {personName}
          </span>
          <span className={classNames(text['meta'], styles['how'])} data-received={result === 'received' || undefined}>
            {result === 'received' ? <CheckCheck size={14} aria-hidden /> : <CircleDashed size={14} aria-hidden />}
            {result === 'received' ? t('takers.received') : t('takers.sent')} · {format.ago(finishedAt, now)}
          </span>
        </div>
      ))}
      {taken.length > maxShown && (
        <p className={text['meta']}>{t('takers.more', { count: taken.length - maxShown })}</p>
      )}
    </section>
  );
}
