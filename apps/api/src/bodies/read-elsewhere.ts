import { LijianError } from '@lijian/contracts/system'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Where a fault was found: it is told where it would be told of a small body, after what is told before. */
export type Stage = 'text' | 'schema' | 'digest'
interface Fault {
  stage: Stage
  code: LijianError['code']
  detail: string
  extra: LijianError['extra']
}
export type Read = { value: unknown } | { fault: Fault }

/** Reads the bodies that it takes; they are not read between payments. */
export interface ElsewhereReader {
  /** A body that would be refused is refused before it is sent, where its sender says how long it is. */
  refuseEarly(app: FastifyInstance): void
  takes(request: FastifyRequest, bytes: Buffer): boolean
  read(request: FastifyRequest, bytes: Buffer): Promise<ReadElsewhere>
}

/** In place of a body that was read elsewhere. */
export class ReadElsewhere {
  constructor(private readonly read: Read) {}

  /** The error of this stage. */
  errorAt(stage: Stage): LijianError | undefined {
    if (!('fault' in this.read) || this.read.fault.stage !== stage) return undefined
    const { code, detail, extra } = this.read.fault
    return new LijianError(code, detail, extra)
  }

  /** Throws what the last stage threw. */
  get value(): unknown {
    const error = this.errorAt('digest')
    if (error) throw error
    return 'value' in this.read ? this.read.value : undefined
  }
}
