import { deviceIdSchema } from '@enxame/shared/ids';
import { receiptSchema } from '@enxame/shared/peer/receipt';
import { z } from 'zod';

export const owedReceiptSchema = z.object({ sender: deviceIdSchema, receipt: receiptSchema, owedAt: z.int() });
export type OwedReceipt = z.infer<typeof owedReceiptSchema>;
