import { defaultLimits, type TrackerLimits } from '../limits.js';

const unlimited = { perSecond: 1e9, burst: 1e9 };

/** So that what is behind the limits is reached. */
export const unlimitedLimits: Partial<TrackerLimits> = {
  requestsPerSecond: 1e9,
  requestTokens: { enter: unlimited, change: unlimited, look: unlimited },
  registrationsPerHour: 1e9,
  pathAsksPerMinute: 1e9,
  apiRequestsPerMinute: 1e9,
  signInsPerMinute: 1e9,
  passwordTriesPerHour: 1e9,
  uploadsPerMinute: 1e9,
  connections: defaultLimits.connections,
};
