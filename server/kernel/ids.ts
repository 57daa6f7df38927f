/** Each once, the smallest first: the order in which rows are locked, so that nobody waits for whoever waits for them. */
export const inIdOrder = (ids: readonly number[]): number[] => [...new Set(ids)].sort((a, b) => a - b)
