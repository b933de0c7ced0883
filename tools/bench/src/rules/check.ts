import type { Answer } from './engine'

export interface Agreement {
  payments: number
  /** Offers that both have found. */
  offers: number
  /** … of which the peer could say what they give. */
  amounts: number
}

/** Adds one payment's answer of a peer to what has agreed so far; throws when it says something else than Lijian. */
export function agree(so: Agreement, who: string, serial: string, ours: Answer, peers: Answer): void {
  const differ = (offer: string, what: string): never => {
    throw new Error(`${who} disagrees on payment ${serial}, offer ${offer}: ${what}`)
  }
  for (const offer of peers.keys()) if (!ours.has(offer)) differ(offer, 'it finds the offer, Lijian does not')
  for (const [offer, fen] of ours) {
    if (!peers.has(offer)) differ(offer, 'Lijian finds the offer, it does not')
    const said = peers.get(offer)
    so.offers++
    if (said === undefined) continue
    so.amounts++
    if (said !== fen) differ(offer, `it gives ${said} fen, Lijian ${fen}`)
  }
  so.payments++
}
