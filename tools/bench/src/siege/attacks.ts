import { gzipSync } from 'node:zlib'
import { setTimeout as sleep } from 'node:timers/promises'
import { bytesOf, storm, trickle, Wire, type Ask, type Field } from './wire'

/** What a careless or hostile sender does beside the payments; the number is that of the finding in the review of security. */
export type Attack = (field: Field) => Promise<void>

const same =
  (connections: number, ask: (field: Field, i: number) => Ask): Attack =>
  (field) =>
    storm(field, connections, (i) => bytesOf(ask(field, i)))

/** By somebody who is where operators are: a scraper gone mad. */
const inside =
  (attack: Attack): Attack =>
  (field) =>
    attack({ ...field, port: field.internalPort })

const BILL = '/v1/reconciliation/imports?layout=lijian-list-ndjson&date=2026-11-30&client=attacker'
const payment = (serial: string, more: object = {}) =>
  JSON.stringify({ serial, merchant: 'NOBODY', amount: 10_000, paymentMethod: 'qr', ...more })
const longKey = JSON.stringify({ [`${'a'.repeat(100_000)}(0).!`]: 1 })
const manyKeys = JSON.stringify(Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`k${i}`, 1])))
const manyOffers = JSON.stringify({ code: 'X', offers: Array.from({ length: 300_000 }, () => ({})) })
const deep = '['.repeat(100_000)
let madeBomb: Buffer | undefined
/** Made by the one attack that sends it. */
const bomb = () => (madeBomb ??= gzipSync(Buffer.alloc(50_000_000, '622202')))
const run = Date.now().toString(36)

/** A query, and then a result with a text that PostgreSQL cannot store. */
const poisoned =
  (text: string): Attack =>
  (field) =>
    storm(field, 4, (i) =>
      i % 2 === 0
        ? bytesOf({ method: 'POST', path: '/v1/transactions', key: field.keys.payments, body: payment(`P${run}${i}`) })
        : bytesOf({
            method: 'POST',
            path: `/v1/transactions/P${run}${i - 1}/result`,
            key: field.keys.payments,
            body: `{"outcome":"success","paid":10000,"upstreamSerial":"${text}"}`,
          }),
    )

const holds: (connections: number) => Attack = (connections) => async (field) => {
  const wires: Wire[] = []
  while (!field.isOver()) {
    if (wires.length < connections) {
      const wire = await Wire.open(field.port)
      field.note(wire === undefined ? 'refused' : 'open')
      if (wire) wires.push(wire)
      if (wires.length % 50 === 0) await sleep(1)
    } else await sleep(50)
  }
  for (const wire of wires) wire.close()
}

const trickles =
  (connections: number, everyMs: number, bytes: string, ask: (field: Field) => Ask): Attack =>
  (field) =>
    trickle(field, connections, bytesOf(ask(field)), bytes, everyMs)

const slowBody = (path: string, type: string, key?: string): Ask => ({
  method: 'POST',
  path,
  ...(key === undefined ? {} : { key }),
  headers: [`content-type: ${type}`, 'content-length: 1000000'],
})

const METHODS = ['HEAD', 'OPTIONS', 'TRACE', 'PATCH', 'DELETE', 'PROPFIND']

