import type { Transfer, TransferSource } from '@enxame/shared/engine/transfer';
import { useTranslation } from 'react-i18next';
import { PathKind } from '../files/path-kind.js';
import { useDescribeError, useFormat } from '@enxame/ui/i18n/i18n-context';
import { Avatar } from '@enxame/ui/parts/avatar';
import { classNames } from '@enxame/ui/class-names';
import text from '@enxame/ui/parts/text.module.css';
import { maxSourcesShown, shareOf, sortSources } from './source-facts.js';
import styles from './source-rows.module.css';
import { useQueueWords } from './transfer-words.js';

interface Props {
  readonly transfer: Transfer;
  readonly now: number;
}

/** Where the bytes come from: who, by which path, what it does now, and its part of what has arrived. */
export function SourceRows({ transfer, now }: Props) {
  const { t } = useTranslation();
  const sources = sortSources(transfer.sources);
  const moving = sources.filter(({ state }) => state === 'moving').length;
  const still = sources.length - moving;
  const sending = transfer.direction === 'send';
  return (
    <div>
      <h4 className={styles['label']}>
        {sending ? t('transfers.receiver') : t('transfers.sources')}{' '}
        <span>
          {sources.length === 0
            ? t('transfers.sourcesNone')
            : !sending && t('transfers.sourcesMoving', { count: moving })}
          {!sending && still > 0 && `, ${t('transfers.sourcesStill', { count: still })}`}
        </span>
      </h4>
      {sources.length > 0 && (
        <div className={styles['table']} role="table" aria-label={t('transfers.sourcesTable')}>
          <div role="row" className={text['sr']}>
            <span role="columnheader">{t('transfers.sourceName')}</span>
            <span role="columnheader">{t('transfers.sourcePath')}</span>
            <span role="columnheader">{t('transfers.sourceSpeed')}</span>
            <span role="columnheader">{t('transfers.sourceShare')}</span>
          </div>
          {sources.slice(0, maxSourcesShown).map((source) => (
            <SourceRow key={source.deviceId} source={source} transfer={transfer} now={now} />
          ))}
        </div>
      )}
      {sources.length > maxSourcesShown && (
        <p className={styles['more']}>{t('transfers.sourcesMore', { count: sources.length - maxSourcesShown })}</p>
      )}
    </div>
  );
}

function SourceRow({ source, transfer, now }: Props & { readonly source: TransferSource }) {
  const format = useFormat();
  const part = shareOf(source, transfer);
  const stateWord = useSourceState()(source);
  const notes = useSourceNotes()(source, transfer, now);
  return (
    <div className={classNames(styles['source'], source.state === 'failed' && styles['off'])} role="row">
      <span role="cell">
        <Avatar name={source.userName} online={source.path === null ? null : true} size="small" />
        <span className={text['cut']} dir="auto" title={source.userName}>
          {source.userName}
        </span>
      </span>
      <span role="cell">{source.path !== null && <PathKind kind={source.path} />}</span>
      <span role="cell">{stateWord ?? format.rate(source.bytesPerSecond)}</span>
      <span role="cell">
        <span className={styles['part']} aria-hidden>
          <i style={{ width: `${String(part * 100)}%` }} />
        </span>
        {format.percent(part, 1)}
        {notes.length > 0 && <span className={text['sr']}>. {notes.join('. ')}</span>}
      </span>
      {notes.length > 0 && (
        <span className={styles['notes']} aria-hidden>
          {notes.map((note) => (
            <span key={note}>{note}</span>
          ))}
        </span>
      )}
    </div>
  );
}

/** What stands in the place of a speed that there is not. */
function useSourceState(): (source: TransferSource) => string | null {
  const { t } = useTranslation();
  return ({ state }) => {
    switch (state) {
      case 'moving':
      case 'queued':
        return state === 'moving' ? null : t('transfers.stateWaiting');
      case 'connecting':
        return t('transfers.sourceConnecting');
      case 'idle':
        return t('transfers.sourceIdle');
      case 'failed':
        return t('transfers.sourceFailed');
    }
  };
}

/** What deserves a line of its own: its queue, what went wrong, why the path is no better, how much it has. */
function useSourceNotes(): (source: TransferSource, transfer: Transfer, now: number) => string[] {
  const { t } = useTranslation();
  const describe = useDescribeError();
  const queueWords = useQueueWords();
  return ({ queue, error, betterPathError, piecesHeld }, { pieceCount, direction }, now) => {
    const notes: string[] = [];
    if (queue) {
      notes.push(`${t('transfers.sourceQueued', { position: queue.position })}, ${queueWords(queue, now)}`);
    }
    if (error) {
      const { what, todo } = describe(error);
      notes.push(`${what} ${todo}`);
    }
    if (betterPathError) notes.push(t('transfers.sourceNotBetter', { what: describe(betterPathError).what }));
    if (direction === 'receive' && piecesHeld !== null && piecesHeld < pieceCount) {
      notes.push(t('transfers.sourceHas', { done: piecesHeld, total: pieceCount }));
    }
    return notes;
  };
}
