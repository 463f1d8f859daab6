import { blake3 } from '@napi-rs/blake-hash';
import { encodeManifest } from '@enxame/shared/content/manifest';
import { describe, expect, it } from 'vitest';
import { contentIdOf } from './content-id.js';

describe('C1: the id of a content', () => {
  it('is what the specification says of "hello"', () => {
    const hash = 'ea8f163db38682925e4491c5e58d4bb3506ef8c14eb78a86e908c5624a67200f';
    const pieceHash = blake3(Buffer.from('hello'));
    const manifest = { size: 5, pieceHashes: pieceHash };
    expect(pieceHash.toString('hex')).toBe(hash);
    expect(Buffer.from(encodeManifest(manifest)).toString('hex')).toBe(`454e584d010000000000000000000005${hash}`);
    expect(contentIdOf(manifest)).toBe('ntefxko3n7y3j2uzyz74ux6omqcv3jx6cf76jp3cjlgstyqne56q');
  });

  it('is what the specification says of nothing', () => {
    const nothing = { size: 0, pieceHashes: new Uint8Array() };
    expect(contentIdOf(nothing)).toBe('u6lhr5cludxtmtwemai2gzc6um7fhfmla2dpqlzxpwm3znbcqrhq');
  });
});
