import { WorkThread } from '@lijian/threads'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { extname, join } from 'node:path'
import type { BodyWork } from './body-work'
import { hasManyValues } from './many-values'
import { ReadElsewhere, type ElsewhereReader } from './read-elsewhere'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operation whose large bodies another thread reads. */
    readElsewhere?: string
  }
}

/** Up to here the hop costs more than reading, unless it has many values. */
const SMALL_BYTES = 16 * 1024
/** What one key sends never keeps others waiting for long. */
const LIMITS = { most: 16, mostOfOne: 4, withinMs: 30_000 }
const MIB = 1024 * 1024
/** A mebibyte of empty objects takes 100 MB until its faults are told. */
const heapMb = (bodyLimitBytes: number) => Math.min(4096, 384 + 128 * Math.ceil(bodyLimitBytes / MIB))

/** JSON bodies of people are read on a thread of its own if they are large: the event loop belongs to payments (decision 0065). */
export class LargeBodies implements ElsewhereReader {
  private readonly thread: WorkThread<BodyWork>

  constructor({ bodyLimitBytes, execArgv }: { bodyLimitBytes: number; execArgv?: string[] | undefined }) {
    this.thread = new WorkThread({
      ...LIMITS,
      heapMb: heapMb(bodyLimitBytes),
      filename: join(__dirname, `body-work${extname(__filename)}`),
      execArgv,
    })
  }

  refuseEarly(app: FastifyInstance): void {
    app.addHook('preParsing', (request, _reply, payload, done) => {
      const isLarge = Number(request.headers['content-length']) > SMALL_BYTES
      done(isLarge && this.isReadElsewhere(request) ? (this.thread.refusal(askerOf(request)) ?? null) : null, payload)
    })
  }

  takes(request: FastifyRequest, bytes: Buffer): boolean {
    return this.isReadElsewhere(request) && (bytes.length > SMALL_BYTES || hasManyValues(bytes))
  }

  async read(request: FastifyRequest, body: Buffer): Promise<ReadElsewhere> {
    const operationId = request.routeOptions.config.readElsewhere!
    // Its own piece of memory, handed over.
    const bytes = body.byteLength === body.buffer.byteLength ? new Uint8Array(body.buffer) : new Uint8Array(body)
    const read = new ReadElsewhere(
      await this.thread.ask(
        'read',
        { operationId, bytes, query: { ...(request.query as object) } },
        { asker: askerOf(request), transfer: [bytes.buffer as ArrayBuffer] },
      ),
    )
    const error = read.errorAt('text')
    if (error) throw error
    return read
  }

  close(): Promise<void> {
    return this.thread.close()
  }

  private readonly isReadElsewhere = (request: FastifyRequest) =>
    request.routeOptions.config.readElsewhere !== undefined
}

const askerOf = (request: FastifyRequest): string | undefined => request.principal?.keyId
