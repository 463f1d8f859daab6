import type { CodeReceive, CodeSend } from '@enxame/shared/engine/code';
import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { CodesState } from '../engine/codes-store.js';
import { followCodes, type CodeNews } from './follow-codes.js';

const offer = { kind: 'file', name: 'a.txt', size: 1, files: null } as const;
const send = (...states: string[]): CodeSend =>
  ({
    id: 's',
    offer,
    receivers: states.map((state, index) => ({ number: index + 1, state, personName: null })),
  }) as unknown as CodeSend;
const receive = (state: string): CodeReceive => ({ id: 'r', offer, state }) as unknown as CodeReceive;

it('tells each arrival once, and not what had arrived before', () => {
  const codes = createStore<CodesState>(() => ({ sends: [], receives: [], loaded: false }));
  const news: CodeNews[] = [];
  followCodes(codes, (one) => news.push(one));
  codes.setState({ loaded: true, sends: [send('received', 'moving')], receives: [receive('moving')] });
  expect(news).toEqual([]);
  codes.setState({ sends: [send('received', 'received')] });
  codes.setState({ sends: [send('received', 'received', 'failed')], receives: [receive('received')] });
  expect(news).toEqual([
    { kind: 'sent', id: 's', receiver: 2, person: null, offer },
    { kind: 'came', offer },
  ]);
});
