import type { Report } from '../parts/part'
import { machine } from '../report/machine'
import { documents } from './documents'
import { http, type HttpOptions } from './http'
import { selection } from './selection'

export interface RoutingOptions extends HttpOptions {
  payments: number
  parts: readonly RoutingPart[]
}

export const ROUTING_PARTS = ['selection', 'http', 'documents'] as const
export type RoutingPart = (typeof ROUTING_PARTS)[number]
export const isRoutingPart = (name: string): name is RoutingPart => (ROUTING_PARTS as readonly string[]).includes(name)

/** Figures go to stdout as soon as a part is done, progress to stderr. */
export async function routing({ payments, parts, ...options }: RoutingOptions): Promise<void> {
  process.stdout.write(`${machine()}\n\n`)
  for (const part of parts) {
    const { title, body, versions }: Report =
      part === 'selection'
        ? await selection(payments, options.say)
        : await (part === 'http' ? http(options) : documents(options))
    const found = versions === undefined ? '' : `With PostgreSQL ${versions['PostgreSQL'] ?? '?'}. `
    process.stdout.write(`### ${title}\n\n${found}${body}\n\n`)
  }
}
