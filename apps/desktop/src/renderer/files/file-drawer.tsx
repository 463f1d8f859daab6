import type { Transfer } from '@enxame/shared/engine/transfer';
import { CircleSlash, FolderOpen, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Avatar } from '@enxame/ui/parts/avatar';
import { TakersSection } from '../history/takers-section.js';
import { VisibilitySection } from '../visibility/visibility-section.js';
import { HostedSection } from '../hosted/hosted-section.js';
import { FolderSection } from '../preview/folder-section.js';
import { DrawerActions } from './drawer-actions.js';
import { Button, IconButton } from '@enxame/ui/parts/button';
import { classNames } from '@enxame/ui/class-names';
import { CopyIconButton } from '@enxame/ui/parts/copy-button';
import { ConfirmDialog } from '@enxame/ui/parts/dialog';
import { Hint } from '@enxame/ui/parts/field';
import text from '@enxame/ui/parts/text.module.css';
import { useNow } from '@enxame/ui/hooks/use-now';
import { useApp, useStatus } from '../shell/app-context.js';
import { CompareHash } from './compare-hash.js';
import styles from './file-drawer.module.css';
import { FileIcon } from '@enxame/ui/parts/file-icon';
import { kindOf } from '@enxame/ui/files/file-kind';
import type { FileRow } from './file-row.js';
import { PathKind } from './path-kind.js';
import { useFileActions, useReceiving } from './use-file-actions.js';

interface Props {
  readonly row: FileRow;
  readonly onClose: () => void;
  readonly onOwner: (row: FileRow) => void;
}

/** Everything about the selected file; follows the selection, Esc closes it. */
export function FileDrawer({ row, onClose, onOwner }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(30_000);
  const receiving = useReceiving();
  const transfer = row.contentId ? receiving.get(row.contentId) : undefined;
  useEffect(() => {
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]')) onClose();
    };
    window.addEventListener('keydown', close);
    return () => {
      window.removeEventListener('keydown', close);
    };
  }, [onClose]);
  return (
    <aside className={styles['drawer']} aria-label={t('files.details')}>
      <div className={styles['head']}>
        <span className={styles['tile']}>
          <FileIcon name={row.name} folder={row.files !== null} />
        </span>
        <h2 dir="auto" title={row.name}>
          {row.name}
        </h2>
        <p className={classNames(text['meta'], text['num'])}>
          {format.bytes(row.size)} ·{' '}
          {row.files === null ? t(`kinds.${kindOf(row.name)}`) : t('transfers.folderCount', { count: row.files })} ·{' '}
          {t('details.added', { when: format.ago(row.addedAt, now) })}
        </p>
        <IconButton label={t('files.closeDetails')} keys="Esc" onClick={onClose}>
          <X size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </div>
      <div className={styles['body']} tabIndex={0} role="region" aria-label={t('files.details')}>
        <DrawerActions row={row} transfer={transfer} />
        {row.files !== null && row.here && row.contentId !== null && (
          <FolderSection key={row.contentId} contentId={row.contentId} />
        )}
        <Sources row={row} transfer={transfer} />
        <section>
          <h3>
            {t('details.sha256')}
            {row.sha256 !== null && <CopyIconButton text={row.sha256} label={t('details.copySha')} />}
          </h3>
          {row.sha256 === null ? (
            <p className={text['meta']}>{t('details.sha256Pending')}</p>
          ) : (
            <>
              <p className={classNames(styles['sha'], text['mono'])}>{row.sha256.match(/.{8}/g)?.join(' ')}</p>
              <CompareHash key={row.key} sha256={row.sha256} size={row.size} />
            </>
          )}
        </section>
        <VisibilitySection key={`${row.key} visibility`} row={row} />
        <TakersSection row={row} />
        <HostedSection row={row} />
        <Owner row={row} onOwner={onOwner} />
        <OnThisComputer row={row} />
      </div>
    </aside>
  );
}

