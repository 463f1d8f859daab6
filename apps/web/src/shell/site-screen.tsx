import { Button } from '@enxame/ui/parts/button';
import { Callout } from '@enxame/ui/parts/callout';
import { Mark } from '@enxame/ui/parts/mark';
import { Avatar } from '@enxame/ui/parts/avatar';
import { ChartNoAxesColumn, Files, FolderUp, KeyRound, LogIn, LogOut, type LucideIcon } from 'lucide-react';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FilesPage } from '../files/files-page.js';
import { LookButtons } from '../look/look-buttons.js';
import { MinePage } from '../mine/mine-page.js';
import { SignInPage } from '../session/sign-in-page.js';
import { TokensPage } from '../tokens/tokens-page.js';
import { DropZone } from '../uploads/drop-zone.js';
import { UploadTray } from '../uploads/upload-tray.js';
import { toHash, useRoute, type RouteName } from './route.js';
import { useMember, useSite } from './site-context.js';
import styles from './site-screen.module.css';

// The graph comes when it is looked at.
const StatsPage = lazy(async () => ({ default: (await import('../stats/stats-page.js')).StatsPage }));

const places: readonly {
  readonly name: Exclude<RouteName, 'sign-in'>;
  readonly Icon: LucideIcon;
  readonly forMembers: boolean;
}[] = [
  { name: 'files', Icon: Files, forMembers: false },
  { name: 'mine', Icon: FolderUp, forMembers: true },
  { name: 'stats', Icon: ChartNoAxesColumn, forMembers: false },
  { name: 'tokens', Icon: KeyRound, forMembers: true },
];

/** The interface of a tracker for browsers. */
export function SiteScreen() {
  const { t } = useTranslation();
  const member = useMember();
  const [hasFolders, setHasFolders] = useState(false);
  const tellFolders = useCallback(() => {
    setHasFolders(true);
  }, []);
  return (
    <div className={styles['site']}>
      <a className={styles['skip']} href="#content" onClick={focusContent}>
        {t('common.skip')}
      </a>
      <Header />
      <main id="content" tabIndex={-1} className={styles['main']}>
        {hasFolders && (
          <Callout
            kind="warn"
            title={t('upload.folders')}
            actions={
              <Button
                onClick={() => {
                  setHasFolders(false);
                }}
              >
                {t('common.close')}
              </Button>
            }
          />
        )}
        <UploadTray />
        <Place />
      </main>
      {member && <DropZone onFolders={tellFolders} />}
    </div>
  );
}

function focusContent(event: { preventDefault(): void }): void {
  event.preventDefault(); // the hash is the address of a part
  document.getElementById('content')?.focus();
}

function Place() {
  const { t } = useTranslation();
  const route = useRoute();
  const member = useMember();
  const place = places.find(({ name }) => name === route);
  if (!place) return member ? <FilesPage /> : <SignInPage />;
  if (place.forMembers && !member) return <SignInPage />;
  switch (route) {
    case 'files':
      return <FilesPage key={member?.id ?? 'guest'} />;
    case 'mine':
      return <MinePage />;
    case 'stats':
      return (
        <Suspense fallback={<p>{t('common.loading')}</p>}>
          <StatsPage key={member?.id ?? 'guest'} />
        </Suspense>
      );
    case 'tokens':
      return <TokensPage />;
    case 'sign-in':
      return <SignInPage />;
  }
}

function Header() {
  const { t } = useTranslation();
  const { hello, session } = useSite();
  const member = useMember();
  const route = useRoute();
  return (
    <header className={styles['top']}>
      <a className={styles['brand']} href={toHash('files')}>
        <Mark size={24} />
        <span dir="auto">{hello.name}</span>
      </a>
      <nav aria-label={t('nav.label')} className={styles['nav']}>
        {places
          .filter(({ forMembers }) => !forMembers || member)
          .map(({ name, Icon }) => (
            <a key={name} href={toHash(name)} aria-current={route === name ? 'page' : undefined}>
              <Icon size={18} strokeWidth={1.75} aria-hidden />
              <span>{t(`nav.${name}`)}</span>
            </a>
          ))}
      </nav>
      <LookButtons />
      {member ? (
        <div className={styles['person']}>
          <span title={t('nav.signedIn', { name: member.name })} className={styles['who']}>
            <Avatar name={member.name} />
            <span dir="auto">{member.name}</span>
          </span>
          <Button look="ghost" aria-label={t('nav.signOut')} title={t('nav.signOut')} onClick={session.signOut}>
            <LogOut size={16} strokeWidth={1.75} aria-hidden />
          </Button>
        </div>
      ) : (
        <Button
          icon={<LogIn size={16} strokeWidth={1.75} aria-hidden />}
          onClick={() => {
            location.hash = toHash('sign-in');
          }}
        >
          {t('nav.signIn')}
        </Button>
      )}
    </header>
  );
}
