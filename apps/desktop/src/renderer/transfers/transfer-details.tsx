import type { Transfer } from '@enxame/shared/engine/transfer';
import { useTranslation } from 'react-i18next';
import { PathKind } from '../files/path-kind.js';
import { useFormat } from '../i18n/i18n-context.js';
import { Avatar } from '../parts/avatar.js';
import { CopyIconButton } from '../parts/copy-button.js';
import text from '../parts/text.module.css';
import { useNow } from '../parts/use-now.js';
import { useApp } from '../shell/app-context.js';
import { SpeedGraph } from './speed-graph.js';
import styles from './transfers.module.css';

/** Many sources are told by their fastest. */
const maxSources = 20;

/** Where the bytes come from, how fast, and what has been verified. */
export function TransferDetails({ transfer, id }: { transfer: Transfer; id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { speeds } = useApp();
  const now = useNow(1000);
  const sources = [...transfer.sources].sort((a, b) => b.bytesPerSecond - a.bytesPerSecond);
  const total = Math.max(
    1,
    sources.reduce((sum, source) => sum + source.bytesPerSecond, 0),
  );
  const moving = transfer.state === 'moving';
  return (
    <div className={styles['body']} id={id}>
      <div>
        <h4 className={styles['label']}>
          {t('transfers.sources')} <span>{sources.length === 0 && t('transfers.sourcesNone')}</span>
        </h4>
        {sources.length > 0 && (
          <div className={styles['sources']} role="table" aria-label={t('transfers.sourcesTable')}>
            {sources.slice(0, maxSources).map((source) => (
              <div key={source.deviceId} className={styles['source']} role="row">
                <span role="cell">
                  <Avatar name={source.userName} online size="small" />
                  <span className={text['cut']} dir="auto">
                    {source.userName}
                  </span>
                </span>
                <span role="cell">
                  {source.path !== null && <PathKind kind={source.path} />}
                </span>
                <span role="cell">{format.rate(source.bytesPerSecond)}</span>
                <span role="cell">
                  <span className={styles['part']} aria-hidden>
                    <i style={{ width: `${String((source.bytesPerSecond / total) * 100)}%` }} />
                  </span>
                  {format.percent(source.bytesPerSecond, total)}
                </span>
              </div>
            ))}
          </div>
        )}
        <dl className={styles['facts']}>
          {transfer.direction === 'receive' && (
            <>
              <dt>{t('transfers.pieces')}</dt>
              <dd className={text['num']}>
                {t('transfers.piecesOf', { done: transfer.piecesVerified, total: transfer.pieceCount })}
              </dd>
            </>
          )}
          {transfer.path !== null && (
            <>
              <dt>{t('transfers.file')}</dt>
              <dd className={text['mono']}>{transfer.path}</dd>
            </>
          )}
          {transfer.sha256 !== null && (
            <>
              <dt>{t('transfers.sha256')}</dt>
              <dd className={text['mono']}>
                {transfer.sha256} <CopyIconButton text={transfer.sha256} label={t('details.copySha')} />
              </dd>
            </>
          )}
        </dl>
      </div>
      {moving && (
        <div className={styles['graphBox']}>
          <h4 className={styles['label']}>{t('transfers.speed', { unit: 'MB/s' })}</h4>
          <SpeedGraph values={speeds.series(transfer.id, now)} sending={transfer.direction === 'send'} />
        </div>
      )}
    </div>
  );
}
