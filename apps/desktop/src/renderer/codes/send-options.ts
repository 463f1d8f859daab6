import { maxCodeReceivers } from '@enxame/shared/engine/code';
import { createStore, type StoreApi } from 'zustand/vanilla';

const minute = 60_000;
const hour = 60 * minute;

/** How long a code may wait, shortest first. */
export const codeLives = [
  ['tenMinutes', 10 * minute],
  ['oneHour', hour],
  ['oneDay', 24 * hour],
  ['sevenDays', 7 * 24 * hour],
] as const;
export type CodeLife = (typeof codeLives)[number][0];

/** How a code reads: so many words; none is the short form of letters and digits. */
export const codeForms = [
  ['twoWords', 2],
  ['fourWords', 4],
  ['compact', 0],
] as const;
export type CodeForm = (typeof codeForms)[number][0];

/** How many may use a code in all; the last one stands for everybody. */
export const codePeople = [1, 5, 20, maxCodeReceivers] as const;
export type CodePeople = (typeof codePeople)[number];

/** What the next code will be like; kept from one to the next while the app is open. */
export interface SendOptions {
  readonly life: CodeLife;
  readonly form: CodeForm;
  readonly people: CodePeople;
}

export function createSendOptions(): StoreApi<SendOptions> {
  return createStore<SendOptions>(() => ({ life: 'oneHour', form: 'twoWords', people: 1 }));
}

/** As `code:send` takes them. */
export function toCall({ life, form, people }: SendOptions): {
  lifeMs: number;
  words: number;
  keep: boolean;
  receivers: number;
} {
  return {
    keep: people > 1,
    receivers: people,
    lifeMs: codeLives.find(([name]) => name === life)?.[1] ?? hour,
    words: codeForms.find(([name]) => name === form)?.[1] ?? 2,
  };
}
