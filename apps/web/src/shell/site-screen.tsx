import { Button } from '@enxame/ui/parts/button';
import { Callout } from '@enxame/ui/parts/callout';
import { Mark } from '@enxame/ui/parts/mark';
import { Avatar } from '@enxame/ui/parts/avatar';
import {
  BellRing,
  ChartNoAxesColumn,
  Files,
  FolderUp,
  KeyRound,
  LogIn,
  LogOut,
  ShieldCheck,
  type LucideIcon,
} from 'lucide-react';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FilesPage } from '../files/files-page.js';
import { LookButtons } from '../look/look-buttons.js';
import { MinePage } from '../mine/mine-page.js';
import { SignInPage } from '../session/sign-in-page.js';
import { TokensPage } from '../tokens/tokens-page.js';
import { DropZone } from '../uploads/drop-zone.js';
import { UploadTray } from '../uploads/upload-tray.js';
import { SearchesPage } from '../searches/searches-page.js';
import type { Member } from '../session/session-store.js';
import { Notices } from './notices.js';
import { toHash, useRoute, type RouteName } from './route.js';
import { useMember, useSite } from './site-context.js';
import styles from './site-screen.module.css';

// The graph, and what few people need, come when they are looked at.
const AdminPage = lazy(async () => ({ default: (await import('../admin/admin-page.js')).AdminPage }));
const StatsPage = lazy(async () => ({ default: (await import('../stats/stats-page.js')).StatsPage }));

const places: readonly {
  readonly name: Exclude<RouteName, 'sign-in'>;
  readonly Icon: LucideIcon;
  readonly isFor: 'anybody' | 'members' | 'administrators';
}[] = [
  { name: 'files', Icon: Files, isFor: 'anybody' },
  { name: 'mine', Icon: FolderUp, isFor: 'members' },
  { name: 'searches', Icon: BellRing, isFor: 'members' },
  { name: 'stats', Icon: ChartNoAxesColumn, isFor: 'anybody' },
  { name: 'tokens', Icon: KeyRound, isFor: 'members' },
  { name: 'admin', Icon: ShieldCheck, isFor: 'administrators' },
];
type Place = (typeof places)[number];

const mayEnter = ({ isFor }: Place, member: Member | null): boolean =>
  isFor === 'anybody' || (member !== null && (isFor === 'members' || member.isAdmin));

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
        {member && <Notices key={member.id} />}
        <UploadTray />
        <PlaceScreen />
      </main>
      {member && <DropZone onFolders={tellFolders} />}
    </div>
  );
}

function focusContent(event: { preventDefault(): void }): void {
  event.preventDefault(); // the hash is the address of a part
  document.getElementById('content')?.focus();
}

function PlaceScreen() {
  const { t } = useTranslation();
  const route = useRoute();
  const member = useMember();
  const { searches } = useSite();
  const place = places.find(({ name }) => name === route);
  if (!place) return member ? <FilesPage /> : <SignInPage />;
  if (!mayEnter(place, member)) return member ? <FilesPage /> : <SignInPage />;
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
    case 'searches':
      return <SearchesPage searches={searches} />;
    case 'admin':
      return (
        <Suspense fallback={<p>{t('common.loading')}</p>}>
          <AdminPage />
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
  const { hello, session, searches } = useSite();
  const unseen = searches.data?.searches.reduce((sum, search) => sum + search.unseen, 0) ?? 0;
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
          .filter((place) => mayEnter(place, member))
          .map(({ name, Icon }) => (
            <a key={name} href={toHash(name)} aria-current={route === name ? 'page' : undefined}>
              <Icon size={18} strokeWidth={1.75} aria-hidden />
              <span>{t(`nav.${name}`)}</span>
              {name === 'searches' && unseen > 0 && (
                <span className={styles['unseen']} title={t('nav.unseen', { count: unseen })}>
                  {unseen}
                </span>
              )}
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
