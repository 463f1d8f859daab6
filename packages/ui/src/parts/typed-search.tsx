import { useEffect, useState } from 'react';
import { SearchBox } from './search-box.js';

/** A search is asked this long after the last key, unless the page says otherwise. */
const usualPauseMs = 150;

interface Props {
  readonly label: string;
  readonly placeholder?: string;
  readonly clearLabel: string;
  readonly value: string;
  readonly maxLength: number;
  readonly onChange: (text: string) => void;
  /** Shorter where one question at a time is under way anyway, and what is typed meanwhile is asked once. */
  readonly pauseMs?: number;
  readonly onDown?: () => void;
}

/** A search that shows each key at once and asks a moment after the last. */
export function TypedSearch({ value, onChange, placeholder, pauseMs = usualPauseMs, ...rest }: Props) {
  const [typed, setTyped] = useState(value);
  const [asked, setAsked] = useState(value);
  if (value !== asked) {
    setAsked(value); // changed from elsewhere: the field follows
    setTyped(value);
  }
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(
      () => {
        onChange(typed);
      },
      typed === '' ? 0 : pauseMs,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [typed, value, onChange, pauseMs]);
  return (
    <SearchBox {...rest} inputRef={null} placeholder={placeholder ?? rest.label} value={typed} onChange={setTyped} />
  );
}
