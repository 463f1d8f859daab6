import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@enxame/ui/i18n/i18n-context';
import { classNames } from '@enxame/ui/class-names';
import field from '@enxame/ui/parts/field.module.css';
import { Hint } from '@enxame/ui/parts/field';
import styles from './rate-field.module.css';
import { parseRate, toRateText } from './rate-text.js';

interface Props {
  readonly label: string;
  readonly icon?: ReactNode;
  /** Bytes a second; null is no limit, shown as an empty field. */
  readonly value: number | null;
  readonly onChange: (bytesPerSecond: number | null) => void;
  /** Told with each key, instead of when the field is left or by Enter. */
  readonly live?: boolean;
  readonly onWrong?: (wrong: boolean) => void;
  /** The label is for the ear alone: a heading or a column says it to the eye. */
  readonly quiet?: boolean;
}

/** A speed in MB/s, or none. Esc takes back what was typed. */
export function RateField({ label, icon, value, onChange, live, onWrong, quiet }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? toRateText(value, language);
  const wrong = typed !== null && parseRate(typed) === undefined;
  const take = (text: string): void => {
    const rate = parseRate(text);
    if (rate !== undefined && rate !== value) onChange(rate);
  };
  const finish = (): void => {
    if (typed === null || wrong) return;
    take(typed);
    setTyped(null);
  };
  return (
    <div className={styles['rate']}>
      {!quiet && (
        <label className={styles['label']} htmlFor={id}>
          {icon}
          {label}
        </label>
      )}
      <span className={classNames(field['input'], styles['box'], wrong && field['bad'])}>
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          maxLength={16}
          placeholder={t('limits.none')}
          value={shown}
          {...(quiet && { 'aria-label': label })}
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? `${id}-hint` : undefined}
          onChange={({ target }) => {
            setTyped(target.value);
            onWrong?.(parseRate(target.value) === undefined);
            if (live) take(target.value);
          }}
          onBlur={finish}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !live) finish();
            if (event.key === 'Escape' && typed !== null && typed !== toRateText(value, language)) {
              event.stopPropagation();
              event.preventDefault();
              setTyped(null);
              onWrong?.(false);
            }
          }}
        />
        <span>MB/s</span>
      </span>
      {wrong && (
        <div id={`${id}-hint`} className={styles['hint']}>
          <Hint kind="bad">{t('limits.wrong')}</Hint>
        </div>
      )}
    </div>
  );
}
