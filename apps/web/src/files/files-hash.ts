import { contentTypes } from '@enxame/shared/content/content-type';
import { userIdSchema } from '@enxame/shared/ids';
import { toHash } from '../shell/route.js';
import { allFiles, sizeRanges, type FilesView } from './use-files.js';

/** The address of the files in one view. */
export function toFilesHash({ text, owner, type, size, isAvailable }: FilesView): string {
  const search = new URLSearchParams();
  const parts = { text, owner, type, size, available: isAvailable ? 'yes' : 'any' };
  for (const [name, value] of Object.entries(parts)) if (value !== '' && value !== 'any') search.set(name, value);
  return `${toHash('files')}?${search.toString()}`;
}

/** Whatever the address says: what is not known is passed over. */
export function readFilesHash(hash: string): FilesView {
  const search = new URLSearchParams(hash.split('?')[1] ?? '');
  const size = search.get('size') ?? '';
  return {
    ...allFiles,
    text: search.get('text') ?? '',
    owner: userIdSchema.safeParse(search.get('owner')).data ?? 'any',
    type: contentTypes.find((type) => type === search.get('type')) ?? 'any',
    size: Object.hasOwn(sizeRanges, size) ? (size as FilesView['size']) : 'any',
    isAvailable: search.get('available') === 'yes',
  };
}
