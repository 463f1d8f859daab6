/** The shape of a catalogue of words, whatever its words. */
export type Widen<T> = { readonly [K in keyof T]: T[K] extends string ? string : Widen<T[K]> };

/** Portuguese counts one, many (a million of…), other: each `_other` needs its `_many`, or it does not compile. */
export type WithMany<T> = { readonly [K in keyof T]: T[K] extends string ? string : WithMany<T[K]> } & {
  readonly [K in keyof T as K extends `${infer Base}_other` ? `${Base}_many` : never]: string;
};

/** What the parts say by themselves: every catalogue has these. */
export interface PartWords {
  readonly common: { readonly close: string; readonly copied: string; readonly copyDetails: string };
  readonly presence: { readonly online: string; readonly offline: string; readonly unknown: string };
}
