import { z } from 'zod';
import { deviceGrantSchema, signatureSchema } from '../identity/grant.js';
import { contentIdSchema, type ContentId, type DeviceId } from '../ids.js';
import { maxContentBytes } from '../content/piece-size.js';

/** A receipt as JSON has some 700 bytes. */
export const maxReceiptBytes = 4096;

/**
 * The receiver's statement that a content arrived whole and was verified, signed by its device; the grant says whose device
 * that is. Anybody can check it later. (docs/spec/peer-protocol.md, P30)
 */
export const receiptSchema = z.strictObject({
  contentId: contentIdSchema,
  size: z.int().min(0).max(maxContentBytes),
  /** The receiver's clock when the last piece was in place, milliseconds since 1970. */
  receivedAt: z.int().min(0),
  grant: deviceGrantSchema,
  signature: signatureSchema,
});
export type Receipt = z.infer<typeof receiptSchema>;

export function receiptStatement(receipt: {
  contentId: ContentId;
  size: number;
  receivedAt: number;
  receiver: DeviceId;
  sender: DeviceId;
}): string {
  return [
    'enxame receipt v1',
    receipt.sender,
    receipt.receiver,
    receipt.contentId,
    String(receipt.size),
    String(receipt.receivedAt),
  ].join('\n');
}
