import { LoaderCircle } from 'lucide-react';
import { Tooltip } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { classNames } from '../class-names.js';

type Look = 'plain' | 'ink' | 'ghost' | 'danger' | 'link';

interface Props extends ComponentProps<'button'> {
  readonly look?: Look;
  readonly size?: 'normal' | 'large';
  readonly wide?: boolean;
  /** Under way: shows so, and does nothing when pressed again. */
  readonly busy?: boolean;
  readonly icon?: ReactNode;
}

/** One `ink` button per region; the verb first. */
export function Button({
  look = 'plain',
  size = 'normal',
  wide,
  busy,
  icon,
  children,
  onClick,
  className,
  ...rest
}: Props) {
  const name =
    look === 'link'
      ? styles['link']
      : classNames(
          styles['btn'],
          look !== 'plain' && styles[look],
          size === 'large' && styles['large'],
          wide && styles['wide'],
          busy && styles['busy'],
        );
  return (
    <button
      type="button"
      {...rest}
      className={classNames(name, className)}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onClick}
    >
      {busy ? <LoaderCircle size={16} strokeWidth={1.75} aria-hidden /> : icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'title'> {
  /** What it does; read aloud and shown as the tooltip. */
  readonly label: string;
  /** The key that does the same. */
  readonly keys?: string;
  readonly look?: Look;
}

/** An icon alone: always with a name, and a tooltip that shows it. */
export function IconButton({ label, keys, look = 'ghost', className, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button
          type="button"
          {...rest}
          aria-label={label}
          className={classNames(styles['btn'], styles['icon'], look !== 'plain' && styles[look], className)}
        >
          {children}
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={styles['tip']} sideOffset={5} collisionPadding={8}>
          {label}
          {keys !== undefined && <kbd className={styles['tipKey']}>{keys}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
