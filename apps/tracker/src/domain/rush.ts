/** More want to come in than can be served at once: everything that can wait makes room for them. */
export interface Rush {
  isOn(): boolean;
}

export const noRush: Rush = { isOn: () => false };
