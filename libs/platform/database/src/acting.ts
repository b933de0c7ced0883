import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'

/** Who changes something, and by which operation. Ids only: it stands in the text of each statement. */
export interface Acting {
  operation: string
  /** Id of an API key or of a person; absent: nobody asked, the house acts by itself. */
  actor?: string | undefined
  person?: string | undefined
  branch?: string | undefined
  session?: string | undefined
  address?: string | undefined
  request?: string | undefined
}

class Context {
  private written: string | undefined
  /** What the work has left behind, such as a timer, acts as nobody. */
  isOver = false

  constructor(private who: Acting) {}

  get comment(): string {
    // No star inside: nothing can end the comment.
    return (this.written ??= `/*lijian ${JSON.stringify(this.who).replaceAll('*', String.raw`\u002a`)}*/ `)
  }

  become(who: Partial<Acting>): void {
    this.who = { ...this.who, ...who }
    this.written = undefined
  }
}

const storage = new AsyncLocalStorage<Context>()
let open = 0

/**
 * What `work` changes over connections of `steadyPool` or TypeORM is recorded as done by `who`: each of its statements begins with a comment that the
 * triggers of audited tables read. It is no setting of the session: nothing of it is left on the connection, and a pooler cannot mix it up.
 */
export async function acting<T>(who: Acting, work: () => T | Promise<T>): Promise<T> {
  const context = new Context(who)
  open++
  try {
    return await storage.run(context, work)
  } finally {
    context.isOver = true
    // Node follows every promise of the process as long as a storage is on, those of payments too.
    if (--open === 0) storage.disable()
  }
}

/** Inside `acting`: it has turned out who it is. */
export const actAs = (who: Partial<Acting>): void => {
  if (open > 0) storage.getStore()?.become(who)
}

export function actingComment(): string | undefined {
  const context = open === 0 ? undefined : storage.getStore()
  return context === undefined || context.isOver ? undefined : context.comment
}

/** A function that is called later, from somebody else's work, and acts as whoever has made it, or as nobody. */
export const asNow = <Given extends unknown[]>(work: (...given: Given) => void): ((...given: Given) => void) =>
  AsyncResource.bind(work)

/** The arguments of a query with the comment before its text. A named statement loses its name: its text is another one each time. */
export function told(comment: string, [first, ...rest]: unknown[]): unknown[] {
  if (typeof first === 'string') return [comment + first, ...rest]
  const query = first as { text?: unknown; submit?: unknown } | undefined
  // Cursors and copies bring a protocol of their own.
  if (typeof query?.text !== 'string' || 'submit' in query) return [first, ...rest]
  return [{ ...query, text: comment + query.text, name: undefined }, ...rest]
}
