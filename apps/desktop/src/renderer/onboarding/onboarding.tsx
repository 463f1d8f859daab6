import type { Settings } from '@enxame/shared/engine/status';
import { Globe } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { classNames } from '@enxame/ui/class-names';
import { Empty, Skeleton } from '@enxame/ui/parts/empty';
import { Select } from '@enxame/ui/parts/field';
import { Segmented } from '@enxame/ui/parts/segmented';
import { Mark } from '@enxame/ui/parts/mark';
import text from '@enxame/ui/parts/text.module.css';
import { useApp, useStatus } from '../shell/app-context.js';
import { RestoreForm } from '../identity/restore-form.js';
import { JoinForm } from './join-form.js';
import { NetworkPicker, type Offer } from './network-picker.js';
import styles from './onboarding.module.css';
import { listRecentNetworks, rememberNetwork } from './recent-networks.js';
import { useNetworkChoice, type NetworkChoice } from './use-network-choice.js';

/** The first run; or, with `onCancel`, choosing another network from within the app. */
export function Onboarding({ onCancel }: { onCancel?: () => void }) {
  const { t } = useTranslation();
  const status = useStatus();
  const { tracker, suggestedTracker } = status;
  const [recent] = useState(() => listRecentNetworks(window.localStorage));
  const first = onCancel ? null : (tracker?.url ?? suggestedTracker ?? null);
  const choice = useNetworkChoice(first, onCancel === undefined);
  const [offers] = useState(() =>
    makeOffers(suggestedTracker, onCancel || !tracker ? null : tracker, recent, onCancel ? tracker?.url : undefined),
  );
  const info = choice.probe?.info;
  useEffect(() => {
    if (choice.used && info) rememberNetwork(window.localStorage, info);
  }, [choice.used, info]);
  const Root = onCancel ? 'div' : 'main';
  return (
    <Root className={classNames(styles['onb'], onCancel && styles['inApp'])}>
      <section className={styles['left']} aria-labelledby="onb-title">
        {!onCancel && (
          <p className={styles['brand']}>
            <Mark size={26} />
            {t('app.name')}
          </p>
        )}
        <header>
          <h1 id="onb-title">{t('onboarding.title')}</h1>
          <p className={styles['lede']}>{t('onboarding.lede')}</p>
        </header>
        <NetworkPicker offers={offers} choice={choice} />
        {onCancel && (
          <div>
            <Button onClick={onCancel}>{t('onboarding.cancel', { network: tracker?.name ?? '' })}</Button>
          </div>
        )}
      </section>
      <section className={styles['right']} aria-label={t('onboarding.join', { network: info?.name ?? '' })}>
        <Join choice={choice} switching={onCancel !== undefined} />
        {!onCancel && <Foot version={status.version} />}
      </section>
    </Root>
  );
}

function Join({ choice, switching }: { choice: NetworkChoice; switching: boolean }) {
  const { t } = useTranslation();
  const { probe } = choice;
  const [busy, setBusy] = useState(false);
  const [wasHere, setWasHere] = useState(false);
  const info = probe?.info;
  if (probe?.state === 'probing') {
    return (
      <div aria-busy className={styles['form']}>
        <Skeleton width={220} />
        <Skeleton width={140} />
      </div>
    );
  }
  if (!info) {
    return (
      <Empty icon={<Globe size={24} aria-hidden />} title={t('onboarding.pickFirst')}>
        <p>{t('onboarding.pickFirstHow')}</p>
      </Empty>
    );
  }
  return (
    <>
      <header>
        <h2 dir="auto">{t('onboarding.join', { network: info.name })}</h2>
        <p className={text['meta']}>
          {info.url.replace(/^https:\/\//, '')} · {t('onboarding.encrypted')}
        </p>
      </header>
      {info.registeredAs === null && !switching ? (
        <>
          <Segmented
            label={t('recovery.which')}
            value={wasHere ? 'was' : 'new'}
            options={[
              { value: 'new', text: t('recovery.newHere') },
              { value: 'was', text: t('recovery.wasHere') },
            ]}
            onChange={(which) => {
              setWasHere(which === 'was');
            }}
          />
          {wasHere ? (
            <RestoreForm
              key={info.trackerId}
              onUse={choice.used ? () => Promise.resolve() : choice.use}
              onUnknown={() => {
                setWasHere(false);
              }}
            />
          ) : (
            <JoinForm key={info.trackerId} info={info} used={choice.used} invite={choice.invite} onUse={choice.use} />
          )}
        </>
      ) : (
        <div className={styles['form']}>
          <p>
            {t('connection.seal')}: <span className={styles['words']}>{info.words}</span>
          </p>
          <Button
            look="ink"
            size="large"
            wide
            busy={busy}
            onClick={() => {
              setBusy(true);
              void choice.use().finally(() => {
                setBusy(false);
              });
            }}
          >
            {info.registeredAs === null
              ? t('onboarding.joinButton')
              : t('onboarding.goOn', { name: info.registeredAs })}
          </Button>
        </div>
      )}
    </>
  );
}

function Foot({ version }: { version: string }) {
  const { t } = useTranslation();
  const { link } = useApp();
  const language = useLanguage();
  return (
    <footer className={styles['foot']}>
      <Select<Exclude<Settings['language'], 'system'>>
        label={t('onboarding.language')}
        value={language}
        options={[
          ['en', 'English'],
          ['pt-BR', 'Português (Brasil)'],
        ]}
        onChange={(chosen) => {
          link.call('settings:set', { language: chosen }).catch(() => undefined); // without the engine its banner says so
        }}
      />
      <span>{t('onboarding.version', { version })}</span>
    </footer>
  );
}

/** Each network once, the one that runs here first. */
function makeOffers(
  suggested: string | null,
  current: { readonly url: string; readonly name: string } | null,
  recent: readonly { readonly url: string; readonly name: string }[],
  except: string | undefined,
): Offer[] {
  const offers: Offer[] = [];
  const add = (offer: Offer): void => {
    if (offer.url !== except && !offers.some(({ url }) => url === offer.url)) offers.push(offer);
  };
  if (suggested !== null) add({ url: suggested, group: 'here', name: null });
  if (current) add({ url: current.url, group: 'current', name: current.name });
  for (const { url, name } of recent) add({ url, group: 'another', name });
  return offers;
}
