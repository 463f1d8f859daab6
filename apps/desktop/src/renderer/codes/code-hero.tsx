import type { CodeSend } from '@enxame/shared/engine/code';
import { Copy, Link, Timer } from 'lucide-react';
import { Fragment } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { Callout, ErrorCallout } from '@enxame/ui/parts/callout';
import { classNames } from '@enxame/ui/class-names';
import { useCopy } from '@enxame/ui/parts/copy-button';
import { Hint } from '@enxame/ui/parts/field';
import text from '@enxame/ui/parts/text.module.css';
import { useNow } from '@enxame/ui/hooks/use-now';
import { splitCode } from './code-text.js';
import { QrCode } from './qr-code.js';
import styles from './send.module.css';

/** Every code begins with so many tries. */
const allTries = 5;

/** The code as large as it is said, with every way to hand it over; or why it is no longer good. */
export function CodeHero({ send, onAgain }: { send: CodeSend; onAgain: () => void }) {
  const { t } = useTranslation();
  const { code, link } = send;
  if (send.state === 'ended' || code === null) {
    const actions = <Button onClick={onAgain}>{t('codes.again')}</Button>;
    return (
      <section className={styles['over']} aria-label={t('codes.codeOf')}>
        {send.error ? (
          <ErrorCallout error={send.error} kind="warn" actions={actions} />
        ) : (
          <Callout
            kind="plain"
            title={!send.keep && send.receiverCount + send.coming > 0 ? t('codes.endedOne') : t('codes.ended')}
            actions={actions}
          />
        )}
      </section>
    );
  }
  const parts = splitCode(code);
  return (
    <section className={styles['hero']} aria-label={t('codes.codeOf')}>
      <div>
        <h2 className={classNames(text['meta'], styles['heroTitle'])}>{t('codes.codeOf')}</h2>
        <p className={styles['code']} translate="no">
          <span className={text['sr']}>{t('codes.codeSpoken', { code: parts.join(', ') })}</span>
          <span aria-hidden>
            {parts.map((part, index) => (
              <Fragment key={index}>
                {index > 0 && <i>-</i>}
                <span>{part}</span>
              </Fragment>
            ))}
          </span>
        </p>
        <p className={text['meta']}>
          <Trans i18nKey="codes.say" values={{ code: parts.join(', ') }} components={[<b key="0" />]} />
        </p>
        <div className={styles['heroDo']}>
          <CopyLarge
            look="ink"
            icon={<Copy size={16} strokeWidth={1.75} aria-hidden />}
            content={code}
            label={t('codes.copyCode')}
          />
          {link !== null && (
            <CopyLarge
              icon={<Link size={16} strokeWidth={1.75} aria-hidden />}
              content={link}
              label={t('codes.copyLink')}
            />
          )}
        </div>
        <Expiry at={send.expiresAt} />
        {send.wrongLeft < allTries && <Hint kind="bad">{t('codes.wrongLeft', { count: send.wrongLeft })}</Hint>}
      </div>
      {link !== null && (
        <figure className={styles['figure']}>
          <QrCode text={link} label={t('codes.qr')} />
          <figcaption className={text['meta']}>{t('codes.pointCamera')}</figcaption>
        </figure>
      )}
    </section>
  );
}

function Expiry({ at }: { at: number }) {
  const now = useNow(30_000);
  const format = useFormat();
  return (
    <Hint icon={<Timer size={14} aria-hidden />}>
      <Trans
        i18nKey="codes.expiresIn"
        values={{ time: format.duration(Math.max(60, (at - now) / 1000)), moment: format.moment(at, now) }}
        components={[<b key="0" />]}
      />
    </Hint>
  );
}

interface CopyProps {
  readonly look?: 'ink' | 'plain';
  readonly icon: React.ReactNode;
  readonly content: string;
  readonly label: string;
}

function CopyLarge({ look = 'plain', icon, content, label }: CopyProps) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy(content);
  return (
    <Button look={look} size="large" icon={icon} onClick={copy}>
      <span aria-live="polite">{copied ? t('common.copied') : label}</span>
    </Button>
  );
}
