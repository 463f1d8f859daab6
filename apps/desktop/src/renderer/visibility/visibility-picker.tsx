import type { Visibility } from '@enxame/shared/engine/visibility';
import type { UserId } from '@enxame/shared/ids';
import { maxAudience } from '@enxame/shared/tracker/entry';
import { Globe, Link, Users } from 'lucide-react';
import { Fragment, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Avatar } from '@enxame/ui/parts/avatar';
import { Hint } from '@enxame/ui/parts/field';
import { SearchBox } from '@enxame/ui/parts/search-box';
import { useApp, useStatus } from '../shell/app-context.js';
import styles from './visibility.module.css';

const kinds = [
  ['everyone', Globe],
  ['people', Users],
  ['link', Link],
] as const;
type Kind = (typeof kinds)[number][0];

/** What is chosen so far: with nobody chosen it is no visibility yet. */
export interface VisibilityChoice {
  readonly kind: Kind;
  readonly people: readonly UserId[];
}

export const toChoice = (visibility: Visibility): VisibilityChoice => ({
  kind: visibility.kind,
  people: visibility.kind === 'people' ? visibility.people : [],
});

export function toVisibility({ kind, people }: VisibilityChoice): Visibility | null {
  if (kind !== 'people') return { kind };
  return people.length === 0 ? null : { kind, people: [...people] };
}

/** Three ways, each said with what it means; people are chosen from a list that can be searched. */
export function VisibilityPicker({
  choice,
  onChange,
}: {
  choice: VisibilityChoice;
  onChange: (choice: VisibilityChoice) => void;
}) {
  const { t } = useTranslation();
  const { tracker } = useStatus();
  const name = useId();
  return (
    <fieldset className={styles['ways']}>
      <legend>{t('visibility.title')}</legend>
      {kinds.map(([kind, Icon]) => (
        <Fragment key={kind}>
          <label className={styles['way']}>
            <input
              type="radio"
              name={name}
              checked={choice.kind === kind}
              onChange={() => {
                onChange({ ...choice, kind });
              }}
            />
            <Icon size={16} strokeWidth={1.75} aria-hidden />
            <span>
              <strong dir="auto">
                {kind === 'everyone'
                  ? t('visibility.everyoneIn', { network: tracker?.name ?? '' })
                  : t(`visibility.${kind}`)}
              </strong>
              <span>{t(`visibility.${kind}How`)}</span>
            </span>
          </label>
          {kind === 'people' && choice.kind === 'people' && (
            <PeopleChoice
              chosen={choice.people}
              onChange={(people) => {
                onChange({ ...choice, people });
              }}
            />
          )}
        </Fragment>
      ))}
    </fieldset>
  );
}

function PeopleChoice({ chosen, onChange }: { chosen: readonly UserId[]; onChange: (people: UserId[]) => void }) {
  const { t } = useTranslation();
  const { user, tracker } = useStatus();
  const people = useStore(useApp().people, (state) => state.people) ?? [];
  const [query, setQuery] = useState('');
  const others = people.filter(({ id, blocked }) => id !== user?.id && (!blocked || chosen.includes(id)));
  const found = others.filter(({ name }) => name.toLowerCase().includes(query.trim().toLowerCase()));
  return (
    <div className={styles['people']}>
      {others.length > 6 && (
        <SearchBox
          inputRef={null}
          label={t('people.search')}
          placeholder={t('people.search')}
          clearLabel={t('files.clearSearch')}
          value={query}
          maxLength={80}
          onChange={setQuery}
        />
      )}
      <ul aria-label={t('visibility.people')} tabIndex={0}>
        {found.map(({ id, name, online }) => {
          const isChosen = chosen.includes(id);
          return (
            <li key={id}>
              <label className={styles['person']}>
                <input
                  type="checkbox"
                  checked={isChosen}
                  disabled={!isChosen && chosen.length >= maxAudience}
                  onChange={() => {
                    onChange(isChosen ? chosen.filter((other) => other !== id) : [...chosen, id]);
                  }}
                />
                <Avatar name={name} online={tracker?.connected ? online : null} size="small" />
                <span dir="auto">{name}</span>
              </label>
            </li>
          );
        })}
      </ul>
      {others.length === 0 && <Hint>{t('visibility.nobodyYet')}</Hint>}
      <p className={styles['count']} role="status">
        {chosen.length === 0 ? t('visibility.chooseSome') : t('visibility.chosen', { count: chosen.length })}
      </p>
    </div>
  );
}
