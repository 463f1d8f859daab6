import type { FolderListing } from '@enxame/shared/engine/folder-listing';
import { CornerLeftUp, Download, Folder, HardDrive, House } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileIcon } from '@enxame/ui/parts/file-icon';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button, IconButton } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { classNames } from '@enxame/ui/class-names';
import { Dialog } from '@enxame/ui/parts/dialog';
import field from '@enxame/ui/parts/field.module.css';
import { FileName } from '@enxame/ui/parts/file-name';
import text from '@enxame/ui/parts/text.module.css';
import { useApp } from '../shell/app-context.js';
import styles from './folder-picker.module.css';

interface Props {
  /** `share`, `send`: any number of files and folders. `folder`: one folder. */
  readonly kind: 'share' | 'send' | 'folder';
  readonly start?: string;
  readonly onChoose: (paths: string[]) => void;
  readonly onClose: () => void;
}

const placeIcons = { home: House, downloads: Download, root: HardDrive } as const;

/** Looks through the file system of the computer that runs the engine: for a browser, which has no picker of its own. */
export function FolderPicker({ kind, start, onChoose, onClose }: Props) {
  const { t } = useTranslation();
  const { listing, error, open } = useListing(start);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (path: string): void => {
    const next = new Set(chosen);
    if (!next.delete(path)) next.add(path);
    setChosen(next);
  };
  const many = kind !== 'folder';
  const pick = kind === 'send' ? ('codes.pick' as const) : ('picker.share' as const);
  const pickNone = kind === 'send' ? ('codes.pickNone' as const) : ('picker.shareNone' as const);
  const names = listing?.names.filter((entry) => many || entry.kind === 'folder') ?? [];
  return (
    <Dialog
      title={many ? (kind === 'send' ? t('codes.pickTitle') : t('picker.titleShare')) : t('picker.titleFolder')}
      onClose={onClose}
      wide
      actions={
        many ? (
          <>
            {chosen.size > 0 && <span className={text['meta']}>{t('picker.chosen', { count: chosen.size })}</span>}
            <Button
              look="ink"
              disabled={chosen.size === 0}
              onClick={() => {
                onChoose([...chosen]);
              }}
            >
              {chosen.size === 0 ? t(pickNone) : t(pick, { count: chosen.size })}
            </Button>
          </>
        ) : (
          <Button
            look="ink"
            disabled={!listing}
            onClick={() => {
              if (listing) onChoose([listing.path]);
            }}
          >
            {t('picker.useFolder')}
          </Button>
        )
      }
    >
      <div className={styles['layout']}>
        <nav className={styles['places']} aria-label={t('picker.places')}>
          {listing?.places.map((place) => {
            const Icon = placeIcons[place.kind];
            return (
              <button
                key={place.path}
                type="button"
                aria-current={place.path === listing.path || undefined}
                onClick={() => {
                  open(place.path);
                }}
              >
                <Icon size={16} strokeWidth={1.75} aria-hidden />
                <span className={text['cut']}>
                  {place.kind === 'root' && place.path !== '/' ? place.path : t(`picker.${place.kind}`)}
                </span>
              </button>
            );
          })}
        </nav>
        <div>
          <div className={styles['where']}>
            <IconButton
              label={t('picker.up')}
              look="plain"
              disabled={!listing?.parent}
              onClick={() => {
                if (listing?.parent) open(listing.parent);
              }}
            >
              <CornerLeftUp size={16} strokeWidth={1.75} aria-hidden />
            </IconButton>
            <PathBox key={listing?.path} path={listing?.path ?? start ?? ''} onGo={open} />
          </div>
          <div className={styles['list']} role="group" aria-label={t('picker.names', { path: listing?.path ?? '' })}>
            {error !== null && (
              <div className={styles['error']}>
                <ErrorCallout error={error} />
              </div>
            )}
            {error === null && listing && names.length === 0 && (
              <p className={styles['message']}>{many ? t('picker.empty') : t('picker.emptyFolders')}</p>
            )}
            {error === null &&
              names.map((entry) => (
                <Name
                  key={entry.path}
                  entry={entry}
                  chosen={many ? chosen.has(entry.path) : null}
                  onToggle={toggle}
                  onOpen={open}
                />
              ))}
            {listing?.truncated && (
              <p className={styles['message']}>{t('picker.truncated', { count: listing.names.length })}</p>
            )}
          </div>
        </div>
      </div>
    </Dialog>
  );
}

function PathBox({ path, onGo }: { path: string; onGo: (path: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(path);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') onGo(typed.trim());
      }}
    >
      <span className={classNames(field['input'], styles['pathBox'])}>
        <input
          className={text['mono']}
          aria-label={t('picker.path')}
          value={typed}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.target.value);
          }}
        />
      </span>
    </form>
  );
}

interface NameProps {
  readonly entry: FolderListing['names'][number];
  /** Null where only a folder is looked for. */
  readonly chosen: boolean | null;
  readonly onToggle: (path: string) => void;
  readonly onOpen: (path: string) => void;
}

function Name({ entry, chosen, onToggle, onOpen }: NameProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={styles['item']}>
      {chosen === null ? (
        <span />
      ) : (
        <input
          type="checkbox"
          className={field['check']}
          aria-label={t('picker.select', { name: entry.name })}
          checked={chosen}
          onChange={() => {
            onToggle(entry.path);
          }}
        />
      )}
      {entry.kind === 'folder' ? <Folder size={16} strokeWidth={1.75} aria-hidden /> : <FileIcon name={entry.name} />}
      <button
        type="button"
        className={styles['open']}
        onClick={() => {
          if (entry.kind === 'folder') onOpen(entry.path);
          else onToggle(entry.path);
        }}
      >
        <FileName name={entry.name} />
      </button>
      <span className={classNames(text['meta'], text['num'])}>{entry.kind === 'file' && format.bytes(entry.size)}</span>
    </div>
  );
}

/** The folder that is shown; a failed one leaves the last in place, so that there is a way back. */
function useListing(start: string | undefined): {
  listing: FolderListing | null;
  error: unknown;
  open: (path: string) => void;
} {
  const { link } = useApp();
  const [listing, setListing] = useState<FolderListing | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = useCallback(
    (path: string | undefined): void => {
      link.call('folder:list', path === undefined ? {} : { path }).then(
        (next) => {
          setListing(next);
          setError(null);
        },
        (failure: unknown) => {
          setError(failure);
          // A place to start from that is not there must not be a dead end: the home folder's places are.
          if (path !== undefined) {
            link.call('folder:list', {}).then(
              (home) => {
                setListing((present) => present ?? home);
              },
              () => undefined, // what failed first is on the screen
            );
          }
        },
      );
    },
    [link],
  );
  useEffect(() => {
    load(start);
  }, [load, start]);
  return { listing, error, open: load };
}
