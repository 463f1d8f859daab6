import styles from './avatar.module.css';
import { classNames } from '../class-names.js';
import text from './text.module.css';
import { useWords } from '../i18n/i18n-context.js';

interface Props {
  /** Picks the ground as well: a name is one person's in a network, and known everywhere, as ids are not. */
  readonly name: string;
  /** Null where it is not known. Undefined: no presence is shown. */
  readonly online?: boolean | null | undefined;
  readonly size?: 'small' | 'normal' | 'large';
  /** Whoever shows it says the presence aloud by itself. */
  readonly silent?: boolean;
}

/** Initials on one of six grounds, with presence as a shape and as a word for the ear. */
export function Avatar({ name, online, size = 'normal', silent = false }: Props) {
  const presence = usePresenceWord();
  return (
    <>
      <span
        className={classNames(styles['av'], size !== 'normal' && styles[size], styles[`g${String(groundOf(name))}`])}
        aria-hidden
      >
        <span>{initialsOf(name, size === 'small' ? 1 : 2)}</span>
        {online !== undefined && <span className={classNames(styles['dot'], online === true && styles['on'])} />}
      </span>
      {online !== undefined && !silent && <span className={text['sr']}>{presence(online)}</span>}
    </>
  );
}

/** Whether somebody is there, for the ear. */
export function usePresenceWord(): (online: boolean | null) => string {
  const { t } = useWords();
  return (online) => (online === null ? t('presence.unknown') : online ? t('presence.online') : t('presence.offline'));
}

export function PresenceDot({ online }: { online: boolean }) {
  return <span className={classNames(styles['dot'], online && styles['on'])} aria-hidden />;
}

function groundOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return 1 + (sum % 6);
}

function initialsOf(name: string, count: number): string {
  const words = name.split(/[\s._·-]+/u).filter(Boolean);
  const chosen = count === 1 || words.length < 2 ? words.slice(0, 1) : [words[0], words.at(-1)];
  return chosen.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '').join('');
}
