import { codeIdSchema, type CodeReceive, type CodeSend } from '@enxame/shared/engine/code';
import type { codeCalls } from '@enxame/shared/engine/code-calls';
import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ScenarioEngine } from './scenario.js';

const words = ['abelha', 'abacate', 'abrigo', 'vinho', 'vinheta', 'vila'];
const hour = 3_600_000;

/** Codes as an engine makes them, without anybody on the other side: the test changes what it wants to see. */
export function createCodeCalls(scenario: ScenarioEngine): Pick<EngineHandlers, keyof typeof codeCalls> {
  let next = 7;
  const find = (id: string): CodeReceive => {
    const found = scenario.codes.receives.find((receive) => receive.id === id);
    if (!found) throw new EnxameError('not-found');
    return found;
  };
  const change = (id: string, update: Partial<CodeReceive>): CodeReceive => {
    const changed = { ...find(id), ...update };
    scenario.setCodes({ receives: scenario.codes.receives.map((one) => (one.id === id ? changed : one)) });
    return changed;
  };
  return {
    'codes:list': () => scenario.codes,
    'code:send': ({ paths, text, keep, lifeMs }) => {
      const path = paths[0] ?? '';
      if (path.includes('missing')) throw new EnxameError('path-not-found', { path });
      const code = `${String(next++)}-abelha-vinho`;
      const send = makeCodeSend(code, {
        keep,
        expiresAt: Date.now() + (lifeMs ?? hour),
        offer:
          text === null
            ? {
                kind: paths.length > 1 ? 'folder' : 'file',
                name: path.split('/').at(-1) ?? '',
                size: 2_900_000_000,
                files: paths.length > 1 ? paths.length : null,
              }
            : { kind: 'text', name: '', size: text.length, files: null },
      });
      scenario.setCodes({ sends: [...scenario.codes.sends, send] });
      return send;
    },
    'code:stop': ({ id }) => {
      scenario.setCodes({
        sends: scenario.codes.sends.map((send) => (send.id === id ? { ...send, state: 'ended' } : send)),
      });
      return {};
    },
    'code:receive': ({ code }) => {
      if (!/^(enxame:\/\/code\/)?\d+\W/.test(code)) throw new EnxameError('code-invalid', { code });
      const wrong = code.includes('wrong');
      const receive = makeCodeReceive(code, {
        state: wrong ? 'failed' : 'offered',
        error: wrong ? { code: 'code-wrong', params: {} } : null,
        ...(wrong && { offer: null, verifier: null, personName: null }),
      });
      scenario.setCodes({ receives: [...scenario.codes.receives, receive] });
      return receive;
    },
    'code:contents': ({ offset, limit }) => {
      const files = Array.from({ length: 2310 }, (_, index) => ({
        path: `photos/${String(1 + (index % 12)).padStart(2, '0')}/IMG_${String(index).padStart(4, '0')}.jpg`,
        size: 16_500_000,
      }));
      return { total: files.length, files: files.slice(offset, offset + limit) };
    },
    'code:accept': ({ id, folder }) => change(id, { state: 'moving', folder: folder ?? find(id).folder }),
    'code:refuse': ({ id }) => {
      change(id, { state: 'refused' });
      return {};
    },
    'code:remove': ({ id }) => {
      const { sends, receives } = scenario.codes;
      scenario.setCodes({
        sends: sends.filter((one) => one.id !== id),
        receives: receives.filter((one) => one.id !== id),
      });
      return {};
    },
    'code:complete': ({ typed }) => {
      const [, before = '', word = ''] = /^(.*\W)?(\p{L}*)$/u.exec(typed) ?? [];
      return { codes: words.filter((one) => one.startsWith(word)).map((one) => before.replace(/\W/g, '-') + one) };
    },
  };
}

let made = 0;
const nextId = () => codeIdSchema.parse(`code-${String(made++)}`);

export function makeCodeSend(code: string, change: Partial<CodeSend> = {}): CodeSend {
  return {
    id: nextId(),
    state: 'open',
    code,
    link: `enxame://code/${code}?at=192.168.1.10%3A7667`,
    offer: { kind: 'folder', name: 'Casamento Bia e João', size: 41_200_000_000, files: 2310 },
    keep: true,
    expiresAt: Date.now() + 23 * hour,
    coming: 0,
    maxReceivers: 1000,
    wrongLeft: 5,
    receivers: [],
    receiverCount: 0,
    error: null,
    ...change,
  };
}

export function makeCodeReceive(code: string, change: Partial<CodeReceive> = {}): CodeReceive {
  return {
    id: nextId(),
    state: 'offered',
    code,
    verifier: '3f2a91bc77d0e45512ab34cd56ef7890'.repeat(2),
    personName: 'Marina Souza',
    way: 'swarm',
    transferId: null,
    offer: { kind: 'folder', name: 'Casamento Bia e João', size: 38_200_000_000, files: 2310 },
    text: null,
    folder: '/home/ana/Enxame',
    freeBytes: 611_000_000_000,
    bytesDone: 0,
    bytesPerSecond: 0,
    path: null,
    savedAs: null,
    sha256: null,
    error: null,
    ...change,
  };
}
