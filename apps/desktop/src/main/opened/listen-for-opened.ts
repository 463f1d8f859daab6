import type { App } from 'electron';
import type { ShellMessage } from '../../bridge/shell-messages.js';
import { openedLink, readStart, startSchema, type Opened, type Start } from './opened.js';

interface Receiver {
  open(): void;
  tell(message: ShellMessage): void;
  /** Whether a start without a window is possible. */
  readonly startsHidden: boolean;
}

/**
 * Hears of what is opened with the program: by this start, by later ones, and by the system (macOS), which may speak
 * before anything is ready. Called in the first turn; what came early is delivered when there is a window to show it.
 */
export function listenForOpened(deps: {
  readonly app: Pick<App, 'on'>;
  readonly start: Start;
  readonly log: (error: unknown) => void;
}): { deliver(receiver: Receiver): void } {
  const { app } = deps;
  const early: Opened[] = [];
  let take = (opened: Opened): void => void early.push(opened);

  app.on('second-instance', (_event, _argv, _folder, data) => {
    const start = startSchema.safeParse(data);
    if (!start.success) deps.log(start.error);
    // Whoever starts the program again wants to see it, whatever else the start said.
    take(start.success ? readStart(start.data) : { hidden: false, messages: [] });
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    take({ hidden: false, messages: [openedLink(url)] });
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    take({ hidden: false, messages: [{ kind: 'paths', paths: [path] }] });
  });

  return {
    deliver: (receiver) => {
      take = ({ hidden, messages }) => {
        if (!hidden && messages.length === 0) receiver.open();
        for (const message of messages) receiver.tell(message);
      };
      const first = readStart(deps.start);
      take({ ...first, hidden: first.hidden && receiver.startsHidden });
      for (const opened of early.splice(0)) take(opened);
    },
  };
}
