import type { HistoryRecord } from '@enxame/shared/engine/history';
import { ArrowDown, ArrowUp, CheckCheck, CircleSlash, OctagonX, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { classNames } from '@enxame/ui/class-names';
import text from '@enxame/ui/parts/text.module.css';
import styles from './history.module.css';

const looks: Readonly<Record<HistoryRecord['result'], readonly [LucideIcon, 'ok' | 'danger' | null]>> = {
  verified: [CheckCheck, 'ok'],
  arrived: [ArrowDown, null],
  received: [CheckCheck, 'ok'],
  sent: [ArrowUp, null],
  failed: [OctagonX, 'danger'],
  cancelled: [CircleSlash, null],
};

export function useResultWord(): (record: HistoryRecord) => string {
  const { t } = useTranslation();
  return ({ result, personName }) =>
    ({
      verified: t('history.resultVerified'),
      arrived: t('history.resultArrived'),
      received: t('history.resultReceived', { name: personName }),
      sent: t('history.resultSent'),
      failed: t('history.resultFailed'),
      cancelled: t('history.resultCancelled'),
    })[result];
}

/** How it ended: icon and word. Green only on the word of whoever has the bytes. */
export function ResultWord({ record }: { record: HistoryRecord }) {
  const word = useResultWord()(record);
  const [Icon, tint] = looks[record.result];
  return (
    <span className={classNames(styles['result'], tint !== null && text[tint])}>
      <Icon size={15} strokeWidth={1.75} aria-hidden />
      <span className={text['cut']} title={word}>
        {word}
      </span>
    </span>
  );
}
