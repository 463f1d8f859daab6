import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '@enxame/ui/parts/button';
import { Segmented } from '@enxame/ui/parts/segmented';
import { useApp } from '../shell/app-context.js';
import { PageHead } from '../shell/page-head.js';
import { goTo, useRoute } from '../shell/route.js';
import { LinksList } from '../links/links-list.js';
import { NewSend } from './new-send.js';
import { Receive } from './receive.js';
import { SendView } from './send-view.js';
import styles from './send.module.css';

/** Sending to somebody who says a code, receiving by one, and links. `new`, `receive`, `links`, or which send. */
export function SendPage() {
  const { t } = useTranslation();
  const { id } = useRoute();
  const { sends, loaded } = useStore(useApp().codes);
  const mode = id === 'receive' || id === 'links' ? id : 'send';
  const newest = [...sends].reverse();
  const shown =
    newest.find((send) => send.id === id) ??
    (id === null ? (newest.find(({ state }) => state !== 'ended') ?? newest[0]) : undefined);
  return (
    <>
      <PageHead title={t('codes.title')} keepTitle={false}>
        <Segmented
          label={t('codes.mode')}
          value={mode}
          options={[
            { value: 'send', text: t('codes.send') },
            { value: 'receive', text: t('codes.receive') },
            { value: 'links', text: t('links.short') },
          ]}
          onChange={(next) => {
            goTo('send', next === 'send' ? undefined : next);
          }}
        />
        {mode === 'send' && shown && (
          <span className={styles['end']}>
            <Button
              icon={<Plus size={16} strokeWidth={1.75} aria-hidden />}
              onClick={() => {
                goTo('send', 'new');
              }}
            >
              {t('codes.newSend')}
            </Button>
          </span>
        )}
      </PageHead>
      {mode === 'receive' ? (
        <Receive />
      ) : mode === 'links' ? (
        <LinksList />
      ) : shown ? (
        <SendView key={shown.id} send={shown} others={newest.filter((send) => send !== shown)} />
      ) : loaded || id === 'new' ? (
        <NewSend />
      ) : (
        <div />
      )}
    </>
  );
}
