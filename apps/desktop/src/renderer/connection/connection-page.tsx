import type { DeviceAddress } from '@enxame/shared/tracker/person';
import { CircleCheck, RotateCw, ServerCog, WifiOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Onboarding } from '../onboarding/onboarding.js';
import { useDescribeError, useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { classNames } from '@enxame/ui/class-names';
import { CopyIconButton } from '@enxame/ui/parts/copy-button';
import { ConfirmDialog } from '@enxame/ui/parts/dialog';
import facts from '@enxame/ui/parts/facts.module.css';
import text from '@enxame/ui/parts/text.module.css';
import { useNow } from '@enxame/ui/hooks/use-now';
import { useApp, useStatus } from '../shell/app-context.js';
import { Countdown } from '../shell/banners.js';
import { PageHead } from '../shell/page-head.js';
import shell from '../shell/shell.module.css';
import { useOnlineCount } from '../shell/sidebar.js';
import styles from './connection.module.css';
import { DoctorHead, DoctorSummary, useDoctorReport, useFirstCheck } from './doctor.js';
import { DoctorChecks } from './doctor-checks.js';
import { DoctorPaths } from './doctor-paths.js';
import doctor from './doctor.module.css';

/** How this computer stands with its network: small, and nothing that is not known. */
export function ConnectionPage() {
  const { t } = useTranslation();
  const [changing, setChanging] = useState(false);
  const report = useDoctorReport();
  useFirstCheck();
  if (changing) {
    return (
      <Onboarding
        onCancel={() => {
          setChanging(false);
        }}
      />
    );
  }
  return (
    <>
      <PageHead title={t('nav.connection')}>
        <DoctorHead />
      </PageHead>
      <div className={shell['body']} tabIndex={0} role="region" aria-label={t('nav.connection')}>
        <Summary />
        {report && report.checks.length > 0 && (
          <div className={doctor['split']}>
            <div className={doctor['main']}>
              <DoctorSummary />
              <DoctorPaths paths={report.paths} />
            </div>
            <DoctorChecks checks={report.checks} />
          </div>
        )}
        <div className={styles['columns']}>
          <LastError />
          <NetworkFacts
            onChange={() => {
              setChanging(true);
            }}
          />
          <ComputerFacts />
        </div>
      </div>
    </>
  );
}

function Summary() {
  const { t } = useTranslation();
  const { link } = useApp();
  const { tracker } = useStatus();
  if (!tracker) return null;
  return (
    <div className={styles['summary']}>
      {tracker.connected ? (
        <CircleCheck size={24} strokeWidth={1.75} className={text['ok']} aria-hidden />
      ) : (
        <WifiOff size={24} strokeWidth={1.75} className={text['warn']} aria-hidden />
      )}
      <div>
        <h2 dir="auto">
          {tracker.connected ? t('connection.okTitle', { network: tracker.name }) : t('connection.offTitle')}
        </h2>
        <p className={text['meta']}>{tracker.connected ? t('connection.okText') : t('connection.offText')}</p>
      </div>
      {!tracker.connected && (
        <Button
          look="ink"
          icon={<RotateCw size={16} strokeWidth={1.75} aria-hidden />}
          onClick={() => {
            link.call('tracker:retry', {}).catch(() => undefined); // how it went comes as status:changed
          }}
        >
          {t('common.tryNow')}
        </Button>
      )}
    </div>
  );
}

/** What the last try met; a changed seal can be taken after it was compared. */
function LastError() {
  const { t } = useTranslation();
  const { link, toasts } = useApp();
  const { tracker } = useStatus();
  const describe = useDescribeError();
  const [asking, setAsking] = useState(false);
  if (!tracker?.error) return null;
  const changed = tracker.error.code === 'tracker-identity-changed';
  const trust = (): void => {
    link.call('tracker:use', { url: tracker.url, trust: true }).catch((error: unknown) => {
      const { what, todo } = describe(error);
      toasts.getState().show({ kind: 'plain', title: what, text: todo });
    });
  };
  return (
    <div className={styles['error']}>
      <ErrorCallout
        error={tracker.error}
        kind={changed ? 'danger' : 'warn'}
        actions={
          changed && (
            <Button
              onClick={() => {
                setAsking(true);
              }}
            >
              {t('connection.trust')}
            </Button>
          )
        }
      />
      {asking && (
        <ConfirmDialog
          title={t('connection.trustTitle', { words: String(tracker.error.params?.['words'] ?? '?') })}
          text={t('connection.trustText')}
          keep={t('connection.notNow')}
          confirm={t('connection.trust')}
          onConfirm={trust}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}

function NetworkFacts({ onChange }: { onChange: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(30_000);
  const online = useOnlineCount();
  const { tracker } = useStatus();
  if (!tracker) return null;
  return (
    <section>
      <h3>{t('connection.network')}</h3>
      <dl className={facts['facts']}>
        <dt>{t('connection.deviceName')}</dt>
        <dd dir="auto">{tracker.name}</dd>
        <dt>{t('connection.address')}</dt>
        <dd className={facts['line']}>
          <span className={text['mono']}>{tracker.url}</span>
          <CopyIconButton text={tracker.url} label={t('people.copyAddress')} />
        </dd>
        <dt>{t('connection.seal')}</dt>
        <dd>
          <span className={classNames(text['mono'], styles['seal'])}>{tracker.words}</span>
          <p>{t('connection.sealHow')}</p>
        </dd>
        <dt>{t('connection.since')}</dt>
        <dd className={text['num']}>{format.moment(tracker.since, now)}</dd>
        {tracker.connected && (
          <>
            <dt>{t('connection.online')}</dt>
            <dd className={text['num']}>{format.number(online)}</dd>
          </>
        )}
        {!tracker.connected && tracker.nextTryAt !== null && (
          <>
            <dt>{t('connection.nextTry')}</dt>
            <dd className={text['num']}>
              <Countdown at={tracker.nextTryAt} />
            </dd>
          </>
        )}
      </dl>
      <div className={styles['do']}>
        <Button icon={<ServerCog size={16} strokeWidth={1.75} aria-hidden />} onClick={onChange}>
          {t('connection.change')}
        </Button>
      </div>
    </section>
  );
}

function ComputerFacts() {
  const { t } = useTranslation();
  const { device, user, addresses, version } = useStatus();
  return (
    <section>
      <h3>{t('connection.thisComputer')}</h3>
      <dl className={facts['facts']}>
        <dt>{t('connection.you')}</dt>
        <dd dir="auto">{user?.name}</dd>
        <dt>{t('connection.deviceName')}</dt>
        <dd dir="auto">{device.name}</dd>
        <dt>{t('connection.deviceId')}</dt>
        <dd className={facts['line']}>
          <span className={text['mono']}>{device.id.match(/.{1,13}/g)?.join(' ')}</span>
          <CopyIconButton text={device.id} label={t('connection.copyId')} />
        </dd>
        <dt>{t('connection.listens')}</dt>
        <dd>
          {addresses.length === 0 ? (
            t('connection.listensNowhere')
          ) : (
            <ul>
              {addresses.map((address) => (
                <li key={toText(address)} className={text['mono']}>
                  {toText(address)}
                </li>
              ))}
            </ul>
          )}
        </dd>
        <dt>{t('connection.version')}</dt>
        <dd className={text['num']}>{version}</dd>
      </dl>
    </section>
  );
}

function toText({ host, port }: DeviceAddress): string {
  return host.includes(':') ? `[${host}]:${String(port)}` : `${host}:${String(port)}`;
}
