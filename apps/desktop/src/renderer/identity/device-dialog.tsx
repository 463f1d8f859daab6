import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { CircleCheck, Timer } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { useNow } from '@enxame/ui/hooks/use-now';
import { Button } from '@enxame/ui/parts/button';
import { Callout, ErrorCallout } from '@enxame/ui/parts/callout';
import { CopyButton } from '@enxame/ui/parts/copy-button';
import { Dialog } from '@enxame/ui/parts/dialog';
import { Hint } from '@enxame/ui/parts/field';
import text from '@enxame/ui/parts/text.module.css';
import { splitCode } from '../codes/code-text.js';
import { useApp } from '../shell/app-context.js';
import styles from './identity.module.css';

interface Invitation {
  readonly code: string;
  readonly expiresAt: number;
}

type Phase =
  | { readonly kind: 'making' }
  | { readonly kind: 'open'; readonly invitation: Invitation }
  | { readonly kind: 'joined'; readonly deviceName: string }
  | { readonly kind: 'failed'; readonly error: unknown };

/** A code by which another computer becomes one more of this person; dead when the dialog is closed. */
export function DeviceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { phase, again } = useInvitation();
  return (
    <Dialog title={t('devices.title')} onClose={onClose}>
      {phase.kind === 'joined' ? (
        <div role="status">
          <Callout
            kind="plain"
            icon={<CircleCheck size={16} strokeWidth={1.75} className={text['ok']} aria-hidden />}
            title={t('devices.joined', { device: phase.deviceName })}
          >
            <p>{t('devices.joinedHow')}</p>
          </Callout>
        </div>
      ) : phase.kind === 'failed' ? (
        <ErrorCallout error={phase.error} actions={<Button onClick={again}>{t('devices.again')}</Button>} />
      ) : (
        <>
          <p>{t('devices.how')}</p>
          <p className={styles['deviceCode']} translate="no" role="status">
            {phase.kind === 'open' ? (
              <>
                <span className={text['sr']}>
                  {t('codes.codeSpoken', { code: splitCode(phase.invitation.code).join(', ') })}
                </span>
                <span aria-hidden>{phase.invitation.code}</span>
              </>
            ) : (
              '…'
            )}
          </p>
          {phase.kind === 'open' && (
            <div className={styles['do']}>
              <CopyButton text={phase.invitation.code} label={t('codes.copyCode')} />
            </div>
          )}
          {phase.kind === 'open' && <Expiry at={phase.invitation.expiresAt} />}
          <p className={styles['care']}>{t('devices.care')}</p>
        </>
      )}
    </Dialog>
  );
}

function Expiry({ at }: { at: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(30_000);
  return (
    <Hint icon={<Timer size={14} aria-hidden />}>
      {t('devices.expires', { time: format.duration(Math.max(60, (at - now) / 1000)) })}
    </Hint>
  );
}

function useInvitation(): { readonly phase: Phase; readonly again: () => void } {
  const { link } = useApp();
  const [phase, setPhase] = useState<Phase>({ kind: 'making' });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isOver = false;
    const show = (next: Phase): void => {
      if (!isOver) setPhase(next);
    };
    const run = async (): Promise<void> => {
      show({ kind: 'open', invitation: await link.call('device:invite', {}) });
      if (!isOver) show({ kind: 'joined', ...(await link.call('device:joined', {})) });
    };
    run().catch((error: unknown) => {
      if (!isErrorWithCode(error, 'cancelled')) show({ kind: 'failed', error });
    });
    return () => {
      isOver = true;
      link.call('device:uninvite', {}).catch(() => undefined); // with the engine its code is gone as well
    };
  }, [link, turn]);
  const again = (): void => {
    setPhase({ kind: 'making' });
    setTurn(turn + 1);
  };
  return { phase, again };
}
