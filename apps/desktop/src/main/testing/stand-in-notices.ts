import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';

export class StandInTray extends EventEmitter {
  image: unknown;
  tip = '';
  menus: Electron.MenuItemConstructorOptions[][] = [];
  destroyed = false;
  constructor(image: unknown) {
    super();
    this.image = image;
  }
  get menu(): Electron.MenuItemConstructorOptions[] {
    return this.menus.at(-1) ?? [];
  }
  setImage(image: unknown): void {
    this.image = image;
  }
  setToolTip(tip: string): void {
    this.tip = tip;
  }
  setContextMenu(menu: Electron.MenuItemConstructorOptions[]): void {
    this.menus.push(menu);
  }
  destroy(): void {
    this.destroyed = true;
  }
}

export class StandInNotification extends EventEmitter {
  readonly options: Electron.NotificationConstructorOptions;
  shown = false;
  constructor(options: Electron.NotificationConstructorOptions) {
    super();
    this.options = options;
  }
  show(): void {
    this.shown = true;
  }
  /** The person presses a button of it. */
  press(actionIndex: number): void {
    this.emit('action', { actionIndex });
  }
}
