import type { codeCalls } from '@enxame/shared/engine/code-calls';
import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

/** The interface asks nothing about codes yet; whoever does gets no for an answer. */
export function createCodeCalls(): Pick<EngineHandlers, keyof typeof codeCalls> {
  const refuse = (): never => {
    throw new EnxameError('not-supported');
  };
  return {
    'codes:list': () => ({ sends: [], receives: [] }),
    'code:send': refuse,
    'code:stop': refuse,
    'code:receive': refuse,
    'code:contents': refuse,
    'code:accept': refuse,
    'code:refuse': refuse,
    'code:remove': refuse,
    'code:complete': refuse,
  };
}
