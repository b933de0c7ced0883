/** What was opened, in order; it closes in reverse, also after a start that failed half-way. */
export class Lifetimes {
  private readonly opened: { what: string; close: () => unknown }[] = []
  private closing?: Promise<void>

  /** Runs `start`; when it throws, everything that it had opened is closed before the error goes on. */
  static async start<Started>(start: (lifetimes: Lifetimes) => Promise<Started>): Promise<Started> {
    const lifetimes = new Lifetimes()
    try {
      return await start(lifetimes)
    } catch (failure) {
      // The failure is what the caller must hear; what would not close comes beside it.
      await lifetimes.close().catch((stuck: unknown) => {
        throw new AggregateError([failure, stuck], 'a start failed, and not everything that it had opened closed')
      })
      throw failure
    }
  }

  /** Names what is open and says how it closes. Called before anything that may throw. */
  add<Opened>(what: string, opened: Opened, close: (opened: Opened) => unknown): Opened {
    this.opened.push({ what, close: () => close(opened) })
    return opened
  }

  /** The last opened first. One that throws does not stop the others; all are told at the end. */
  close(): Promise<void> {
    return (this.closing ??= this.closeAll())
  }

  private async closeAll(): Promise<void> {
    const stuck: Error[] = []
    for (const { what, close } of this.opened.splice(0).reverse())
      try {
        await close()
      } catch (error) {
        stuck.push(new Error(`${what} did not close`, { cause: error }))
      }
    if (stuck.length > 0) throw new AggregateError(stuck, stuck.map(({ message }) => message).join('; '))
  }
}
