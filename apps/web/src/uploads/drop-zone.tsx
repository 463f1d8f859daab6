import { Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSite } from '../shell/site-context.js';
import styles from './drop-zone.module.css';

/** Files that are dragged over the page: shows where they would go, and takes them. */
export function DropZone({ onFolders }: { onFolders: () => void }) {
  const { t } = useTranslation();
  const { uploads, hello } = useSite();
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    // Each element under the pointer enters and leaves; the page is left when as many left as entered.
    let depth = 0;
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const listeners: Readonly<Record<'dragenter' | 'dragover' | 'dragleave' | 'drop', (event: DragEvent) => void>> = {
      dragenter: (event) => {
        if (!hasFiles(event)) return;
        depth++;
        setIsOver(true);
      },
      dragover: (event) => {
        if (hasFiles(event)) event.preventDefault();
      },
      dragleave: (event) => {
        if (hasFiles(event) && --depth <= 0) setIsOver(false);
      },
      drop: (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth = 0;
        setIsOver(false);
        const { files, hasFolder } = takeFiles(event.dataTransfer);
        if (hasFolder) onFolders();
        uploads.add(files);
      },
    };
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name as 'drop', listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name as 'drop', listener);
    };
  }, [uploads, onFolders]);
  if (!isOver) return null;
  return (
    <div className={styles['zone']}>
      <div>
        <Upload size={32} strokeWidth={1.5} aria-hidden />
        <strong>{t('upload.drop')}</strong>
        <p>{t('upload.dropHow', { name: hello.name })}</p>
      </div>
    </div>
  );
}

function takeFiles(transfer: DataTransfer | null): { files: File[]; hasFolder: boolean } {
  const items = [...(transfer?.items ?? [])].filter(({ kind }) => kind === 'file');
  const isFolder = (item: DataTransferItem): boolean => item.webkitGetAsEntry()?.isDirectory ?? false;
  return {
    files: items.filter((item) => !isFolder(item)).flatMap((item) => item.getAsFile() ?? []),
    hasFolder: items.some(isFolder),
  };
}
