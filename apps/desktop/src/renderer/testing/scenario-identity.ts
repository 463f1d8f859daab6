import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import { deviceCodeLifeMs, recoveryWordCount, type identityCalls } from '@enxame/shared/engine/identity-calls';
import type { KnownTracker, trackerCalls } from '@enxame/shared/engine/tracker-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { trackerId, userId } from './scenario-ids.js';
import type { ScenarioEngine } from './scenario.js';

const some = ['abelha', 'vinho', 'rede', 'lua', 'pinho', 'mel', 'trigo', 'farol'];
/** What the person of the scenario has on paper. */
export const scenarioWords = Array.from({ length: recoveryWordCount }, (_, index) => some[index % some.length] ?? '');

/** Recovery words, and the trackers that are known. Words with `unknown` in them are right, but of nobody here. */
export function createIdentityCalls(
  scenario: ScenarioEngine,
): Pick<EngineHandlers, keyof typeof identityCalls | keyof typeof trackerCalls> {
  let forgotten = false;
  return {
    'identity:words': () => ({ words: scenarioWords }),
    'identity:restore': ({ words }) => {
      if (words.includes('unknown')) return { name: null };
      if (words.trim().split(/\s+/).join(' ') !== scenarioWords.join(' '))
        throw new EnxameError('recovery-words-wrong');
      scenario.setStatus({ user: { id: userId(0), name: 'Ana Andrade' } });
      return { name: 'Ana Andrade' };
    },
    'device:invite': () => ({
      code: '7-abelha-vinho-mel',
      link: 'enxame://code/7-abelha-vinho-mel?at=127.0.0.1:7667',
      expiresAt: Date.now() + deviceCodeLifeMs,
    }),
    'device:joined': () =>
      new Promise((resolve) => {
        scenario.joinDevice = (deviceName) => {
          resolve({ deviceName });
        };
      }),
    'device:uninvite': () => ({}),
    'device:join': ({ code }) => {
      if (code !== '7-abelha-vinho-mel') throw new EnxameError('code-wrong');
      scenario.setStatus({ user: { id: userId(0), name: 'Ana Andrade' } });
      return { name: 'Ana Andrade' };
    },
    'trackers:list': () => {
      const { tracker, user } = scenario.status;
      const other: KnownTracker = {
        url: 'https://192.168.1.20:7667',
        trackerId: trackerId(2),
        name: 'Casa Andrade',
        words: 'rede-lua-pinho-07',
        registeredAs: 'Ana',
        inUse: false,
      };
      const current = tracker && {
        url: tracker.url,
        trackerId: tracker.trackerId,
        name: tracker.name,
        words: tracker.words,
        registeredAs: user?.name ?? null,
        inUse: true,
      };
      return { trackers: [...(forgotten ? [] : [other]), ...(current ? [current] : [])] };
    },
    'tracker:forget': () => {
      forgotten = true;
      return {};
    },
  };
}
