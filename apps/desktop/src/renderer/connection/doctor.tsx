import type { DoctorReport } from '@enxame/shared/engine/doctor';
import { toDoctorText } from '@enxame/shared/engine/doctor-text';
import { RotateCw, TriangleAlert, Unplug } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { classNames } from '@enxame/ui/class-names';
import { CopyButton } from '@enxame/ui/parts/copy-button';
import { useNow } from '@enxame/ui/hooks/use-now';
import text from '@enxame/ui/parts/text.module.css';
import { useApp, useStatus } from '../shell/app-context.js';
import shell from '../shell/shell.module.css';
import styles from './connection.module.css';

export function useDoctorReport(): DoctorReport | null {
  return useStore(useApp().doctor, ({ report }) => report);
}

/** In the bar of the page: when it was looked at, what was found to be given to whoever helps, and the look again. */
export function DoctorHead() {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(30_000);
  const { version } = useStatus();
  const report = useDoctorReport();
  const check = useCheck();
  if (!report) return null;
  const { running, checkedAt } = report;
  return (
    <>
      {checkedAt !== null && !running && (
        <span className={classNames(text['meta'], text['num'], text['cut'])}>
          {t('doctor.checked', { when: format.ago(checkedAt, now) })}
        </span>
      )}
      <span className={classNames(shell['end'], styles['headDo'])}>
        {checkedAt !== null && (
          <CopyButton look="ghost" text={toDoctorText(report, version)} label={t('doctor.copyReport')} />
        )}
        <Button busy={running} icon={<RotateCw size={16} strokeWidth={1.75} aria-hidden />} onClick={check}>
          {running ? t('doctor.checking') : checkedAt === null ? t('doctor.check') : t('doctor.again')}
        </Button>
      </span>
    </>
  );
}

/** The first time somebody looks here, it is looked at by itself; after that when it is asked for. */
export function useFirstCheck(): void {
  const report = useDoctorReport();
  const check = useCheck();
  const wasAsked = useRef(false);
  const isNew = report !== null && report.checkedAt === null && !report.running;
  useEffect(() => {
    if (!isNew || wasAsked.current) return;
    wasAsked.current = true;
    check();
  }, [isNew, check]);
}

function useCheck(): () => void {
  const { link } = useApp();
  const [check] = useState(() => (): void => {
    link.call('doctor:check', {}).catch(() => undefined); // the carrier closed: its own banner says so
  });
  return check;
}

/** What matters most of what was found; nothing while all is well. */
export function DoctorSummary() {
  const { t } = useTranslation();
  const report = useDoctorReport();
  if (!report) return null;
  const failed = report.paths.filter(({ state }) => state === 'failed').length;
  const relayed = report.paths.filter(({ path }) => path === 'relay').length;
  const isUnreached = report.checks.some(({ id, state }) => id === 'reach' && state === 'warn');
  if (failed > 0)
    return <Summary icon="fail" title={t('doctor.failed', { count: failed })} how={t('doctor.failedHow')} />;
  if (relayed > 0)
    return <Summary icon="warn" title={t('doctor.relayed', { count: relayed })} how={t('doctor.relayedHow')} />;
  if (isUnreached) return <Summary icon="warn" title={t('doctor.unreached')} how={t('doctor.unreachedHow')} />;
  return null;
}

function Summary({ icon, title, how }: { icon: 'fail' | 'warn'; title: string; how: string }) {
  const Icon = icon === 'fail' ? Unplug : TriangleAlert;
  return (
    <div className={styles['summary']}>
      <Icon size={24} strokeWidth={1.75} className={text[icon === 'fail' ? 'danger' : 'warn']} aria-hidden />
      <div>
        <h2>{title}</h2>
        <p className={text['meta']}>{how}</p>
      </div>
    </div>
  );
}
