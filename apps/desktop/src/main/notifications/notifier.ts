import type { Notification, NotificationConstructorOptions } from 'electron';
import type { Language } from '@enxame/shared/language';
import type { Clock } from '../clock.js';
import { groupOf, toNotice, type Notice, type NoticeDeed } from './notice.js';
import type { News } from './news.js';

/** What comes in so short a time is told together: a folder of files is one notification. */
const gatherMs = 1500;
/** Those that the system still shows, or keeps in its list. Without a hold on it a notification loses its buttons. */
const maxHeld = 50;

export interface Notifier {
  add(news: readonly News[]): void;
  /** Shows one at once. */
  show(notice: Notice): void;
  close(): void;
}

/** Tells news as notifications of the system, gathered by kind and person. Whether they are wanted is asked elsewhere. */
export function createNotifier(deps: {
  readonly create: (options: NotificationConstructorOptions) => Notification;
  readonly isSupported: () => boolean;
  readonly clock: Clock;
  readonly language: () => Language;
  readonly open: (page: Notice['page']) => void;
  readonly run: (deed: NoticeDeed) => void;
}): Notifier {
  const groups = new Map<string, [News, ...News[]]>();
  const held = new Set<Notification>();
  let callOff: (() => void) | undefined;

  function show({ title, body, page, deeds }: Notice): void {
    if (!deps.isSupported()) return; // a system without notifications has nobody to tell
    const actions = deeds.map(({ label }) => ({ type: 'button' as const, text: label }));
    const notification = deps.create({ title, body, actions });
    notification.on('click', () => {
      deps.open(page);
    });
    notification.on('action', ({ actionIndex }) => {
      const chosen = deeds[actionIndex];
      if (chosen) deps.run(chosen.deed);
    });
    notification.on('close', () => held.delete(notification));
    held.add(notification);
    for (const oldest of held) {
      if (held.size <= maxHeld) break;
      held.delete(oldest);
    }
    notification.show();
  }

  function tell(): void {
    callOff = undefined;
    for (const group of groups.values()) show(toNotice(group, deps.language()));
    groups.clear();
  }

  return {
    add: (news) => {
      for (const one of news) {
        const group = groups.get(groupOf(one));
        if (group) group.push(one);
        else groups.set(groupOf(one), [one]);
      }
      if (groups.size > 0) callOff ??= deps.clock.after(gatherMs, tell);
    },
    show,
    close: () => {
      callOff?.();
      groups.clear();
      held.clear();
    },
  };
}
