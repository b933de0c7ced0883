import { machine } from '../report/machine'
import { selection } from './selection'

export interface RoutingOptions {
  payments: number
  say: (line: string) => void
}

export async function routing({ payments, say }: RoutingOptions): Promise<void> {
  process.stdout.write(`${machine()}\n\n`)
  const { title, body } = await selection(payments, say)
  process.stdout.write(`### ${title}\n\n${body}\n`)
}
