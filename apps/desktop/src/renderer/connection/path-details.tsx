import type { PersonPath, SpeedProbe } from '@enxame/shared/engine/doctor';
import { CircleCheck, CircleMinus, Gauge, OctagonX, Wrench } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { Callout, ErrorCallout } from '@enxame/ui/parts/callout';
import { classNames } from '@enxame/ui/class-names';
import text from '@enxame/ui/parts/text.module.css';
import { PathKind } from '../files/path-kind.js';
import { useApp } from '../shell/app-context.js';
import { textOfWay } from './doctor-words.js';
import styles from './doctor.module.css';

/** Every way to a person with what came of it, what can be done for a better one, and how fast it is. */
export function PathDetails({ path }: { path: PersonPath }) {
  const needsFix = path.path === 'relay' || path.state === 'failed';
  return (
    <>
      <Ladder path={path} />
      {needsFix && <Fix name={path.userName} />}
      {path.state === 'reached' && <Speed path={path} />}
    </>
  );
}

function Ladder({ path: { ways } }: { path: PersonPath }) {
  const { t } = useTranslation();
  return (
    <ol className={styles['ladder']} aria-label={t('doctor.ladder')}>
      {ways.map(({ path, outcome }) => {
        const isIdle = outcome === 'not-needed' || outcome === 'no-address';
        const Icon = outcome === 'used' ? CircleCheck : isIdle ? CircleMinus : OctagonX;
        const tint = outcome === 'used' ? text['ok'] : isIdle ? text['faint'] : text['danger'];
        return (
          <li key={path} className={outcome === 'used' && path === 'relay' ? styles['isNow'] : undefined}>
            <strong>
              <Icon
                size={16}
                strokeWidth={1.75}
                className={outcome === 'used' && path === 'relay' ? text['warn'] : tint}
                aria-hidden
              />
              <PathKind kind={path} />
            </strong>
            {textOfWay(path, outcome, t)}
          </li>
        );
      })}
    </ol>
  );
}

/** What opens a direct way: the port and the address that router and firewall ask for. */
function Fix({ name }: { name: string }) {
  const { t } = useTranslation();
  const { bridge } = useApp();
  const checks = useStore(useApp().doctor, ({ report }) => report?.checks);
  const facts = checks?.find(({ id }) => id === 'reach')?.facts;
  const port = String(facts?.port ?? '?');
  const platform = bridge?.platform ?? toPlatform(navigator.userAgent);
  return (
    <Callout kind="plain" icon={<Wrench size={16} strokeWidth={1.75} aria-hidden />} title={t('doctor.fix')}>
      {facts?.host !== undefined && <p>{t('doctor.fixRouter', { port, host: facts.host })}</p>}
      <p>{t('doctor.fixFirewall', { port })}</p>
      {platform === 'win32' && <p>{t('doctor.fixWindows')}</p>}
      {platform === 'darwin' && <p>{t('doctor.fixMac')}</p>}
      {platform === 'linux' && (
        <p>
          <code className={text['mono']}>sudo ufw allow {port}/tcp</code> <span aria-hidden>·</span>{' '}
          <code className={text['mono']}>sudo firewall-cmd --permanent --add-port={port}/tcp</code>
        </p>
      )}
      <p>{t('doctor.fixThen', { name })}</p>
    </Callout>
  );
}

/** In a browser the page runs on the computer of the engine: its own word for the system is right enough for advice. */
function toPlatform(userAgent: string): 'win32' | 'darwin' | 'linux' {
  if (/Windows/.test(userAgent)) return 'win32';
  return /Mac OS/.test(userAgent) ? 'darwin' : 'linux';
}

function Speed({ path }: { path: PersonPath }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { link } = useApp();
  const [probe, setProbe] = useState<SpeedProbe | 'running' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const isRunning = probe === 'running';
  const measure = (): void => {
    setProbe('running');
    setError(null);
    link.call('doctor:measure', { userId: path.userId }).then(setProbe, (failure: unknown) => {
      setProbe(null);
      setError(failure);
    });
  };
  return (
    <div className={styles['speed']}>
      <Button busy={isRunning} icon={<Gauge size={16} strokeWidth={1.75} aria-hidden />} onClick={measure}>
        {isRunning ? t('doctor.measuring') : t('doctor.measure')}
      </Button>
      <p role="status" className={classNames(text['meta'], text['num'])}>
        {probe !== null && probe !== 'running' && (
          <>
            {t('doctor.measured', {
              name: path.userName,
              network: format.rate(probe.networkBytesPerSecond),
              disk: format.rate(probe.diskBytesPerSecond),
              processor: format.rate(probe.processorBytesPerSecond),
            })}{' '}
            <b>{t(`doctor.limit.${probe.limit}`)}</b>
          </>
        )}
      </p>
      {error !== null && <ErrorCallout error={error} kind="warn" />}
    </div>
  );
}
