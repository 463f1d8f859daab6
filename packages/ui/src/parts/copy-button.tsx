import { Check, Copy } from 'lucide-react';
import { useEffect, useState, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from './button.js';
import styles from './text.module.css';

/** How long "Copied" stays. */
const copiedMs = 2000;

/** Copies; says so. `copied` goes back to false by itself. */
export function useCopy(text: string): { copied: boolean; copy: () => void } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => {
      setCopied(false);
    }, copiedMs);
    return () => {
      clearTimeout(timer);
    };
  }, [copied]);
  const copy = (): void => {
    writeClipboard(text).then(
      () => {
        setCopied(true);
      },
      () => {
        setCopied(false); // refused by the browser: the text is on the screen to be selected
      },
    );
  };
  return { copied, copy };
}

/** Over plain HTTP a page has no clipboard of its own: there it is the browser's old command. */
async function writeClipboard(text: string): Promise<void> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard) {
    await clipboard.writeText(text);
    return;
  }
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = styles['sr'] ?? '';
  // Beside what was pressed: outside of an open dialog nothing can be selected.
  (focused?.parentElement ?? document.body).append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else works in an insecure context
  const done = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  if (!done) throw new Error('the browser did not copy');
}

interface Props extends Pick<ComponentProps<typeof Button>, 'look'> {
  readonly text: string;
  readonly label: string;
}

export function CopyButton({ text, label, look = 'plain' }: Props) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy(text);
  return (
    <Button
      look={look}
      icon={copied ? <Check size={16} aria-hidden /> : <Copy size={16} strokeWidth={1.75} aria-hidden />}
      onClick={copy}
    >
      <span aria-live="polite">{copied ? t('common.copied') : label}</span>
    </Button>
  );
}

export function CopyIconButton({ text, label }: Omit<Props, 'look'>) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy(text);
  return (
    <IconButton label={copied ? t('common.copied') : label} onClick={copy}>
      {copied ? <Check size={16} aria-hidden /> : <Copy size={16} strokeWidth={1.75} aria-hidden />}
    </IconButton>
  );
}
