import { stderr } from 'node:process'
import type { BacktestReport, StoredBacktest } from '@lijian/contracts/marketing'
import { BadInput } from './fail'
import { address, postFor } from './to-server'

/** Sends what a back-test says of each campaign of A to where the campaign is stored. */
export async function keepSummaries(
  reports: readonly BacktestReport[],
  { url, key }: { url: string; key?: string },
): Promise<void> {
  const summaries = reports.flatMap(({ a }) => a.summaries)
  if (summaries.length === 0) throw new BadInput('nothing to keep: the file has no payment that succeeded in a currency of the campaigns') // prettier-ignore
  for (const { campaign, ...summary } of summaries) {
    const body = Buffer.from(JSON.stringify(summary))
    const path = new URL(`/v1/campaigns/${encodeURIComponent(campaign)}/backtests`, address(url))
    const kept = await postFor<StoredBacktest>(path, key ?? '', body)
    stderr.write(`kept with version ${kept.version} of ${campaign}${kept.isPromise ? '' : ': it is approved already, so this is no promise'}\n`) // prettier-ignore
  }
}
