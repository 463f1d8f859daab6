type Listener = (details: never, answer: (result: unknown) => void) => void;

export class StandInSession {
  permissionRequest:
    ((contents: unknown, permission: string, answer: (granted: boolean) => void, details: object) => void) | undefined;
  permissionCheck: ((contents: unknown, permission: string, origin: string, details: object) => boolean) | undefined;
  devicePermission: ((details: object) => boolean) | undefined;
  beforeRequest: Listener | undefined;
  readonly handled = new Map<string, (request: Request) => Promise<Response>>();
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => this.handled.set(scheme, handler),
  };
  readonly webRequest = { onBeforeRequest: (listener: Listener) => (this.beforeRequest = listener) };
  setPermissionRequestHandler(handler: NonNullable<StandInSession['permissionRequest']>): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: NonNullable<StandInSession['permissionCheck']>): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: NonNullable<StandInSession['devicePermission']>): void {
    this.devicePermission = handler;
  }
}
