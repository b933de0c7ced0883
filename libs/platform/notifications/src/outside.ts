import { lookup as resolve, type LookupAddress } from 'node:dns'
import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Addresses at which nobody outside is: what we can reach there is our own, such as metadata of the cloud or a server without a login. */
// Two lists: one would take every IPv4 address for its mapped IPv6 one.
const OURS_4 = new BlockList()
const OURS_6 = new BlockList()
for (const [net, bits] of [
  ...(['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'] as const),
  ...(['192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4'] as const),
].map((range) => range.split('/') as [string, string]))
  OURS_4.addSubnet(net, Number(bits), 'ipv4')
// Of IPv6 only this is given to servers of the Internet. Outside are loopback, every form of IPv4 in IPv6, unique local, link-local, multicast.
const GLOBAL_6 = new BlockList()
GLOBAL_6.addSubnet('2000::', 3, 'ipv6')
// Inside it: Teredo, 6to4, documentation.
for (const [net, bits] of [['2001::', 32] as const, ['2002::', 16] as const, ['2001:db8::', 32] as const])
  OURS_6.addSubnet(net, bits, 'ipv6')

export const isOurs = (address: string): boolean =>
  isIP(address) === 6
    ? !GLOBAL_6.check(address, 'ipv6') || OURS_6.check(address, 'ipv6')
    : OURS_4.check(address, 'ipv4')

/** Where we do not post, in a sentence. */
export class NotOutside extends Error {}

const PRIVATE = 'the address is of a private, loopback or link-local network'

/** Resolves once, and the connection goes to what was looked at: a name cannot become another address in between. */
const outsideOnly: LookupFunction = (hostname, options, callback) =>
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? []
    if (error || first === undefined) return callback(error ?? new Error(`${hostname} has no address`), '', 0)
    if (addresses.some(({ address }) => isOurs(address))) return callback(new NotOutside(PRIVATE), '', 0)
    if (options.all) callback(null, addresses)
    else callback(null, first.address, first.family)
  })

export interface Outgoing {
  headers: Record<string, string>
  body: string
  timeoutMs: number
  /** Development: plain http, and servers of one's own machine. */
  inside: boolean
}

/** Posts to somebody else's server; its status. Follows no redirect, reads no body. Throws NotOutside, or what the connection says. */
export async function postOutside(to: string, { headers, body, timeoutMs, inside }: Outgoing): Promise<number> {
  const url = new URL(to)
  if (url.username !== '' || url.password !== '') throw new NotOutside('the address has a user or password in it')
  if (!inside && url.protocol !== 'https:') throw new NotOutside('the address is not https')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // A literal address is not looked up.
  if (!inside && isIP(host) !== 0 && isOurs(host)) throw new NotOutside(PRIVATE)
  const request = url.protocol === 'https:' ? tlsRequest : plainRequest
  return new Promise((done, failed) => {
    const sent = request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      // One connection for one post: a kept one was looked up long ago.
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
      ...(inside ? {} : { lookup: outsideOnly }),
    })
    sent.on('error', failed)
    sent.on('response', (response) => {
      response.destroy()
      done(response.statusCode ?? 0)
    })
    sent.end(body)
  })
}
