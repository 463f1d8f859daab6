import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import { apiRoutes } from '@enxame/shared/tracker/api';
import type { Hello } from '@enxame/shared/tracker/hello';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { toApiError } from '../api/tracker-api.js';
import { useAsk } from '../api/use-ask.js';
import { usePolled } from '../api/use-polled.js';
import { SiteProvider, type Site } from './site-context.js';
import { SiteScreen } from './site-screen.js';
import styles from './site-screen.module.css';

interface Props extends Omit<Site, 'hello' | 'searches'> {
  readonly readHello: (signal: AbortSignal) => Promise<Hello>;
}

/** Asks whose tracker this is, and who is here; then shows the interface. */
export function Start({ api, session, uploads, readHello }: Props) {
  const { t } = useTranslation();
  const [error, setError] = useState<EnxameError | null>(null);
  const ask = useCallback(
    async (signal: AbortSignal) => {
      const hello = await readHello(signal);
      // Nobody waits at the door: who cannot be signed in is a guest, and is told why.
      await session.start(hello.trackerId).catch((thrown: unknown) => {
        setError(toApiError(thrown));
      });
      return hello;
    },
    [readHello, session],
  );
  const hello = useAsk(ask);
  const { kind } = useStore(session);
  if (!hello.data || kind === 'starting') {
    return (
      <main className={styles['main']}>
        {hello.error ? (
          <>
            <h1>Enxame</h1>
            <ErrorCallout
              error={hello.error}
              actions={<Button onClick={hello.reload}>{t('common.tryAgain')}</Button>}
            />
          </>
        ) : (
          <p role="status">{t('common.loading')}</p>
        )}
      </main>
    );
  }
  return (
    <>
      {error && kind === 'guest' && <ErrorCallout error={error} kind="warn" />}
      <Here api={api} session={session} uploads={uploads} hello={hello.data} />
    </>
  );
}

/** The interface for whoever is here. What their searches found is shown wherever they are. */
function Here(parts: Omit<Site, 'searches'>) {
  const { api, session } = parts;
  const state = useStore(session);
  const userId = state.kind === 'member' ? state.member.id : null;
  const searches = usePolled(
    useCallback(
      (signal: AbortSignal) =>
        userId === null
          ? Promise.resolve({ searches: [] })
          : api.ask({ path: '/searches', reply: apiRoutes.searches.reply, signal }),
      [api, userId],
    ),
  );
  return (
    <SiteProvider value={{ ...parts, searches }}>
      <SiteScreen />
    </SiteProvider>
  );
}
