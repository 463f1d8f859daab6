import type { DeviceId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';
import { describe, expect, it } from 'vitest';
import { createSourcePicker, maxStrikes } from './source-picker.js';

const source = (letter: string): Source => ({ deviceId: letter.repeat(52) as DeviceId, userName: letter }) as Source;
const [ana, rui] = [source('a'), source('b')];

describe('whom to ask', () => {
  it('asks every source once before any is asked again', () => {
    const picker = createSourcePicker();
    expect(picker.pick([ana, rui])).toBe(ana);
    picker.failed(ana.deviceId, 'source-unreachable');
    expect(picker.pick([ana, rui])).toBe(rui);
    picker.failed(rui.deviceId, 'rate-limited');
    expect(picker.pick([ana, rui])).toBeUndefined();
    expect(picker.areAllLiars([ana, rui])).toBe(false);
    picker.newRound();
    expect(picker.pick([ana, rui])).toBe(ana);
  });

  it('P13: asks a source again after a wrong piece, and never after too many', () => {
    const picker = createSourcePicker();
    for (let strike = 1; strike < maxStrikes; strike++) expect(picker.strike(ana.deviceId)).toBe(false);
    expect(picker.pick([ana])).toBe(ana);
    expect(picker.strike(ana.deviceId)).toBe(true);
    picker.newRound();
    expect(picker.pick([ana, rui])).toBe(rui);
    expect([picker.areAllLiars([ana]), picker.areAllLiars([ana, rui]), picker.areAllLiars([])]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it.each(['source-lied', 'manifest-mismatch'] as const)('P13: never asks again who answered %s', (code) => {
    const picker = createSourcePicker();
    picker.failed(ana.deviceId, code);
    picker.newRound();
    expect(picker.pick([ana])).toBeUndefined();
  });
});
