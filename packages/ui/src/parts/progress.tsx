import { classNames } from '../class-names.js';
import styles from './progress.module.css';

interface Props {
  readonly state: 'moving' | 'checking' | 'verified' | 'paused' | 'waiting' | 'failed';
  /** 0 to 1. */
  readonly part: number;
  /** What it is the progress of. */
  readonly label: string;
  /** The same in words. */
  readonly text: string;
  readonly thin?: boolean;
}

/** A bar beside a number or a word. Full honey is not done: only `verified` is green. */
export function Progress({ state, part, label, text, thin }: Props) {
  const percent = Math.floor(part * 1000) / 10;
  return (
    <div
      className={classNames(styles['prog'], thin && styles['thin'])}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={state === 'checking' ? undefined : Math.floor(percent)}
      aria-valuetext={text}
    >
      <div
        className={classNames(styles['bar'], state !== 'moving' && styles[state])}
        style={state === 'checking' ? undefined : { width: `${String(percent)}%` }}
      />
    </div>
  );
}
