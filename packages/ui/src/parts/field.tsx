import { Check, ChevronDown, CircleAlert } from 'lucide-react';
import { useId, type ComponentProps, type ReactNode } from 'react';
import { classNames } from '../class-names.js';
import styles from './field.module.css';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  readonly label: ReactNode;
  readonly icon?: ReactNode;
  /** Beside its cause: what is wrong (`bad`), what is well (`ok`), or what helps. */
  readonly hint?: ReactNode;
  readonly hintKind?: 'bad' | 'ok' | 'plain';
  readonly after?: ReactNode;
}

export function TextField({ label, icon, hint, hintKind = 'plain', after, ...input }: TextFieldProps) {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      <span className={classNames(styles['input'], hintKind === 'bad' && styles['bad'])}>
        {icon}
        <input
          autoComplete="off"
          spellCheck={false}
          {...input}
          id={id}
          aria-invalid={hintKind === 'bad' || undefined}
          aria-describedby={hint ? `${id}-hint` : undefined}
        />
      </span>
      {hint !== undefined && (
        <div id={`${id}-hint`}>
          <Hint kind={hintKind}>{hint}</Hint>
        </div>
      )}
      {after}
    </div>
  );
}

export function Hint({
  kind = 'plain',
  icon,
  children,
}: {
  kind?: 'bad' | 'ok' | 'plain';
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <p
      className={classNames(styles['hint'], kind === 'bad' && styles['hintBad'], kind === 'ok' && styles['hintOk'])}
      role={kind === 'bad' ? 'alert' : undefined}
    >
      {icon ??
        (kind === 'bad' ? (
          <CircleAlert size={14} aria-hidden />
        ) : kind === 'ok' ? (
          <Check size={14} aria-hidden />
        ) : null)}
      <span>{children}</span>
    </p>
  );
}

interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, text: string])[];
  readonly onChange: (value: T) => void;
  readonly id?: string;
}

export function Select<T extends string>({ label, value, options, onChange, id }: SelectProps<T>) {
  return (
    <span className={styles['selectBox']}>
      <select
        id={id}
        className={styles['select']}
        aria-label={label}
        value={value}
        onChange={(event) => {
          const chosen = options.find(([candidate]) => candidate === event.target.value);
          if (chosen) onChange(chosen[0]);
        }}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
      <ChevronDown size={14} aria-hidden />
    </span>
  );
}
