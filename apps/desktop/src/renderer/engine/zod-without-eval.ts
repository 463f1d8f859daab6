import { config } from 'zod';

// Zod compiles object schemas with `new Function` where it can, and probes for that when the first schema is made. The
// page's Content-Security-Policy forbids it; without this line each start would report a violation. Imported first.
config({ jitless: true });
