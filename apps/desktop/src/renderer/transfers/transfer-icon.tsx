import type { Transfer } from '@enxame/shared/engine/transfer';
import { FileIcon } from '@enxame/ui/parts/file-icon';

/** What it is: a folder, or a kind of file. */
export function TransferIcon({ transfer, size = 16 }: { transfer: Transfer; size?: number }) {
  return <FileIcon name={transfer.name} size={size} folder={transfer.folder !== null} />;
}
