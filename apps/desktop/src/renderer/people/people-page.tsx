import type { KnownPerson } from '@enxame/shared/engine/person-calls';
import { SearchX, ShieldAlert, ShieldCheck, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Avatar } from '@enxame/ui/parts/avatar';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { classNames } from '@enxame/ui/class-names';
import { CopyButton } from '@enxame/ui/parts/copy-button';
import { Empty } from '@enxame/ui/parts/empty';
import { SearchBox } from '@enxame/ui/parts/search-box';
import text from '@enxame/ui/parts/text.module.css';
import { useApp, useStatus } from '../shell/app-context.js';
import { PageHead } from '../shell/page-head.js';
import { toHash, useRoute } from '../shell/route.js';
import styles from './people.module.css';
import { PersonFiles } from './person-files.js';
import { usePersonSummary } from './use-person-summary.js';

/** Who is in this network, those online first; choosing one shows the files. */
export function PeoplePage() {
  const { t } = useTranslation();
  const { people, total, error } = useStore(useApp().people);
  const { id } = useRoute();
  const status = useStatus();
  const [query, setQuery] = useState('');
  const chosen = people?.find((person) => person.id === id);
  const found = (people ?? []).filter((person) => fold(person.name).includes(fold(query)));
  const alone = people !== null && people.every((person) => person.id === status.user?.id);
  return (
    <>
      <PageHead title={t('nav.people')}>
        <div className={styles['search']}>
          <SearchBox
            inputRef={null}
            label={t('people.search')}
            placeholder={t('people.search')}
            clearLabel={t('files.clearSearch')}
            value={query}
            maxLength={80}
            onChange={setQuery}
          />
        </div>
      </PageHead>
      <div className={styles['people']}>
        <nav className={classNames(styles['list'], chosen && styles['hidden'])} aria-label={t('people.list')}>
          {error && people === null && <ErrorCallout error={error} kind="warn" />}
          <PersonGroup
            title={t('people.online')}
            people={found.filter(({ online, blocked }) => online && !blocked)}
            chosen={id}
          />
          <PersonGroup
            title={t('people.offline')}
            people={found.filter(({ online, blocked }) => !online && !blocked)}
            chosen={id}
          />
          <PersonGroup title={t('block.blocked')} people={found.filter(({ blocked }) => blocked)} chosen={id} />
          {people !== null && total > people.length && (
            <p className={classNames(styles['more'], text['meta'])}>
              {t('people.truncated', { count: total - people.length })}
            </p>
          )}
          {query !== '' && found.length === 0 && (
            <Empty icon={<SearchX size={24} aria-hidden />} title={t('people.noMatch', { query })} />
          )}
        </nav>
        {chosen ? (
          <PersonFiles key={chosen.id} person={chosen} />
        ) : (
          <div className={styles['hidden']}>
            {alone ? (
              <Empty
                icon={<Users size={24} aria-hidden />}
                title={t('people.emptyTitle')}
                actions={<CopyButton text={status.tracker?.url ?? ''} label={t('people.copyAddress')} />}
              >
                <p>{t('people.emptyHow')}</p>
                <p className={text['mono']}>{status.tracker?.url}</p>
              </Empty>
            ) : (
              <Empty icon={<Users size={24} aria-hidden />} title={t('people.noneChosen')} />
            )}
          </div>
        )}
      </div>
    </>
  );
}

function PersonGroup({
  title,
  people,
  chosen,
}: {
  title: string;
  people: readonly KnownPerson[];
  chosen: string | null;
}) {
  const format = useFormat();
  if (people.length === 0) return null;
  return (
    <>
      <h2>
        {title} <span className={text['num']}>{format.number(people.length)}</span>
      </h2>
      <ul>
        {people.map((person) => (
          <li key={person.id}>
            <PersonLink person={person} current={person.id === chosen} />
          </li>
        ))}
      </ul>
    </>
  );
}

function PersonLink({ person, current }: { person: KnownPerson; current: boolean }) {
  const { t } = useTranslation();
  const { tracker, user } = useStatus();
  const summary = usePersonSummary()(person);
  return (
    <a className={styles['person']} href={toHash('people', person.id)} aria-current={current || undefined}>
      <Avatar name={person.name} online={tracker?.connected ? person.online : null} size="large" />
      <span className={text['cut']}>
        <span className={text['cut']} title={person.name}>
          <b dir="auto">{person.name}</b>
          {person.id === user?.id && <span className={text['meta']}> · {t('people.you')}</span>}
          <TrustMark person={person} />
        </span>
        <span className={classNames(text['meta'], text['num'], text['cut'])}>{summary}</span>
      </span>
    </a>
  );
}

/** A shape and a word: the colour alone says nothing. */
function TrustMark({ person: { keyChanged, verifiedAt } }: { person: KnownPerson }) {
  const { t } = useTranslation();
  if (!keyChanged && verifiedAt === null) return null;
  const Icon = keyChanged ? ShieldAlert : ShieldCheck;
  const word = keyChanged ? t('trust.keyChanged') : t('trust.isVerified');
  return (
    <span className={styles['mark']} data-changed={keyChanged || undefined}>
      <Icon size={13} strokeWidth={2} role="img" aria-label={word} />
      {keyChanged && <span aria-hidden>{word}</span>}
    </span>
  );
}

function fold(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
