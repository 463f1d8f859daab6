import { catalogueQuerySchema, type CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import { FolderPlus, Plus, SearchX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@enxame/ui/parts/button';
import { Empty } from '@enxame/ui/parts/empty';
import { useApp, useStatus } from '../shell/app-context.js';
import { useAddFiles } from '../shares/add-files.js';
import { countFilters } from './filter-bar.js';
import type { Scope } from './files-view.js';

/** What will appear here and the one way to fill it; or what was searched for and how to find more. */
export function FilesEmpty({ query, scope, onClear }: { query: CatalogueQuery; scope: Scope; onClear: () => void }) {
  const filters = countFilters(query, scope);
  if (query.text !== '' || filters > 0)
    return <NoMatch query={query} scope={scope} filters={filters} onClear={onClear} />;
  return <FirstUse scope={scope} />;
}

function FirstUse({ scope }: { scope: Scope }) {
  const { t } = useTranslation();
  const { tracker } = useStatus();
  const add = useAddFiles();
  const title =
    scope === 'mine'
      ? t('files.emptyTitleMine')
      : scope === 'here'
        ? t('files.emptyTitleHere')
        : t('files.emptyTitle', { network: tracker?.name ?? '' });
  return (
    <Empty
      icon={<FolderPlus size={24} aria-hidden />}
      title={title}
      actions={
        <Button look="ink" icon={<Plus size={16} aria-hidden />} onClick={add.open}>
          {t('files.add')}
        </Button>
      }
    >
      <p>{scope === 'here' ? t('files.emptyHowHere') : t('files.emptyHow')}</p>
    </Empty>
  );
}

function NoMatch({
  query,
  scope,
  filters,
  onClear,
}: {
  query: CatalogueQuery;
  scope: Scope;
  filters: number;
  onClear: () => void;
}) {
  const { t } = useTranslation();
  const without = useCountWithout(query, scope, filters);
  return (
    <Empty
      icon={<SearchX size={24} aria-hidden />}
      title={query.text === '' ? t('files.noMatchFilters') : t('files.noMatch', { query: query.text })}
      actions={
        filters > 0 && (
          <Button onClick={onClear}>
            {without !== null && without > 0 ? t('files.showWithout', { count: without }) : t('files.clearFilters')}
          </Button>
        )
      }
    >
      <p>
        {filters > 0 ? t('files.filtersOn', { count: filters }) : t('files.noMatchHow')}{' '}
        {filters > 0 && without !== null && t('files.without', { count: without })}
      </p>
    </Empty>
  );
}

/** How many files would match without the filters; null while that is not known. */
function useCountWithout(query: CatalogueQuery, scope: Scope, filters: number): number | null {
  const { link } = useApp();
  const [count, setCount] = useState<number | null>(null);
  const { text } = query;
  const owner = scope === 'mine' ? query.owner : undefined;
  useEffect(() => {
    if (filters === 0 || scope === 'here') return undefined;
    let current = true;
    const bare = catalogueQuerySchema.parse(owner === undefined ? { text } : { text, owner });
    link.call('catalogue:list', { query: bare, window: { offset: 0, limit: 1 } }).then(
      ({ total }) => {
        if (current) setCount(total);
      },
      () => undefined, // without the number the button still clears the filters
    );
    return () => {
      current = false;
    };
  }, [link, text, owner, scope, filters]);
  return count;
}
