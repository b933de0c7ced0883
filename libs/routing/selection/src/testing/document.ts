import { parseRouting, type RoutingDocument } from '@lijian/contracts/routing'

type Loose = Record<string, unknown>
/** Two channels, a MID at each, one pool of both, one merchant; parts may be changed. */
export const document = (
  changed: { channels?: Loose[]; mids?: Loose[]; pools?: Loose[]; merchants?: Loose[] } = {},
): RoutingDocument => {
  const parsed = parseRouting({
    timeZone: 'Asia/Shanghai',
    channels: [{ code: 'A' }, { code: 'B' }],
    mids: [
      { code: 'M-A', channel: 'A', allowedMerchants: ['S1'] },
      { code: 'M-B', channel: 'B', allowedMerchants: ['S1'] },
    ],
    pools: [{ code: 'P', mids: ['M-A', 'M-B'] }],
    merchants: [{ merchant: 'S1', routes: [{ method: 'wechat', type: 'qr', pools: ['P'] }] }],
    ...changed,
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.routing
}
