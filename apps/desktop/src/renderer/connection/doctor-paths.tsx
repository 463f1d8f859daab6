import type { PersonPath } from '@enxame/shared/engine/doctor';
import { ChevronDown, ChevronRight, CircleDashed, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDescribeError, useFormat } from '@enxame/ui/i18n/i18n-context';
import { Avatar } from '@enxame/ui/parts/avatar';
import { IconButton } from '@enxame/ui/parts/button';
import { classNames } from '@enxame/ui/class-names';
import text from '@enxame/ui/parts/text.module.css';
import { PathKind } from '../files/path-kind.js';
import { PathDetails } from './path-details.js';
import { toMs, whyOf } from './doctor-words.js';
import styles from './doctor.module.css';

/** By which path each person online is reached, how far that is, and why not by a better one. */
export function DoctorPaths({ paths }: { paths: readonly PersonPath[] }) {
  const { t } = useTranslation();
  if (paths.length === 0) return <p className={classNames(styles['nobody'], text['meta'])}>{t('doctor.nobody')}</p>;
  return (
    <div role="table" aria-label={t('doctor.paths')}>
      <div role="rowgroup">
        <div className={classNames(styles['row'], styles['head'])} role="row">
          <span role="columnheader">{t('doctor.person')}</span>
          <span role="columnheader">{t('doctor.pathNow')}</span>
          <span role="columnheader" className={styles['right']}>
            {t('doctor.delay')}
          </span>
          <span role="columnheader">{t('doctor.why')}</span>
          <span role="columnheader">
            <span className={text['sr']}>{t('common.more')}</span>
          </span>
        </div>
      </div>
      <div role="rowgroup">
        {paths.map((path) => (
          <PathRow key={path.userId} path={path} />
        ))}
      </div>
    </div>
  );
}

function PathRow({ path }: { path: PersonPath }) {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useDescribeError();
  const [isOpen, setOpen] = useState(false);
  const why = path.error ? describe(path.error).what : whyOf(path, t);
  const canOpen = path.ways.length > 0;
  return (
    <>
      <div className={styles['row']} role="row">
        <span role="cell" className={styles['person']}>
          <Avatar name={path.userName} online size="small" />
          <span className={text['cut']} dir="auto" title={path.userName}>
            {path.userName}
          </span>
        </span>
        <span role="cell">
          <PathNow path={path} />
        </span>
        <span role="cell" className={classNames(styles['right'], text['meta'], text['num'])}>
          {path.delayMs !== null && t('doctor.fact.delay', { ms: toMs(path.delayMs, format) })}
        </span>
        <span role="cell" className={classNames(styles['why'], text['meta'])}>
          {why}
        </span>
        <span role="cell">
          {canOpen && (
            <IconButton
              label={t('doctor.details', { name: path.userName })}
              aria-expanded={isOpen}
              onClick={() => {
                setOpen(!isOpen);
              }}
            >
              {isOpen ? <ChevronDown size={16} aria-hidden /> : <ChevronRight size={16} aria-hidden />}
            </IconButton>
          )}
        </span>
      </div>
      {isOpen && canOpen && (
        <div className={styles['more']} role="row">
          <div role="cell">
            <PathDetails path={path} />
          </div>
        </div>
      )}
    </>
  );
}

function PathNow({ path: { state, path } }: { path: PersonPath }) {
  const { t } = useTranslation();
  if (path !== null) return <PathKind kind={path} />;
  const isChecking = state === 'checking';
  const Icon = isChecking ? LoaderCircle : CircleDashed;
  return (
    <span className={classNames(styles['none'], text['meta'])}>
      <Icon size={14} strokeWidth={1.75} className={isChecking ? styles['turning'] : undefined} aria-hidden />
      {isChecking ? t('doctor.checking') : t('doctor.notConnected')}
    </span>
  );
}
