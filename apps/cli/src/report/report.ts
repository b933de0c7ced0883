import { createHash } from 'node:crypto'
import { closeSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ReportLinkAnswer, ReportRequest, ReportRunAnswer } from '@lijian/contracts/finance'
import { BadInput } from '../fail'
import { openPart } from '../part-file'
import { count } from '../to-server'
import { type Server, ServerTrouble } from './server'

const LOOK_MS = 500
const SAY_MS = 1000
/** A server that is started anew meanwhile is waited for. */
const AWAY_MS = 60_000
const LONG_MS = 10_000
const DOWNLOADS = 3

/** The report was asked for rightly, and could not be made. */
export class NotMade extends Error {}

export interface Fetching {
  request: ReportRequest
  /** Absent: the name that the report has, in this folder. */
  output?: string
  say: (line: string) => void
  /** Told of the file that must go when the command is ended. */
  onPart?: (file: string) => void
}

/** Asks for the report, waits until it is made and writes its file; returns the name of the file. */
export async function fetchReport(server: Server, { request, output, say, onPart }: Fetching): Promise<string> {
  if (output !== undefined) tryOut(output)
  const { id } = await server.ask<ReportRunAnswer>('POST', '/v1/report-runs', request)
  const run = await ended(server, id, say)
  if (run.state !== 'done')
    throw new NotMade(`report ${id} is ${run.state}${run.failure === undefined ? '' : `: ${run.failure}`}`)
  const file = output ?? basename(run.fileName ?? `report-${id}.${run.format}`).replaceAll(/\p{Cc}/gu, '')
  await download(server, run, file, onPart)
  say(`${file}: ${count(run.rows ?? 0)} rows, ${count(run.bytes ?? 0)} bytes, SHA-256 ${run.sha256}`)
  say(`shows ${run.snapshot}`)
  return file
}

/** Whether the file can be written is found out before anybody waits for it. */
function tryOut(file: string): void {
  closeSync(openPart(file))
  rmSync(`${file}.part`)
}

async function ended(server: Server, id: number, say: (line: string) => void): Promise<ReportRunAnswer> {
  let told = { line: '', at: -Infinity }
  const begun = performance.now()
  for (let heard = begun; ; await sleep(LOOK_MS)) {
    const now = performance.now()
    const run = await server.ask<ReportRunAnswer>('GET', `/v1/report-runs/${id}`).catch((error: unknown) => {
      if (!(error instanceof ServerTrouble) || now - heard > AWAY_MS) throw error
      return undefined
    })
    if (run === undefined) continue
    heard = now
    if (run.state !== 'queued' && run.state !== 'running') return run
    const waits = run.state === 'queued' && now - begun > LONG_MS ? '; does report-generator run? ./lijian status' : ''
    const rows = run.state === 'running' ? `, ${count(run.rowsWritten)} rows` : waits
    const line = `report ${id} ${run.state}${rows}`
    if (line === told.line || now - told.at < SAY_MS) continue
    say(line)
    told = { line, at: now }
  }
}

/** A link opens once: when the connection ends in the middle, another link is asked for. */
async function download(server: Server, run: ReportRunAnswer, file: string, onPart: Fetching['onPart']): Promise<void> {
  for (let tries = 1; ; tries++) {
    const part = openPart(file)
    onPart?.(`${file}.part`)
    try {
      const { path } = await server.ask<ReportLinkAnswer>('POST', `/v1/report-runs/${run.id}/links`)
      const answer = await server.answer('GET', path)
      const sha256 = await written(answer, part)
      if (sha256 !== run.sha256) throw new NotMade(`${file} is not what was made: its SHA-256 is ${sha256}`)
      closeSync(part)
      return renameSync(`${file}.part`, file)
    } catch (error) {
      closeSync(part)
      rmSync(`${file}.part`, { force: true })
      if (error instanceof BadInput) throw error
      if (tries < DOWNLOADS) continue
      if (error instanceof NotMade) throw error
      throw new NotMade(`${file} did not come whole, ${tries} times: ${(error as Error).message}`)
    }
  }
}

async function written(answer: Response, part: number): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
    hash.update(piece)
    for (let from = 0; from < piece.length;) from += writeSync(part, piece, from)
  }
  return hash.digest('hex')
}
