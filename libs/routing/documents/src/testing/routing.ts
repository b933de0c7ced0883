import { parseRouting, type RoutingDocument } from '@lijian/contracts/routing'

/** One channel, MIDs without limits unless `mids` says otherwise, one pool of them all in their order, merchant M1's wechat/qr. */
export function routing(
  mids: object[],
  { channel = {}, pool = {}, ...change }: { channel?: object; pool?: object } & Record<string, unknown> = {},
): RoutingDocument {
  const named = mids.map((mid, i) => ({ code: `MID-${i + 1}`, channel: 'CH-A', priority: mids.length - i, ...mid }))
  const parsed = parseRouting({
    timeZone: 'Asia/Shanghai',
    channels: [{ code: 'CH-A', ...channel }],
    mids: named,
    pools: [{ code: 'P-A', order: 'priority', mids: named.map(({ code }) => code), ...pool }],
    merchants: [{ merchant: 'M1', routes: [{ method: 'wechat', type: 'qr', pools: ['P-A'] }] }],
    ...change,
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.routing
}
