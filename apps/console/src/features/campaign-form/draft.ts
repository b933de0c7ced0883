import { holdsCardNumber } from '@lijian/contracts/text'

/** What somebody was writing, of which the API knows nothing yet: it outlives the session and a closed window, under the person's own id. */
const placeOf = (person: string, campaign: string) => `draft/campaign/${person}/${campaign}`

interface Draft {
  document: unknown
  /** The version on which it stands; absent: a new campaign. */
  version?: number
}

/** A text in which a card number stands is kept nowhere. */
export function keepDraft(person: string, campaign: string, draft: Draft, store: Storage = localStorage): boolean {
  const text = JSON.stringify(draft)
  if (holdsCardNumber(text)) {
    store.removeItem(placeOf(person, campaign))
    return false
  }
  try {
    store.setItem(placeOf(person, campaign), text)
    return true
  } catch {
    // No room: the page goes on without.
    return false
  }
}

export function keptDraft(person: string, campaign: string, store: Storage = localStorage): Draft | undefined {
  try {
    const kept: unknown = JSON.parse(store.getItem(placeOf(person, campaign)) ?? 'null')
    return typeof kept === 'object' && kept !== null && 'document' in kept ? (kept as Draft) : undefined
  } catch {
    return undefined
  }
}

export const dropDraft = (person: string, campaign: string, store: Storage = localStorage): void =>
  store.removeItem(placeOf(person, campaign))
