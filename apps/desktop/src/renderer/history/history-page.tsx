import type { HistoryRecord } from '@enxame/shared/engine/history';
import { ArrowLeft, Download, History, SearchX } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useFolderChoice } from '../folders/use-folder-choice.js';
import button from '@enxame/ui/parts/button.module.css';
import { Button, IconButton } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { ConfirmDialog } from '@enxame/ui/parts/dialog';
import { Empty } from '@enxame/ui/parts/empty';
import menu from '../parts/menu.module.css';
import { Segmented } from '@enxame/ui/parts/segmented';
import { TypedSearch } from '@enxame/ui/parts/typed-search';
import { useNow } from '@enxame/ui/hooks/use-now';
import { useApp, useStatus } from '../shell/app-context.js';
import { PageHead } from '../shell/page-head.js';
import { goTo } from '../shell/route.js';
import { HistoryDetails } from './history-details.js';
import styles from './history.module.css';
import { HistoryTable } from './history-table.js';
import { useHistoryActions, type ExportFormat } from './use-history-actions.js';

type Show = 'all' | 'receive' | 'send';
const maxSearchChars = 255;

/** Everything that was sent and received, with its receipts. */
export function HistoryPage() {
  const { t } = useTranslation();
  const { history } = useApp();
  const { query, total, records, error } = useStore(history.state);
  const now = useNow(30_000);
  const { leaving, remove, removeAll, write } = useHistoryActions();
  const [opened, setOpened] = useState<HistoryRecord | null>(null);
  const [clearing, setClearing] = useState(false);
  useEffect(() => history.open(), [history]);
  const show: Show = query.direction ?? 'all';
  return (
    <>
      <PageHead title={t('history.title')} keepTitle={false}>
        <IconButton
          label={t('history.back')}
          onClick={() => {
            goTo('transfers');
          }}
        >
          <ArrowLeft size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <Segmented<Show>
          label={t('history.show')}
          value={show}
          onChange={(next) => {
            history.setQuery({ direction: next === 'all' ? undefined : next });
          }}
          options={[
            { value: 'all', text: t('history.all') },
            { value: 'receive', text: t('history.received') },
            { value: 'send', text: t('history.sent') },
          ]}
        />
        <TypedSearch
          label={t('history.search')}
          clearLabel={t('history.clearSearch')}
          value={query.text}
          maxLength={maxSearchChars}
          onChange={(text) => {
            history.setQuery({ text });
          }}
        />
      </PageHead>
      <div className={styles['page']}>
        <div className={styles['tools']}>
          <span role="status">{total !== null && total > 0 && t('history.count', { count: total })}</span>
          {total !== null && total > 0 && (
            <>
              <ExportMenu
                onExport={(folder, format) => {
                  write(query, folder, format);
                }}
              />
              <Button
                look="ghost"
                onClick={() => {
                  setClearing(true);
                }}
              >
                {t('history.clear')}
              </Button>
            </>
          )}
        </div>
        {error && total === null ? (
          <div className={styles['error']}>
            <ErrorCallout error={error} actions={<Button onClick={history.reload}>{t('common.tryAgain')}</Button>} />
          </div>
        ) : total === 0 ? (
          <NoHistory text={query.text} show={show} />
        ) : (
          <HistoryTable
            total={total ?? 0}
            records={records}
            leaving={leaving}
            now={now}
            onVisible={history.setVisible}
            onOpen={setOpened}
            onRemove={remove}
          />
        )}
      </div>
      {opened && (
        <HistoryDetails
          record={opened}
          now={now}
          onClose={() => {
            setOpened(null);
          }}
        />
      )}
      {clearing && (
        <ConfirmDialog
          title={t('history.clearTitle')}
          text={t('history.clearText')}
          keep={t('history.keep')}
          confirm={t('history.clear')}
          onConfirm={removeAll}
          onClose={() => {
            setClearing(false);
          }}
        />
      )}
    </>
  );
}

function ExportMenu({ onExport }: { onExport: (folder: string, format: ExportFormat) => void }) {
  const { t } = useTranslation();
  const { settings } = useStatus();
  const [format, setFormat] = useState<ExportFormat>('csv');
  const { change, picker } = useFolderChoice(settings.downloadsFolder, (folder) => {
    onExport(folder, format);
  });
  const choose = (next: ExportFormat): void => {
    setFormat(next);
    change();
  };
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className={`${button['btn'] ?? ''} ${button['ghost'] ?? ''}`}>
          <Download size={16} strokeWidth={1.75} aria-hidden />
          {t('history.export')}
        </DropdownMenu.Trigger>
        <DropdownMenu.Content className={menu['menu']} align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Item
            className={menu['item']}
            onSelect={() => {
              choose('csv');
            }}
          >
            {t('history.exportCsv')}
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className={menu['item']}
            onSelect={() => {
              choose('jsonl');
            }}
          >
            {t('history.exportJson')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Root>
      {picker}
    </>
  );
}

function NoHistory({ text, show }: { text: string; show: Show }) {
  const { t } = useTranslation();
  const { history } = useApp();
  if (text !== '')
    return (
      <Empty
        icon={<SearchX size={24} aria-hidden />}
        title={t('history.noMatch', { query: text })}
        actions={
          <Button
            look="link"
            onClick={() => {
              history.setQuery({ text: '', direction: undefined });
            }}
          >
            {t('history.clearSearch')}
          </Button>
        }
      />
    );
  const title = {
    all: t('history.emptyTitle'),
    receive: t('history.noneReceived'),
    send: t('history.noneSent'),
  }[show];
  return (
    <Empty
      icon={<History size={24} aria-hidden />}
      title={title}
      actions={
        <Button
          look="ink"
          onClick={() => {
            goTo('files');
          }}
        >
          {t('transfers.emptyGo')}
        </Button>
      }
    >
      <p>{t('history.emptyHow')}</p>
    </Empty>
  );
}
