import { Link, LoaderCircle, OctagonX } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDescribeError } from '@enxame/ui/i18n/i18n-context';
import { PresenceDot } from '@enxame/ui/parts/avatar';
import { Button } from '@enxame/ui/parts/button';
import { classNames } from '@enxame/ui/class-names';
import { TextField } from '@enxame/ui/parts/field';
import text from '@enxame/ui/parts/text.module.css';
import { NetworkError } from './network-error.js';
import styles from './onboarding.module.css';
import type { NetworkChoice } from './use-network-choice.js';

export interface Offer {
  readonly url: string;
  readonly group: 'here' | 'another' | 'current';
  /** Known before it was looked at. */
  readonly name: string | null;
}

interface Props {
  readonly offers: readonly Offer[];
  readonly choice: NetworkChoice;
}

/** The networks at hand, and a field for the address of another one. */
export function NetworkPicker({ offers, choice }: Props) {
  const { t } = useTranslation();
  const describe = useDescribeError();
  const [address, setAddress] = useState('');
  const [missing, setMissing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { todo } = describe({ code: 'tracker-address-invalid', params: { address } });
  const groups = ['here', 'current', 'another'] as const;
  const titles = { here: t('onboarding.here'), current: t('onboarding.current'), another: t('onboarding.another') };
  const typedOne = choice.chosen !== null && !offers.some(({ url }) => url === choice.chosen);
  const shown: readonly Offer[] = typedOne ? [...offers, { url: choice.chosen, group: 'another', name: null }] : offers;
  return (
    <>
      {groups.map((group) => {
        const members = shown.filter((offer) => offer.group === group);
        return (
          members.length > 0 && (
            <fieldset key={group}>
              <legend>{titles[group]}</legend>
              {members.map((offer) => (
                <Network key={offer.url} offer={offer} choice={choice} />
              ))}
            </fieldset>
          )
        );
      })}
      <form
        className={styles['address']}
        onSubmit={(event) => {
          event.preventDefault();
          if (address.trim() !== '') choice.choose(address.trim());
          else {
            setMissing(true);
            input.current?.focus();
          }
        }}
      >
        <TextField
          label={
            shown.length > 0
              ? `${t('onboarding.another')}: ${t('onboarding.address').toLowerCase()}`
              : t('onboarding.address')
          }
          icon={<Link size={16} strokeWidth={1.75} aria-hidden />}
          placeholder={t('onboarding.addressHint')}
          ref={input}
          value={address}
          {...(missing && { hint: todo, hintKind: 'bad' as const })}
          maxLength={2048}
          autoFocus={offers.length === 0}
          inputMode="url"
          onChange={(event) => {
            setAddress(event.target.value);
            setMissing(false);
          }}
        />
        <Button type="submit" look={offers.length === 0 && choice.chosen === null ? 'ink' : 'plain'}>
          {t('onboarding.connect')}
        </Button>
      </form>
    </>
  );
}

function Network({ offer, choice }: { offer: Offer; choice: NetworkChoice }) {
  const { t } = useTranslation();
  const checked = choice.chosen === offer.url;
  const probe = checked && choice.probe?.url !== undefined ? choice.probe : null;
  const failed = probe?.state === 'failed';
  const info = probe?.info;
  const host = (info?.url ?? offer.url).replace(/^https:\/\//, '');
  const known = info?.registeredAs
    ? t('onboarding.joinedAs', { name: info.registeredAs })
    : offer.group === 'here'
      ? t('onboarding.runsHere')
      : null;
  const title = info?.name ?? offer.name ?? host;
  let side: ReactNode = null;
  if (failed) {
    side = (
      <span className={classNames(styles['side'], text['danger'])}>
        <OctagonX size={14} aria-hidden />
        {t('onboarding.noAnswer')}
      </span>
    );
  } else if (probe?.state === 'probing') {
    side = (
      <span className={styles['side']}>
        <LoaderCircle size={14} className={styles['spin']} aria-hidden />
        {t('onboarding.connecting')}
      </span>
    );
  } else if (info) {
    side = (
      <span className={styles['side']}>
        <PresenceDot online />
        {t('presence.count', { count: info.usersOnline })}
      </span>
    );
  }
  return (
    <div className={classNames(styles['pick'], failed && styles['pickBad'])}>
      <label>
        <input
          type="radio"
          name="network"
          checked={checked}
          onChange={() => {
            choice.choose(offer.url);
          }}
        />
        <span className={styles['what']}>
          <strong dir="auto">{title}</strong>
          {(title !== host || known !== null) && (
            <span className={text['meta']}>{known === null ? host : `${host} · ${known}`}</span>
          )}
        </span>
        {side}
      </label>
      {failed && (
        <div>
          <NetworkError choice={choice} error={probe.error} />
        </div>
      )}
    </div>
  );
}
