import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeStack } from './core/stack'
import { findTemporalCli } from './programs/temporal'

/** The Temporal program that `./lijian up` would start, found, downloaded or built now: tests that need one then wait for nothing. */
export async function temporalCli(say: (line: string) => void): Promise<string> {
  const { PATH, HOME, LIJIAN_CACHE_DIR } = process.env
  const LIJIAN_DATA_DIR = mkdtempSync(join(tmpdir(), 'lijian-temporal-cli-'))
  try {
    return (await findTemporalCli(makeStack({ say, env: { PATH, HOME, LIJIAN_CACHE_DIR, LIJIAN_DATA_DIR } }))).file
  } finally {
    rmSync(LIJIAN_DATA_DIR, { recursive: true, force: true })
  }
}
