import { z } from 'zod';
import { publicKeySchema, signatureSchema } from '../identity/grant.js';
import { trackerIdSchema } from '../ids.js';

export const trackerPort = 7667;
export const trackerProtocol = 'enxame-tracker';
export const trackerProtocolVersion = 1;
export const helloPath = '/hello';

/** Only this much is read before the schema decides whether the versions agree. */
export const helloVersionSchema = z.object({ protocol: z.literal(trackerProtocol), version: z.int() });

/** What a tracker says of itself, to anybody, at `GET /hello`. (docs/spec/tracker-protocol.md, T1) */
export const helloSchema = helloVersionSchema.extend({
  version: z.literal(trackerProtocolVersion),
  trackerId: trackerIdSchema,
  key: publicKeySchema,
  /** The name of the network, as people see it. */
  name: z.string().min(1).max(80),
  /** Signature of `certificateStatement` over the certificate of this connection; null over plain HTTP. */
  certificateProof: signatureSchema.nullable(),
  usersOnline: z.int().min(0),
});
export type Hello = z.infer<typeof helloSchema>;
