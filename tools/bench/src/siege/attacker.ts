import { setPriority } from 'node:os'
import { begin, type Place } from './attack'

export interface Order {
  name: string
  place: Place
}

/** First that the attack has begun; once it is over, what its attacker was told. */
export type Word = { begun: true } | { answers: Record<string, number> } | { failed: string }

const say = (word: Word) => process.send?.(word)

/** A process of its own. It is behind those that are measured: a real attacker takes no processor of theirs. */
setPriority(10)

process.once('message', ({ name, place }: Order) => {
  const end = begin(name, place)
  // Whatever comes after the order says that it is over.
  process.once('message', () => {
    end().then(
      (answers) => say({ answers }),
      (error: unknown) => say({ failed: String(error) }),
    )
  })
  say({ begun: true })
})
process.on('disconnect', () => process.exit(0))
