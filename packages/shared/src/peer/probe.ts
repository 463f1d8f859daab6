import type { ContentId } from '../ids.js';
import { contentPath } from './paths.js';

/** Some seconds of a fast line, a blink on one computer; whoever has seen enough ends the connection. */
export const probeBytes = 64 * 1024 * 1024;

/** Bytes that mean nothing, to see how fast they come. (docs/spec/peer-protocol.md, P70) */
export const probePath = (contentId: ContentId): string => `${contentPath(contentId)}/probe`;
