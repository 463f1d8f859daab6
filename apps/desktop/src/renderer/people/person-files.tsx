import type { KnownPerson } from '@enxame/shared/engine/person-calls';
import { ArrowLeft, FolderOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ListLayout } from '../files/columns.js';
import { FileGrid } from '../files/file-grid.js';
import { FilesLoading } from '../files/files-loading.js';
import { useCatalogueSource } from '../files/use-file-list.js';
import { useFileActions, useReceiving } from '../files/use-file-actions.js';
import { useRunAction } from '../files/use-run-action.js';
import { Avatar } from '@enxame/ui/parts/avatar';
import { Button, IconButton } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { Empty } from '@enxame/ui/parts/empty';
import text from '@enxame/ui/parts/text.module.css';
import { useApp, useStatus } from '../shell/app-context.js';
import { goTo } from '../shell/route.js';
import shell from '../shell/shell.module.css';
import styles from './people.module.css';
import { PersonPanel } from './person-panel.js';
import { usePersonSummary } from './use-person-summary.js';

/** Whose they are stands above them. */
const ofOnePerson: ListLayout = { columns: ['size', 'sources', 'addedAt'], grouped: false };

/** The files of one person, live. */
export function PersonFiles({ person }: { person: KnownPerson }) {
  const { t } = useTranslation();
  const { personFiles, files, filesView } = useApp();
  const { tracker, user } = useStatus();
  const { query, error, pendingNew, answered } = useStore(personFiles.state);
  const source = useCatalogueSource(personFiles);
  const [selectedKey, setSelectedKey] = useState<string | null>(null);
  const run = useRunAction(useReceiving(), useFileActions());
  const summary = usePersonSummary()(person);
  useEffect(() => {
    if (personFiles.state.getState().query.owner !== person.id) personFiles.setQuery({ owner: person.id });
  }, [personFiles, person.id]);
  const ready = source !== null && answered?.owner === person.id;
  return (
    <section className={styles['files']} aria-label={t('files.listOf', { name: person.name })}>
      <header className={styles['head']}>
        <span className={shell['onlyNarrow']}>
          <IconButton
            label={t('common.back')}
            onClick={() => {
              goTo('people');
            }}
          >
            <ArrowLeft size={20} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </span>
        <Avatar name={person.name} online={tracker?.connected ? person.online : null} size="large" />
        <div>
          <h2 className={text['cut']} dir="auto" title={person.name}>
            {person.name}
          </h2>
          <p className={text['meta']}>{summary}</p>
        </div>
        <span className={shell['hideNarrow']}>
          <Button
            icon={<FolderOpen size={16} strokeWidth={1.75} aria-hidden />}
            onClick={() => {
              filesView.setState({ scope: 'all', selectedKey: null, drawerOpen: false });
              files.setQuery({ owner: person.id, text: '' });
              goTo('files');
            }}
          >
            {t('people.openInFiles')}
          </Button>
        </span>
      </header>
      {person.id === user?.id ? <span /> : <PersonPanel person={person} />}
      {error && !ready ? (
        <div className={styles['more']}>
          <ErrorCallout
            error={error}
            actions={<Button onClick={personFiles.tryAgain}>{t('common.tryAgain')}</Button>}
          />
        </div>
      ) : !ready ? (
        <FilesLoading />
      ) : source.total === 0 ? (
        <Empty icon={<FolderOpen size={24} aria-hidden />} title={t('files.emptyTitlePerson', { name: person.name })}>
          <p>{t('files.emptyHowPerson', { name: person.name })}</p>
        </Empty>
      ) : (
        <FileGrid
          label={t('files.listOf', { name: person.name })}
          source={source}
          sort={query}
          onSort={personFiles.setQuery}
          layout={ofOnePerson}
          selectedKey={selectedKey}
          onSelect={(row) => {
            setSelectedKey(row.key);
          }}
          onActivate={run}
          onVisible={personFiles.setVisible}
          onHold={personFiles.hold}
          pendingNew={pendingNew}
          onShowNew={personFiles.showNew}
        />
      )}
    </section>
  );
}
