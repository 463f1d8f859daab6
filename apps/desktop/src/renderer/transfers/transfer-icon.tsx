import type { Transfer } from '@enxame/shared/engine/transfer';
import { Folder } from 'lucide-react';
import { FileIcon } from '../files/file-icon.js';

/** What it is: a folder, or a kind of file. */
export function TransferIcon({ transfer, size = 16 }: { transfer: Transfer; size?: number }) {
  return transfer.folder === null ? (
    <FileIcon name={transfer.name} size={size} />
  ) : (
    <Folder size={size} strokeWidth={1.75} aria-hidden />
  );
}
