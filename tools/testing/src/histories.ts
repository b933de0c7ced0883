import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from '@temporalio/client'
import { historyToJSON } from '@temporalio/common/lib/proto-utils'
import { Worker, type ReplayResult } from '@temporalio/worker'

/**
 * Keeps a workflow's history as a file when LIJIAN_RECORD_HISTORIES is set; a normal run replays what was kept. Recorded anew
 * only for a new scenario: an old history guards the workflows that were started with the code of its day.
 */
export async function recordHistory(client: Client, workflowId: string, file: string, runId?: string): Promise<void> {
  if (!process.env.LIJIAN_RECORD_HISTORIES) return
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory()
  await mkdir(join(file, '..'), { recursive: true })
  const text = JSON.stringify(JSON.parse(historyToJSON(history)), null, 1)
  // Stack traces name the folder of whoever recorded it.
  await writeFile(file, `${text.replaceAll(`${process.cwd()}/`, '/lijian/')}\n`)
}

/** Replays every history of a folder; each result says which one does not fit the code any more, and why. */
export async function replayHistories(dir: string, workflowBundle: { codePath: string }): Promise<ReplayResult[]> {
  const files = (await readdir(dir)).filter((name) => name.endsWith('.json')).sort()
  const histories = await Promise.all(
    files.map(async (name) => ({
      workflowId: name.replace(/\.json$/, ''),
      history: JSON.parse(await readFile(join(dir, name), 'utf8')) as unknown,
    })),
  )
  const results: ReplayResult[] = []
  for await (const result of Worker.runReplayHistories({ workflowBundle }, histories)) results.push(result)
  return results.sort((a, b) => (a.workflowId < b.workflowId ? -1 : 1))
}
