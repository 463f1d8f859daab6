import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { describe, expect, it } from 'vitest';
import { toDiskError } from './disk-error.js';

const systemError = (code: string): Error => Object.assign(new Error(code), { code });

describe('toDiskError', () => {
  it.each([
    ['ENOSPC', 'disk-full', { folder: '/data' }],
    ['EDQUOT', 'disk-full', { folder: '/data' }],
    ['EROFS', 'folder-not-writable', { folder: '/data' }],
    ['EACCES', 'folder-not-writable', { folder: '/data' }],
    ['ENOENT', 'folder-missing', { folder: '/data' }],
    ['EIO', 'disk-failed', { reason: 'EIO' }],
  ])('reads %s as %s', (code, expected, params) => {
    expect(toDiskError(systemError(code), '/data')).toMatchObject({ code: expected, params });
  });

  it('lets through what is not an error of the disk', () => {
    const others = [new Error('else'), systemError('ERR_INVALID_ARG_TYPE'), new EnxameError('cancelled'), undefined];
    for (const error of others) expect(toDiskError(error, '/data')).toBe(error);
  });
});
