import type { CardGroup } from '@lijian/contracts'
import type { CardMatcher } from './types'

const NOTHING: CardMatcher = { matches: () => false }

/** A prefix longer than the known digits does not match: it might, but nobody knows. */
function compileCardGroup(group: CardGroup): CardMatcher {
  const prefixes = new Set(group.bins)
  const lengths = [...new Set(group.bins.map((bin) => bin.length))].sort((a, b) => a - b)
  const tokens = new Set(group.cards)
  return {
    matches(digits, token) {
      if (token !== undefined && tokens.has(token)) return true
      if (digits === undefined) return false
      for (const length of lengths) {
        if (length > digits.length) return false
        if (prefixes.has(digits.slice(0, length))) return true
      }
      return false
    },
  }
}

/** Matchers by group code, each built when the first offer asks for it. A group that nobody has stored matches no card. */
export function cardGroupMatchers(groups: readonly CardGroup[]): (code: string) => CardMatcher {
  const byCode = new Map(groups.map((group) => [group.code, group]))
  const built = new Map<string, CardMatcher>()
  return (code) => {
    let matcher = built.get(code)
    if (matcher === undefined) {
      const group = byCode.get(code)
      matcher = group === undefined ? NOTHING : compileCardGroup(group)
      built.set(code, matcher)
    }
    return matcher
  }
}
