import { EventEmitter } from 'node:events';

export class StandInApp extends EventEmitter {
  isPackaged = true;
  quits = 0;
  exits: number[] = [];
  badge = 0;
  isFirst = true;
  handedOver: unknown;
  userModelId = '';
  readonly loginItems: unknown[] = [];
  readonly protocols: string[] = [];
  readonly paths: Record<string, string> = {};
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  getPath(name: string): string {
    return this.paths[name] ?? `/home/ana/${name}`;
  }
  setPath(name: string, path: string): void {
    this.paths[name] = path;
  }
  getAppPath(): string {
    return '/enxame/apps/desktop';
  }
  getVersion(): string {
    return '1.2.3';
  }
  getPreferredSystemLanguages(): string[] {
    return ['pt-BR', 'en'];
  }
  requestSingleInstanceLock(data: unknown): boolean {
    this.handedOver = data;
    return this.isFirst;
  }
  setAppUserModelId(id: string): void {
    this.userModelId = id;
  }
  setBadgeCount(count: number): boolean {
    this.badge = count;
    return true;
  }
  setLoginItemSettings(settings: unknown): void {
    this.loginItems.push(settings);
  }
  setAsDefaultProtocolClient(scheme: string): boolean {
    this.protocols.push(scheme);
    return true;
  }
  /** As Electron's: whoever prevents the default keeps the program alive. */
  quit(): void {
    const event = { prevented: false, preventDefault: () => (event.prevented = true) };
    this.emit('before-quit', event);
    if (!event.prevented) this.quits++;
  }
  exit(code: number): void {
    this.exits.push(code);
  }
}
