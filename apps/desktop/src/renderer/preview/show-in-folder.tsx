import { FolderOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '@enxame/ui/parts/button';
import { findPathHere } from '../files/file-row.js';
import { useFileActions } from '../files/use-file-actions.js';
import { useApp } from '../shell/app-context.js';
import type { Previewed } from './use-preview.js';

/** The way to another program, once all of the file is here. */
export function ShowInFolder({ content }: { content: Previewed }) {
  const { t } = useTranslation();
  const { shares, transfers } = useApp();
  const { revealPath } = useFileActions();
  const own = useStore(shares, (state) => state.shares);
  const moved = useStore(transfers, (state) => state.transfers);
  const path = findPathHere(content.contentId, own.values(), moved.values());
  if (path === null) return null;
  return (
    <Button
      icon={<FolderOpen size={16} strokeWidth={1.75} aria-hidden />}
      onClick={() => {
        revealPath(path);
      }}
    >
      {t('common.showInFolder')}
    </Button>
  );
}
