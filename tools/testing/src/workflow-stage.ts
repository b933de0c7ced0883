import { join } from 'node:path'
import type { Client } from '@temporalio/client'
import type * as Sdk from '@temporalio/worker'
import { recordHistory, replayHistories, testTemporal, testWorkflowBundle, type TestTemporal } from './servers'

/** What a test of one workflow stands on: the bundled flows, a task queue of its own, and the folder of its histories. */
interface WorkflowStage {
  /** For ids of what is started: many runs share one Temporal server. */
  readonly run: string
  readonly taskQueue: string
  readonly client: Client
  /** A worker with these activities lives while `work` does. */
  play<T>(activities: object, work: () => Promise<T>): Promise<T>
  /** Keeps the history as `histories/<name>.json` when that is asked for (histories.ts). */
  record(workflowId: string, name: string, runId?: string): Promise<void>
  /** Names of the kept histories, each of which fits the code. Throws with what does not. */
  replayed(): Promise<string[]>
}

/** Of the workflow in `workflow.ts` beside the test (`__dirname`); called at the top of a test file, it opens before and closes after its tests. */
export function workflowStage(name: string, dir: string): WorkflowStage {
  const run = `${process.pid}-${Date.now().toString(36)}`
  const taskQueue = `${name}-${run}`
  const histories = join(dir, '..', 'histories')
  let temporal: TestTemporal
  let workflowBundle: { codePath: string }
  beforeAll(async () => {
    temporal = await testTemporal()
    workflowBundle = await testWorkflowBundle()
  })
  afterAll(() => temporal.close())
  return {
    run,
    taskQueue,
    get client() {
      return temporal.client
    },
    async play(activities, work) {
      const { Worker } = require('@temporalio/worker') as typeof Sdk
      const connection = temporal.native
      const worker = await Worker.create({ connection, taskQueue, workflowBundle, activities: { ...activities } })
      return worker.runUntil(work)
    },
    record: (workflowId, file, runId) =>
      recordHistory(temporal.client, workflowId, join(histories, `${file}.json`), runId),
    async replayed() {
      const results = await replayHistories(histories, workflowBundle)
      const wrong = results.filter(({ error }) => error !== undefined)
      if (wrong.length > 0)
        throw new Error(wrong.map(({ workflowId, error }) => `${workflowId}: ${error!.message}`).join('\n'))
      return results.map(({ workflowId }) => workflowId)
    },
  }
}
