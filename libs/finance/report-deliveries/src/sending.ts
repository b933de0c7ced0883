import type { Readable } from 'node:stream'
import type { ReportRunAnswer } from '@lijian/contracts/finance'

/** A run that is done, and how to read its file. */
export interface Sending {
  run: ReportRunAnswer & { bytes: number; sha256: string; fileName: string }
  open(): Promise<Readable>
  /** The attempt was overtaken, or the process ends. */
  signal: AbortSignal
}

/** What a file is named at a target: the same each time, one part of a path, and nothing that a shell or a listing reads as something else. */
export function nameAtTarget({ id, fileName, format }: Sending['run']): string {
  const name = fileName
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}/\\:*?"<>|]/gu, '_')
    .replace(/^[.\s~-]+/, '')
  // The longest name of a file is 255 bytes, and the draft beside it has a longer one.
  return name === '' || Buffer.byteLength(name) > 200 ? `report-${id}.${format}` : name
}

/** Told to a target that gets no file. */
export function announcement({ id, kind, parameters, schedule, fileName, bytes, sha256, rows }: Sending['run']) {
  return {
    type: 'report',
    run: id,
    kind,
    from: parameters.from,
    to: parameters.to,
    ...(schedule === undefined ? {} : { schedule }),
    fileName,
    bytes,
    sha256,
    rows,
    path: `/v1/report-runs/${id}`,
  }
}
