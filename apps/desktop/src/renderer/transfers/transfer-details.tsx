import type { Transfer } from '@enxame/shared/engine/transfer';
import { useTranslation } from 'react-i18next';
import { CopyIconButton } from '@enxame/ui/parts/copy-button';
import text from '@enxame/ui/parts/text.module.css';
import { useApp } from '../shell/app-context.js';
import { PieceMap } from './piece-map.js';
import { SourceRows } from './source-rows.js';
import { SpeedGraph } from './speed-graph.js';
import styles from './transfer-details.module.css';

interface Props {
  readonly transfer: Transfer;
  readonly id: string;
  readonly now: number;
}

/** Where the bytes come from, how fast, and what has been verified. */
export function TransferDetails({ transfer, id, now }: Props) {
  const { t } = useTranslation();
  const { speeds } = useApp();
  const moving = transfer.state === 'moving';
  return (
    <div className={styles['body']} id={id}>
      {transfer.direction === 'receive' && transfer.pieceCount > 0 && <PieceMap transfer={transfer} />}
      <div>
        <SourceRows transfer={transfer} now={now} />
        <dl className={styles['facts']}>
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
          <SpeedGraph {...{ [transfer.direction === 'send' ? 'up' : 'down']: speeds.series(transfer.id, now) }} />
        </div>
      )}
    </div>
  );
}
