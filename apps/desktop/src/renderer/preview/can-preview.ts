import { toPreviewType } from '@enxame/shared/content/preview-type';
import type { Transfer } from '@enxame/shared/engine/transfer';

/** Whether what is received can be looked at while it comes. */
export function canPreview({ direction, folder, name }: Transfer): boolean {
  return direction === 'receive' && folder === null && toPreviewType(name) !== null;
}
