import type { en } from './en.js';

/** The shape of a catalogue, whatever its words. */
export type Widen<T> = { readonly [K in keyof T]: T[K] extends string ? string : Widen<T[K]> };

/** What a language that counts as English does (one, other) must have. */
export type Words = Widen<typeof en>;

/** Portuguese counts one, many (a million of…), other: each `_other` needs its `_many`, or it does not compile. */
export type WithMany<T> = { readonly [K in keyof T]: T[K] extends string ? string : WithMany<T[K]> } & {
  readonly [K in keyof T as K extends `${infer Base}_other` ? `${Base}_many` : never]: string;
};
