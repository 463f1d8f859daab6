// npm run bench: lists the benchmarks. npm run bench -- NAME [--quick] [--json]: runs one.

import { listBenchPrograms } from './bench-programs.mjs';
import { inProject, runNode } from './run-command.mjs';
import { compile, runScript, setUp } from './setup.mjs';

await runScript(async () => {
  const [name, ...flags] = process.argv.slice(2);
  const programs = await listBenchPrograms(inProject('bench/src'));
  if (programs.some((program) => program.name === name)) {
    await setUp();
    await compile(['bench']);
    return (await runNode([inProject(`bench/dist/${name}.js`), ...flags])).code;
  }
  if (name !== undefined) process.stderr.write(`There is no benchmark “${name}”.\n\n`);
  for (const program of programs) process.stdout.write(`${program.name.padEnd(12)} ${program.description}\n`);
  process.stdout.write('\nRun one: npm run bench -- NAME [--quick] [--json]\n');
  return name === undefined ? 0 : 1;
});
