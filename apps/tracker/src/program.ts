import { networkInterfaces } from 'node:os';
import { describeError } from '@enxame/shared/errors/describe-error';
import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { pickLanguage, type Language } from '@enxame/shared/language';
import { pino, type Logger } from 'pino';
import { configPathOf, parseConfig, type TrackerConfig } from './config.js';
import { readCertificates, readText, watchCertificates, type Certificates } from './operation/certificate-files.js';
import { runDataCommand, splitCommand } from './operation/data-commands.js';
import { usage } from './operation/setting-table.js';
import { findPagesFolder } from './pages/find-pages.js';
import { systemClock } from './system-clock.js';
import { createTracker } from './tracker.js';
import type { Tracker } from './tracker-options.js';
import { toLanUrls } from './tracker-url.js';

/** What a program has of its process. */
export interface ProgramIo {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Standard output: one line at a time. */
  readonly print: (line: string) => void;
  /** Aborted when the program is asked to stop. */
  readonly stop: AbortSignal;
  /** Aborted when it is asked again: what is under way is not waited for any more. */
  readonly hurry: AbortSignal;
  /** See `TrackerDeps`. */
  readonly catalogueWorkerUrl?: URL;
}

/** Runs a tracker until it is asked to stop. Resolves to the exit code. */
export async function runTracker(io: ProgramIo): Promise<number> {
  const { LC_ALL, LC_MESSAGES, LANG } = io.environment;
  const language = pickLanguage([LC_ALL || LC_MESSAGES || LANG || '']);
  let isJson = io.args.includes('--json');
  let logger: Logger | undefined;
  try {
    const { words, flags } = splitCommand(io.args);
    const path = configPathOf(flags, io.environment);
    const file = path === undefined ? undefined : { path, text: await readText(path) };
    const config = parseConfig(flags, io.environment, io.platform, file);
    isJson = config.json;
    if (config.help) {
      io.print(usage);
      return 0;
    }
    if (words.length > 0) {
      const { document, text, failed } = await runDataCommand(words, config, { now: Date.now, stop: io.stop });
      io.print(isJson ? JSON.stringify(document) : text);
      return failed ? 1 : 0;
    }
    logger = pino({ level: config.logLevel, base: null }, pino.destination({ dest: 2, sync: true }));
    logger.info({ settings: config.origins }, 'configuration');
    const certificates = await readCertificates(config);
    const options = { ...config, ...certificates, pagesFolder: findPagesFolder() };
    const tracker = await createTracker({
      options,
      clock: systemClock,
      logger,
      catalogueWorkerUrl: io.catalogueWorkerUrl,
    });
    const stopWatching = watchGiven(config, certificates, tracker, logger);
    logger.info({ url: tracker.url, trackerId: tracker.trackerId }, 'ready');
    io.print(isJson ? readyJson(tracker, config) : readySentence(tracker, config));
    await untilAborted(io.stop);
    logger.info({ deadlineMs: config.drainMs }, 'asked to stop');
    stopWatching();
    const end = await tracker.drain(config.drainMs, io.hurry);
    await tracker.close();
    logger.info({ end }, 'stopped');
    return 0;
  } catch (error) {
    if (!(error instanceof EnxameError)) logger?.error({ err: error }, 'the tracker could not run');
    io.print(isJson ? failureJson(error, language) : sentence(error, language));
    return 1;
  }
}

/** A certificate that was renewed is shown from then on, without a restart. */
function watchGiven(config: TrackerConfig, first: Certificates, tracker: Tracker, logger: Logger): () => void {
  if (!config.tls && config.proxyCertificatePath === undefined) return () => undefined;
  return watchCertificates({
    paths: config,
    first,
    clock: systemClock,
    show: (certificates) => {
      tracker.showCertificates(certificates);
      logger.info('the certificate was read again');
    },
    onFailure: (error) => {
      logger.warn({ err: error }, 'the certificate could not be read again; the one before is shown');
    },
  });
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => { resolve(); }, { once: true }); // prettier-ignore
  });
}

function lanUrls(tracker: Tracker, config: TrackerConfig): string[] {
  const interfaces = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return toLanUrls(config.host, tracker.address.port, interfaces);
}

function readyJson(tracker: Tracker, config: TrackerConfig): string {
  const { url, trackerId, sealWords } = tracker;
  return JSON.stringify({
    ready: true,
    url,
    trackerId,
    seal: sealWords,
    name: config.name,
    lan: lanUrls(tracker, config),
  });
}

function readySentence(tracker: Tracker, config: TrackerConfig): string {
  const lan = lanUrls(tracker, config);
  const others = lan.length > 0 ? ` From other computers: ${lan.join(' ')}.` : '';
  return `The tracker of “${config.name}” is ready at ${tracker.url}, seal ${tracker.sealWords}.${others}`;
}

function sentence(error: unknown, language: Language): string {
  const { what, todo } = describeError(toErrorInfo(error), language);
  return `${what} ${todo}`;
}

function failureJson(error: unknown, language: Language): string {
  return JSON.stringify({ error: { code: toErrorInfo(error).code, message: sentence(error, language) } });
}
