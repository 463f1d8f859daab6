import type { Share } from '@enxame/shared/engine/share';
import { OctagonX, X } from 'lucide-react';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { FileIcon } from '@enxame/ui/parts/file-icon';
import { useDescribeError, useFormat } from '@enxame/ui/i18n/i18n-context';
import { fraction } from '@enxame/ui/i18n/format';
import { Button, IconButton } from '@enxame/ui/parts/button';
import { classNames } from '@enxame/ui/class-names';
import { FileName } from '@enxame/ui/parts/file-name';
import { Progress } from '@enxame/ui/parts/progress';
import text from '@enxame/ui/parts/text.module.css';
import { useApp } from '../shell/app-context.js';
import styles from './share-tray.module.css';

/** So many lines are shown; a folder of thousands is told by its count. */
const maxLines = 20;

/** What is on its way into the catalogue, and what did not get there: copied, read, refused, no longer what it was. */
export const ShareTray = memo(function ShareTray() {
  const { t } = useTranslation();
  const { adder, shares } = useApp();
  const { uploads, refused } = useStore(adder.state);
  const known = useStore(shares, (state) => state.shares);
  const { hashing, broken } = useMemo(() => {
    const all = [...known.values()];
    return {
      hashing: all.filter(({ state }) => state === 'hashing'),
      broken: all.filter(({ state }) => state === 'broken'),
    };
  }, [known]);
  const preparing = uploads.length + hashing.length;
  if (preparing + refused.length + broken.length === 0) return null;
  return (
    <section className={styles['tray']} aria-label={t('share.tray')} tabIndex={0}>
      {preparing > 0 && (
        <>
          <h2 className={styles['head']}>
            <span role="status">{t('share.preparing', { count: preparing })}</span>
          </h2>
          <ul>
            {uploads.slice(0, maxLines).map((item) => (
              <Line
                key={item.id}
                name={item.name}
                done={item.bytesSent}
                total={item.size}
                word={item.started ? t('share.uploading') : t('share.waiting')}
                onCancel={() => {
                  adder.cancelUpload(item.id);
                }}
                cancelLabel={t('share.cancelUpload', { name: item.name })}
              />
            ))}
            {hashing.slice(0, maxLines).map((share) => (
              <Line
                key={share.id}
                name={share.name}
                done={share.bytesHashed}
                total={share.size}
                word={share.bytesHashed > 0 ? t('share.hashing') : t('share.waiting')}
              />
            ))}
          </ul>
        </>
      )}
      {refused.length > 0 && (
        <>
          <h2 className={classNames(styles['head'], text['danger'])}>
            <OctagonX size={14} aria-hidden />
            {t('share.refused', { count: refused.length })}
            <Button look="link" onClick={adder.dismissRefused}>
              {t('common.dismiss')}
            </Button>
          </h2>
          <ul>
            {refused.slice(0, maxLines).map(({ id, path, error }) => (
              <Problem key={id} where={path} error={error} />
            ))}
          </ul>
        </>
      )}
      {broken.length > 0 && (
        <>
          <h2 className={classNames(styles['head'], text['danger'])}>
            <OctagonX size={14} aria-hidden />
            {t('share.broken', { count: broken.length })}
          </h2>
          <ul>
            {broken.slice(0, maxLines).map((share) => (
              <Broken key={share.id} share={share} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
});

interface LineProps {
  readonly name: string;
  readonly done: number;
  readonly total: number;
  readonly word: string;
  readonly onCancel?: () => void;
  readonly cancelLabel?: string;
}

function Line({ name, done, total, word, onCancel, cancelLabel }: LineProps) {
  const format = useFormat();
  const words = `${word} ${format.percent(done, total)}`;
  return (
    <li className={styles['item']}>
      <FileIcon name={name} />
      <FileName name={name} />
      <Progress state="moving" part={total === 0 ? 0 : fraction(done, total)} label={name} text={words} thin />
      <span className={classNames(styles['end'], text['num'])}>{words}</span>
      {onCancel && cancelLabel !== undefined ? (
        <IconButton label={cancelLabel} onClick={onCancel}>
          <X size={14} aria-hidden />
        </IconButton>
      ) : (
        <span />
      )}
    </li>
  );
}

function Problem({ where, error }: { where: string; error: NonNullable<Share['error']> }) {
  const { what, todo } = useDescribeError()(error);
  return (
    <li className={styles['problem']}>
      <span />
      <div>
        <strong dir="auto">{what}</strong> {todo}
        {!what.includes(where) && <div className={classNames(text['mono'], text['meta'])}>{where}</div>}
      </div>
      <div />
    </li>
  );
}

function Broken({ share }: { share: Share }) {
  const { t } = useTranslation();
  const { link, adder } = useApp();
  const describe = useDescribeError();
  const { what, todo } = describe(share.error ?? { code: 'file-vanished', params: { name: share.name } });
  const remove = (): Promise<unknown> => link.call('share:remove', { id: share.id });
  return (
    <li className={styles['problem']}>
      <span />
      <div>
        <strong dir="auto">{what}</strong> {todo}
        <div className={classNames(text['mono'], text['meta'])}>{share.path}</div>
      </div>
      <div>
        <Button
          onClick={() => {
            void remove().then(
              () => adder.sharePaths([share.path], share.visibility),
              () => undefined,
            ); // without the engine its banner says so
          }}
        >
          {t('share.shareAgain')}
        </Button>
        <Button
          look="ghost"
          onClick={() => {
            void remove().catch(() => undefined); // without the engine its banner says so
          }}
        >
          {t('details.stop')}
        </Button>
      </div>
    </li>
  );
}
