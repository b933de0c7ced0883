type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/**
 * The entries that are not undefined, to spread: `...present({ note })` instead of `...(note === undefined ? {} : { note })`.
 * It costs an object and a loop, so what a payment waits for writes the condition out.
 */
export const present = <T extends object>(entries: T): Present<T> =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Present<T>
