// One line for each problem, and the sum in the last line: a linter that saw no file must not look like a clean one.

import { relative } from 'node:path';

export default function format(results, { cwd }) {
  const lines = results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, column, ruleId, message }) => {
      const place = `${relative(cwd, filePath)}:${line ?? 1}:${column ?? 1}`;
      return `${place}  ${ruleId ?? 'eslint'}  ${message.split('\n', 1)[0]}`;
    }),
  );
  return [...lines, `${results.length} files, ${lines.length} problems`].join('\n');
}
