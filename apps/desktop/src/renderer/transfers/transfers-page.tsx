import type { Transfer } from '@enxame/shared/engine/transfer';
import { ArrowDownUp, History, Pause, Play } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '@enxame/ui/parts/button';
import { Empty } from '@enxame/ui/parts/empty';
import { Segmented } from '@enxame/ui/parts/segmented';
import { useNow } from '@enxame/ui/hooks/use-now';
import { useApp } from '../shell/app-context.js';
import { PageHead } from '../shell/page-head.js';
import { goTo, toHash } from '../shell/route.js';
import shell from '../shell/shell.module.css';
import { canPause, compareInGroup, groupOf, groups } from './transfer-facts.js';
import { LimitsButton } from '../limits/limits-button.js';
import { TransferGroup } from './transfer-group.js';
import styles from './transfer-list.module.css';
import { useListKeys } from './use-list-keys.js';
import { useTransferActions, type TransferActions } from './use-transfer-actions.js';

type Show = 'all' | 'receive' | 'send';

export function TransfersPage() {
  const { t } = useTranslation();
  const { transfers, leaving, loaded } = useStore(useApp().transfers);
  const [show, setShow] = useState<Show>('all');
  const actions = useTransferActions();
  const now = useNow(1000);
  const grouped = useMemo(() => {
    const kept = [...transfers.values()].filter(
      ({ id, direction }) => !leaving.has(id) && (show === 'all' || direction === show),
    );
    return new Map(groups.map((group) => [group, kept.filter((one) => groupOf(one) === group).sort(compareInGroup)]));
  }, [transfers, leaving, show]);
  const all = useMemo(() => [...grouped.values()].flat(), [grouped]);
  const handleKey = useListKeys(all, actions);
  return (
    <>
      <PageHead title={t('nav.transfers')} keepTitle={false}>
        <Segmented<Show>
          label={t('transfers.show')}
          value={show}
          onChange={setShow}
          options={[
            { value: 'all', text: t('transfers.all') },
            { value: 'receive', text: t('transfers.receiving') },
            { value: 'send', text: t('transfers.sending') },
          ]}
        />
        <span className={styles['headEnd']}>
          <a className={styles['history']} href={toHash('history')}>
            <History size={16} strokeWidth={1.75} aria-hidden />
            <span>{t('history.open')}</span>
          </a>
          <LimitsButton />
          <PauseAll transfers={all} actions={actions} />
        </span>
      </PageHead>
      {loaded && all.length === 0 ? (
        <NoTransfers show={show} />
      ) : (
        <div className={shell['body']} onKeyDown={handleKey} tabIndex={0} role="region" aria-label={t('nav.transfers')}>
          {groups.map((group) => {
            const items = grouped.get(group) ?? [];
            return (
              items.length > 0 && <TransferGroup key={group} group={group} items={items} actions={actions} now={now} />
            );
          })}
        </div>
      )}
    </>
  );
}

function PauseAll({ transfers, actions }: { transfers: readonly Transfer[]; actions: TransferActions }) {
  const { t } = useTranslation();
  const pausable = transfers.filter(canPause);
  const paused = transfers.filter(({ state }) => state === 'paused');
  if (pausable.length + paused.length === 0) return null;
  const pause = pausable.length > 0;
  return (
    <Button
      icon={
        pause ? <Pause size={16} strokeWidth={1.75} aria-hidden /> : <Play size={16} strokeWidth={1.75} aria-hidden />
      }
      onClick={() => {
        for (const transfer of pause ? pausable : paused) actions[pause ? 'pause' : 'resume'](transfer);
      }}
    >
      {pause ? t('transfers.pauseAll') : t('transfers.resumeAll')}
    </Button>
  );
}

function NoTransfers({ show }: { show: Show }) {
  const { t } = useTranslation();
  const titles = {
    all: t('transfers.emptyTitle'),
    receive: t('transfers.emptyReceiving'),
    send: t('transfers.emptySending'),
  };
  return (
    <Empty
      icon={<ArrowDownUp size={24} aria-hidden />}
      title={titles[show]}
      actions={
        show !== 'send' && (
          <Button
            look="ink"
            onClick={() => {
              goTo('files');
            }}
          >
            {t('transfers.emptyGo')}
          </Button>
        )
      }
    >
      <p>{show === 'send' ? t('transfers.emptySendingHow') : t('transfers.emptyHow')}</p>
    </Empty>
  );
}
