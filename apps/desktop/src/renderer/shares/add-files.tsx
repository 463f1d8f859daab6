import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useApp } from '../shell/app-context.js';
import { goTo } from '../shell/route.js';
import { AddDialog } from './add-dialog.js';
import { useFilePaste } from './use-file-paste.js';
import { DropOverlay } from './drop-overlay.js';
import { ShareDialog, type ShareWish } from './share-dialog.js';

interface AddFilesContext {
  /** The system's picker in a window; in a browser a dialog with both ways. */
  readonly open: () => void;
  /** One folder, by the system's picker: in a window only. */
  readonly openFolder: () => void;
  /** As `open`, for a send by code. */
  readonly openForCode: () => void;
}

const Context = createContext<AddFilesContext | null>(null);

export function useAddFiles(): AddFilesContext {
  const value = useContext(Context);
  if (!value) throw new Error('files can only be added inside of AddFiles');
  return value;
}

/** Sharing by click, by key and by drop, from anywhere in the app. */
export function AddFiles({ children }: { children: ReactNode }) {
  const { bridge, adder, codeSender } = useApp();
  const [choosing, setChoosing] = useState<'all' | 'code' | null>(null);
  const [wish, setWish] = useState<ShareWish | null>(null);
  useFilePaste();
  const share = useCallback(
    (paths: readonly string[]) => {
      if (paths.length === 0) return;
      setWish({
        count: paths.length,
        share: (visibility) => {
          goTo('files');
          void adder.sharePaths(paths, visibility);
        },
      });
    },
    [adder],
  );
  const openFolder = useCallback(() => {
    void bridge?.pickFolder().then((folder) => {
      share(folder === null ? [] : [folder]);
    });
  }, [bridge, share]);
  const open = useCallback(() => {
    if (bridge) void bridge.pickFiles().then(share);
    else setChoosing('all');
  }, [bridge, share]);
  const openForCode = useCallback(() => {
    if (!bridge) setChoosing('code');
    else
      void bridge.pickFiles().then((paths) => {
        if (paths.length > 0) void codeSender.sendPaths(paths);
      });
  }, [bridge, codeSender]);
  useEffect(() => {
    const handle = (event: KeyboardEvent): void => {
      if (
        !(event.ctrlKey || event.metaKey) ||
        event.key.toLowerCase() !== 'o' ||
        document.querySelector('dialog[open]')
      )
        return;
      event.preventDefault();
      if (event.shiftKey && bridge) openFolder();
      else open();
    };
    window.addEventListener('keydown', handle);
    return () => {
      window.removeEventListener('keydown', handle);
    };
  }, [bridge, open, openFolder]);
  return (
    <Context value={useMemo(() => ({ open, openFolder, openForCode }), [open, openFolder, openForCode])}>
      {children}
      <DropOverlay onWish={setWish} />
      {wish && (
        <ShareDialog
          wish={wish}
          onClose={() => {
            setWish(null);
          }}
        />
      )}
      {choosing !== null && (
        <AddDialog
          to={choosing}
          onClose={() => {
            setChoosing(null);
          }}
        />
      )}
    </Context>
  );
}
