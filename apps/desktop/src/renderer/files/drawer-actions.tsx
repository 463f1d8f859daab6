import type { Transfer } from '@enxame/shared/engine/transfer';
import { Hash, Link, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '@enxame/ui/parts/button';
import { LinkDialog } from '../links/link-dialog.js';
import { PreviewButton } from '../preview/preview-button.js';
import { useApp } from '../shell/app-context.js';
import { goTo } from '../shell/route.js';
import { useStateWord } from '../transfers/transfer-words.js';
import styles from './file-drawer.module.css';
import type { FileRow } from './file-row.js';
import { useRowAction } from './row-action.js';
import { useFileActions } from './use-file-actions.js';

/** What is done with one file: the usual first, then the doors by which others get it. */
export function DrawerActions({ row, transfer }: { row: FileRow; transfer: Transfer | undefined }) {
  const { t } = useTranslation();
  const { codeSender, shares } = useApp();
  const actions = useFileActions();
  const action = useRowAction(row, transfer, actions);
  const share = useStore(shares, (state) => (row.entryId === null ? undefined : state.shares.get(row.entryId)));
  const [linking, setLinking] = useState(false);
  const path = row.here ? actions.pathOf(row) : null;
  const stateWord = useStateWord();
  const underWay = transfer !== undefined && transfer.state !== 'verified';
  const word = underWay ? stateWord(transfer) : row.here ? t('common.showInFolder') : t('files.download');
  return (
    <div className={styles['do']}>
      <Button
        look={row.here || underWay ? 'plain' : 'ink'}
        icon={typeof action.content === 'string' ? undefined : action.content}
        onClick={action.run}
      >
        {word}
      </Button>
      {row.here && !row.mine && !underWay && (
        <Button
          icon={<RotateCw size={16} strokeWidth={1.75} aria-hidden />}
          onClick={() => {
            actions.downloadAgain(row);
          }}
        >
          {t('details.again')}
        </Button>
      )}
      {row.contentId !== null && row.files === null && (
        <PreviewButton
          key={row.key}
          content={{ contentId: row.contentId, name: row.name }}
          {...(!row.here &&
            !underWay && {
              onBefore: (go: () => void) => {
                actions.download(row, go);
              },
            })}
        />
      )}
      {path !== null && !underWay && (
        <Button
          icon={<Hash size={16} strokeWidth={1.75} aria-hidden />}
          onClick={() => {
            goTo('send', 'new');
            void codeSender.sendPaths([path]);
          }}
        >
          {t('codes.byCode')}
        </Button>
      )}
      {row.entryId !== null && (row.mine || share) && (
        <Button
          icon={<Link size={16} strokeWidth={1.75} aria-hidden />}
          onClick={() => {
            setLinking(true);
          }}
        >
          {t('links.get')}
        </Button>
      )}
      {linking && row.entryId !== null && (
        <LinkDialog
          target={row.entryId}
          name={row.name}
          onClose={() => {
            setLinking(false);
          }}
        />
      )}
    </div>
  );
}
