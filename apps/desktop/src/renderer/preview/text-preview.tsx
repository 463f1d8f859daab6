import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import text from '@enxame/ui/parts/text.module.css';
import { decodeText } from './decode-text.js';
import styles from './preview.module.css';
import type { OpenedPreview } from './use-preview.js';

/** What a person reads to see what it is; a browser that lays out more of it in one piece stands still. */
const maxTextBytes = 256 * 1024;

interface Props {
  readonly name: string;
  readonly opened: OpenedPreview;
  readonly onFailed: () => void;
}

/** Always as text, a web page or a script too: it becomes a text of this page, never a part of its document. */
export function TextPreview({ name, opened, onFailed }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [shown, setShown] = useState<string | null>(null);
  const { url, size } = opened;
  const part = Math.min(size, maxTextBytes);
  useEffect(() => {
    if (part === 0) return undefined;
    const abort = new AbortController();
    fetch(url, { headers: { range: `bytes=0-${String(part - 1)}` }, signal: abort.signal })
      .then(async (response) => {
        if (response.status !== 206) throw new Error(`the engine answered ${String(response.status)}`);
        setShown(decodeText(new Uint8Array(await response.arrayBuffer()), part < size));
      })
      .catch(() => {
        if (!abort.signal.aborted) onFailed();
      });
    return () => {
      abort.abort();
    };
  }, [url, part, size, onFailed]);
  if (size === 0) return <p className={text['meta']}>{t('preview.empty')}</p>;
  return (
    <>
      {/* Before its text is there it is empty, and told so. */}
      <pre
        className={styles['text']}
        dir="auto"
        tabIndex={0}
        role="region"
        aria-label={t('preview.text', { name })}
        aria-busy={shown === null}
      >
        {shown}
      </pre>
      {part < size && (
        <p className={text['meta']}>{t('preview.firstOf', { part: format.bytes(part), size: format.bytes(size) })}</p>
      )}
    </>
  );
}
