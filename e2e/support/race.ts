/** For checks of many requests at once: a race that shows itself once is one, however well it hides from a second run. */
export const RACE = { once: true } as const;
