import { maxCodePaths } from '@enxame/shared/engine/code-calls';
import { maxCodeFilesPage, type CodeFile, type CodeId } from '@enxame/shared/engine/code';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { Button } from '@enxame/ui/parts/button';
import { ErrorCallout } from '@enxame/ui/parts/callout';
import { classNames } from '@enxame/ui/class-names';
import { Dialog } from '@enxame/ui/parts/dialog';
import { Hint } from '@enxame/ui/parts/field';
import { SearchBox } from '@enxame/ui/parts/search-box';
import text from '@enxame/ui/parts/text.module.css';
import { useApp } from '../shell/app-context.js';
import styles from './receive.module.css';

const rowHeight = 36;

interface Props {
  readonly id: CodeId;
  readonly chosen: ReadonlyMap<string, CodeFile> | null;
  /** Null: everything. */
  readonly onChoose: (files: ReadonlyMap<string, CodeFile> | null) => void;
  readonly onClose: () => void;
}

/** The files of an offered folder, before anything of it is here. */
export function ChooseFiles({ id, chosen, onChoose, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { files, total, error } = useContents(id);
  const [picked, setPicked] = useState<ReadonlyMap<string, CodeFile> | null>(chosen);
  const [filter, setFilter] = useState('');
  const shown = useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    return wanted === '' ? files : files.filter(({ path }) => path.toLowerCase().includes(wanted));
  }, [files, filter]);
  const isPicked = (file: CodeFile): boolean => picked === null || picked.has(file.path);
  const toggle = (file: CodeFile): void => {
    const next = new Map(picked ?? files.map((one) => [one.path, one]));
    if (!next.delete(file.path)) next.set(file.path, file);
    setPicked(next.size === total ? null : next);
  };
  const size = picked ? [...picked.values()].reduce((sum, file) => sum + file.size, 0) : 0;
  const tooMany = picked !== null && picked.size > maxCodePaths;
  const complete = total !== null && files.length === total;
  return (
    <Dialog
      title={t('codes.chooseTitle')}
      onClose={onClose}
      wide
      actions={
        <>
          {picked !== null && (
            <span className={classNames(text['meta'], text['num'])}>
              {t('codes.chosen', { count: picked.size, size: format.bytes(size) })}
            </span>
          )}
          <Button
            look="ink"
            disabled={!complete || tooMany || picked?.size === 0}
            onClick={() => {
              onChoose(picked);
            }}
          >
            {t('codes.chooseThese')}
          </Button>
        </>
      }
    >
      {error !== null && <ErrorCallout error={error} />}
      <div className={styles['chooseHead']}>
        <SearchBox
          label={t('codes.chooseFilter')}
          placeholder={t('codes.chooseFilter')}
          clearLabel={t('files.clearSearch')}
          value={filter}
          maxLength={255}
          inputRef={null}
          onChange={setFilter}
        />
        <label className={styles['pick']}>
          <input
            type="checkbox"
            checked={picked === null}
            disabled={!complete}
            onChange={() => {
              setPicked(picked === null ? new Map() : null);
            }}
          />
          {t('codes.chooseAll')}
        </label>
      </div>
      <FileList files={shown} isPicked={isPicked} onToggle={toggle} disabled={!complete} />
      {tooMany && <Hint kind="bad">{t('codes.atMost', { count: maxCodePaths })}</Hint>}
    </Dialog>
  );
}

interface ListProps {
  readonly files: readonly CodeFile[];
  readonly isPicked: (file: CodeFile) => boolean;
  readonly onToggle: (file: CodeFile) => void;
  readonly disabled: boolean;
}

function FileList({ files, isPicked, onToggle, disabled }: ListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const scroll = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: files.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  return (
    <div ref={scroll} className={styles['choose']} role="group" aria-label={t('codes.chooseTitle')}>
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const file = files[index];
          if (!file) return null;
          return (
            <label
              key={file.path}
              className={classNames(styles['pick'], styles['pickRow'])}
              style={{ transform: `translateY(${String(start)}px)` }}
            >
              <input
                type="checkbox"
                checked={isPicked(file)}
                disabled={disabled}
                onChange={() => {
                  onToggle(file);
                }}
              />
              <span className={text['cut']} dir="auto" title={file.path}>
                {file.path}
              </span>
              <span className={classNames(text['meta'], text['num'])}>{format.bytes(file.size)}</span>
            </label>
          );
        })}
      </div>
    </div>
  );
}

/** All files of an offer, page by page. */
function useContents(id: CodeId) {
  const { link } = useApp();
  const [state, setState] = useState<{ files: readonly CodeFile[]; total: number | null; error: unknown }>({
    files: [],
    total: null,
    error: null,
  });
  useEffect(() => {
    let gone = false;
    const load = async (): Promise<void> => {
      let files: readonly CodeFile[] = [];
      for (;;) {
        const page = await link.call('code:contents', { id, offset: files.length, limit: maxCodeFilesPage });
        if (gone) return;
        files = [...files, ...page.files];
        setState({ files, total: page.total, error: null });
        if (files.length >= page.total || page.files.length === 0) return;
      }
    };
    load().catch((error: unknown) => {
      if (!gone) setState((before) => ({ ...before, error }));
    });
    return () => {
      gone = true;
    };
  }, [link, id]);
  return state;
}
