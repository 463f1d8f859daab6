import { contentTypes } from '@enxame/shared/content/content-type';
import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import chip from '@enxame/ui/parts/chip.module.css';
import { ChoiceChip } from '../parts/choice-chip.js';
import { classNames } from '@enxame/ui/class-names';
import text from '@enxame/ui/parts/text.module.css';
import { useApp } from '../shell/app-context.js';
import styles from './files-page.module.css';
import type { Scope } from './files-view.js';
import { sizeRangeOf, sizeRanges } from './size-ranges.js';

interface Props {
  readonly query: CatalogueQuery;
  readonly scope: Scope;
  readonly total: number | null;
  readonly onChange: (change: Partial<CatalogueQuery>) => void;
}

/** Owner, type, size, available now, and how many files that leaves. */
export const FilterBar = memo(function FilterBar({ query, scope, total, onChange }: Props) {
  const { t } = useTranslation();
  const people = useStore(useApp().people, (state) => state.people) ?? [];
  const range = sizeRangeOf(query);
  const owner = people.find((person) => person.id === query.owner);
  return (
    <div className={styles['filters']} role="group" aria-label={t('files.filters')}>
      {scope === 'all' && (
        <ChoiceChip
          label={t('files.owner')}
          chosenLabel={query.owner === undefined ? null : t('files.ownerIs', { name: owner?.name ?? '…' })}
          value={query.owner ?? ''}
          options={[
            ['', t('files.anyone')],
            ...people.filter(({ entries }) => entries > 0).map(({ id, name }) => [id, name] as const),
          ]}
          onChange={(id) => {
            onChange({ owner: people.find((person) => person.id === id)?.id });
          }}
        />
      )}
      <ChoiceChip
        label={t('files.type')}
        chosenLabel={query.type === undefined ? null : t('files.typeIs', { type: t(`types.${query.type}`) })}
        value={query.type ?? ''}
        options={[['', t('files.typeAny')], ...contentTypes.map((type) => [type, t(`types.${type}`)] as const)]}
        onChange={(chosen) => {
          onChange({ type: contentTypes.find((type) => type === chosen) });
        }}
      />
      <ChoiceChip
        label={t('files.size')}
        chosenLabel={range && t('files.sizeIs', { range: t(`files.${range}`) })}
        value={range ?? ''}
        options={[['', t('files.sizeAny')], ...sizeRanges.map(([name]) => [name, t(`files.${name}`)] as const)]}
        onChange={(name) => {
          const bounds = sizeRanges.find(([candidate]) => candidate === name)?.[1];
          onChange({ minBytes: bounds?.minBytes, maxBytes: bounds?.maxBytes });
        }}
      />
      {scope !== 'here' && (
        <button
          type="button"
          className={chip['chip']}
          aria-pressed={query.available}
          onClick={() => {
            onChange({ available: !query.available });
          }}
        >
          {t('files.available')}
        </button>
      )}
      {total !== null && (
        <span className={classNames(styles['count'], text['meta'], text['num'])} role="status">
          {t('files.count', { count: total })}
        </span>
      )}
    </div>
  );
});

/** How many filters are on, beside the search. */
export function countFilters(query: CatalogueQuery, scope: Scope): number {
  const owner = scope === 'all' && query.owner !== undefined ? 1 : 0;
  const size = query.minBytes !== undefined || query.maxBytes !== undefined ? 1 : 0;
  return owner + size + (query.type === undefined ? 0 : 1) + (query.available ? 1 : 0);
}
