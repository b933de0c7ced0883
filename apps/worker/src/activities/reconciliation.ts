import type { DayRuns } from '@lijian/reconciliation'
import type { ReconciliationActivities } from '@lijian/workflow-reconciliation-day'

/** `onReminder`: so many open cases of one owner; `-`: nobody's. */
export function reconciliationActivities(
  runs: DayRuns,
  onReminder: (owner: string, count: number, date: string) => void = () => undefined,
): ReconciliationActivities {
  return {
    async matchDay({ date }) {
      const { runs: found, casesOpened = 0 } = await runs.run(date)
      return {
        sources: found.map(({ source, client, lines, matchedLines, outsideLines, classes }) => ({
          source,
          client: client ?? null,
          lines,
          matchedLines,
          outsideLines,
          classes: Object.fromEntries(Object.entries(classes).map(([name, { count }]) => [name, count])),
        })),
        counted: await runs.isCounted(date),
        countsOn: runs.countsOn(date),
        openCases: await runs.openCount(date),
        casesOpened,
      }
    },
    openCases: ({ date }) => runs.openCount(date),
    async remindOwners({ date }) {
      const open = await runs.remind(date)
      for (const [owner, count] of Object.entries(open)) onReminder(owner, count, date)
      return open
    },
    dueDate: ({ at }) => runs.dueDate(at),
  }
}
