import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../engine/clock.js';

export interface Toast {
  readonly title: string;
  readonly text?: string;
  readonly kind: 'ok' | 'plain';
  /** What the person can do about it while it shows, in place of letting it happen. */
  readonly action?: { readonly label: string; readonly run: () => void };
  /** It went away without the action: what was put off until now happens. */
  readonly onExpire?: () => void;
}

export interface ToastState {
  readonly toast: (Toast & { readonly id: number }) | null;
  readonly show: (toast: Toast) => void;
  readonly act: () => void;
  readonly dismiss: () => void;
}

const plainMs = 5000;
const withActionMs = 10_000;

/** One at a time: the next one takes the place of the last, which counts as expired. */
export function createToastStore(clock: Clock): StoreApi<ToastState> {
  let cancel: () => void = () => undefined;
  let nextId = 0;
  return createStore<ToastState>((set, get) => {
    const take = (): ToastState['toast'] => {
      cancel();
      const { toast } = get();
      set({ toast: null });
      return toast;
    };
    const expire = (): void => take()?.onExpire?.();
    return {
      toast: null,
      show: (toast) => {
        expire();
        set({ toast: { ...toast, id: nextId++ } });
        cancel = clock.after(toast.action ? withActionMs : plainMs, expire);
      },
      act: () => take()?.action?.run(),
      dismiss: expire,
    };
  });
}
