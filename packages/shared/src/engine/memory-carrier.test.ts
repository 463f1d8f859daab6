import { describeCarrierContract } from './carrier-contract.js';
import { createMemoryCarrierPair } from './memory-carrier.js';

describeCarrierContract('memory', {
  createPair: () => {
    const [left, right] = createMemoryCarrierPair();
    return { left, right, dispose: () => undefined };
  },
});
