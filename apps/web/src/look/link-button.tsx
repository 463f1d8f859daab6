import { classNames } from '@enxame/ui/class-names';
import button from '@enxame/ui/parts/button.module.css';
import type { ComponentProps, ReactNode } from 'react';

interface Props extends ComponentProps<'a'> {
  readonly look?: 'plain' | 'ink' | 'ghost';
  readonly size?: 'normal' | 'large';
  readonly wide?: boolean;
  readonly icon?: ReactNode;
}

/** An address with the looks of a button: the browser's own menu for links works on it. */
export function LinkButton({ look = 'plain', size = 'normal', wide, icon, children, className, ...rest }: Props) {
  const name = classNames(
    button['btn'],
    look !== 'plain' && button[look],
    size === 'large' && button['large'],
    wide && button['wide'],
    className,
  );
  return (
    <a {...rest} className={name}>
      {icon}
      {children}
    </a>
  );
}
