/**
 * The receipts that this device owes to those who gave it bytes, until they have them. Owns `receipts.jsonl`. A receipt
 * is signed once and kept; its courier follows the sources of the content, and brings it when the sender is among them.
 */
import { join } from 'node:path';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import { openJournal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import type { DeviceIdentity } from '../identity/device-identity.js';
import { owedReceiptSchema, type OwedReceipt } from './owed-receipt.js';
import { createReceiptCourier, type CourierDeps, type ReceiptCourier } from './receipt-courier.js';
import { signReceipt, type Received } from './sign-receipt.js';

export interface ReceiptOutbox {
  /** Durable when it resolves; brought from then on. */
  add(received: Received, senders: readonly DeviceId[], door?: OwedReceipt['door']): Promise<void>;
  /** Resolves when nothing is owed for the content (any more). */
  settled(contentId: ContentId): Promise<void>;
  /** How many are owed. */
  readonly size: number;
  close(): Promise<void>;
}

/** A sender that was not there for so long does not wait for it any more. */
const keepMs = 14 * 24 * 60 * 60_000;
/** More than the downloads of two weeks; the oldest go first. */
const maxOwed = 10_000;
/** Each follows the sources of one content at the tracker; the others take turns. */
export const maxCouriers = 24;
const rotateMs = 10 * 60_000;

export async function openReceiptOutbox(
  dataFolder: string,
  deps: Omit<CourierDeps, 'owed' | 'onDone'> & {
    readonly identity: Pick<DeviceIdentity, 'deviceId' | 'deviceKey' | 'grant'>;
    readonly deviceName: () => string;
    readonly onBroken: OnBroken;
  },
): Promise<ReceiptOutbox> {
  const { timers } = deps;
  const journal = await openJournal(join(dataFolder, 'receipts.jsonl'), owedReceiptSchema, deps.onBroken, timers.now);
  const couriers = new Map<string, ReceiptCourier>();
  const settling = new Map<ContentId, Set<() => void>>();
  const leaving = new Set<Promise<void>>();
  let stopRotation: (() => void) | undefined;
  let closed = false;

  const keyOf = (sender: DeviceId, contentId: ContentId): string => `${sender} ${contentId}`;
  /** One courier brings all of an errand: a content, and the door by which its senders are found. */
  const errandOf = ({ door, receipt }: OwedReceipt): string => `${door} ${receipt.contentId}`;
  const owedOf = (errand: string): OwedReceipt[] => [...journal.values()].filter((owed) => errandOf(owed) === errand);
  const isOwed = (contentId: ContentId): boolean =>
    [...journal.values()].some(({ receipt }) => receipt.contentId === contentId);

  async function drop(owed: OwedReceipt): Promise<void> {
    await journal.delete(keyOf(owed.sender, owed.receipt.contentId));
  }

  function forget(owed: OwedReceipt): void {
    drop(owed).catch((error: unknown) => {
      deps.logger.error({ err: error }, 'the receipts that are owed could not be saved');
    });
    const { contentId } = owed.receipt;
    if (!isOwed(contentId)) {
      for (const settled of settling.get(contentId) ?? []) settled();
      settling.delete(contentId);
    }
    if (owedOf(errandOf(owed)).length > 0) return;
    dismiss(errandOf(owed));
    startCouriers();
  }

  function dispatch(owed: OwedReceipt): void {
    const errand = errandOf(owed);
    const { door, receipt } = owed;
    const courier = createReceiptCourier(
      { contentId: receipt.contentId, door },
      { ...deps, owed: () => owedOf(errand), onDone: forget },
    );
    couriers.set(errand, courier);
  }

  function dismiss(errand: string): void {
    const ending = couriers.get(errand)?.close();
    couriers.delete(errand);
    if (!ending) return;
    const done: Promise<void> = ending.finally(() => leaving.delete(done));
    leaving.add(done);
  }

  /** Contents whose receipts are owed, those that have waited longest for a courier first. */
  function startCouriers(): void {
    if (closed) return;
    const now = timers.now();
    for (const owed of journal.values()) {
      if (couriers.size >= maxCouriers) break;
      if (couriers.has(errandOf(owed))) continue;
      if (now - owed.owedAt > keepMs) forget(owed);
      else dispatch(owed);
    }
    stopRotation ??= timers.after(rotateMs, rotate);
  }

  function rotate(): void {
    stopRotation = undefined;
    if (closed || journal.size === 0) return;
    const errands = new Map([...journal.values()].map((owed) => [errandOf(owed), owed]));
    const waiting = [...errands].filter(([errand]) => !couriers.has(errand));
    // As many make room as there are others, the longest under way first.
    for (const errand of [...couriers.keys()].slice(0, waiting.length)) dismiss(errand);
    for (const [, owed] of waiting.slice(0, maxCouriers - couriers.size)) dispatch(owed);
    for (const owed of journal.values()) if (timers.now() - owed.owedAt > keepMs) forget(owed);
    startCouriers();
  }

  startCouriers();
  return {
    get size() {
      return journal.size;
    },
    add: async (received, senders, door = 'catalogue') => {
      const owedAt = timers.now();
      await Promise.all(
        senders.map((sender) => {
          const receipt = signReceipt(received, sender, deps.identity, deps.deviceName());
          return journal.set(keyOf(sender, received.contentId), { sender, receipt, owedAt, door });
        }),
      );
      for (const owed of journal.values()) {
        if (journal.size <= maxOwed) break;
        await drop(owed);
      }
      couriers.get(`${door} ${received.contentId}`)?.wake();
      startCouriers();
    },
    settled: (contentId) =>
      new Promise((resolve) => {
        if (isOwed(contentId)) settling.set(contentId, (settling.get(contentId) ?? new Set()).add(resolve));
        else resolve();
      }),
    close: async () => {
      closed = true;
      stopRotation?.();
      for (const errand of [...couriers.keys()]) dismiss(errand);
      await Promise.all(leaving);
      await journal.close();
    },
  };
}
