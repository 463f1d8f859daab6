import type { CodeSend } from '@enxame/shared/engine/code';
import { CircleStop, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '@enxame/ui/parts/button';
import chip from '@enxame/ui/parts/chip.module.css';
import { classNames } from '@enxame/ui/class-names';
import text from '@enxame/ui/parts/text.module.css';
import { useApp } from '../shell/app-context.js';
import { goTo, toHash } from '../shell/route.js';
import { CodeHero } from './code-hero.js';
import { OfferLine, useOfferName } from './offer-line.js';
import { ReceiverRow } from './receiver-row.js';
import styles from './send.module.css';

/** One send: its code, who receives, and what it is. */
export function SendView({ send, others }: { send: CodeSend; others: readonly CodeSend[] }) {
  const { t } = useTranslation();
  const { receivers, receiverCount } = send;
  const hidden = receiverCount - receivers.length;
  const done = receivers.filter(({ state }) => state === 'received').length;
  return (
    <div className={styles['split']}>
      <div className={styles['main']} tabIndex={0} role="region" aria-label={t('codes.send')}>
        <CodeHero
          send={send}
          onAgain={() => {
            goTo('send', 'new');
          }}
        />
        <section aria-labelledby="receivers">
          <h2 className={styles['sub']} id="receivers">
            {t('codes.receivers')}
            {receiverCount > 0 && <span className={text['num']}>{receiverCount}</span>}
            {done > 0 && (
              <span className={classNames(text['meta'], text['num'], styles['end'])}>
                {t('codes.receivedBy', { count: done })}
              </span>
            )}
          </h2>
          {receiverCount === 0 && (
            <p className={classNames(styles['nobody'], text['meta'])}>
              {send.state === 'ended' ? t('codes.nobodyCame') : t('codes.nobody')}
            </p>
          )}
          <ul className={styles['recs']}>
            {[...receivers].reverse().map((receiver) => (
              <ReceiverRow key={receiver.number} receiver={receiver} offer={send.offer} />
            ))}
          </ul>
          {hidden > 0 && (
            <p className={classNames(styles['nobody'], text['meta'])}>{t('codes.more', { count: hidden })}</p>
          )}
        </section>
      </div>
      <Aside send={send} others={others} />
    </div>
  );
}

function Aside({ send, others }: { send: CodeSend; others: readonly CodeSend[] }) {
  const { t } = useTranslation();
  const { link } = useApp();
  const nameOf = useOfferName();
  const ended = send.state === 'ended';
  const moving = send.receivers.some(({ state }) => state === 'deciding' || state === 'moving');
  return (
    <aside className={styles['aside']} aria-label={t('codes.details')}>
      <section>
        <h3>{t('codes.what')}</h3>
        <OfferLine offer={send.offer} />
      </section>
      <section className={styles['rules']}>
        <span className={text['meta']}>{t('codes.good')}</span>
        <span>{send.keep ? t('codes.goodMany') : t('codes.goodOne')}</span>
      </section>
      <section>
        {!ended && (
          <>
            <Button
              look="danger"
              wide
              icon={<CircleStop size={16} strokeWidth={1.75} aria-hidden />}
              onClick={() => {
                link.call('code:stop', { id: send.id }).catch(() => undefined); // how it went comes as codes:changed
              }}
            >
              {t('codes.stop')}
            </Button>
            <p className={classNames(text['meta'], styles['stopHow'])}>{t('codes.stopHow')}</p>
          </>
        )}
        {ended && !moving && (
          <Button
            wide
            icon={<X size={16} strokeWidth={1.75} aria-hidden />}
            onClick={() => {
              link.call('code:remove', { id: send.id }).catch(() => undefined); // it comes as codes:changed
              goTo('send');
            }}
          >
            {t('codes.remove')}
          </Button>
        )}
      </section>
      {others.length > 0 && (
        <section>
          <h3>{t('codes.others')}</h3>
          <ul className={styles['others']}>
            {others.map((other) => (
              <li key={other.id}>
                <a href={toHash('send', other.id)}>
                  <span className={text['cut']} dir="auto">
                    {nameOf(other.offer)}
                  </span>
                  <span className={classNames(text['meta'], text['cut'])}>{other.code}</span>
                </a>
                <span className={chip['badge']}>{other.state === 'ended' ? t('codes.over') : t('codes.open')}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </aside>
  );
}
