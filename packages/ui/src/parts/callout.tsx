import { Info, OctagonX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../class-names.js';
import { CopyButton } from './copy-button.js';
import styles from './callout.module.css';
import { useDescribeError } from '../i18n/i18n-context.js';
import { useTranslation } from 'react-i18next';
import { toErrorInfo } from '@enxame/shared/errors/enxame-error';

interface Props {
  readonly kind: 'danger' | 'warn' | 'plain';
  readonly title: ReactNode;
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** What happened, why, what you can do; beside its cause. */
export function Callout({ kind, title, icon, children, actions }: Props) {
  const Icon = kind === 'danger' ? OctagonX : kind === 'warn' ? TriangleAlert : Info;
  return (
    <div
      className={classNames(styles['call'], kind !== 'plain' && styles[kind])}
      role={kind === 'danger' ? 'alert' : undefined}
    >
      {icon ?? <Icon size={16} strokeWidth={1.75} aria-hidden />}
      <strong>{title}</strong>
      {children}
      {actions !== undefined && <div className={styles['do']}>{actions}</div>}
    </div>
  );
}

/** An error with its two sentences, the given next steps, and its details to copy for whoever helps. */
export function ErrorCallout({
  error,
  kind = 'danger',
  actions,
}: {
  error: unknown;
  kind?: 'danger' | 'warn';
  actions?: ReactNode;
}) {
  const { t } = useTranslation();
  const { what, todo } = useDescribeError()(error);
  const details = JSON.stringify(error instanceof Error ? toErrorInfo(error) : error);
  return (
    <Callout
      kind={kind}
      title={what}
      actions={
        <>
          {actions}
          <CopyButton look="ghost" text={details} label={t('common.copyDetails')} />
        </>
      }
    >
      <p>{todo}</p>
    </Callout>
  );
}
