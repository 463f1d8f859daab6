import { maxPersonLimits, type Limits } from '@enxame/shared/engine/limits';
import { UserPlus, X } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Avatar } from '@enxame/ui/parts/avatar';
import button from '@enxame/ui/parts/button.module.css';
import { IconButton } from '@enxame/ui/parts/button';
import menu from '../parts/menu.module.css';
import { RateField } from '../parts/rate-field.js';
import text from '@enxame/ui/parts/text.module.css';
import { useApp, useStatus } from '../shell/app-context.js';
import styles from './limits-settings.module.css';

interface Props {
  readonly people: Limits['people'];
  readonly onChange: (people: Limits['people']) => void;
}

/** Limits for one person, beside those of everything. */
export function PersonLimits({ people, onChange }: Props) {
  const { t } = useTranslation();
  const { user } = useStatus();
  const known = useStore(useApp().people, (state) => state.people) ?? [];
  const candidates = known.filter(({ id }) => id !== user?.id && !people.some(({ userId }) => userId === id));
  const change = (userId: Limits['people'][number]['userId'], limits: Partial<Limits['always']>): void => {
    onChange(people.map((one) => (one.userId === userId ? { ...one, limits: { ...one.limits, ...limits } } : one)));
  };
  return (
    <div>
      <div className={styles['head']}>
        <div>
          <h3 className={styles['sub']}>{t('limits.people')}</h3>
          <p>{t('limits.peopleHow')}</p>
        </div>
        {candidates.length > 0 && people.length < maxPersonLimits && (
          <DropdownMenu.Root modal={false}>
            <DropdownMenu.Trigger className={button['btn']}>
              <UserPlus size={16} strokeWidth={1.75} aria-hidden />
              {t('limits.addPerson')}
            </DropdownMenu.Trigger>
            <DropdownMenu.Content className={menu['menu']} align="end" sideOffset={4} collisionPadding={8}>
              {candidates.map(({ id, name }) => (
                <DropdownMenu.Item
                  key={id}
                  className={menu['item']}
                  onSelect={() => {
                    onChange([...people, { userId: id, name, limits: { send: null, receive: null } }]);
                  }}
                >
                  <Avatar name={name} size="small" />
                  <span dir="auto">{name}</span>
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Content>
          </DropdownMenu.Root>
        )}
      </div>
      {people.length > 0 && (
        <ul className={styles['people']}>
          {people.map(({ userId, name, limits }) => (
            <li key={userId}>
              <span className={styles['who']}>
                <Avatar name={name} size="small" />
                <span className={text['cut']} dir="auto" title={name}>
                  {name}
                </span>
              </span>
              <span className={styles['pair']}>
                <span aria-hidden>{t('limits.receiveShort')}</span>
                <RateField
                  quiet
                  label={t('limits.receiveFrom', { name })}
                  value={limits.receive}
                  onChange={(receive) => {
                    change(userId, { receive });
                  }}
                />
              </span>
              <span className={styles['pair']}>
                <span aria-hidden>{t('limits.sendShort')}</span>
                <RateField
                  quiet
                  label={t('limits.sendTo', { name })}
                  value={limits.send}
                  onChange={(send) => {
                    change(userId, { send });
                  }}
                />
              </span>
              <IconButton
                label={t('limits.removePerson', { name })}
                onClick={() => {
                  onChange(people.filter((one) => one.userId !== userId));
                }}
              >
                <X size={16} strokeWidth={1.75} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
