import type { MessagePortMain, UtilityProcess } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { createEngineSupervisor, type EngineSupervisor } from './engine-supervisor.js';
import { createChannel, StandInProcess } from './testing/stand-in-process.js';
import { FakeClock } from './testing/fake-clock.js';

describe('engine supervisor', () => {
  let clock: FakeClock;
  let processes: StandInProcess[];
  let told: string[];
  let supervisor: EngineSupervisor;
  const engine = (): StandInProcess => processes.at(-1) as StandInProcess;

  beforeEach(() => {
    clock = new FakeClock();
    processes = [];
    told = [];
    supervisor = createEngineSupervisor({
      fork: () => {
        const process = new StandInProcess();
        processes.push(process);
        return process as unknown as UtilityProcess;
      },
      clock,
      onReady: () => told.push('ready'),
      onFailed: ({ code }) => told.push(code),
    });
  });

  it('starts an engine, and is ready when the engine says so', () => {
    expect(processes).toHaveLength(1);
    expect(supervisor.ready).toBe(false);
    engine().emit('message', { type: 'ready' });
    expect(supervisor.ready).toBe(true);
    expect(told).toEqual(['ready']);
  });

  it('starts another after each death, with pauses that double up to half a minute', () => {
    const pauses: number[] = [];
    for (let death = 0; death < 9; death++) {
      const count = processes.length;
      engine().emit('exit', 1);
      expect(supervisor.ready).toBe(false);
      let paused = 0;
      while (processes.length === count) {
        clock.pass(250);
        paused += 250;
      }
      pauses.push(paused);
    }
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('starts again at the shortest pause after an engine that ran for long', () => {
    for (let death = 0; death < 5; death++) {
      engine().emit('exit', 1);
      clock.pass(30_000);
    }
    clock.pass(60_000);
    const count = processes.length;
    engine().emit('exit', 1);
    clock.pass(250);
    expect(processes).toHaveLength(count + 1);
  });

  it('hands a port to the engine that runs now', () => {
    engine().emit('message', { type: 'ready' });
    engine().emit('exit', 1);
    clock.pass(250);
    engine().emit('message', { type: 'ready' });
    const { port1: port } = createChannel(1);
    const plain: object = port;
    supervisor.connect(plain as MessagePortMain);
    expect(processes[0]?.posted).toEqual([]);
    expect(processes[1]?.posted).toEqual([{ message: { type: 'port' }, ports: [port.facts] }]);
  });

  it('tells why an engine could not start, and believes nothing else that it says', () => {
    engine().emit('message', { type: 'failed', error: { code: 'data-folder-locked', params: { folder: '/data' } } });
    for (const message of [undefined, null, 'ready', {}, { type: 'engine' }, { type: 'failed' }]) {
      engine().emit('message', message);
    }
    expect(told).toEqual(['data-folder-locked']);
    expect(engine().posted).toEqual([{ message: { type: 'stop' }, ports: [] }]);
    expect(supervisor.ready).toBe(false);
  });

  it('does not fall over a fatal error of the engine: its exit is what counts', () => {
    engine().emit('error', 'FatalError', 'v8', '{}');
    engine().emit('exit', 5);
    clock.pass(250);
    expect(processes).toHaveLength(2);
  });

  it('stops the engine and starts no other; twice without harm', async () => {
    engine().emit('message', { type: 'ready' });
    const closed = [supervisor.close(), supervisor.close()];
    expect(supervisor.ready).toBe(false);
    expect(engine().posted).toEqual([{ message: { type: 'stop' }, ports: [] }]);
    engine().emit('exit', 0);
    await Promise.all(closed);
    clock.pass(600_000);
    expect(processes).toHaveLength(1);
    expect(engine().killed).toBe(false);
    expect(clock.pending).toBe(0);
  });

  it('ends an engine that does not stop in time', async () => {
    const closed = supervisor.close();
    clock.pass(7999);
    expect(engine().killed).toBe(false);
    clock.pass(1);
    await closed;
    expect(engine().killed).toBe(true);
  });

  it('closes at once between two engines', async () => {
    engine().emit('exit', 1);
    await supervisor.close();
    clock.pass(600_000);
    expect(processes).toHaveLength(1);
  });

  it('announces no engine while it stops', () => {
    void supervisor.close();
    engine().emit('message', { type: 'ready' });
    expect(told).toEqual([]);
    expect(supervisor.ready).toBe(false);
  });
});
