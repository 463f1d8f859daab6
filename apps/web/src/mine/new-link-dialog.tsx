import type { ContentId, EntryId } from '@enxame/shared/ids';
import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import { apiRoutes } from '@enxame/shared/tracker/api';
import { maxLinkPasswordChars, type Link } from '@enxame/shared/tracker/link';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { CopyButton } from '@enxame/ui/parts/copy-button';
import { Dialog } from '@enxame/ui/parts/dialog';
import { Select, TextField } from '@enxame/ui/parts/field';
import { Share2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../api/tracker-api.js';
import { useSite } from '../shell/site-context.js';
import styles from './new-link-dialog.module.css';

const hourMs = 3_600_000;
const lives = {
  hour: hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
  month: 30 * 24 * hourMs,
  forever: null,
} as const;
type Life = keyof typeof lives;
const mosts = ['unlimited', '1', '3', '10', '100'] as const;
type Most = (typeof mosts)[number];

interface Props {
  readonly target: EntryId | ContentId;
  readonly name: string;
  readonly onClose: () => void;
  readonly onMade?: () => void;
}

/** A link to one file: for how long, how often, with which password; then the address to give away. */
export function NewLinkDialog({ target, name, onClose, onMade }: Props) {
  const { t } = useTranslation();
  const { api } = useSite();
  const [life, setLife] = useState<Life>('week');
  const [most, setMost] = useState<Most>('unlimited');
  const [password, setPassword] = useState('');
  const [link, setLink] = useState<Link | null>(null);
  const [error, setError] = useState<EnxameError | null>(null);
  const [busy, setBusy] = useState(false);
  const create = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const maxDownloads = most === 'unlimited' ? null : Number(most);
      const body = { target, lifeMs: lives[life], maxDownloads, password: password === '' ? null : password };
      setLink(await api.ask({ method: 'post', path: '/links', body, reply: apiRoutes.createLink.reply }));
      onMade?.();
    } catch (thrown) {
      setError(toApiError(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('newLink.title', { name })} onClose={onClose}>
      {link ? (
        <MadeLink link={link} />
      ) : (
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) void create();
          }}
        >
          <div className={styles['choice']}>
            <span>{t('newLink.life')}</span>
            <Select
              label={t('newLink.life')}
              value={life}
              options={(Object.keys(lives) as Life[]).map((option) => [option, t(`newLink.${option}`)] as const)}
              onChange={setLife}
            />
          </div>
          <div className={styles['choice']}>
            <span>{t('newLink.most')}</span>
            <Select
              label={t('newLink.most')}
              value={most}
              options={mosts.map(
                (option) =>
                  [
                    option,
                    option === 'unlimited' ? t('newLink.unlimited') : t('newLink.times', { count: Number(option) }),
                  ] as const,
              )}
              onChange={setMost}
            />
          </div>
          <TextField
            label={t('newLink.password')}
            value={password}
            maxLength={maxLinkPasswordChars}
            onChange={({ target: { value } }) => {
              setPassword(value);
            }}
          />
          {error && <ErrorCallout error={error} />}
          <Button type="submit" look="ink" size="large" wide busy={busy}>
            {t('newLink.create')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}

function MadeLink({ link: { url, name, hasPassword } }: { link: Link }) {
  const { t } = useTranslation();
  const data = { title: name, url };
  return (
    <div className={styles['form']}>
      <TextField
        label={t('newLink.address')}
        value={url}
        readOnly
        dir="ltr"
        onFocus={({ target }) => {
          target.select();
        }}
        hint={hasPassword ? t('newLink.readyPassword') : t('newLink.ready')}
      />
      <div className={styles['do']}>
        <CopyButton look="ink" text={url} label={t('newLink.copy')} />
        {'canShare' in navigator && navigator.canShare(data) && (
          <Button
            icon={<Share2 size={16} strokeWidth={1.75} aria-hidden />}
            onClick={() => {
              // Refused, or closed by the person: the link is on the screen still.
              navigator.share(data).catch(() => undefined);
            }}
          >
            {t('newLink.share')}
          </Button>
        )}
      </div>
    </div>
  );
}
