import type { HistoryRecord } from '@enxame/shared/engine/history';
import { useTranslation } from 'react-i18next';
import { useDescribeError, useFormat } from '@enxame/ui/i18n/i18n-context';
import { CopyButton, CopyIconButton } from '@enxame/ui/parts/copy-button';
import { Dialog } from '@enxame/ui/parts/dialog';
import facts from '@enxame/ui/parts/facts.module.css';
import text from '@enxame/ui/parts/text.module.css';
import { ResultWord } from './result-word.js';

/** All that is known of one transfer that ended, its receipt in words. */
export function HistoryDetails({ record, now, onClose }: { record: HistoryRecord; now: number; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useDescribeError();
  const { receipt, error } = record;
  const size = format.bytes(record.size);
  return (
    <Dialog
      wide
      title={record.name}
      onClose={onClose}
      actions={receipt && <CopyButton text={JSON.stringify(receipt)} label={t('history.copyReceipt')} />}
    >
      <ResultWord record={record} />
      <dl className={facts['facts']}>
        {record.personName !== '' && (
          <>
            <dt>{t('history.who')}</dt>
            <dd dir="auto">{record.personName}</dd>
          </>
        )}
        <dt>{t('history.when')}</dt>
        <dd className={text['num']}>
          {t('history.whenSpan', {
            from: format.moment(record.startedAt, now),
            to: format.moment(record.finishedAt, now),
          })}
        </dd>
        <dt>{t('history.amount')}</dt>
        <dd className={text['num']}>
          {record.bytesMoved === record.size
            ? size
            : t('history.moved', { moved: format.bytes(record.bytesMoved), size })}
          {record.files !== null && `, ${t('transfers.folderCount', { count: record.files })}`}
        </dd>
        {error && (
          <>
            <dt>{t('history.why')}</dt>
            <dd>
              {describe(error).what} {describe(error).todo}
            </dd>
          </>
        )}
        {(receipt !== null || record.result === 'sent') && (
          <>
            <dt>{t('history.receipt')}</dt>
            <dd>
              {receipt === null
                ? t('history.receiptNone')
                : t('history.receiptText', {
                    name: record.personName,
                    when: format.moment(receipt.receivedAt, now),
                    size: format.bytes(receipt.size),
                  })}
            </dd>
          </>
        )}
        {record.path !== null && (
          <>
            <dt>{t('transfers.file')}</dt>
            <dd className={facts['line']}>
              <span className={text['mono']}>{record.path}</span>
              <CopyIconButton text={record.path} label={t('common.copyPath')} />
            </dd>
          </>
        )}
        {record.sha256 !== null && (
          <>
            <dt>{t('transfers.sha256')}</dt>
            <dd className={facts['line']}>
              <span className={text['mono']}>{record.sha256}</span>
              <CopyIconButton text={record.sha256} label={t('details.copySha')} />
            </dd>
          </>
        )}
        {record.contentId !== null && (
          <>
            <dt>{t('history.contentId')}</dt>
            <dd className={text['mono']}>{record.contentId}</dd>
          </>
        )}
      </dl>
    </Dialog>
  );
}
