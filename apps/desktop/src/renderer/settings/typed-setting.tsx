import { useState, type InputHTMLAttributes } from 'react';
import { classNames } from '@enxame/ui/class-names';
import field from '@enxame/ui/parts/field.module.css';
import text from '@enxame/ui/parts/text.module.css';
import styles from './settings.module.css';

interface Props extends Pick<InputHTMLAttributes<HTMLInputElement>, 'inputMode' | 'placeholder' | 'maxLength'> {
  readonly id: string;
  readonly label: string;
  readonly how: string;
  /** As it is saved. */
  readonly value: string;
  /** Otherwise left empty it stays what it was. */
  readonly isOptional?: boolean;
  /** Saves what was typed, without the spaces around it. Answers with what is wrong with it, if something is. */
  readonly onSave: (typed: string) => string | null;
}

/** A setting that is typed. Saved when the field is left, or by Enter; Esc takes it back. */
export function TypedSetting({ id, label, how, value, isOptional = false, onSave, ...input }: Props) {
  /** Null: what is saved is shown. */
  const [typed, setTyped] = useState<string | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    // It was saved, or changed elsewhere. What is being typed since then stays.
    if (typed === saved) setTyped(null);
  }
  const takeBack = (): void => {
    setTyped(null);
    setWrong(null);
  };
  const save = (): void => {
    if (typed === null || typed === saved) return;
    const text = typed.trim();
    if (text === value || (text === '' && !isOptional)) {
      takeBack();
      return;
    }
    const fault = onSave(text);
    setWrong(fault);
    if (fault === null) setSaved(typed);
  };
  return (
    <form
      className={styles['pref']}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div>
        <label htmlFor={id}>{label}</label>
        <p
          id={`${id}-how`}
          className={wrong === null ? undefined : text['danger']}
          role={wrong === null ? undefined : 'alert'}
        >
          {wrong ?? how}
        </p>
      </div>
      <span className={classNames(field['input'], styles['name'])}>
        <input
          {...input}
          id={id}
          aria-describedby={`${id}-how`}
          aria-invalid={wrong !== null || undefined}
          value={typed ?? value}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.target.value);
            setSaved(null);
            setWrong(null);
          }}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.key === 'Escape') takeBack();
          }}
        />
      </span>
    </form>
  );
}
