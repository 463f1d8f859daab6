import { Activity, ArrowDownUp, Files, Send, Settings, TriangleAlert, Users, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Flow } from '../limits/flow.js';
import { Avatar, PresenceDot } from '@enxame/ui/parts/avatar';
import chip from '@enxame/ui/parts/chip.module.css';
import { classNames } from '@enxame/ui/class-names';
import { Mark } from '@enxame/ui/parts/mark';
import text from '@enxame/ui/parts/text.module.css';
import { groupOf, type Group } from '../transfers/transfer-facts.js';
import { useApp, useStatus } from './app-context.js';
import { toHash, useRoute, type Page } from './route.js';
import styles from './shell.module.css';

const icons: readonly (readonly [Exclude<Page, 'settings' | 'history'>, LucideIcon])[] = [
  ['files', Files],
  ['transfers', ArrowDownUp],
  ['send', Send],
  ['people', Users],
  ['connection', Activity],
];

/** How many transfers are under way, how many need the person, and whether the connection deserves a look. */
function useBadges(): { active: number; needsYou: number; needsLook: boolean } {
  const active = useCount('active') + useCount('waiting');
  const needsYou = useCount('needsYou');
  return { active, needsYou, needsLook: useStatus().tracker?.connected === false };
}

function useCount(group: Group): number {
  return useStore(useApp().transfers, ({ transfers, leaving }) => {
    let count = 0;
    for (const transfer of transfers.values()) if (groupOf(transfer) === group && !leaving.has(transfer.id)) count++;
    return count;
  });
}

export function useOnlineCount(): number {
  return useStore(useApp().people, (state) => (state.people ?? []).filter((person) => person.online).length);
}

export function Sidebar() {
  const { t } = useTranslation();
  const { bridge, link } = useApp();
  const status = useStatus();
  const { page } = useRoute();
  const { active, needsYou, needsLook } = useBadges();
  const online = useOnlineCount();
  // Without the engine the status is only the last one known.
  const running = useStore(link.state, (state) => state.phase === 'open');
  const connected = running && status.tracker?.connected === true;
  return (
    <aside
      className={classNames(styles['side'], bridge?.platform === 'darwin' && styles['mac'])}
      aria-label={t('nav.region')}
    >
      <div className={styles['sideTop']}>
        <a
          className={styles['net']}
          href={toHash('connection')}
          aria-label={t('nav.networkButton', { name: status.tracker?.name ?? '' })}
        >
          <Mark size={28} />
          <span className={text['cut']}>
            <strong className={text['cut']} dir="auto">
              {status.tracker?.name}
            </strong>
            <small>
              <PresenceDot online={connected} />
              {connected ? t('presence.count', { count: online }) : t('presence.noContact')}
            </small>
          </span>
        </a>
      </div>
      <nav className={styles['nav']} aria-label={t('nav.label')}>
        {icons.map(([target, Icon]) => (
          <a
            key={target}
            href={toHash(target)}
            aria-current={page === target ? 'page' : page === 'history' && target === 'transfers' ? 'true' : undefined}
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden />
            <span>{t(`nav.${target}`)}</span>
            {target === 'transfers' && active > 0 && (
              <span className={chip['badge']}>
                <span aria-hidden>{active}</span>
                <span className={text['sr']}>{t('nav.active', { count: active })}</span>
              </span>
            )}
            {target === 'transfers' && needsYou > 0 && (
              <span className={classNames(chip['badge'], text['danger'])}>
                <span aria-hidden>{needsYou}</span>
                <span className={text['sr']}>{t('nav.needsYou', { count: needsYou })}</span>
              </span>
            )}
            {target === 'connection' && needsLook && (
              <span className={text['warn']}>
                <TriangleAlert size={14} aria-hidden />
                <span className={text['sr']}>{t('nav.needsLook')}</span>
              </span>
            )}
          </a>
        ))}
      </nav>
      <div className={styles['foot']}>
        {running && <Flow />}
        <div className={styles['me']}>
          <Avatar name={status.user?.name ?? ''} online={connected} />
          <span className={text['cut']} dir="auto">
            {status.user?.name}
          </span>
          <a
            href={toHash('settings')}
            aria-label={t('nav.settings')}
            aria-current={page === 'settings' ? 'page' : undefined}
          >
            <Settings size={16} strokeWidth={1.75} aria-hidden />
          </a>
        </div>
      </div>
    </aside>
  );
}

export function TabBar() {
  const { t } = useTranslation();
  const { page } = useRoute();
  const { active, needsYou, needsLook } = useBadges();
  return (
    <nav className={styles['tabbar']} aria-label={t('nav.label')}>
      {[...icons, ['settings', Settings] as const].map(([target, Icon]) => (
        <a
          key={target}
          href={toHash(target)}
          aria-current={page === target ? 'page' : page === 'history' && target === 'transfers' ? 'true' : undefined}
        >
          <Icon size={20} strokeWidth={1.75} aria-hidden />
          <span>{target === 'transfers' ? t('nav.transfersShort') : t(`nav.${target}`)}</span>
          {target === 'transfers' && active + needsYou > 0 && (
            <span className={classNames(styles['tabDot'], needsYou > 0 && styles['tabWarn'])}>
              {active > 0 && <span className={text['sr']}>{t('nav.active', { count: active })}</span>}
              {needsYou > 0 && <span className={text['sr']}>{t('nav.needsYou', { count: needsYou })}</span>}
            </span>
          )}
          {target === 'connection' && needsLook && (
            <span className={classNames(styles['tabDot'], styles['tabWarn'])}>
              <span className={text['sr']}>{t('nav.needsLook')}</span>
            </span>
          )}
        </a>
      ))}
    </nav>
  );
}
