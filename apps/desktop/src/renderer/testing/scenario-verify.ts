import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { verifyCalls } from '@enxame/shared/engine/verify-calls';
import type { VerifyStatus } from '@enxame/shared/engine/verify';
import type { ScenarioEngine } from './scenario.js';

export const noVerify: VerifyStatus = {
  running: false,
  startedAt: null,
  finishedAt: null,
  filesTotal: 0,
  filesDone: 0,
  bytesTotal: 0,
  bytesDone: 0,
  brokenCount: 0,
  broken: [],
};

/** A check begins when it is asked for; how far it gets is the test's to say, by `setVerify`. */
export function createVerifyCalls(
  scenario: Pick<ScenarioEngine, 'verify' | 'setVerify'>,
): Pick<EngineHandlers, keyof typeof verifyCalls> {
  return {
    'verify:start': () => {
      if (!scenario.verify.running)
        scenario.setVerify({
          ...noVerify,
          running: true,
          startedAt: Date.now(),
          filesTotal: 1200,
          bytesTotal: 214_000_000_000,
        });
      return scenario.verify;
    },
    'verify:get': () => scenario.verify,
    'verify:stop': () => {
      scenario.setVerify({ ...scenario.verify, running: false, finishedAt: Date.now() });
      return scenario.verify;
    },
  };
}
