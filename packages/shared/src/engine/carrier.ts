import { z } from 'zod';
import { answerSchema } from '../messages/request-table.js';

/**
 * What brings frames from one end to the other, in order, until it closes: a MessagePort, a WebSocket, a local socket.
 * A frame crosses as JSON whatever the carrier; `send` throws a TypeError for one that JSON cannot hold. Listeners added
 * in the turn that made the carrier miss nothing. `close()` may be called twice; what was sent before it arrives, and
 * nothing is delivered after it. `onClose` tells of either end's close, once for each listener, also to one that is
 * added after it. `carrier-contract.ts` holds every carrier to this.
 */
export interface Carrier {
  send(frame: unknown): void;
  onFrame(listener: (frame: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** A carrier that brings larger ones may end the session: no honest call is that long. */
export const maxFrameBytes = 16 * 1024 * 1024;

const callIdSchema = z.int().min(0);

/** Interface to engine. */
export const callFrameSchema = z.object({
  id: callIdSchema,
  call: z.string().max(64),
  payload: z.unknown().optional(),
});

/** Engine to interface. */
export const engineFrameSchema = z.union([
  z.object({ id: callIdSchema, answer: answerSchema }),
  z.object({ event: z.string().max(64), payload: z.unknown() }),
]);

/** What can still be read of an answer that is not understood: whose it is. */
export const answerIdSchema = z.object({ id: callIdSchema });
