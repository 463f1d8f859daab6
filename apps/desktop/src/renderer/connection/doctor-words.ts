import type { DoctorCheck, PersonPath, WayOutcome } from '@enxame/shared/engine/doctor';
import type { PathKind } from '@enxame/shared/engine/transfer';
import type { TFunction } from 'i18next';
import type { Format } from '@enxame/ui/i18n/format';

const titled = {
  tracker: ['pass', 'fail', 'checking'],
  reach: ['pass', 'note', 'warn', 'checking'],
  router: ['pass', 'note', 'warn', 'checking'],
  relay: ['pass', 'note', 'checking'],
  ipv6: ['pass', 'note', 'checking'],
  clock: ['pass', 'note', 'warn', 'checking'],
  disk: ['pass', 'warn', 'fail', 'checking'],
  processor: ['pass', 'warn', 'checking'],
} as const satisfies Record<DoctorCheck['id'], readonly DoctorCheck['state'][]>;

/** What was found, in a few words; the state is in them. */
export function titleOfCheck({ id, state }: DoctorCheck, t: TFunction): string {
  const known: readonly DoctorCheck['state'][] = titled[id];
  return t(`doctor.checks.${id}.${known.includes(state) ? state : 'checking'}` as 'doctor.checks.disk.pass');
}

/** The figures behind it, or what they mean; empty when there are none. */
export function textOfCheck(check: DoctorCheck, t: TFunction, format: Format): string {
  const { facts } = check;
  const port = String(facts.port ?? '');
  switch (check.id) {
    case 'tracker':
      return facts.delayMs === undefined ? '' : t('doctor.fact.delay', { ms: toMs(facts.delayMs, format) });
    case 'reach':
      if (facts.port === undefined) return '';
      if (check.state === 'warn') return t('doctor.fact.unreached', { port });
      return [t('doctor.fact.port', { port }), facts.isTrackerNear ? t('doctor.fact.near') : ''].join(' ').trim();
    case 'router':
      return facts.router === undefined ? '' : textOfRouter(facts.router, t);
    case 'relay':
      return check.state === 'note' && !check.error ? t('doctor.fact.relayOff') : '';
    case 'clock': {
      if (facts.clockAheadMs === undefined) return '';
      const seconds = format.number(Math.round(Math.abs(facts.clockAheadMs) / 1000));
      return t(check.state === 'warn' ? 'doctor.fact.clock' : 'doctor.fact.clockOk', { seconds });
    }
    case 'disk':
      if (facts.writeBytesPerSecond === undefined || facts.freeBytes === undefined) return '';
      return t('doctor.fact.disk', { write: format.rate(facts.writeBytesPerSecond), free: format.bytes(facts.freeBytes) }); // prettier-ignore
    case 'processor':
      if (facts.hashBytesPerSecond === undefined || facts.cipherBytesPerSecond === undefined) return '';
      return t('doctor.fact.processor', { hash: format.rate(facts.hashBytesPerSecond), cipher: format.rate(facts.cipherBytesPerSecond) }); // prettier-ignore
    case 'ipv6':
      return '';
  }
}

function textOfRouter(router: NonNullable<DoctorCheck['facts']['router']>, t: TFunction): string {
  return t(router === 'behind-another' ? 'doctor.fact.behindAnother' : `doctor.fact.${router}`);
}

/** Below ten with a tenth: a local network is told from this computer. */
export function toMs(ms: number, format: Format): string {
  return ms < 10 ? format.megabytesPerSecond(ms * 1e6) : format.number(ms);
}

/** Why the path in use is the one, in a line of the table. */
export function whyOf({ state, path }: PersonPath, t: TFunction): string {
  if (state !== 'reached') return '';
  if (path === 'relay') return t('doctor.whyRelay');
  if (path === 'reverse') return t('doctor.bestTurned');
  if (path === 'punched') return t('doctor.bestPunched');
  return path === 'direct' ? t('doctor.bestFar') : t('doctor.best');
}

/** What came of one way. */
export function textOfWay(path: PathKind, outcome: WayOutcome, t: TFunction): string {
  if (outcome === 'used' && path === 'relay') return t('doctor.way.usedRelay');
  if (outcome === 'no-address' && path === 'lan') return t('doctor.way.noAddressLan');
  if (outcome === 'silent') {
    if (path === 'lan') return t('doctor.way.silentLan');
    if (path === 'reverse') return t('doctor.way.silentReverse');
    if (path === 'punched') return t('doctor.way.silentPunched');
    if (path === 'relay') return t('doctor.way.silentRelay');
  }
  return t(`doctor.way.${outcome}`);
}
