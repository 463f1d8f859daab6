#!/usr/bin/env node
// Committed, so that `npm ci` can link the command before the first build; the program itself is built.
import { existsSync } from 'node:fs';

const program = new URL('../dist/main.js', import.meta.url);
if (existsSync(program)) {
  // Before anything else is loaded; a tracker has a heap of another kind.
  if (!process.argv.includes('tracker')) await import('@enxame/engine/small-heap');
  await import(program.href);
} else {
  const message = 'Enxame was not built yet: run “npm run build” first.';
  if (process.argv.includes('--json')) console.log(JSON.stringify({ error: { code: 'internal', message } }));
  else console.error(message);
  process.exitCode = 1;
}
