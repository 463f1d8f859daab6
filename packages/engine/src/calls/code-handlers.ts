import type { codeCalls } from '@enxame/shared/engine/code-calls';
import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { definedOnly } from './defined-only.js';
import type { Codes } from '../codes/codes.js';

export function createCodeHandlers(codes: Codes): Pick<EngineHandlers, keyof typeof codeCalls> {
  return {
    'codes:list': () => codes.list(),
    'code:send': ({ paths, text, keep, ...others }) => {
      if ((text === null) === (paths.length === 0)) throw new EnxameError('bad-request');
      return codes.send({ paths, text, keep, ...definedOnly(others) });
    },
    'code:stop': async ({ id }) => {
      await codes.stop(id);
      return {};
    },
    'code:receive': ({ code, rendezvous }) => codes.receive({ code, ...definedOnly({ rendezvous }) }),
    'code:contents': ({ id, offset, limit }) => codes.contents(id, { offset, limit }),
    'code:accept': ({ id, folder, only }) => codes.accept(id, definedOnly({ folder, only })),
    'code:refuse': async ({ id }) => {
      await codes.refuse(id);
      return {};
    },
    'code:remove': async ({ id }) => {
      await codes.remove(id);
      return {};
    },
    'code:complete': ({ typed }) => ({ codes: codes.complete(typed) }),
  };
}
