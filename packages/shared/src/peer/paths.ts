import type { ContentId } from '../ids.js';

// The peer protocol, version 1: HTTPS, mutual TLS 1.3, `authorization: Bearer <ticket>`. (docs/spec/peer-protocol.md)

export const contentPath = (contentId: ContentId): string => `/v1/content/${contentId}`;
export const manifestPath = (contentId: ContentId): string => `${contentPath(contentId)}/manifest`;
/** Which pieces a source has. */
export const havePath = (contentId: ContentId): string => `${contentPath(contentId)}/have`;
/** Where a receiver brings its receipt. */
export const receiptPath = (contentId: ContentId): string => `${contentPath(contentId)}/receipt`;
