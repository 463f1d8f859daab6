import type { Preflight } from '@enxame/shared/engine/preflight';
import type { Transfer } from '@enxame/shared/engine/transfer';
import type { i18n as I18n } from 'i18next';
import type { StoreApi } from 'zustand/vanilla';
import { createFormat } from '@enxame/ui/i18n/format';
import type { ToastState } from '../shell/toast-store.js';

interface Deps {
  readonly i18n: I18n;
  readonly toasts: StoreApi<ToastState>;
}

/** Says, without asking anything, why less travels than the size of what was chosen. */
export function tellHere(preflight: Preflight, { name, path }: Transfer, { i18n, toasts }: Deps): void {
  const format = createFormat(i18n.language === 'pt-BR' ? 'pt-BR' : 'en');
  const { files, filesHere, bytesHere, bytesToFetch } = preflight;
  const size = format.bytes(bytesToFetch);
  const { show } = toasts.getState();
  if (preflight.collision === 'same') {
    show({ kind: 'ok', title: i18n.t('preflight.allHere', { name }), ...(path !== null && { text: path }) });
  } else if (files !== null && filesHere !== null) {
    show({ kind: 'plain', title: name, text: i18n.t('preflight.filesHere', { done: filesHere, total: files, size }) });
  } else {
    show({ kind: 'plain', title: name, text: i18n.t('preflight.bytesHere', { done: format.bytes(bytesHere), size }) });
  }
}
