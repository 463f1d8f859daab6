import { apiRoutes } from '@enxame/shared/tracker/api';
import { maxAnnouncementChars } from '@enxame/shared/tracker/admin';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { useNow } from '@enxame/ui/hooks/use-now';
import text from '@enxame/ui/parts/text.module.css';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-act.js';
import { useAsk } from '../api/use-ask.js';
import { useSite } from '../shell/site-context.js';
import { askAdmin } from './admin-api.js';
import { ListLine } from './list-line.js';
import styles from './admin.module.css';

/** What everybody of the network is told. */
export function AnnouncePart() {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  const { api } = useSite();
  const [words, setWords] = useState('');
  const { act, error, busy } = useAct();
  const { data, reload } = useAsk(
    useCallback((signal) => api.ask({ path: '/announcements', reply: apiRoutes.announcements.reply, signal }), [api]),
  );
  return (
    <>
      <section className={styles['section']} aria-labelledby="announce-title">
        <h2 id="announce-title">{t('admin.announce.title')}</h2>
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault();
            act(askAdmin(api, 'admin:announce', { text: words.trim() }), () => {
              setWords('');
              reload();
            });
          }}
        >
          <div>
            <label className={styles['area']}>
              {t('admin.announce.text')}
              <textarea
                value={words}
                maxLength={maxAnnouncementChars}
                onChange={({ target }) => {
                  setWords(target.value);
                }}
              />
            </label>
          </div>
          <Button type="submit" look="ink" busy={busy} disabled={words.trim() === ''}>
            {t('admin.announce.send')}
          </Button>
          {error && <ErrorCallout error={error} />}
        </form>
      </section>
      <section className={styles['section']} aria-labelledby="announced-title">
        <h2 id="announced-title">{t('admin.announce.list')}</h2>
        {data?.announcements.length === 0 && <p className={text['meta']}>{t('admin.none')}</p>}
        <ul>
          {data?.announcements.map(({ id, text: said, at, by }) => (
            <ListLine
              key={id}
              title={said}
              facts={[`${format.ago(at, now)} ${t('admin.by', { name: by })}`]}
              error={null}
            />
          ))}
        </ul>
      </section>
    </>
  );
}
