import { randomBytes } from 'node:crypto';
import type { Closing } from '../closing.js';
import { createPreviewContents, type PreviewContentsDeps } from './preview-contents.js';
import { createPreviews, type Previews } from './previews.js';

/** `closing` gets what ends them. */
export function openPreviews(deps: PreviewContentsDeps, closing: Closing): Previews {
  const previews = createPreviews({ contents: createPreviewContents(deps), randomBytes });
  closing.add(previews.end);
  return previews;
}
