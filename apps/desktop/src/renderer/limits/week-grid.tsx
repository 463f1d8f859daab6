import type { RateLimits } from '@enxame/shared/engine/limits';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@enxame/ui/i18n/i18n-context';
import { classNames } from '@enxame/ui/class-names';
import text from '@enxame/ui/parts/text.module.css';
import { isSameLimits, paint, type Week } from './week.js';
import styles from './week-grid.module.css';

interface Props {
  readonly week: Week;
  /** What is painted. */
  readonly brush: RateLimits;
  /** The limits of an hour, in words. */
  readonly wordsOf: (limits: RateLimits) => string;
  readonly onPaint: (week: Week) => void;
}

interface Place {
  readonly day: number;
  readonly hour: number;
}

/** Monday first. */
const days = [1, 2, 3, 4, 5, 6, 0] as const;
const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** The hours of a week, to be painted by dragging, or by arrows and Space. One Tab stop. */
export function WeekGrid({ week, brush, wordsOf, onPaint }: Props) {
  const { t } = useTranslation();
  const names = useDayNames();
  const grid = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<Place>({ day: 1, hour: 8 });
  const [stroke, setStroke] = useState<{ readonly from: Place; readonly to: Place; readonly erase: boolean } | null>(
    null,
  );
  const painted = stroke ? paint(week, between(stroke.from, stroke.to), stroke.erase ? null : brush) : week;
  const isMarked = ({ day, hour }: Place): boolean => isSameLimits(week[day]?.[hour] ?? null, brush);

  const start = (event: PointerEvent): void => {
    const place = placeOf(event.target);
    if (!place || event.button !== 0) return;
    grid.current?.setPointerCapture(event.pointerId);
    setCursor(place);
    setStroke({ from: place, to: place, erase: isMarked(place) });
  };
  const move = (event: PointerEvent): void => {
    if (!stroke) return;
    // Captured, so the target is the grid: the place is what lies under the pointer.
    const place = placeOf(document.elementFromPoint(event.clientX, event.clientY));
    if (place) setStroke({ ...stroke, to: place });
  };
  const end = (): void => {
    if (!stroke) return;
    setStroke(null);
    onPaint(painted);
  };
  const handleKey = (event: KeyboardEvent): void => {
    const row = days.findIndex((day) => day === cursor.day);
    const go = (day: number | undefined, hour: number): void => {
      if (day === undefined || hour < 0 || hour > 23) return;
      setCursor({ day, hour });
      grid.current?.querySelector<HTMLElement>(`[data-day="${String(day)}"][data-hour="${String(hour)}"]`)?.focus();
    };
    if (event.key === 'ArrowLeft') go(cursor.day, cursor.hour - 1);
    else if (event.key === 'ArrowRight') go(cursor.day, cursor.hour + 1);
    else if (event.key === 'ArrowUp') go(days[row - 1], cursor.hour);
    else if (event.key === 'ArrowDown') go(days[row + 1], cursor.hour);
    else if (event.key === 'Home') go(cursor.day, 0);
    else if (event.key === 'End') go(cursor.day, 23);
    else if (event.key === ' ' || event.key === 'Enter')
      onPaint(paint(week, [cursor], isMarked(cursor) ? null : brush));
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={grid}
      className={styles['week']}
      role="grid"
      aria-label={t('limits.scheduleGrid')}
      onPointerDown={start}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={() => {
        setStroke(null);
      }}
      onKeyDown={handleKey}
    >
      <div className={styles['row']} role="row">
        <span role="columnheader">
          <span className={text['sr']}>{t('limits.schedule')}</span>
        </span>
        {hours.map((hour) => (
          <span key={hour} role="columnheader">
            {hour % 6 === 0 ? `${String(hour)} h` : <span className={text['sr']}>{hour} h</span>}
          </span>
        ))}
      </div>
      {days.map((day) => (
        <div key={day} className={styles['row']} role="row">
          <b role="rowheader">{names.short[day]}</b>
          {hours.map((hour) => {
            const cell = painted[day]?.[hour] ?? null;
            const marked = isSameLimits(cell, brush);
            return (
              <i
                key={hour}
                role="gridcell"
                data-day={day}
                data-hour={hour}
                tabIndex={cursor.day === day && cursor.hour === hour ? 0 : -1}
                aria-selected={cell !== null}
                aria-label={t('limits.cell', {
                  day: names.long[day],
                  hour,
                  what: cell === null ? t('limits.cellUsual') : wordsOf(cell),
                })}
                className={classNames(cell !== null && (marked ? styles['marked'] : styles['other']))}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

function placeOf(target: EventTarget | null): Place | null {
  if (!(target instanceof HTMLElement) || target.dataset['day'] === undefined) return null;
  return { day: Number(target.dataset['day']), hour: Number(target.dataset['hour']) };
}

/** The block of hours between two corners, as the days are shown. */
function between(a: Place, b: Place): Place[] {
  const row = ({ day }: Place): number => days.findIndex((one) => one === day);
  const [top, bottom] = [row(a), row(b)].sort((one, two) => one - two);
  const [left, right] = [a.hour, b.hour].sort((one, two) => one - two);
  return days
    .slice(top, (bottom ?? 0) + 1)
    .flatMap((day) => hours.slice(left, (right ?? 0) + 1).map((hour) => ({ day, hour })));
}

/** By day number: 0 is Sunday. */
function useDayNames(): { short: string[]; long: string[] } {
  const language = useLanguage();
  const name = (style: 'short' | 'long') =>
    // 2023-01-01 was a Sunday.
    [0, 1, 2, 3, 4, 5, 6].map((day) =>
      new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' })
        .format(Date.UTC(2023, 0, 1 + day))
        .replace(/\.$/, ''),
    );
  return { short: name('short'), long: name('long') };
}
