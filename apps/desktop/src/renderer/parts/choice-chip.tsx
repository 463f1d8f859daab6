import { Check, ChevronDown, X } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import chip from '@enxame/ui/parts/chip.module.css';
import { classNames } from '@enxame/ui/class-names';
import styles from './menu.module.css';

interface Props {
  readonly label: string;
  /** What the chip says while a choice is taken. */
  readonly chosenLabel: string | null;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChange: (value: string) => void;
}

/** A filter with a few choices; the first option is "no filter". */
export function ChoiceChip({ label, chosenLabel, value, options, onChange }: Props) {
  return (
    // Not modal: a modal menu locks scrolling with a style element, which the page's policy forbids.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={classNames(chip['chip'], chosenLabel !== null && chip['on'])}>
        <span dir="auto">{chosenLabel ?? label}</span>
        {chosenLabel === null ? <ChevronDown size={13} aria-hidden /> : <X size={13} aria-hidden />}
      </DropdownMenu.Trigger>
      {/* In its place in the page, not at its end: it belongs to the region of its button. */}
      <DropdownMenu.Content className={styles['menu']} align="start" sideOffset={4} collisionPadding={8}>
        <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
          {options.map(([option, text]) => (
            <DropdownMenu.RadioItem key={option} value={option} className={styles['item']}>
              <span className={styles['mark']}>{option === value && <Check size={16} aria-hidden />}</span>
              <span dir="auto">{text}</span>
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
