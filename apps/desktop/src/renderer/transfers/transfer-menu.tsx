import { transferPriorities, type Transfer } from '@enxame/shared/engine/transfer';
import { ArrowDown, ArrowUp, ChevronsUp, Circle, CircleDot, Ellipsis, Eye, Gauge } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import button from '@enxame/ui/parts/button.module.css';
import { classNames } from '@enxame/ui/class-names';
import menu from '../parts/menu.module.css';
import { useApp } from '../shell/app-context.js';
import { PreviewDialog } from '../preview/preview-dialog.js';
import { canPreview } from '../preview/can-preview.js';
import { queueOf, stepBefore } from './transfer-facts.js';
import { TransferLimitDialog } from './transfer-limit-dialog.js';
import type { TransferActions } from './use-transfer-actions.js';
import { useWords } from '@enxame/ui/i18n/i18n-context';

interface Props {
  readonly transfer: Transfer;
  readonly actions: TransferActions;
}

/** Order, priority and limit of one transfer. What is sent has only a limit: its receiver says the rest. */
export function TransferMenu({ transfer, actions }: Props) {
  const { t } = useWords();
  const [limiting, setLimiting] = useState(false);
  const [looking, setLooking] = useState(false);
  const label = t('transfers.moreFor', { name: transfer.name });
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          className={classNames(button['btn'], button['icon'], button['ghost'])}
          aria-label={label}
          title={t('common.more')}
        >
          <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Content className={menu['menu']} align="end" sideOffset={4} collisionPadding={8}>
          {canPreview(transfer) && (
            <DropdownMenu.Item
              className={menu['item']}
              onSelect={() => {
                setLooking(true);
              }}
            >
              <Eye size={16} strokeWidth={1.75} className={menu['mark']} aria-hidden />
              <span>{t('preview.open')}</span>
            </DropdownMenu.Item>
          )}
          {transfer.direction === 'receive' && <OrderItems transfer={transfer} actions={actions} />}
          <DropdownMenu.Item
            className={menu['item']}
            onSelect={() => {
              setLimiting(true);
            }}
          >
            <Gauge size={16} strokeWidth={1.75} className={menu['mark']} aria-hidden />
            <span>{t('transfers.limitOwn')}</span>
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Root>
      {looking && (
        <PreviewDialog
          content={transfer}
          onClose={() => {
            setLooking(false);
          }}
        />
      )}
      {limiting && (
        <TransferLimitDialog
          transfer={transfer}
          onSet={(bytesPerSecond) => {
            actions.limit(transfer, bytesPerSecond);
          }}
          onClose={() => {
            setLimiting(false);
          }}
        />
      )}
    </>
  );
}

function OrderItems({ transfer, actions }: Props) {
  const { t } = useWords();
  const { transfers } = useApp();
  const words = {
    high: t('transfers.priorityHigh'),
    normal: t('transfers.priorityNormal'),
    low: t('transfers.priorityLow'),
  };
  // As it is when the menu opens: the queue may change behind it, and the engine has the last word.
  const queue = queueOf(transfers.getState().transfers.values());
  const first = queue[0];
  const place = queue.findIndex(({ id }) => id === transfer.id);
  const step = (by: -1 | 1): void => {
    const before = stepBefore(queue, transfer.id, by);
    if (before !== undefined) actions.move(transfer, before);
  };
  return (
    <>
      {place >= 0 && queue.length > 1 && (
        <>
          <DropdownMenu.Item
            className={menu['item']}
            disabled={place === 0}
            onSelect={() => {
              if (first) actions.move(transfer, first);
            }}
          >
            <ChevronsUp size={16} strokeWidth={1.75} className={menu['mark']} aria-hidden />
            <span>{t('transfers.moveFirst')}</span>
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className={menu['item']}
            disabled={place === 0}
            onSelect={() => {
              step(-1);
            }}
          >
            <ArrowUp size={16} strokeWidth={1.75} className={menu['mark']} aria-hidden />
            <span>{t('transfers.moveUp')}</span>
            <kbd className={menu['keys']}>Alt ↑</kbd>
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className={menu['item']}
            disabled={place === queue.length - 1}
            onSelect={() => {
              step(1);
            }}
          >
            <ArrowDown size={16} strokeWidth={1.75} className={menu['mark']} aria-hidden />
            <span>{t('transfers.moveDown')}</span>
            <kbd className={menu['keys']}>Alt ↓</kbd>
          </DropdownMenu.Item>
          <DropdownMenu.Separator className={menu['line']} />
        </>
      )}
      <DropdownMenu.Label className={menu['label']}>{t('transfers.priority')}</DropdownMenu.Label>
      <DropdownMenu.RadioGroup
        value={transfer.priority}
        onValueChange={(value) => {
          const priority = transferPriorities.find((known) => known === value);
          if (priority) actions.prioritise(transfer, priority);
        }}
      >
        {transferPriorities.map((priority) => (
          <DropdownMenu.RadioItem key={priority} value={priority} className={menu['item']}>
            {priority === transfer.priority ? (
              <CircleDot size={16} strokeWidth={1.75} className={menu['mark']} aria-hidden />
            ) : (
              <Circle size={16} strokeWidth={1.75} className={menu['mark']} aria-hidden />
            )}
            <span>{words[priority]}</span>
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
      <DropdownMenu.Separator className={menu['line']} />
    </>
  );
}
