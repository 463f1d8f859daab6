import { Minus, Plus } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { IconButton } from '@enxame/ui/parts/button';
import styles from './stepper.module.css';

interface Props {
  readonly label: ReactNode;
  readonly hint: ReactNode;
  readonly fewer: string;
  readonly more: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

/** A small whole number, one step at a time. */
export function Stepper({ label, hint, fewer, more, value, min, max, onChange }: Props) {
  const format = useFormat();
  const id = useId();
  return (
    <div className={styles['line']} role="group" aria-labelledby={id}>
      <div>
        <span id={id}>{label}</span>
        <p>{hint}</p>
      </div>
      <span className={styles['stepper']}>
        <IconButton
          label={fewer}
          look="plain"
          disabled={value <= min}
          onClick={() => {
            onChange(value - 1);
          }}
        >
          <Minus size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <output aria-live="polite">{format.number(value)}</output>
        <IconButton
          label={more}
          look="plain"
          disabled={value >= max}
          onClick={() => {
            onChange(value + 1);
          }}
        >
          <Plus size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </span>
    </div>
  );
}
