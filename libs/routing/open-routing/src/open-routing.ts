import type { Admission } from '@lijian/admission'
import { Proposals, type ProposalKinds } from '@lijian/approvals'
import { Payments, Routes, type RoutesOptions } from '@lijian/attempts'
import { Capacity, RoutingReports } from '@lijian/capacity'
import { CardUsageCases, explanationKind } from '@lijian/card-usage'
import type { CatalogService } from '@lijian/catalog'
import {
  DocumentThread,
  LiveRouting,
  resumeRouteKinds,
  routingKind,
  RoutingDocuments,
  sharedPoolKind,
  SharedPools,
} from '@lijian/documents'
import type { Lifetimes } from '@lijian/lifetimes'
import type { Marketing } from '@lijian/open-marketing'
import type { Pool } from 'pg'

export interface RoutingPlatform {
  settings: {
    databaseUrl: string
    drawKey: Buffer
    drawKeysOld?: readonly Buffer[] | undefined
  } & RoutesOptions['times']
  lifetimes: Lifetimes
  admission: Admission
  now: () => number
  onRoutingError: (error: unknown) => void
  /** People and files wait here, never payments. */
  people: Pool
  /** Kept for suspending and resuming. */
  stop: Pool
  threadExecArgv?: string[] | undefined
}

export type Routing = Awaited<ReturnType<typeof openRouting>>

/** Everything that people and payments ask of routing. */
export async function openRouting(
  platform: RoutingPlatform,
  marketing: Pick<Marketing, 'transactions'>,
  catalog: CatalogService,
) {
  const { settings, lifetimes, admission, now, people, stop } = platform
  const live = new LiveRouting({ databaseUrl: settings.databaseUrl, onError: platform.onRoutingError })
  lifetimes.add('live routing', live, () => live.stop())
  const thread = new DocumentThread(platform.threadExecArgv)
  lifetimes.add('thread for documents', thread, () => thread.close())
  await live.start()
  const { drawKey, drawKeysOld } = settings
  const routes = new Routes({
    admission,
    live,
    times: settings,
    now,
    drawKey,
    drawKeysOld,
    merchant: (id) => catalog.merchant(id),
    mustBeBound: (client, merchant) => catalog.bounds.mustBeBound(client, merchant),
  })
  const kinds: ProposalKinds = {
    routing: routingKind,
    shared_pool: sharedPoolKind,
    card_usage: explanationKind(),
    ...resumeRouteKinds,
  }
  const proposals = new Proposals(people, kinds)
  const sharedPools = new SharedPools(people, proposals)
  const documents = new RoutingDocuments(people, thread, stop, proposals, sharedPools)
  return {
    routes,
    payments: new Payments({ admission, offers: marketing.transactions, routes, times: settings }),
    documents,
    sharedPools,
    /** What others than their maker approve here. */
    kinds,
    capacity: new Capacity(people, live, now),
    reports: new RoutingReports(people, live, documents, thread, now),
    cardUsage: new CardUsageCases(people),
    live,
    routingChanged: () => live.refresh(),
  }
}
