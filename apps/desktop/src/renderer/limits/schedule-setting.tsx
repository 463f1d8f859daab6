import type { Limits, RateLimits } from '@enxame/shared/engine/limits';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { Hint } from '@enxame/ui/parts/field';
import { RateField } from '../parts/rate-field.js';
import { useApp } from '../shell/app-context.js';
import styles from './limits-settings.module.css';
import { commonest, fromWeek, isOnHours, isSameLimits, replaceLimits, toWeek, type Week } from './week.js';
import { WeekGrid } from './week-grid.js';

interface Props {
  readonly schedule: Limits['schedule'];
  readonly onChange: (schedule: Limits['schedule']) => void;
}

/** What is painted when nothing was yet: enough for pages and calls, on most lines. */
const firstBrush: RateLimits = { receive: 10_000_000, send: 2_000_000 };

/** Hours of the week with limits of their own. */
export function ScheduleSetting({ schedule, onChange }: Props) {
  const { t } = useTranslation();
  const { toasts } = useApp();
  const format = useFormat();
  const week = toWeek(schedule);
  const [chosen, setChosen] = useState<RateLimits | null>(null);
  const brush = chosen ?? commonest(week) ?? firstBrush;
  const others = week.flat().find((cell) => cell !== null && !isSameLimits(cell, brush));
  const save = (next: Week): void => {
    const rules = fromWeek(next);
    if (rules) onChange(rules);
    else toasts.getState().show({ kind: 'plain', title: t('limits.tooMany') });
  };
  const setBrush = (next: RateLimits): void => {
    setChosen(next);
    if (week.flat().some((cell) => isSameLimits(cell, brush))) save(replaceLimits(week, brush, next));
  };
  const wordsOf = ({ receive, send }: RateLimits): string =>
    [
      `${t('limits.receiveUpTo')} ${receive === null ? t('limits.none') : format.rate(receive)}`,
      `${t('limits.sendUpTo')} ${send === null ? t('limits.none') : format.rate(send)}`,
    ].join(', ');
  return (
    <div>
      <h3 className={styles['sub']}>{t('limits.schedule')}</h3>
      <WeekGrid week={week} brush={brush} wordsOf={wordsOf} onPaint={save} />
      <div className={styles['legend']}>
        <span>
          <i aria-hidden /> {t('limits.keyUsual')}
        </span>
        <span>
          <i className={styles['marked']} aria-hidden /> {t('limits.keyMarked')}
        </span>
        {others && (
          <span>
            <i className={styles['other']} aria-hidden /> {t('limits.keyOther')}
          </span>
        )}
        <span className={styles['how']}>{t('limits.scheduleHow')}</span>
      </div>
      <div className={styles['fields']} role="group" aria-label={t('limits.inMarked')}>
        <span>{t('limits.inMarked')}</span>
        <RateField
          icon={<ArrowDown size={14} aria-hidden />}
          label={t('limits.receiveUpTo')}
          value={brush.receive}
          onChange={(receive) => {
            setBrush({ ...brush, receive });
          }}
        />
        <RateField
          icon={<ArrowUp size={14} aria-hidden />}
          label={t('limits.sendUpTo')}
          value={brush.send}
          onChange={(send) => {
            setBrush({ ...brush, send });
          }}
        />
        {schedule.length > 0 && (
          <Button
            look="link"
            onClick={() => {
              onChange([]);
              toasts.getState().show({
                kind: 'plain',
                title: t('limits.scheduleCleared'),
                action: {
                  label: t('common.undo'),
                  run: () => {
                    onChange(schedule);
                  },
                },
              });
            }}
          >
            {t('limits.clearSchedule')}
          </Button>
        )}
      </div>
      {!isOnHours(schedule) && <Hint>{t('limits.roundsHours')}</Hint>}
    </div>
  );
}
