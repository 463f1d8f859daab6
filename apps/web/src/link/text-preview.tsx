import uiText from '@enxame/ui/parts/text.module.css';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './preview.module.css';

/** So much of a text is shown; the rest is in the file. */
const maxShownBytes = 64 * 1024;
const answerMs = 30_000;

interface Props {
  readonly src: string;
  readonly size: number;
  readonly label: string;
  readonly onError: () => void;
}

/** The beginning of a text, as text: whatever stands in it never becomes part of the page. */
export function TextPreview({ src, size, label, onError }: Props) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    readStart(src, AbortSignal.any([gone.signal, AbortSignal.timeout(answerMs)])).then(
      (start) => {
        if (start === null) onError();
        else setShown(start);
      },
      () => {
        if (!gone.signal.aborted) onError();
      },
    );
    return () => {
      gone.abort();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a new `onError` is no reason to read again
  }, [src]);
  if (shown === null) return <p className={uiText['meta']}>{t('common.loading')}</p>;
  return (
    <>
      <pre tabIndex={0} role="region" aria-label={label} dir="auto" className={styles['text']}>
        {shown}
      </pre>
      {size > maxShownBytes && <p className={uiText['meta']}>{t('link.previewCut')}</p>}
    </>
  );
}

/** Null: these bytes are no text. */
async function readStart(src: string, signal: AbortSignal): Promise<string | null> {
  const response = await fetch(src, { headers: { range: `bytes=0-${String(maxShownBytes - 1)}` }, signal });
  if (!response.ok) throw new Error(`HTTP ${String(response.status)}`);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  // A server that does not know ranges sends everything: no more than the beginning is taken.
  for (let read = await reader?.read(); read && !read.done && bytes < maxShownBytes; read = await reader?.read()) {
    parts.push(read.value);
    bytes += read.value.length;
  }
  await reader?.cancel();
  const start = new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer()).subarray(
    0,
    maxShownBytes,
  );
  return start.includes(0) ? null : new TextDecoder().decode(start, { stream: true });
}
