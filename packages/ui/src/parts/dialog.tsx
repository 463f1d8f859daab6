import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.js';
import { classNames } from '../class-names.js';
import styles from './dialog.module.css';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  /** As large as the window lets it be: for something to look at. */
  readonly full?: boolean;
  readonly children: ReactNode;
  /** The row of buttons at its end. */
  readonly actions?: ReactNode;
}

/** A layer over the page. The platform's own: it keeps the focus, closes on Esc, and gives the focus back. */
export function Dialog({ title, onClose, wide, full, children, actions }: Props) {
  const { t } = useTranslation();
  const ref = useModal();
  const id = useId();
  return (
    <dialog
      ref={ref}
      className={classNames(styles['dialog'], wide && styles['wide'], full && styles['full'])}
      aria-labelledby={id}
      tabIndex={-1}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close(); // outside of its content: the backdrop
      }}
    >
      <div className={styles['head']}>
        <h2 id={id} dir="auto">
          {title}
        </h2>
        <Button
          look="ghost"
          aria-label={t('common.close')}
          title={t('common.close')}
          onClick={() => {
            ref.current?.close();
          }}
        >
          <X size={16} strokeWidth={1.75} aria-hidden />
        </Button>
      </div>
      {children}
      {actions !== undefined && <div className={styles['do']}>{actions}</div>}
    </dialog>
  );
}

interface ConfirmProps {
  readonly title: string;
  readonly text: ReactNode;
  /** The safe choice; has the focus first. */
  readonly keep: string;
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly destructive?: boolean;
}

/** Only to decide something that cannot be undone. */
export function ConfirmDialog({ title, text, keep, confirm, onConfirm, onClose, destructive = true }: ConfirmProps) {
  const ref = useModal();
  const id = useId();
  return (
    <dialog
      ref={ref}
      className={styles['dialog']}
      role="alertdialog"
      aria-labelledby={id}
      aria-describedby={`${id}-text`}
      onClose={onClose}
    >
      <h2 id={id} dir="auto">
        {title}
      </h2>
      <p id={`${id}-text`}>{text}</p>
      <div className={styles['do']}>
        <Button
          data-first
          onClick={() => {
            ref.current?.close();
          }}
        >
          {keep}
        </Button>
        <Button
          look={destructive ? 'danger' : 'ink'}
          onClick={() => {
            onConfirm();
            ref.current?.close();
          }}
        >
          {confirm}
        </Button>
      </div>
    </dialog>
  );
}

function useModal(): RefObject<HTMLDialogElement | null> {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog || dialog.open) return;
    dialog.showModal();
    // The safe choice of a decision has the focus; elsewhere the dialog itself, so that reading begins with its title.
    const first = dialog.querySelector<HTMLElement>('[data-first]') ?? dialog;
    first.focus();
  }, []);
  return ref;
}
