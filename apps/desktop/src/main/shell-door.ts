import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { answerRequest, type Answer, type Handlers } from '@enxame/shared/messages/request-table';
import { shellCalls, type ShellCalls } from '../bridge/shell-calls.js';
import { shellCallChannel } from '../bridge/shell-channels.js';
import { isPage } from './page-address.js';

export type ShellHandlers = Handlers<ShellCalls, WebContents>;

/** The one channel by which a page asks the main process for something. Answers our own page in a main frame, nobody else. */
export function openShellDoor(deps: {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly handlers: ShellHandlers;
  readonly isOurs: (contents: WebContents) => boolean;
  readonly onInternal: (error: unknown, call: string) => void;
}): void {
  deps.ipcMain.handle(shellCallChannel, async (event, name: unknown, payload: unknown): Promise<Answer> => {
    if (!deps.isOurs(event.sender) || !isFromPage(event)) {
      return { ok: false, error: toErrorInfo(new EnxameError('unauthorized')) };
    }
    return answerRequest(shellCalls, deps.handlers, { name, payload }, event.sender, deps.onInternal);
  });
}

/** A frame that went away in between (null) is nobody; a frame inside the page is not the page. */
function isFromPage({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isPage(senderFrame.url);
}
