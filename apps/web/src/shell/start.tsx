import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Hello } from '@enxame/shared/tracker/hello';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { toApiError } from '../api/tracker-api.js';
import { useAsk } from '../api/use-ask.js';
import { SiteProvider, type Site } from './site-context.js';
import { SiteScreen } from './site-screen.js';
import styles from './site-screen.module.css';

interface Props extends Omit<Site, 'hello'> {
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
    <SiteProvider value={{ api, session, uploads, hello: hello.data }}>
      {error && kind === 'guest' && <ErrorCallout error={error} kind="warn" />}
      <SiteScreen />
    </SiteProvider>
  );
}
