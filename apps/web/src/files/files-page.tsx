import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { Empty, Skeleton } from '@enxame/ui/parts/empty';
import { TypedSearch } from '@enxame/ui/parts/typed-search';
import { useNow } from '@enxame/ui/hooks/use-now';
import text from '@enxame/ui/parts/text.module.css';
import { FolderPlus, RotateCw, SearchX } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { SignInPage } from '../session/sign-in-page.js';
import { useMember, useSite } from '../shell/site-context.js';
import { AddFiles } from '../uploads/add-files.js';
import { FileFilters } from './file-filters.js';
import { FileLine } from './file-line.js';
import { readFilesHash } from './files-hash.js';
import { SaveSearch } from './save-search.js';
import styles from './files-page.module.css';
import { allFiles, countFilters, useFiles, type FilesView } from './use-files.js';

const maxSearchChars = 255;

/** Everything that is shared in the network: search, filter, download. */
export function FilesPage() {
  const { t } = useTranslation();
  const { api, uploads } = useSite();
  const member = useMember();
  const now = useNow(60_000);
  const [view, setView] = useState<FilesView>(() => readFilesHash(location.hash));
  const list = useFiles(api, view);
  const change = useCallback((part: Partial<FilesView>) => {
    setView((before) => ({ ...before, ...part }));
  }, []);
  const search = useCallback(
    (words: string) => {
      change({ text: words });
    },
    [change],
  );
  useSearchKey();
  const { files, error, isAsking, reload } = list;
  const added = useStore(uploads).filter(({ state }) => state.kind === 'done').length;
  useEffect(() => {
    if (added > 0) reload();
  }, [added, reload]);
  if (error?.code === 'unauthorized' && !member) return <SignInPage isWall />;
  const filters = countFilters(view);
  const ownerName = files?.find(({ owner }) => owner.id === view.owner)?.owner.name;
  return (
    <section className={styles['page']} aria-labelledby="files-title">
      <div className={styles['head']}>
        <h1 id="files-title">{t('files.title')}</h1>
        <TypedSearch
          label={t('files.search')}
          clearLabel={t('files.clear')}
          value={view.text}
          maxLength={maxSearchChars}
          onChange={search}
        />
        <AddFiles />
      </div>
      <FileFilters view={view} onChange={change} />
      {error && (
        <ErrorCallout
          error={error}
          actions={
            <Button icon={<RotateCw size={16} aria-hidden />} busy={isAsking} onClick={list.reload}>
              {t('common.tryAgain')}
            </Button>
          }
        />
      )}
      {files === null && !error && <LoadingLines />}
      {files !== null && (
        <div className={styles['found']}>
          <p className={text['meta']} role="status">
            {t('files.found', { count: list.total })}
          </p>
          {/* Words, a hash or a person: of everything that comes nobody wants to be told. */}
          {member && (view.text.trim() !== '' || view.owner !== 'any') && (
            <SaveSearch view={view} ownerName={ownerName} />
          )}
        </div>
      )}
      {files?.length === 0 && (
        <Nothing
          view={view}
          filters={filters}
          onClear={() => {
            setView({ ...allFiles, text: view.text });
          }}
        />
      )}
      {files !== null && files.length > 0 && (
        <ul aria-label={t('files.list')}>
          {files.map((row) => (
            <FileLine key={row.contentId} row={row} now={now} />
          ))}
        </ul>
      )}
      {list.cursor !== null && (
        <Button wide busy={isAsking} onClick={list.more}>
          {t('files.more')}
        </Button>
      )}
    </section>
  );
}

/** The key that the search shows: it goes there from everywhere but a field. */
function useSearchKey(): void {
  useEffect(() => {
    const focus = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      document.querySelector<HTMLInputElement>('main input[type=search]')?.focus();
    };
    window.addEventListener('keydown', focus);
    return () => {
      window.removeEventListener('keydown', focus);
    };
  }, []);
}

function Nothing({ view, filters, onClear }: { view: FilesView; filters: number; onClear: () => void }) {
  const { t } = useTranslation();
  if (view.text === '' && filters === 0) {
    return (
      <Empty icon={<FolderPlus size={24} aria-hidden />} title={t('files.empty')}>
        <p>{t('files.emptyHow')}</p>
      </Empty>
    );
  }
  return (
    <Empty
      icon={<SearchX size={24} aria-hidden />}
      title={view.text === '' ? t('files.noMatchFilters') : t('files.noMatch', { text: view.text })}
      actions={filters > 0 && <Button onClick={onClear}>{t('files.clearFilters')}</Button>}
    />
  );
}

function LoadingLines() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('common.loading')} className={styles['loading']}>
      {[220, 320, 180, 260].map((width) => (
        <Skeleton key={width} width={width} />
      ))}
    </div>
  );
}
