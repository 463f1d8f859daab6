import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import { Button } from '@enxame/ui/parts/button';
import { classNames } from '@enxame/ui/class-names';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { ConfirmDialog } from '@enxame/ui/parts/dialog';
import text from '@enxame/ui/parts/text.module.css';
import { Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import styles from './admin.module.css';

interface Props {
  readonly title: string;
  readonly facts: readonly (string | false)[];
  readonly error: EnxameError | null;
  /** What takes it from the list, asked for once more. */
  readonly end?: {
    readonly label: string;
    readonly title: string;
    readonly text?: string;
    readonly keep: string;
    readonly confirm: string;
    readonly onConfirm: () => void;
    readonly icon?: ReactNode;
  };
  readonly actions?: ReactNode;
}

/** One thing that was decided. */
export function ListLine({ title, facts, error, end, actions }: Props) {
  const [isEnding, setIsEnding] = useState(false);
  return (
    <li className={classNames(styles['line'], actions !== undefined && styles['withActions'])}>
      <div>
        <strong dir="auto">{title}</strong>
        <p className={text['meta']}>{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <div className={styles['do']}>
        {actions}
        {end && (
          <Button
            look="ghost"
            aria-label={end.label}
            title={end.label}
            onClick={() => {
              setIsEnding(true);
            }}
          >
            {end.icon ?? <Trash2 size={16} strokeWidth={1.75} aria-hidden />}
          </Button>
        )}
      </div>
      {error && (
        <div className={styles['wide']}>
          <ErrorCallout error={error} />
        </div>
      )}
      {isEnding && end && (
        <ConfirmDialog
          title={end.title}
          text={end.text ?? ''}
          keep={end.keep}
          confirm={end.confirm}
          onConfirm={end.onConfirm}
          onClose={() => {
            setIsEnding(false);
          }}
        />
      )}
    </li>
  );
}
