import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { verifyCalls } from '@enxame/shared/engine/verify-calls';
import type { LibraryCheck } from '../verify/library-check.js';

export function createVerifyHandlers(check: LibraryCheck): Pick<EngineHandlers, keyof typeof verifyCalls> {
  return {
    'verify:start': () => check.start(),
    'verify:get': () => check.status,
    'verify:stop': () => check.stop(),
  };
}
