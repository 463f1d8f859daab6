import { z } from 'zod';
import type { RequestTable } from '@enxame/shared/messages/request-table';
import { updateStatusSchema } from './update-status.js';

const empty = z.strictObject({});

/** What this desktop can do, so that the settings show no switch that does nothing. */
export const desktopStateSchema = z.object({
  /** Whether there is a tray to close to. */
  hasTray: z.boolean(),
  update: updateStatusSchema,
});
export type DesktopState = z.infer<typeof desktopStateSchema>;

const pathSchema = z.string().min(1).max(4096);

/** All that the window may ask of the main process, through the preload. What needs no desktop is asked of the engine. */
export const shellCalls = {
  /** Empty when the person closed the picker. */
  'files:pick': { payload: empty, reply: z.array(z.string()) },
  /** Null when the person closed the picker. */
  'folder:pick': { payload: z.strictObject({ current: pathSchema.optional() }), reply: z.string().nullable() },
  'path:show': { payload: z.strictObject({ path: pathSchema }), reply: empty },
  'desktop:get': { payload: empty, reply: desktopStateSchema },
  /** Looks for a newer version now, whatever the setting, and fetches it. Answers at once; messages tell how it goes. */
  'update:check': { payload: empty, reply: empty },
  /** Ends the program, installs what is `ready` and starts it again. Throws `not-found` when nothing is. */
  'update:install': { payload: empty, reply: empty },
} as const satisfies RequestTable;

export type ShellCalls = typeof shellCalls;