function Sources({ row, transfer }: { row: FileRow; transfer: Transfer | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const live = useStatus().tracker?.connected === true;
  // A device serves what its person shares, and nothing else that it happens to have.
  const serves = useStore(useApp().shares, ({ shares }) =>
    [...shares.values()].some(({ contentId, state }) => contentId === row.contentId && state === 'shared'),
  );
  const sources = transfer?.state === 'moving' ? transfer.sources : [];
  return (
    <section>
      <h3>
        {t('details.sources')}
        {live && row.sources !== null && (
          <span className={text['num']}>{t('details.sourcesOnline', { count: row.sources })}</span>
        )}
      </h3>
      {sources.map((source) => (
        <div key={source.deviceId} className={styles['source']}>
          <Avatar name={source.userName} online size="large" />
          <div>
            <div className={text['cut']} dir="auto">
              {source.userName}
            </div>
            {source.path !== null && <PathKind kind={source.path} />}
          </div>
          <span className={classNames(text['num'], text['meta'])}>{format.rate(source.bytesPerSecond)}</span>
        </div>
      ))}
      {sources.length === 0 && (
        <Hint icon={row.sources === 0 ? <CircleSlash size={14} aria-hidden /> : undefined}>
          {row.here
            ? row.mine || serves
              ? t('details.sourcesHere')
              : t('details.sourcesKept')
            : !live || row.sources === null
              ? t('details.sourcesUnknown')
              : row.sources > 0
                ? t('details.sourcesNow', { count: row.sources })
                : t('details.sourcesNone')}
        </Hint>
      )}
    </section>
  );
}

function Owner({ row, onOwner }: { row: FileRow; onOwner: (row: FileRow) => void }) {
  const { t } = useTranslation();
  const live = useStatus().tracker?.connected === true;
  const { owner } = row;
  const who = (
    <>
      <Avatar name={owner.name} online={live ? owner.online : null} size="small" />
      <span className={text['cut']} dir="auto">
        {row.mine ? t('presence.you') : owner.name}
      </span>
      <span className={text['meta']}>{t('details.ownerAdded')}</span>
    </>
  );
  return (
    <section>
      <h3>{t('details.owner')}</h3>
      {owner.id === null ? (
        <div className={styles['owner']}>{who}</div>
      ) : (
        <button
          type="button"
          className={styles['owner']}
          title={t('details.ownerShow', { name: owner.name })}
          onClick={() => {
            onOwner(row);
          }}
        >
          {who}
        </button>
      )}
    </section>
  );
}

/** Where it is, and the end of sharing it: only for what this device itself shares. */
function OnThisComputer({ row }: { row: FileRow }) {
  const { t } = useTranslation();
  const { shares, link, bridge } = useApp();
  const actions = useFileActions();
  const share = useStore(shares, (state) => (row.entryId === null ? undefined : state.shares.get(row.entryId)));
  const [asking, setAsking] = useState(false);
  const path = share?.path ?? actions.pathOf(row);
  if (path === null) return null;
  return (
    <section>
      <h3>
        {t('details.where')}
        {bridge && (
          <IconButton
            label={t('common.showInFolder')}
            onClick={() => {
              actions.revealPath(path);
            }}
          >
            <FolderOpen size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
        )}
        {!bridge && <CopyIconButton text={path} label={t('common.copyPath')} />}
      </h3>
      <p className={classNames(text['mono'], text['meta'])}>{path}</p>
      {share && (
        <div className={styles['stop']}>
          <Button
            look="danger"
            wide
            onClick={() => {
              setAsking(true);
            }}
          >
            {t('details.stop')}
          </Button>
        </div>
      )}
      {share && asking && (
        <ConfirmDialog
          title={t('details.stopTitle', { name: share.name })}
          text={t('details.stopText')}
          keep={t('details.keep')}
          confirm={t('details.stop')}
          onConfirm={() => {
            link.call('share:remove', { id: share.id }).catch(() => undefined); // the engine stopped: its banner says so
          }}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </section>
  );
}
