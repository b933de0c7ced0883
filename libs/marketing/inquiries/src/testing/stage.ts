import { parseCampaign } from '@lijian/contracts/marketing'
import type { QueryAsk } from '@lijian/transactions'
import { Stage } from '@lijian/transactions/testing/stage'
import { Evaluations, type EvaluationAsk } from '../evaluations'

/** The stage of transactions, with dry runs on it. */
export class InquiryStage extends Stage {
  /** The dry run, over this database or a way to it. */
  async evaluations({ databaseUrl = this.url, groupOrder }: { databaseUrl?: string; groupOrder?: string[] } = {}) {
    const evaluations = new Evaluations({ databaseUrl, catalog: await this.catalog(groupOrder) })
    this.opened.push(evaluations)
    return evaluations
  }

  /** One payment as `ask` makes it, against what is live unless changed. */
  dryRun(
    serial: string,
    amount: number,
    change: Partial<QueryAsk['request']> = {},
    { campaigns = [], ...more }: Partial<Omit<EvaluationAsk, 'campaigns'>> & { campaigns?: unknown[] } = {},
  ) {
    const { client, request, receivedAtMs } = this.ask(serial, amount, change)
    return { client, request, receivedAtMs, campaigns: campaigns.map(parseCampaign), drafts: [], only: false, ...more }
  }
}
