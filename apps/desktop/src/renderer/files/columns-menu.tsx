import { Check, Columns3 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import button from '@enxame/ui/parts/button.module.css';
import { classNames } from '@enxame/ui/class-names';
import menu from '../parts/menu.module.css';
import { useApp } from '../shell/app-context.js';
import { columnNames, toggleColumn } from './columns.js';

interface Props {
  /** Whether the list is in groups now: it is not while it is sorted by something else. */
  readonly grouped: boolean;
  readonly onGroup: (grouped: boolean) => void;
}

/** Which columns the list shows, and whether it is put into groups. Stays open for the next choice. */
export function ColumnsMenu({ grouped, onGroup }: Props) {
  const { t } = useTranslation();
  const { listLayout } = useApp();
  const { columns } = useStore(listLayout);
  const words = {
    owner: t('files.colOwner'),
    size: t('files.colSize'),
    type: t('files.colType'),
    sources: t('files.colSources'),
    addedAt: t('files.colAdded'),
    sha256: t('details.sha256'),
  };
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className={classNames(button['btn'], button['icon'], button['ghost'])}
        aria-label={t('files.columns')}
        title={t('files.columns')}
      >
        <Columns3 size={16} strokeWidth={1.75} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content className={menu['menu']} align="end" sideOffset={4} collisionPadding={8}>
        <DropdownMenu.Label className={menu['label']}>{t('files.columns')}</DropdownMenu.Label>
        {columnNames.map((name) => (
          <Item
            key={name}
            text={words[name]}
            checked={columns.includes(name)}
            onChange={() => {
              listLayout.setState((state) => toggleColumn(state, name));
            }}
          />
        ))}
        <DropdownMenu.Separator className={menu['line']} />
        <Item
          text={t('files.groupByOwner')}
          checked={grouped}
          onChange={() => {
            onGroup(!grouped);
          }}
        />
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

function Item({ text, checked, onChange }: { text: string; checked: boolean; onChange: () => void }) {
  return (
    <DropdownMenu.CheckboxItem
      className={menu['item']}
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => {
        event.preventDefault();
      }}
    >
      <span className={menu['mark']}>{checked && <Check size={16} aria-hidden />}</span>
      <span>{text}</span>
    </DropdownMenu.CheckboxItem>
  );
}
