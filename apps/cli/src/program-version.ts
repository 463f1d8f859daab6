import { createRequire } from 'node:module';

// The package's own file, beside `src` as beside `dist`.
export const programVersion = (createRequire(import.meta.url)('../package.json') as { version: string }).version;
