import { config } from 'zod';

// Zod compiles object schemas with `new Function` where it can. The Content-Security-Policy of the pages forbids it, and
// each try would be reported as a violation. Imported first.
config({ jitless: true });
