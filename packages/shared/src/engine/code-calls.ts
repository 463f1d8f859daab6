import { z } from 'zod';
import type { RequestTable } from '../messages/request-table.js';
import {
  codeFileSchema,
  codeIdSchema,
  codeReceiveSchema,
  codeSendSchema,
  maxCodeFilesPage,
  maxCodeLifeMs,
  maxCodeReceivers,
  maxCodeTextChars,
} from './code.js';

const empty = z.strictObject({});
const pathSchema = z.string().min(1).max(4096);
/** A tracker (`https:`), or any other mailbox server (`ws:`, `wss:`); without it, the tracker in use. */
const rendezvousSchema = z.string().max(2048);
/** One drop, or one command line. */
export const maxCodePaths = 1000;
const maxWords = 12;
export const minCodeLifeMs = 1000;
/** Codes and links that people paste are shorter. */
const maxTypedChars = 500;

/** Sending to somebody who says a code, and receiving by one. (docs/spec/codes.md) */
export const codeCalls = {
  'codes:list': {
    payload: empty,
    reply: z.object({ sends: z.array(codeSendSchema), receives: z.array(codeReceiveSchema) }),
  },
  /** Answers when there is a code. Exactly one of paths and text. */
  'code:send': {
    payload: z.strictObject({
      paths: z.array(pathSchema).max(maxCodePaths).default([]),
      text: z.string().min(1).max(maxCodeTextChars).nullable().default(null),
      /** Good for many, until it is stopped or expires; otherwise for the first who comes. */
      keep: z.boolean().default(false),
      /** Of a code for many: dead when so many have proven it. */
      receivers: z.int().min(1).max(maxCodeReceivers).optional(),
      /** 0: the compact form. */
      words: z.int().min(0).max(maxWords).optional(),
      lifeMs: z.int().min(minCodeLifeMs).max(maxCodeLifeMs).optional(),
      rendezvous: rendezvousSchema.optional(),
    }),
    reply: codeSendSchema,
  },
  /** The code is dead from now on; who receives goes on. */
  'code:stop': { payload: z.strictObject({ id: codeIdSchema }), reply: empty },
  /** Takes a code or a link. Answers when there is an offer, or when it failed. */
  'code:receive': {
    payload: z.strictObject({ code: z.string().min(1).max(maxTypedChars), rendezvous: rendezvousSchema.optional() }),
    reply: codeReceiveSchema,
  },
  /** What is in an offered folder, in the order of its paths. Only on the way `swarm`: otherwise `not-supported`. */
  'code:contents': {
    payload: z.strictObject({
      id: codeIdSchema,
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(maxCodeFilesPage).default(maxCodeFilesPage),
    }),
    reply: z.object({ total: z.int().min(0), files: z.array(codeFileSchema).max(maxCodeFilesPage) }),
  },
  /** `only`: files of the folder, or folders in it with all that is below; without it, everything. */
  'code:accept': {
    payload: z.strictObject({
      id: codeIdSchema,
      folder: pathSchema.optional(),
      only: z.array(pathSchema).min(1).max(maxCodePaths).optional(),
    }),
    reply: codeReceiveSchema,
  },
  'code:refuse': { payload: z.strictObject({ id: codeIdSchema }), reply: empty },
  /** Takes it off the list; what still runs is stopped. What was received stays. */
  'code:remove': { payload: z.strictObject({ id: codeIdSchema }), reply: empty },
  /** What the typed beginning of a code may become. */
  'code:complete': {
    payload: z.strictObject({ typed: z.string().max(maxTypedChars) }),
    reply: z.object({ codes: z.array(z.string()) }),
  },
} as const satisfies RequestTable;