export const ATTACKS: Readonly<Record<string, Attack>> = {
  'S2 an unknown key of 100 kB': same(2, ({ keys }) => ({
    method: 'POST',
    path: '/v1/transactions',
    key: keys.payments,
    body: longKey,
  })),
  'S2 the same in the address': same(2, ({ keys }) => ({
    path: `/v1/transactions?${'a'.repeat(12_000)}(0).!=1`,
    key: keys.payments,
  })),
  'S3 NUL in a result': poisoned('a\\u0000b'),
  'S3 half a surrogate in a result': poisoned('a\\ud800b'),
  'S5 sixteen wrong bills at a time': same(16, ({ keys }) => ({
    method: 'POST',
    path: BILL,
    key: keys.people,
    headers: ['content-type: text/plain'],
    body: 'x'.repeat(24_000),
  })),
  'S6 /openapi.json without a key': same(4, () => ({ path: '/openapi.json' })),
  'S6 /metrics without a key': same(4, () => ({ path: '/metrics' })),
  'S6 /docs/json without a key': same(4, () => ({ path: '/docs/json' })),
  'S6 /openapi.json on the internal port': inside(same(4, () => ({ path: '/openapi.json' }))),
  'S6 /metrics on the internal port': inside(same(4, () => ({ path: '/metrics' }))),
  'S10 a document of 300,000 offers': same(2, ({ keys }) => ({
    method: 'POST',
    path: '/v1/campaigns/check',
    key: keys.people,
    body: manyOffers,
  })),
  'S10 60,000 unknown keys': same(2, ({ keys }) => ({
    method: 'POST',
    path: '/v1/transactions',
    key: keys.payments,
    body: manyKeys,
  })),
  'S10 the same as a routing document': same(2, ({ keys }) => ({
    method: 'PUT',
    path: '/v1/routing',
    key: keys.people,
    body: manyKeys,
  })),
  'S23 bodies that trickle without a key': trickles(100, 200, 'x', () =>
    slowBody('/v1/transactions', 'application/json'),
  ),
  'S23 bodies that trickle with a key': trickles(100, 200, ' ', ({ keys }) =>
    slowBody('/v1/transactions', 'application/json', keys.payments),
  ),
  'S23 bills that trickle': trickles(8, 200, '{"', ({ keys }) => slowBody(BILL, 'text/plain', keys.people)),
  'S23 members that trickle': trickles(8, 200, '6', ({ keys }) =>
    slowBody('/v1/card-groups/SLOW/imports', 'text/plain', keys.people),
  ),
  'S23 headers that trickle': trickles(200, 200, 'x', () => ({ path: '/v1/transactions', headers: ['x-slow: '] })),
  'wrong keys': same(8, (_field, i) => ({
    method: 'POST',
    path: '/v1/transactions',
    key: `lj_aaaaaaaaaaaa_${i}`,
    body: payment(`W${i}`),
  })),
  'no key, and a body of 500 kB': same(4, (_field, i) => ({
    method: 'POST',
    path: '/v1/transactions',
    body: payment(`W${i}`, { x: 'x'.repeat(500_000) }),
  })),
  'a good key without the scope': same(4, ({ keys }) => ({ path: '/v1/campaigns', key: keys.payments })),
  '3,000 connections that say nothing': holds(3000),
  'connections opened and left': async (field) => {
    while (!field.isOver()) {
      const wires = await Promise.all(Array.from({ length: 20 }, () => Wire.open(field.port)))
      for (const wire of wires) {
        field.note(wire === undefined ? 'refused' : 'open')
        wire?.close()
      }
      await sleep(5)
    }
  },
  'headers of 60 kB': same(4, () => ({ path: '/v1/transactions', headers: [`x-large: ${'x'.repeat(60_000)}`] })),
  '100 requests in one write': (field) => {
    const many = Buffer.concat(Array.from({ length: 100 }, () => bytesOf({ path: '/health/live' })))
    return storm(field, 2, () => many, 100)
  },
  'odd methods': same(4, ({ keys }, i) => ({
    method: METHODS[i % METHODS.length]!,
    path: '/v1/transactions',
    key: keys.payments,
  })),
  'JSON nested 100,000 deep': same(2, ({ keys }) => ({
    method: 'POST',
    path: '/v1/transactions',
    key: keys.payments,
    body: deep,
  })),
  'gzip bombs as members of a group': same(4, ({ keys }, i) => ({
    method: 'POST',
    path: `/v1/card-groups/BOMB${i % 4}/imports`,
    key: keys.people,
    headers: ['content-type: application/gzip'],
    body: bomb(),
  })),
  'imports of members': same(4, ({ keys }, i) => ({
    method: 'POST',
    path: `/v1/card-groups/G${i % 4}/imports`,
    key: keys.people,
    headers: ['content-type: text/plain'],
    body: Array.from({ length: 2000 }, (_, n) => `token:siege-member-${i % 10}-${n}`).join('\n'),
  })),
  'long lists with odd filters': same(4, ({ keys }, i) => ({
    path: `/v1/transactions?limit=100&state=held&serial=${i}`,
    key: keys.people,
  })),
  'lists of transactions, page by page': same(4, ({ keys }) => ({
    path: '/v1/transactions?limit=100',
    key: keys.people,
  })),
  'cursors of nobody': same(4, ({ keys }, i) => ({
    path: `/v1/transactions?after=${'A'.repeat(i % 300)}`,
    key: keys.people,
  })),
  'addresses that are not there': same(4, (_field, i) => ({ path: `/${'x/'.repeat(i % 200)}${i}` })),
  'another client far above its rate': same(8, ({ keys }, i) => ({
    method: 'POST',
    path: '/v1/transactions',
    key: keys.slow,
    body: payment(`R${run}${i}`),
  })),
  'upgrades to WebSocket': same(4, () => ({
    path: '/v1/transactions',
    headers: [
      'connection: Upgrade',
      'upgrade: websocket',
      'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-version: 13',
    ],
  })),
  'chunks without an end': trickles(50, 200, '1\r\n \r\n', ({ keys }) => ({
    method: 'POST',
    path: '/v1/transactions',
    key: keys.payments,
    headers: ['content-type: application/json', 'transfer-encoding: chunked'],
  })),
  'reports asked for again and again': same(4, ({ keys }, i) => ({
    method: 'POST',
    path: '/v1/report-runs',
    key: keys.people,
    body: JSON.stringify({
      ...{ kind: 'merchant', format: 'csv' },
      parameters: { from: '2026-01-01', to: `2026-0${1 + (i % 9)}-28` },
    }),
  })),
  'dry runs': same(4, ({ keys }, i) => ({
    method: 'POST',
    path: '/v1/evaluations',
    key: keys.people,
    body: JSON.stringify({ payment: JSON.parse(payment(`E${i}`)) as object }),
  })),
}
