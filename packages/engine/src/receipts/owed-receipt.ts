import { deviceIdSchema } from '@enxame/shared/ids';
import { receiptSchema } from '@enxame/shared/peer/receipt';
import { z } from 'zod';
import { downloadRecordSchema } from '../transfers/download-record.js';

export const owedReceiptSchema = z.object({
  sender: deviceIdSchema,
  receipt: receiptSchema,
  owedAt: z.int(),
  /** By which the content came, and the way to the sender is known. */
  door: downloadRecordSchema.shape.door,
});
export type OwedReceipt = z.infer<typeof owedReceiptSchema>;
