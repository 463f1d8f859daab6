// npm run build [-- --force]: builds what changed.

import { runScript, setUp } from './setup.mjs';

await runScript(() => setUp({ force: process.argv.includes('--force') }));
