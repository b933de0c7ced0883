import { PassThrough } from 'node:stream'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Takes bytes in order; the next come when its promise is fulfilled. */
export type Give = (bytes: Uint8Array) => Promise<void>

/** Runs what makes a file and ends the sink; after a failure on either side the sink is destroyed. */
export async function streamed<T>(
  sink: Writable,
  signal: AbortSignal | undefined,
  make: (give: Give) => Promise<T>,
): Promise<T> {
  const pipe = new PassThrough()
  const piped = pipeline(pipe, sink, signal ? { signal } : {})
  // Awaited below; until then nobody hears it fail.
  piped.catch(() => undefined)
  try {
    const made = await make((bytes) => written(pipe, bytes))
    pipe.end()
    await piped
    return made
  } catch (error) {
    pipe.destroy(error as Error)
    const failure = await piped.catch((reason: unknown) => reason)
    signal?.throwIfAborted()
    // The sink's own failure says more than the write that it broke.
    throw failure ?? error
  }
}

const written = (pipe: PassThrough, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    pipe.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
