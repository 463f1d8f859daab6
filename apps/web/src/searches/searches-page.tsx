import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import { apiRoutes } from '@enxame/shared/tracker/api';
import type { SavedSearch } from '@enxame/shared/tracker/saved-search';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import chip from '@enxame/ui/parts/chip.module.css';
import { ConfirmDialog } from '@enxame/ui/parts/dialog';
import { Empty } from '@enxame/ui/parts/empty';
import { useNow } from '@enxame/ui/hooks/use-now';
import text from '@enxame/ui/parts/text.module.css';
import { BellRing, Check, Search, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-act.js';
import { FileLine } from '../files/file-line.js';
import { toFilesHash } from '../files/files-hash.js';
import { toView } from '../files/saved-view.js';
import { useSite } from '../shell/site-context.js';
import type { Searches } from './searches.js';
import styles from './searches-page.module.css';

/** Searches that tell when something new matches. */
export function SearchesPage({ searches: { data, error, reload } }: { searches: Searches }) {
  const { t } = useTranslation();
  return (
    <div className={styles['page']}>
      <div>
        <h1>{t('searches.title')}</h1>
        <p className={text['meta']}>{t('searches.about')}</p>
      </div>
      {error && <ErrorCallout error={error} actions={<Button onClick={reload}>{t('common.tryAgain')}</Button>} />}
      {!data && !error && <p className={text['meta']}>{t('common.loading')}</p>}
      {data?.searches.length === 0 && (
        <Empty icon={<BellRing size={24} aria-hidden />} title={t('searches.none')}>
          <p>{t('searches.noneHow')}</p>
        </Empty>
      )}
      {data?.searches.map((search) => (
        <SearchSection key={search.id} search={search} onChanged={reload} />
      ))}
    </div>
  );
}

function SearchSection({ search, onChanged }: { search: SavedSearch; onChanged: () => void }) {
  const { t } = useTranslation();
  const now = useNow(60_000);
  const { api } = useSite();
  const [isForgetting, setIsForgetting] = useState(false);
  const { act, error, busy } = useAct();
  const { id, name, query, unseen, found } = search;
  const seen = (): void => {
    act(api.ask({ method: 'post', path: `/searches/${id}/seen`, reply: apiRoutes.seeSearch.reply }), onChanged);
  };
  const forget = t('searches.forget', { name });
  return (
    <section className={styles['section']} aria-labelledby={`search-${id}`}>
      <div className={styles['head']}>
        <h2 id={`search-${id}`} dir="auto">
          {name}
        </h2>
        {unseen > 0 && <span className={chip['badge']}>{t('nav.unseen', { count: unseen })}</span>}
        <div className={styles['do']}>
          <Button
            look="ghost"
            icon={<Search size={16} strokeWidth={1.75} aria-hidden />}
            onClick={() => {
              show(query);
            }}
          >
            {t('searches.show')}
          </Button>
          {unseen > 0 && (
            <Button look="ghost" busy={busy} icon={<Check size={16} strokeWidth={1.75} aria-hidden />} onClick={seen}>
              {t('searches.seen')}
            </Button>
          )}
          <Button
            look="ghost"
            aria-label={forget}
            title={forget}
            onClick={() => {
              setIsForgetting(true);
            }}
          >
            <Trash2 size={16} strokeWidth={1.75} aria-hidden />
          </Button>
        </div>
      </div>
      {error && <ErrorCallout error={error} />}
      {unseen === 0 && <p className={text['meta']}>{t('searches.nothing')}</p>}
      {found.length > 0 && (
        <ul aria-label={t('searches.list', { name })}>
          {found.map((row) => (
            <FileLine key={row.id} row={row} now={now} />
          ))}
        </ul>
      )}
      {unseen > found.length && found.length > 0 && (
        <p className={text['meta']}>{t('searches.more', { count: unseen - found.length })}</p>
      )}
      {isForgetting && (
        <ConfirmDialog
          title={t('searches.forgetTitle', { name })}
          text={t('searches.forgetText')}
          keep={t('searches.keep')}
          confirm={t('searches.forgetIt')}
          onClose={() => {
            setIsForgetting(false);
          }}
          onConfirm={() => {
            act(api.ask({ method: 'delete', path: `/searches/${id}`, reply: apiRoutes.forgetSearch.reply }), onChanged);
          }}
        />
      )}
    </section>
  );
}

function show(query: CatalogueQuery): void {
  location.hash = toFilesHash(toView(query));
}
