import { Search, X } from 'lucide-react';
import type { Ref } from 'react';
import { classNames } from '../class-names.js';
import field from './field.module.css';
import { Kbd } from './kbd.js';
import styles from './search-box.module.css';

interface Props {
  readonly label: string;
  readonly placeholder: string;
  readonly clearLabel: string;
  readonly value: string;
  readonly maxLength: number;
  readonly onChange: (value: string) => void;
  /** Down, from the search into what it found. */
  readonly onDown?: () => void;
  readonly inputRef: Ref<HTMLInputElement>;
}

export function SearchBox({ label, placeholder, clearLabel, value, maxLength, onChange, onDown, inputRef }: Props) {
  return (
    <div className={classNames(field['input'], field['search'], styles['box'])} role="search">
      <Search size={16} strokeWidth={1.75} aria-hidden />
      <input
        ref={inputRef}
        type="search"
        dir="auto"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        maxLength={maxLength}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            event.stopPropagation();
            onChange('');
          } else if (event.key === 'ArrowDown' && onDown) {
            event.preventDefault();
            onDown();
          }
        }}
      />
      {value === '' ? (
        <span className={styles['key']}>
          <Kbd>/</Kbd>
        </span>
      ) : (
        <button
          type="button"
          className={styles['clear']}
          aria-label={clearLabel}
          onClick={() => {
            onChange('');
          }}
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}
