import { z } from 'zod';
import type { ContentId } from '../ids.js';
import { maxContentBytes } from '../content/piece-size.js';
import { deviceAddressSchema, maxAddresses, sourceSchema } from '../tracker/person.js';
import { contentPath } from './paths.js';

// How those who receive under one code come to know each other, without a tracker. (docs/spec/codes.md, W55)

/** Where a receiver tells how far it is, and is told who else has something of the content. */
export const swarmPath = (contentId: ContentId): string => `${contentPath(contentId)}/swarm`;

export const swarmReportSchema = z.object({
  /** Where the receiver can be reached by the others. */
  addresses: z.array(deviceAddressSchema).max(maxAddresses),
  /** Of verified pieces. */
  bytesDone: z.int().min(0).max(maxContentBytes),
  complete: z.boolean(),
});
export type SwarmReport = z.infer<typeof swarmReportSchema>;
/** Sixteen addresses and two numbers take less than one of them. */
export const maxSwarmReportBytes = 4096;

/** Others that a receiver is told: more connections would bring nothing but their own cost. */
export const maxSwarmSources = 16;
export const swarmReplySchema = z.object({ sources: z.array(sourceSchema).max(maxSwarmSources) });
export type SwarmReply = z.infer<typeof swarmReplySchema>;
/** A source takes some 2 KiB. */
export const maxSwarmReplyBytes = 64 * 1024;
