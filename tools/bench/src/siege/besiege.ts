import { fork, type ChildProcess } from 'node:child_process'
import { on } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { End, Place } from './attack'
import type { Order, Word } from './attacker'
import type { Seen, Till } from './honest'

export interface Siege {
  name: string
  alone: Seen
  beside: Seen
  /** What the attacker was told. */
  answers: Record<string, number>
}

export interface SiegeOptions {
  till: Till
  aloneSeconds: number
  besideSeconds: number
  begin: (name: string) => End | Promise<End>
}

/** From its beginning to its first requests. */
const WARMS_UP_MS = 300
/** A loaded machine takes its time to start a process, and to let one end. */
const PATIENCE_MS = 60_000

/** The same payments alone, and then beside the attack. */
export async function besiege(name: string, options: SiegeOptions): Promise<Siege> {
  const { till, aloneSeconds, besideSeconds, begin } = options
  const alone = await till.pay(aloneSeconds)
  const end = await begin(name)
  await sleep(WARMS_UP_MS)
  const beside = await till.pay(besideSeconds)
  return { name, alone, beside, answers: await end() }
}

/** The attacker is a process of its own, so that it does not slow down whoever measures. */
export async function beginApart(name: string, place: Place): Promise<End> {
  const child = fork(require.resolve('./attacker'))
  const words = wordsOf(child)
  const end = async () => {
    child.send('over')
    const word = await words()
    if (!('answers' in word)) throw new Error(`the attacker of "${name}" failed: ${JSON.stringify(word)}`)
    return word.answers
  }
  try {
    child.send({ name, place } satisfies Order)
    await words()
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
  return () => end().finally(() => child.kill('SIGKILL'))
}

/** The next word of the attacker; throws if none comes. */
function wordsOf(child: ChildProcess): () => Promise<Word> {
  const heard = on(child, 'message', { close: ['exit'] }) as AsyncIterator<[Word], undefined>
  return async () => {
    const next = await Promise.race([heard.next(), sleep(PATIENCE_MS, undefined, { ref: false })])
    if (next === undefined || next.done === true) throw new Error('an attacker ended, or hangs, without a word')
    return next.value[0]
  }
}
