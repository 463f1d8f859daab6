import type { i18n as I18n } from 'i18next';
import type { StoreApi } from 'zustand/vanilla';
import type { AnnouncerState } from '../shell/announcer.js';
import { goTo, parseHash } from '../shell/route.js';
import type { ToastState } from '../shell/toast-store.js';
import type { CodeNews } from './follow-codes.js';

interface Deps {
  readonly i18n: I18n;
  readonly announcer: StoreApi<AnnouncerState>;
  readonly toasts: StoreApi<ToastState>;
}

/** Says what arrived by code; where its page is not on the screen, as a toast that leads there. */
export function tellCodes(news: CodeNews, { i18n, announcer, toasts }: Deps): void {
  const { offer } = news;
  const name = offer.kind === 'text' ? i18n.t('codes.aText') : offer.name;
  const title =
    news.kind === 'sent'
      ? i18n.t('codes.toastSent', {
          who: news.person ?? i18n.t('codes.receiver', { number: news.receiver }),
          name,
        })
      : offer.kind === 'text'
        ? i18n.t('codes.toastText')
        : i18n.t('codes.toastCame', { name });
  if (parseHash(window.location.hash).page === 'send') {
    announcer.getState().say(title);
    return;
  }
  toasts.getState().show({
    kind: 'ok',
    title,
    text: i18n.t('codes.receivedVerified'),
    action: {
      label: i18n.t('nav.send'),
      run: () => {
        goTo('send', news.kind === 'sent' ? news.id : 'receive');
      },
    },
  });
}
