import { z } from 'zod';
import { contentTypes } from '../content/content-type.js';
import { publicKeySchema, signatureSchema } from '../identity/grant.js';
import { contentIdSchema, sha256Schema, userIdSchema } from '../ids.js';
import { adminRoutes } from './admin-routes.js';
import type { ApiRoute } from './api-route.js';
import { catalogueRowSchema } from './entry.js';
import { hostedCopySchema, hostedRequests, maxHostedLifeMs } from './hosted.js';
import { linkIdSchema, linkPageSchema, linkRequests, linkSchema, maxLinkPasswordChars } from './link.js';
import { maxPeopleShown } from './requests.js';
import { personRoutes } from './person-routes.js';
import { personSchema } from './person.js';
import { statsSchema } from './stats.js';

/** Holds what `Authorization` would, for the downloads that a browser makes by itself from a page of the tracker. */
export const downloadCookie = 'enxame-download';

const empty = z.strictObject({});
const number = z.coerce.number().int().min(0);
const linkParams = z.object({ id: linkIdSchema });
const contentHashSchema = z.union([sha256Schema, contentIdSchema]);
/** What `POST /links/:id/open` answered: as a query, because a browser's own download sends no headers. */
const passQuery = z.object({ pass: z.string().max(500).optional() });

export const filesQuerySchema = z.object({
  q: z.string().max(255).default(''),
  owner: userIdSchema.optional(),
  type: z.enum(contentTypes).optional(),
  min: number.optional(),
  max: number.optional(),
  after: number.optional(),
  before: number.optional(),
  available: z.enum(['true', 'false']).default('false'),
  sort: z.enum(['name', 'size', 'owner', 'added', 'sources', 'relevance']).default('relevance'),
  descending: z.enum(['true', 'false']).default('true'),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** The files of a folder behind a link. */
export const folderFileSchema = z.object({ index: z.int().min(0), path: z.string(), size: z.int().min(0) });

export const apiRoutes = {
  files: {
    method: 'get',
    path: '/files',
    access: 'read',
    summary: 'The catalogue: search, filter, sort, a page at a time.',
    query: filesQuerySchema,
    reply: z.object({ total: z.int(), files: z.array(catalogueRowSchema), cursor: z.string().nullable() }),
  },
  people: {
    method: 'get',
    path: '/people',
    access: 'read',
    summary: 'The people of the network, those online first.',
    reply: z.object({ total: z.int(), people: z.array(personSchema).max(maxPeopleShown) }),
  },
  stats: {
    method: 'get',
    path: '/stats',
    access: 'read',
    summary: 'What the tracker has counted.',
    reply: statsSchema,
  },
  download: {
    method: 'get',
    path: '/download/:hash',
    access: 'read',
    summary:
      'A content by its SHA-256 or contentId: the hosted copy, or streamed from a source and verified on the way. A folder is one zip.',
    params: z.object({ hash: contentHashSchema }),
    query: z.object({ inline: z.enum(['true']).optional() }),
    reply: 'bytes',
  },
  upload: {
    method: 'post',
    path: '/upload',
    access: 'upload',
    summary: 'Files as multipart/form-data (field `file`): a hosted copy and an entry of each.',
    query: z.object({ lifeMs: number.min(60_000).max(maxHostedLifeMs).optional() }),
    files: 'file',
    reply: z.object({ copies: z.array(hostedCopySchema) }),
  },
  hosted: {
    method: 'get',
    path: '/hosted',
    access: 'upload',
    summary: 'The hosted copies of the person.',
    reply: hostedRequests['hosted:watch'].reply,
  },
  dropHosted: {
    method: 'delete',
    path: '/hosted/:contentId',
    access: 'upload',
    summary: 'The person no longer needs the copy.',
    params: z.object({ contentId: contentIdSchema }),
    reply: empty,
  },
  links: {
    method: 'get',
    path: '/links',
    access: 'upload',
    summary: 'The links of the person.',
    query: z.object({ after: linkIdSchema.optional() }),
    reply: linkRequests['links:list'].reply,
  },
  createLink: {
    method: 'post',
    path: '/links',
    access: 'upload',
    summary: 'A link to an entry of the person, or to a hosted copy.',
    body: linkRequests['link:create'].payload,
    reply: linkSchema,
  },
  linkTakes: {
    method: 'get',
    path: '/links/:id/takes',
    access: 'upload',
    summary: 'Who took what through the link, and when.',
    params: linkParams,
    reply: linkRequests['link:takes'].reply,
  },
  revokeLink: {
    method: 'delete',
    path: '/links/:id',
    access: 'upload',
    summary: 'Ends the link at once.',
    params: linkParams,
    reply: empty,
  },
  link: {
    method: 'get',
    path: '/links/:id',
    access: 'anyone',
    summary: 'What is behind a link.',
    params: linkParams,
    query: passQuery,
    reply: linkPageSchema,
  },
  openLink: {
    method: 'post',
    path: '/links/:id/open',
    access: 'anyone',
    summary: 'Opens a link by its password: the pass goes with what is asked of the link for an hour.',
    params: linkParams,
    body: z.strictObject({ password: z.string().min(1).max(maxLinkPasswordChars) }),
    reply: z.object({ pass: z.string() }),
  },
  linkContent: {
    method: 'get',
    path: '/links/:id/content',
    access: 'anyone',
    summary: 'The file behind a link. `inline` shows what is safe to show and is not counted as a download.',
    params: linkParams,
    query: passQuery.extend({ inline: z.enum(['true']).optional() }),
    reply: 'bytes',
  },
  linkFiles: {
    method: 'get',
    path: '/links/:id/files',
    access: 'anyone',
    summary: 'The files of the folder behind a link.',
    params: linkParams,
    query: passQuery.extend({ offset: number.default(0) }),
    reply: z.object({ total: z.int(), files: z.array(folderFileSchema).max(1000) }),
  },
  linkFile: {
    method: 'get',
    path: '/links/:id/files/:index',
    access: 'anyone',
    summary: 'One file of the folder behind a link.',
    params: linkParams.extend({ index: number }),
    query: passQuery.extend({ inline: z.enum(['true']).optional() }),
    reply: 'bytes',
  },
  linkZip: {
    method: 'get',
    path: '/links/:id/zip',
    access: 'anyone',
    summary: 'The folder behind a link as one zip.',
    params: linkParams,
    query: passQuery,
    reply: 'zip',
  },
  challenge: {
    method: 'get',
    path: '/session/challenge',
    access: 'anyone',
    summary: 'A nonce for the next signature. Good once, for two minutes.',
    reply: z.object({ nonce: z.string() }),
  },
  register: {
    method: 'post',
    path: '/users',
    access: 'anyone',
    summary: 'Binds a free name to a user key; the signature is over the registration statement.',
    body: z.strictObject({
      name: z.string().max(1000),
      userKey: publicKeySchema,
      nonce: z.string().max(100),
      signature: signatureSchema,
      invitation: z.string().max(100).optional(),
    }),
    reply: z.object({ user: z.object({ id: userIdSchema, name: z.string() }) }),
  },
  signIn: {
    method: 'post',
    path: '/session',
    access: 'anyone',
    summary: 'A token of a day for who holds the user key; the signature is over the web session statement.',
    body: z.strictObject({ userKey: publicKeySchema, nonce: z.string().max(100), signature: signatureSchema }),
    reply: z.object({
      user: z.object({ id: userIdSchema, name: z.string() }),
      token: z.string(),
      expiresAt: z.int(),
      isAdmin: z.boolean(),
    }),
  },
  me: {
    method: 'get',
    path: '/me',
    access: 'read',
    summary: 'Whose token this is.',
    reply: z.object({ user: z.object({ id: userIdSchema, name: z.string() }).nullable(), isAdmin: z.boolean() }),
  },
  ...personRoutes,
  ...adminRoutes,
} as const satisfies Readonly<Record<string, ApiRoute>>;

export type ApiRoutes = typeof apiRoutes;
export type ApiRouteName = keyof ApiRoutes;
