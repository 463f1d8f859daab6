const dayMs = 86_400_000;
/** How long something is good that an administrator makes. */
export const lives = { day: dayMs, week: 7 * dayMs, month: 30 * dayMs, forever: null } as const;
export type Life = keyof typeof lives;
export const lifeNames = Object.keys(lives) as readonly Life[];
