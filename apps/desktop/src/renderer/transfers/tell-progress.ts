import { describeError } from '@enxame/shared/errors/describe-error';
import type { i18n as I18n } from 'i18next';
import type { StoreApi } from 'zustand/vanilla';
import { createFormat } from '@enxame/ui/i18n/format';
import type { AnnouncerState } from '../shell/announcer.js';
import type { ToastState } from '../shell/toast-store.js';
import type { Announcement } from './announce-progress.js';

interface Deps {
  readonly i18n: I18n;
  readonly announcer: StoreApi<AnnouncerState>;
  readonly toasts: StoreApi<ToastState>;
  readonly onShow: () => void;
}

/** Says an announcement in the language of now; what arrived verified also shows as a toast. */
export function tellProgress(announcement: Announcement, { i18n, announcer, toasts, onShow }: Deps): void {
  const { transfer } = announcement;
  const { name } = transfer;
  const language = i18n.language === 'pt-BR' ? 'pt-BR' : 'en';
  const format = createFormat(language);
  const { say } = announcer.getState();
  switch (announcement.kind) {
    case 'start':
      say(i18n.t('transfers.saidStart', { name }));
      return;
    case 'percent':
      say(i18n.t('transfers.saidPercent', { name, percent: format.percent(announcement.quarter, 100) }));
      return;
    case 'checking':
      say(i18n.t('transfers.saidChecking', { name }));
      return;
    case 'failed':
      say(
        i18n.t('transfers.saidFailed', {
          name,
          what: describeError(transfer.error ?? { code: 'internal' }, language).what,
        }),
      );
      return;
    case 'verified':
      toasts.getState().show({
        kind: 'ok',
        title: i18n.t('transfers.toastVerified', { name }),
        text: i18n.t('transfers.toastVerifiedFrom', { size: format.bytes(transfer.size), name: transfer.personName }),
        action: { label: i18n.t('nav.transfers'), run: onShow },
      });
  }
}
