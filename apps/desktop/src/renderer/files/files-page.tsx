import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import { memo, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { classNames } from '@enxame/ui/class-names';
import { Kbd } from '@enxame/ui/parts/kbd';
import { ShareTray } from '../shares/share-tray.js';
import { useApp, useStatus } from '../shell/app-context.js';
import shell from '../shell/shell.module.css';
import { showShortcuts } from '../shell/shortcut-events.js';
import { byOwner } from './columns.js';
import { ColumnsMenu } from './columns-menu.js';
import { FileDrawer } from './file-drawer.js';
import { FileGrid } from './file-grid.js';
import type { FileRow } from './file-row.js';
import { FilesEmpty } from './files-empty.js';
import { FilesHead } from './files-head.js';
import { FilesLoading } from './files-loading.js';
import type { Scope } from './files-view.js';
import { ScopeSwitch } from './scope-switch.js';
import { FilterBar } from './filter-bar.js';
import styles from './files-page.module.css';
import { noPicks } from './picks.js';
import { SelectionBar } from './selection-bar.js';
import { useCatalogueSource, useHereSource } from './use-file-list.js';
import { useFileActions, useReceiving } from './use-file-actions.js';
import { useRunAction } from './use-run-action.js';

export function FilesPage() {
  const { t } = useTranslation();
  const { files, filesView, listLayout } = useApp();
  const layout = useStore(listLayout);
  const { user } = useStatus();
  const { scope, hereQuery, selectedKey, picks, drawerOpen, focusWanted } = useStore(filesView);
  const catalogueQuery = useStore(files.state, (state) => state.query);
  const error = useStore(files.state, (state) => state.error);
  const settled = useStore(files.state, (state) => state.answered === state.query);
  const pendingNew = useStore(files.state, (state) => state.pendingNew);
  const catalogueTotal = useStore(files.state, (state) => (state.total === null ? null : state.liveTotal));
  const catalogueSource = useCatalogueSource(files);
  const hereSource = useHereSource(hereQuery);
  const here = scope === 'here';
  const query = here ? hereQuery : catalogueQuery;
  const source = here ? hereSource : catalogueSource;
  const total = here ? (hereSource?.total ?? null) : catalogueTotal;
  const focusList = useRef<(() => void) | null>(null);
  const run = useRunAction(useReceiving(), useFileActions());

  const setQuery = useCallback(
    (change: Partial<CatalogueQuery>) => {
      if (here) filesView.setState((state) => ({ hereQuery: { ...state.hereQuery, ...change } }));
      else files.setQuery(change);
    },
    [here, files, filesView],
  );
  const searchFor = useCallback(
    (text: string) => {
      setQuery({ text });
    },
    [setQuery],
  );
  const userId = user?.id;
  const setScope = useCallback(
    (next: Scope): void => {
      const { scope: before } = filesView.getState();
      filesView.setState({ scope: next, selectedKey: null, picks: noPicks, drawerOpen: false });
      const owner = next === 'mine' ? userId : undefined;
      if (next !== 'here' && (files.state.getState().query.owner !== owner || before === 'mine'))
        files.setQuery({ owner });
    },
    [files, filesView, userId],
  );
  const select = useCallback(
    (row: FileRow) => {
      filesView.setState({ selectedKey: row.key });
    },
    [filesView],
  );
  const selectedIndex = selectedKey === null ? undefined : source?.indexOf(selectedKey);
  const selected = useLast(selectedIndex === undefined ? undefined : source?.rowAt(selectedIndex), selectedKey);
  const closeDrawer = useCallback(() => {
    filesView.setState({ drawerOpen: false });
    if (document.activeElement?.closest('aside')) focusList.current?.();
  }, [filesView]);
  const showDrawer = drawerOpen && selected !== undefined && picks.size === 0;
  useEffect(() => {
    // Rows of the query before would take the selection that waits for those to come.
    if (!focusWanted || !focusList.current || !(here || settled)) return;
    focusList.current();
    filesView.setState({ focusWanted: false });
  }, [focusWanted, filesView, source, here, settled]);
  const label = here ? t('files.listHere') : t('files.list');

  return (
    <>
      <FilesHead
        scope={scope}
        onScope={setScope}
        total={total}
        text={query.text}
        onText={searchFor}
        focusList={focusList}
      />
      <div className={classNames(styles['page'], showDrawer && styles['withDrawer'])}>
        <div className={styles['pane']}>
          <div className={classNames(styles['filters'], shell['onlyNarrow'])}>
            <ScopeSwitch scope={scope} onChange={setScope} />
          </div>
          {picks.size > 0 ? (
            <SelectionBar
              picks={picks}
              onClear={() => {
                filesView.setState({ picks: noPicks });
              }}
            />
          ) : (
            <FilterBar query={query} scope={scope} total={total} onChange={setQuery} />
          )}
          <div className={styles['list']}>
            {!here && error && !source ? (
              <div className={styles['error']}>
                <ErrorCallout
                  error={error}
                  actions={<Button onClick={files.tryAgain}>{t('common.tryAgain')}</Button>}
                />
              </div>
            ) : !source ? (
              <FilesLoading />
            ) : source.total === 0 ? (
              <FilesEmpty
                query={query}
                scope={scope}
                onClear={() => {
                  setQuery({
                    minBytes: undefined,
                    maxBytes: undefined,
                    available: false,
                    type: undefined,
                    ...(scope === 'all' && { owner: undefined }),
                  });
                }}
              />
            ) : (
              <FileGrid
                key={scope}
                label={label}
                source={source}
                sort={query}
                onSort={setQuery}
                selectedKey={selectedKey}
                onSelect={select}
                onActivate={run}
                picks={picks}
                onPicks={(next) => {
                  filesView.setState({ picks: next });
                }}
                onDetails={(row, toggle) => {
                  filesView.setState((state) => ({
                    selectedKey: row.key,
                    drawerOpen: toggle ? !state.drawerOpen : true,
                  }));
                }}
                layout={layout}
                columnsMenu={
                  <ColumnsMenu
                    grouped={layout.grouped && query.sort === byOwner.sort}
                    onGroup={(grouped) => {
                      listLayout.setState({ grouped });
                      if (grouped) setQuery(byOwner);
                    }}
                  />
                }
                {...(!here && {
                  onVisible: files.setVisible,
                  onHold: files.hold,
                  pendingNew,
                  onShowNew: files.showNew,
                })}
                focusRef={focusList}
              />
            )}
          </div>
          <ShareTray />
          <Foot />
        </div>
        {showDrawer && (
          <FileDrawer
            row={selected}
            onClose={closeDrawer}
            onOwner={(row) => {
              if (row.mine) setScope('mine');
              else if (row.owner.id !== null) {
                filesView.setState({ scope: 'all', drawerOpen: false });
                files.setQuery({ owner: row.owner.id, text: '' });
              }
            }}
          />
        )}
      </div>
    </>
  );
}

/** The row as it was last known: scrolled out of the window it still is the selected one. */
function useLast(row: FileRow | undefined, key: string | null): FileRow | undefined {
  const [last, setLast] = useState(row);
  if (row && row !== last) setLast(row);
  return row ?? (last?.key === key ? last : undefined);
}

/** What the keys do here. */
const Foot = memo(function Foot() {
  const { t } = useTranslation();
  return (
    <div className={styles['foot']}>
      <span>
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd>
        {t('files.move')}
      </span>
      <span>
        <Kbd>Enter</Kbd>
        {t('files.download').toLowerCase()}
      </span>
      <span className={styles['wideOnly']}>
        <Kbd>{t('shortcuts.space')}</Kbd>
        {t('files.details').toLowerCase()}
      </span>
      <button type="button" className={styles['help']} onClick={showShortcuts}>
        <Kbd>?</Kbd>
        {t('files.allShortcuts')}
      </button>
    </div>
  );
});
