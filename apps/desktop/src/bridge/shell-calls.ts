import { z } from 'zod';
import type { RequestTable } from '@enxame/shared/messages/request-table';

const pathSchema = z.string().min(1).max(4096);

/** All that the window may ask of the main process, through the preload. What needs no desktop is asked of the engine. */
export const shellCalls = {
  /** Empty when the person closed the picker. */
  'files:pick': { payload: z.strictObject({}), reply: z.array(z.string()) },
  /** Null when the person closed the picker. */
  'folder:pick': { payload: z.strictObject({ current: pathSchema.optional() }), reply: z.string().nullable() },
  'path:show': { payload: z.strictObject({ path: pathSchema }), reply: z.strictObject({}) },
} as const satisfies RequestTable;

export type ShellCalls = typeof shellCalls;
