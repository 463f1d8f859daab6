import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@enxame/ui/parts/button';
import { classNames } from '@enxame/ui/class-names';
import { Hint } from '@enxame/ui/parts/field';
import { splitCode } from './code-text.js';
import styles from './receive.module.css';
import { useCompletion } from './use-completion.js';

/** A number and two words are a whole code of the usual form: only before that more is to come. */
const usualParts = 3;
const maxTypedChars = 500;

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onReceive: (code: string) => void;
  readonly busy: boolean;
  readonly problem: string | null;
}

/** Where a code is typed: large, forgiving, and completed word by word. */
export function CodeField({ value, onChange, onReceive, busy, problem }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [active, setActive] = useState<number | null>(null);
  const [closed, setClosed] = useState(false);
  const found = useCompletion(value.trim());
  const codes = closed ? [] : found;
  const current = active === null ? undefined : codes[active];
  const take = (code: string): void => {
    onChange(splitCode(code).length < usualParts ? `${code}-` : code);
    setActive(null);
    setClosed(splitCode(code).length >= usualParts);
  };
  const handleKey = (event: KeyboardEvent): void => {
    const last = codes.length - 1;
    if (event.key === 'ArrowDown' && codes.length > 0) setActive(active === null || active === last ? 0 : active + 1);
    else if (event.key === 'ArrowUp' && codes.length > 0)
      setActive(active === null || active === 0 ? last : active - 1);
    else if (event.key === 'Tab' && !event.shiftKey && codes.length > 0 && value.trim() !== '')
      take(current ?? codes[0] ?? value);
    else if (event.key === 'Enter' && current !== undefined) take(current);
    else if (event.key === 'Escape' && codes.length > 0) setClosed(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (value.trim() !== '') onReceive(value.trim());
      }}
    >
      <label htmlFor={id}>{t('codes.typeTitle')}</label>
      <div className={styles['row']}>
        <div className={styles['box']}>
          <input
            id={id}
            type="text"
            role="combobox"
            autoFocus
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            translate="no"
            maxLength={maxTypedChars}
            placeholder={t('codes.typeHint')}
            aria-expanded={codes.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={current === undefined ? undefined : `${id}-${String(active)}`}
            aria-invalid={problem !== null || undefined}
            aria-describedby={`${id}-hint`}
            className={classNames(problem !== null && styles['bad'])}
            value={value}
            onChange={({ target }) => {
              onChange(target.value);
              setActive(null);
              setClosed(false);
            }}
            onKeyDown={handleKey}
            onBlur={() => {
              setClosed(true);
            }}
          />
          <ul id={`${id}-list`} role="listbox" aria-label={t('codes.suggestions')} hidden={codes.length === 0}>
            {codes.map((code, index) => (
              <li
                key={code}
                id={`${id}-${String(index)}`}
                role="option"
                aria-selected={index === active}
                translate="no"
                // the field keeps the focus, so that its list is still there when the finger comes up
                onPointerDown={(event) => {
                  event.preventDefault();
                }}
                onClick={() => {
                  take(code);
                }}
              >
                {code}
              </li>
            ))}
          </ul>
        </div>
        <Button look="ink" size="large" type="submit" busy={busy} disabled={value.trim() === ''}>
          {t('codes.typeButton')}
        </Button>
      </div>
      <div id={`${id}-hint`}>
        <Hint kind={problem === null ? 'plain' : 'bad'}>{problem ?? t('codes.typeHow')}</Hint>
      </div>
    </form>
  );
}
