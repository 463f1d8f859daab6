import type { PortLike } from '@enxame/shared/engine/port-carrier';

/** Electron's `process.parentPort`, as much as is used: this folder is plain Node and knows no Electron. */
export interface ParentPort {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly PortLike[] }) => void,
  ): unknown;
  postMessage(message: unknown): void;
}

/** Undefined outside a utility process. */
export function findParentPort(host: object): ParentPort | undefined {
  return 'parentPort' in host ? (host.parentPort as ParentPort | undefined) : undefined;
}
