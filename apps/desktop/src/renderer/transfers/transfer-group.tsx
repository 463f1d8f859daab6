import type { Transfer } from '@enxame/shared/engine/transfer';
import { OctagonX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { classNames } from '@enxame/ui/class-names';
import text from '@enxame/ui/parts/text.module.css';
import { NearItem } from './near-item.js';
import type { Group } from './transfer-facts.js';
import styles from './transfer-list.module.css';
import type { TransferActions } from './use-transfer-actions.js';

interface Props {
  readonly group: Group;
  readonly items: readonly Transfer[];
  readonly actions: TransferActions;
  readonly now: number;
}

/** So many are in the document at first, and so many more each time they are asked for. */
const shownAtOnce = 200;

export function TransferGroup({ group, items, actions, now }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [shown, setShown] = useState(shownAtOnce);
  const title = {
    needsYou: t('transfers.groupNeedsYou'),
    active: t('transfers.groupActive'),
    waiting: t('transfers.groupWaiting'),
    paused: t('transfers.groupPaused'),
    finished: t('transfers.groupFinished'),
  }[group];
  const longest = Math.max(0, ...items.slice(0, shown).map(({ secondsLeft }) => secondsLeft ?? 0));
  return (
    <section aria-label={title}>
      <h2 className={styles['group']}>
        <span className={group === 'needsYou' ? text['danger'] : undefined}>
          {group === 'needsYou' && <OctagonX size={14} aria-hidden />}
          {title}
        </span>
        <span className={styles['count']}>{format.number(items.length)}</span>
        {group === 'active' && longest > 0 && (
          <span className={classNames(styles['end'], text['num'])}>
            {t('transfers.allDoneAt', { time: format.moment(now + longest * 1000, now) })}
          </span>
        )}
        {group === 'finished' && (
          <Button
            look="link"
            className={styles['end'] ?? ''}
            onClick={() => {
              actions.takeOff(items);
            }}
          >
            {t('transfers.clear')}
          </Button>
        )}
      </h2>
      <div role="list">
        {items.slice(0, shown).map((transfer) => (
          <NearItem key={transfer.id} transfer={transfer} actions={actions} now={now} />
        ))}
      </div>
      {items.length > shown && (
        <p className={styles['more']}>
          <Button
            look="link"
            onClick={() => {
              setShown(shown + shownAtOnce);
            }}
          >
            {t('transfers.showMore', { count: Math.min(shownAtOnce, items.length - shown) })}
          </Button>
        </p>
      )}
    </section>
  );
}
