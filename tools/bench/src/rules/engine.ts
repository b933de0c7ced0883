import type { PaymentFacts } from '@lijian/rules'
import type { Documents } from '../data/documents'
import type { PeerFacts } from './plain'

/** One payment in the words of both. */
export interface BenchPayment {
  facts: PaymentFacts
  peer: PeerFacts
}

/** What each offer that the payment gets would give, in fen; undefined: the engine cannot say it. Before one of a group is chosen. */
export type Answer = ReadonlyMap<string, number | undefined>

/** A catalog made ready by one engine. */
export interface Engine<Input = unknown, Output = unknown> {
  /** What `evaluate` is given in round n; made before the timer runs. */
  input(payment: BenchPayment, n: number): Input
  /** All that is timed. */
  evaluate(input: Input): Output | Promise<Output>
  /** Read after the timer, to be compared; absent where choosing has been done already. */
  answer?(output: Output): Answer
}

export type Compile = (documents: Documents) => Promise<Engine>
