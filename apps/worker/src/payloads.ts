import { randomBytes } from 'node:crypto'
import { payloadKeysOf, type Config } from '@lijian/config'
import { createPayloadCodec } from '@lijian/privacy'
import type { PayloadCodec } from '@temporalio/common'
import { bearersOf } from './codec-bearers'
import { codecServer } from './codec-server'
import type { Lifetimes } from '@lijian/lifetimes'
import type { Logger } from '@lijian/telemetry'

const DAY_MS = 86_400_000

/** Of everything that stands in histories; undefined: there is no key, which only development does. */
export function payloadCodec(config: Config): PayloadCodec | undefined {
  const { plainPayloadsUntil: until } = config
  const keys = payloadKeysOf(config)
  if (keys.length === 0) return undefined
  const plainUntilMs = until === undefined ? 0 : Date.parse(until) + DAY_MS
  return createPayloadCodec({ keys, now: Date.now, plainUntilMs, nonce: () => randomBytes(12) })
}

interface Around {
  config: Config
  log: Logger
  lifetimes: Lifetimes
}

export async function openCodecServer({ config, log, lifetimes }: Around, codec: PayloadCodec): Promise<void> {
  const ofStack = ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${config.temporalUiPort}`)
  const whoAsks = bearersOf(config)
  const server = codecServer(codec, {
    allowedOrigins: config.codecOrigins?.split(',') ?? ofStack,
    whoAsks,
    onDecoded: (who, payloads) => log.info({ who, payloads }, 'payloads decoded'),
    onRefused: () => log.warn('the codec server refused somebody without a bearer'),
  })
  lifetimes.add('codec server', server, () => server.close())
  await server.listen({ host: config.codecHost, port: config.codecPort })
  const address = { host: config.codecHost, port: config.codecPort }
  if (whoAsks === undefined) log.warn(address, 'codec server listens, and asks for no bearer: this is for development')
  else log.info(address, 'codec server listens')
}
