import { readFileSync, readlinkSync } from 'node:fs'
import { behindPayments } from '../behind-payments'

behindPayments()

/** Of the thread that asks: the 19th word of its line is its niceness. */
const niceness = (): number => {
  const line = readFileSync(`/proc/${readlinkSync('/proc/thread-self')}/stat`, 'utf8')
  return Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[16])
}

const WORK = {
  echo: (said: unknown) => said,
  length: (bytes: Uint8Array) => bytes.length,
  niceness: (_: undefined) => niceness(),
  forEver: (_: undefined): void => {
    for (;;);
  },
  fillMemory: (_: undefined): number => {
    const all: object[] = []
    for (;;) all.push({ all: all.length })
  },
  exit: (_: undefined): never => process.exit(3),
  fail: (what: string): never => {
    throw new RangeError(what)
  },
}
export type TestWork = typeof WORK

export default function answer<Name extends keyof TestWork>([name, question]: [
  Name,
  Parameters<TestWork[Name]>[0],
]): unknown {
  return WORK[name](question as never)
}
