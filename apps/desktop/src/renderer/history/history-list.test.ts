import type { HistoryRecord } from '@enxame/shared/engine/history';
import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { EngineLink } from '../engine/engine-link.js';
import { createHistoryList } from './history-list.js';

/** An engine with so many records, whose names are their places. */
function createEngine(count: number) {
  const engine = {
    count,
    asked: [] as { text: string; offset: number }[],
    failing: false,
    changed: (): unknown => undefined,
  };
  const link = {
    state: createStore(() => ({ phase: 'open' })),
    onOpen: () => undefined,
    on: (_: string, listener: () => void) => {
      engine.changed = listener;
    },
    call: (_: string, { text, offset, limit }: { text: string; offset: number; limit: number }) => {
      engine.asked.push({ text, offset });
      if (engine.failing) return Promise.reject(new Error('no'));
      const records = Array.from({ length: Math.max(0, Math.min(limit, engine.count - offset)) }, (__, index) => ({
        name: `${text}${String(offset + index)}`,
      }));
      return Promise.resolve({ total: engine.count, records: records as HistoryRecord[] });
    },
  } as unknown as EngineLink;
  return { engine, list: createHistoryList({ link }) };
}

const settle = (): Promise<void> => new Promise((done) => setTimeout(done));

it('asks for what is near, and keeps little of a hundred thousand', async () => {
  const { engine, list } = createEngine(100_000);
  list.open();
  await settle();
  expect(list.state.getState().total).toBe(100_000);
  for (let start = 0; start < 5000; start += 100) {
    list.setVisible(start, start + 20);
    await settle();
  }
  list.setVisible(99_990, 100_000);
  await settle();
  const { records } = list.state.getState();
  expect(records.get(99_999)?.name).toBe('99999');
  expect(records.size).toBeLessThanOrEqual(1200);
  expect(engine.asked.length).toBe(51);
});

it('keeps what it shows until another query is answered, and drops an answer that came too late', async () => {
  const { list } = createEngine(10);
  list.open();
  await settle();
  list.setQuery({ text: 'a' });
  list.setQuery({ text: 'ab' });
  expect(list.state.getState().records.get(0)?.name).toBe('0');
  await settle();
  expect(list.state.getState().records.get(0)?.name).toBe('ab0');
  expect(list.state.getState().answered).toBe(list.state.getState().query);
});

it('follows what changed, and says why it could not', async () => {
  const { engine, list } = createEngine(3);
  const close = list.open();
  await settle();
  engine.count = 2;
  engine.changed();
  await settle();
  expect([...list.state.getState().records.keys()]).toEqual([0, 1]);
  engine.failing = true;
  engine.changed();
  await settle();
  expect(list.state.getState()).toMatchObject({ total: 2, error: { code: 'internal' } });
  engine.failing = false;
  list.reload();
  await settle();
  expect(list.state.getState().error).toBeNull();
  close();
  const asked = engine.asked.length;
  engine.changed();
  await settle();
  expect(engine.asked.length).toBe(asked);
});
