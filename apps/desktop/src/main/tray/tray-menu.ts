import type { MenuItemConstructorOptions } from 'electron';
import type { Language } from '@enxame/shared/language';
import type { Activity } from '../feed/activity.js';
import { formatDuration, formatPercent, formatRate, shortenName } from '../words/format.js';
import { shellWords } from '../words/pick-words.js';

export interface TrayState {
  readonly activity: Activity;
  /** Whether the engine answers. */
  readonly isRunning: boolean;
  /** The newest code that is good now. */
  readonly code: string | null;
  readonly language: Language;
}

export interface TrayActions {
  open(): void;
  shareFiles(): void;
  send(): void;
  receive(): void;
  copyCode(code: string): void;
  pauseAll(): void;
  resumeAll(): void;
  settings(): void;
  quit(): void;
}

/** What the tray's menu shows: how it stands, in lines that do nothing, then what can be done. */
export function trayMenu(state: TrayState, actions: TrayActions): MenuItemConstructorOptions[] {
  const { tray, menu } = shellWords(state.language);
  const { activity, code } = state;
  const line = (label: string): MenuItemConstructorOptions => ({ label: toLabel(label), enabled: false });
  const item = (label: string, click: () => void): MenuItemConstructorOptions => ({ label: toLabel(label), click });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const stops = activity.running;
  return [
    ...factLines(state).map(line),
    separator,
    item(tray.open, () => actions.open()),
    item(menu.shareFiles, () => actions.shareFiles()),
    item(menu.send, () => actions.send()),
    item(menu.receive, () => actions.receive()),
    ...(code === null ? [] : [item(tray.copyCode(code), () => actions.copyCode(code))]),
    separator,
    ...(activity.running + activity.waiting > 0 ? [item(menu.pauseAll, () => actions.pauseAll())] : []),
    ...(activity.paused > 0 ? [item(menu.resumeAll, () => actions.resumeAll())] : []),
    item(menu.settings, () => actions.settings()),
    separator,
    item(stops > 0 ? tray.quitAndStop(stops) : menu.quit, () => actions.quit()),
  ];
}

/** What hovering over the icon tells; also what a screen reader says of it. */
export function trayTip(state: TrayState): string {
  return ['Enxame', ...factLines(state).slice(0, 2)].join('\n');
}

function factLines({ activity, isRunning, language }: TrayState): string[] {
  const { tray } = shellWords(language);
  if (!isRunning) return [tray.starting];
  const { network, connected, nearest, running, waiting, failed } = activity;
  const { receiveBytesPerSecond: receive, sendBytesPerSecond: send } = activity;
  const lines = [network === null ? tray.noNetwork : connected ? network : `${network}: ${tray.noServer}`];
  lines.push(receive + send > 0 ? tray.speeds(formatRate(receive, language), formatRate(send, language)) : tray.still);
  if (nearest) {
    const { size, bytesDone, secondsLeft } = nearest;
    lines.push(`${shortenName(nearest.name)}  ${formatPercent(size === 0 ? 0 : bytesDone / size, language)}`);
    const left = secondsLeft === null ? '' : tray.timeLeft(formatDuration(secondsLeft, language));
    const facts = [left, tray.more(running - 1, waiting)].filter((fact) => fact !== '').join('; ');
    if (facts !== '') lines.push(facts);
  }
  if (failed > 0) lines.push(tray.needsYou(failed));
  return lines;
}

/** A single "&" would be taken for the mark of a menu key. */
function toLabel(text: string): string {
  return text.replaceAll('&', '&&');
}
