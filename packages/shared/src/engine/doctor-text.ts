import type { DoctorReport } from './doctor.js';

/**
 * A report for whoever helps, in English and in stable words: no name, no address, no id of anybody. People are numbers,
 * in the order in which they are shown.
 */
export function toDoctorText({ checkedAt, checks, paths }: DoctorReport, version: string): string {
  return [
    `Enxame ${version}, connection report`,
    `checked: ${checkedAt === null ? 'not yet' : new Date(checkedAt).toISOString()}`,
    ...checks.map(({ id, state, facts: { host: _private, ...facts }, error }) => {
      const figures = Object.entries(facts).map(([name, fact]) => `${name}=${typeof fact === 'number' ? String(Math.round(fact)) : String(fact)}`); // prettier-ignore
      return line(id, state, ...figures, error && `error=${error.code}`);
    }),
    ...paths.map(({ state, path, delayMs, ways, error }, index) =>
      line(
        `person ${String(index + 1)}`,
        state,
        path && `path=${path}`,
        delayMs !== null && `delayMs=${delayMs.toFixed(1)}`,
        ...ways.map((way) => `${way.path}:${way.outcome}`),
        error && `error=${error.code}`,
      ),
    ),
  ].join('\n');
}

const line = (about: string, ...words: readonly (string | false | null)[]): string =>
  `${about}: ${words.filter((word) => typeof word === 'string').join(' ')}`;
