import { useId, type ReactNode } from 'react';
import styles from './switch.module.css';

interface Props {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
}

/** A setting that is on or off, with its name and what it means beside it. */
export function Switch({ label, hint, on, disabled, onChange }: Props) {
  const id = useId();
  return (
    <div className={styles['row']}>
      <div>
        <label htmlFor={id}>{label}</label>
        {hint !== undefined && <p id={`${id}-hint`}>{hint}</p>}
      </div>
      <input
        id={id}
        className={styles['switch']}
        type="checkbox"
        role="switch"
        checked={on}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={({ target }) => {
          onChange(target.checked);
        }}
      />
    </div>
  );
}
