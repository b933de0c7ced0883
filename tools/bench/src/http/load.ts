import { fork, type ChildProcess } from 'node:child_process'
import type { LoadMessage, Plan, StreamFigures } from './plan'

/** The load generator: a process of its own, so that its work never stands in the way of a measurement inside the bench. */
export class Load {
  private readonly child: ChildProcess

  constructor() {
    this.child = fork(require.resolve('./load-process'))
  }

  /** The figures of each stream, in the order of the plan. */
  run(plan: Plan): Promise<StreamFigures[]> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`the load generator ended with code ${code}`))
      this.child.once('exit', ended)
      this.child.once('message', (message: LoadMessage) => {
        this.child.removeListener('exit', ended)
        if ('failed' in message) reject(new Error(`load: ${message.failed}`))
        else resolve(message.figures)
      })
      this.child.send(plan)
    })
  }

  stop(): void {
    this.child.disconnect()
  }
}
