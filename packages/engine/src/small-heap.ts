import { setFlagsFromString } from 'node:v8';

// Imported for what it does, as the first thing of a program that is an engine: from then on V8 gives young objects the
// room that they begin with and no more. Left alone, that room is sixteen times as large by the time all modules are
// loaded, is not given back, and what dies young lives long enough to be kept with the old: seventy megabytes more for a
// hundred thousand shares, and the start is no quicker. Not in Electron, where nobody has seen whether flags may be set
// that late. (docs/PERFORMANCE.md, `library`)
setFlagsFromString('--semi-space-growth-factor=1');
