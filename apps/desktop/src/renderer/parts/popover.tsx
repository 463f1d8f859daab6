import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './popover.module.css';

interface Props {
  /** A button: it gets what opens it. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly side?: 'top' | 'bottom' | 'right';
  readonly align?: 'start' | 'end';
  /** Drawn only while it is open. */
  readonly children: (close: () => void) => ReactNode;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** A small layer at its button; Esc and a click elsewhere close it, and the button has the focus again. */
export function Popover({ trigger, label, side = 'bottom', align = 'end', children, open, onOpen }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={onOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      {/* In its place in the page, not at its end: it belongs to the region of its button. */}
      <Radix.Content
        className={styles['popover']}
        side={side}
        align={align}
        sideOffset={6}
        collisionPadding={8}
        aria-label={label}
      >
        {children(() => {
          onOpen(false);
        })}
      </Radix.Content>
    </Radix.Root>
  );
}
