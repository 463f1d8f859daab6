import type { DoctorCheck } from '@enxame/shared/engine/doctor';
import { CircleCheck, CircleMinus, LoaderCircle, OctagonX, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDescribeError, useFormat } from '@enxame/ui/i18n/i18n-context';
import { classNames } from '@enxame/ui/class-names';
import text from '@enxame/ui/parts/text.module.css';
import { textOfCheck, titleOfCheck } from './doctor-words.js';
import styles from './doctor.module.css';

const looks: Readonly<Record<DoctorCheck['state'], readonly [LucideIcon, string | undefined]>> = {
  checking: [LoaderCircle, text['faint']],
  pass: [CircleCheck, text['ok']],
  note: [CircleMinus, text['faint']],
  warn: [TriangleAlert, text['warn']],
  fail: [OctagonX, text['danger']],
};

/** What was found of this computer, each with its figures. */
export function DoctorChecks({ checks }: { checks: readonly DoctorCheck[] }) {
  const { t } = useTranslation();
  const count = (state: DoctorCheck['state']): number => checks.filter((check) => check.state === state).length;
  const isDone = count('checking') === 0;
  return (
    <section className={styles['computer']} aria-labelledby="doctor-computer">
      <div className={styles['computerHead']}>
        <h2 id="doctor-computer">{t('doctor.computer')}</h2>
        {isDone && (
          <span className={classNames(text['meta'], text['num'])}>
            {[
              t('doctor.sumFailed', { count: count('fail') }),
              t('doctor.sumWarned', { count: count('warn') }),
              t('doctor.sumPassed', { count: count('pass') }),
            ].join(' · ')}
          </span>
        )}
      </div>
      <ul className={styles['checks']}>
        {checks.map((check) => (
          <Check key={check.id} check={check} />
        ))}
      </ul>
    </section>
  );
}

function Check({ check }: { check: DoctorCheck }) {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useDescribeError();
  const [Icon, tint] = looks[check.state];
  const figures = textOfCheck(check, t, format);
  const { what, todo } = check.error ? describe(check.error) : { what: '', todo: '' };
  return (
    <li>
      <Icon
        size={16}
        strokeWidth={1.75}
        className={classNames(tint, check.state === 'checking' && styles['turning'])}
        aria-hidden
      />
      <span>
        <span className={text['sr']}>{t(`doctor.state.${check.state}`)}: </span>
        {titleOfCheck(check, t)}
      </span>
      {figures !== '' && <p className={text['num']}>{figures}</p>}
      {check.state === 'fail' && what !== '' && (
        <p>
          {what} {todo}
        </p>
      )}
    </li>
  );
}
