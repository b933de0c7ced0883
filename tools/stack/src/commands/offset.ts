import { dataDirOf } from '../core/places'
import { readRun } from '../core/run-file'

export interface OffsetWord {
  portOffset?: number
}

/** `.lijian/run.json` knows the ports; whoever names another offset means another stack. */
export function refuseOtherOffset(portOffset: number | undefined): void {
  const dataDir = dataDirOf()
  const run = readRun(dataDir)
  if (portOffset === undefined || !run || portOffset === (run.portOffset ?? 0)) return
  throw new Error(
    `the stack in ${dataDir} runs with --port-offset ${run.portOffset ?? 0}, not ${portOffset}: leave it out, or set LIJIAN_DATA_DIR`,
  )
}

/** The words for the program that is called, without an offset, which is the launcher's. */
export function withoutOffset(words: readonly string[]): { words: string[]; portOffset?: number } {
  const rest: string[] = []
  let portOffset: number | undefined
  for (let i = 0; i < words.length; i++) {
    const [name, value] = (words[i] ?? '').split('=')
    if (name !== '--port-offset') rest.push(words[i] ?? '')
    else portOffset = offsetOf(value ?? words[++i] ?? '')
  }
  return { words: rest, ...(portOffset === undefined ? {} : { portOffset }) }
}

export function offsetOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 50_000) return Number(text)
  throw new WrongOffset(`--port-offset ${text}: a whole number from 0 to 50000 is expected`)
}

export class WrongOffset extends Error {}
