import { z } from 'zod';
import { answerSchema } from '../messages/request-table.js';

/**
 * What brings frames from one end to the other, in order, until it closes: a MessagePort, a WebSocket, a local socket.
 * A frame is JSON-safe. `close()` may be called twice; `onClose` tells of either end's close, once.
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
export const callFrameSchema = z.object({ id: callIdSchema, call: z.string().max(64), payload: z.unknown() });
export type CallFrame = z.infer<typeof callFrameSchema>;

/** Engine to interface. */
export const engineFrameSchema = z.union([
  z.object({ id: callIdSchema, answer: answerSchema }),
  z.object({ event: z.string().max(64), payload: z.unknown() }),
]);
export type EngineFrame = z.infer<typeof engineFrameSchema>;
