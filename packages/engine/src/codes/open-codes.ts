import { randomBytes, randomInt } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import type { CodeReceive, CodeSend } from '@enxame/shared/engine/code';
import { pickLanguage } from '@enxame/shared/language';
import type { Logger } from 'pino';
import { createChangeFeed } from '../calls/change-feed.js';
import { createCodes, type Codes } from './codes.js';
import type { Settings } from '@enxame/shared/engine/status';

/** Events that come often are merged: a person reads no faster. */
const tellEveryMs = 250;

/** The codes of an engine, with the system's randomness and addresses. */
export function openCodes(deps: {
  readonly trackerUrl: () => string | undefined;
  readonly settings: () => Settings;
  readonly onChange: (codes: { sends: CodeSend[]; receives: CodeReceive[] }) => void;
  readonly logger: Logger;
}): Codes {
  const feed = createChangeFeed<'codes'>(tellEveryMs, () => {
    deps.onChange(codes.list());
  });
  const codes = createCodes({
    randomBytes,
    randomInt: (below) => randomInt(below),
    random: Math.random,
    now: Date.now,
    hosts: listHosts,
    logger: deps.logger,
    trackerUrl: deps.trackerUrl,
    downloadsFolder: () => deps.settings().downloadsFolder,
    language: () => {
      const { language } = deps.settings();
      return language === 'system' ? pickLanguage([process.env['LANG'] ?? '']) : language;
    },
    onChange: () => {
      feed.changed('codes');
    },
  });
  return {
    ...codes,
    close: async () => {
      await codes.close();
      feed.close();
    },
  };
}

/** What the other side may dial. A link-local address of IPv6 means nothing without its interface. */
function listHosts(): string[] {
  const found = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const others = found.filter(({ address, internal }) => !internal && !/^fe80:/i.test(address));
  // Loopback last: it only serves two programs on one computer, and a computer without a network.
  return [...others, ...found.filter(({ internal }) => internal)].map(({ address }) => address);
}
