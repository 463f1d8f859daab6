import { toErrorInfo, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { Link } from '@enxame/shared/tracker/link';
import { Link as LinkIcon } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { Empty } from '@enxame/ui/parts/empty';
import { useApp } from '../shell/app-context.js';
import { goTo } from '../shell/route.js';
import { LinkItem } from './link-item.js';
import styles from './links.module.css';

interface Loaded {
  readonly links: readonly Link[];
  readonly total: number;
}

/** This person's links, newest first: who took what, and the end of each. */
export function LinksList() {
  const { t } = useTranslation();
  const { link: engine, status } = useApp();
  // Another network has other links; one that is back has perhaps new ones.
  const since = useStore(status, ({ status: known }) => (known?.tracker?.connected ? known.tracker.since : null));
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [error, setError] = useState<ErrorInfo | null>(null);
  const load = useCallback(
    (before: readonly Link[]) => {
      const after = before.at(-1)?.id;
      engine.call('links:list', after === undefined ? {} : { after }).then(
        ({ links, total }) => {
          setLoaded({ links: [...before, ...links], total });
          setError(null);
        },
        (failure: unknown) => {
          setError(toErrorInfo(failure));
        },
      );
    },
    [engine],
  );
  useEffect(() => {
    load([]);
  }, [load, since]);
  const again = (): void => {
    load([]);
  };
  return (
    <div className={styles['page']} tabIndex={0} role="region" aria-label={t('links.title')}>
      {error && <ErrorCallout error={error} actions={<Button onClick={again}>{t('common.tryAgain')}</Button>} />}
      {loaded?.links.length === 0 && (
        <Empty
          icon={<LinkIcon size={24} aria-hidden />}
          title={t('links.emptyTitle')}
          actions={
            <Button
              look="ink"
              onClick={() => {
                goTo('files');
              }}
            >
              {t('links.toFiles')}
            </Button>
          }
        >
          <p>{t('links.emptyHow')}</p>
        </Empty>
      )}
      {loaded && loaded.links.length > 0 && (
        <>
          <ul className={styles['list']} aria-label={t('links.title')}>
            {loaded.links.map((one) => (
              <LinkItem key={one.id} link={one} onRevoked={again} onError={setError} />
            ))}
          </ul>
          {loaded.links.length < loaded.total && (
            <Button
              onClick={() => {
                load(loaded.links);
              }}
            >
              {t('links.more', { count: loaded.total - loaded.links.length })}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
