import { IN_CLEAR, NO_ID, type OldTokens, type SealedReport } from '@lijian/identity'
import type { KeyList } from '@lijian/privacy'

const under = (key: string, isUnreadable: boolean): string => {
  const where = key === IN_CLEAR || key === NO_ID ? (key === NO_ID ? 'without the id of a key' : key) : `under ${key}`
  return isUnreadable ? `${where}, and no key of LIJIAN_ACCOUNT_KEY opens them` : where
}

/** What is under which key, and which keys are no longer needed. */
export function accountLines(report: SealedReport, keys: KeyList, dryRun: boolean): string[] {
  const { current, keys: all } = keys
  const lines = [`account keys: ${all.map(({ id }) => (id === current.id ? `${id} (current)` : id)).join(', ')}`]
  if (!dryRun) lines.push(`sealed again under ${current.id}: ${report.sealed} of ${report.total} texts`)
  if (report.changed > 0) lines.push(`changed by others meanwhile: ${report.changed}; run it again`)
  for (const { place, key, texts, isUnreadable } of report.counts)
    lines.push(`  ${place}: ${texts} ${under(key, isUnreadable)}`)
  for (const { place, row, why } of report.unreadable) lines.push(`  cannot be read: ${place}, ${row}: ${why}`)
  const left = (id: string) =>
    report.counts.filter(({ key }) => key === id || key === NO_ID).reduce((sum, { texts }) => sum + texts, 0)
  for (const { id, from } of all) {
    if (id === current.id) continue
    if (from !== undefined && Date.parse(from) > Date.parse(current.from ?? '1970-01-02'))
      lines.push(`${id}: begins on ${from}; until then it seals nothing`)
    else if (left(id) > 0 || report.changed > 0)
      lines.push(`${id}: stays in LIJIAN_ACCOUNT_KEY, ${left(id)} texts may be under it`)
    else
      lines.push(
        `${id}: no text is under it. It may be taken out of LIJIAN_ACCOUNT_KEY once every process has ${current.id}`,
      )
  }
  return lines
}

/** Tokens cannot be sealed again: what counts by them runs out by itself. */
export function tokenLines(keys: KeyList | undefined, old: OldTokens | undefined): string[] {
  if (keys === undefined || old === undefined) return []
  const { current, earlier } = keys
  const ids = earlier.map(({ id }) => id).join(', ')
  const lines = [
    `token keys: ${current.id} (current${current.from === undefined ? '' : ` since ${current.from}`}), before it ${ids}`,
    '  Tokens cannot be made again: they are hashes of numbers that nobody has. Payments count, and groups match, under every key of the list.',
  ]
  const dated = old.limits.flatMap(({ until }) => (until === undefined ? [] : [until])).sort()
  const forEver = old.limits.filter(({ until }) => until === undefined)
  lines.push(`  Limits per person of periods that began before it end by ${dated.at(-1)}.`)
  for (const { campaign, period } of forEver)
    lines.push(`  Campaign ${campaign} has a limit per person over ${period}: it begins anew when ${ids} is taken out`)
  const groups = old.groups.map(({ kind, code }) => `${kind} group ${code}`)
  const more = groups.length > 20 ? ` and ${groups.length - 20} more` : ''
  if (groups.length > 0) lines.push(`  To be imported again first, whole: ${groups.slice(0, 20).join(', ')}${more}`)
  lines.push(`  ${ids} may be taken out of LIJIAN_TOKEN_KEY when all of this is over.`)
  return lines
}
