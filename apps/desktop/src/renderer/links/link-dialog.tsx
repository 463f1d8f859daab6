import type { ContentId, EntryId } from '@enxame/shared/ids';
import { maxLinkPasswordChars, type Link } from '@enxame/shared/tracker/link';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { CopyButton } from '@enxame/ui/parts/copy-button';
import { Dialog } from '@enxame/ui/parts/dialog';
import { Select, TextField } from '@enxame/ui/parts/field';
import text from '@enxame/ui/parts/text.module.css';
import { QrCode } from '../codes/qr-code.js';
import { useApp } from '../shell/app-context.js';
import styles from './links.module.css';

const day = 86_400_000;
const lives = [
  ['oneDay', day],
  ['sevenDays', 7 * day],
  ['thirtyDays', 30 * day],
  ['forever', null],
] as const;
type Life = (typeof lives)[number][0];
const counts = [
  ['anyCount', null],
  ['once', 1],
  ['tenTimes', 10],
] as const;
type Count = (typeof counts)[number][0];

interface Props {
  readonly target: EntryId | ContentId;
  readonly name: string;
  readonly onClose: () => void;
}

/** An address for people who have nothing installed: how long it is good, for how many, with which password. */
export function LinkDialog({ target, name, onClose }: Props) {
  const { t } = useTranslation();
  const { link: engine } = useApp();
  const [life, setLife] = useState<Life>('sevenDays');
  const [count, setCount] = useState<Count>('anyCount');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [made, setMade] = useState<Link | null>(null);
  const create = (): void => {
    setBusy(true);
    setError(null);
    engine
      .call('link:create', {
        target,
        lifeMs: lives.find(([one]) => one === life)?.[1] ?? null,
        maxDownloads: counts.find(([one]) => one === count)?.[1] ?? null,
        password: password === '' ? null : password,
      })
      .then(setMade, setError)
      .finally(() => {
        setBusy(false);
      });
  };
  return (
    <Dialog title={t('links.titleOf', { name })} onClose={onClose}>
      {made ? (
        <div className={styles['made']}>
          <QrCode text={made.url} label={t('links.qr')} />
          <p className={text['mono']} translate="no">
            {made.url}
          </p>
          <CopyButton look="ink" text={made.url} label={t('links.copy')} />
        </div>
      ) : (
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault();
            create();
          }}
        >
          <p className={text['meta']}>{t('links.how')}</p>
          <div className={styles['opt']}>
            <span aria-hidden>{t('links.life')}</span>
            <Select
              label={t('links.life')}
              value={life}
              options={lives.map(([one]) => [one, t(`links.${one}`)] as const)}
              onChange={setLife}
            />
          </div>
          <div className={styles['opt']}>
            <span aria-hidden>{t('links.count')}</span>
            <Select
              label={t('links.count')}
              value={count}
              options={counts.map(([one]) => [one, t(`links.${one}`)] as const)}
              onChange={setCount}
            />
          </div>
          <TextField
            label={t('links.password')}
            hint={t('links.passwordHow')}
            maxLength={maxLinkPasswordChars}
            value={password}
            onChange={({ target: { value } }) => {
              setPassword(value);
            }}
          />
          {error !== null && <ErrorCallout error={error} />}
          <div>
            <Button look="ink" type="submit" busy={busy}>
              {t('links.create')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
