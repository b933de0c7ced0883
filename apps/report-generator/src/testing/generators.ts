import { hash } from 'node:crypto'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { forkSource, freePort, until } from '@lijian/testing'

/** Long enough for a busy machine, short enough for a test. */
export const TEST_SILENT_MS = 5000

/** A generator as a process of its own. */
export class GeneratorProcess {
  private said = ''

  private constructor(
    readonly child: ChildProcess,
    private readonly port: number,
  ) {
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk: Buffer) => (this.said += String(chunk)))
  }

  /** Started, and perhaps not ready yet. */
  static async fork(
    databaseUrl: string,
    folder: string,
    queueUrl?: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<GeneratorProcess> {
    const port = await freePort()
    const child = forkSource(require.resolve('./generator-process'), {
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      LIJIAN_TOKEN_KEY: hash('sha256', 'token'),
      LIJIAN_DRAW_KEY: hash('sha256', 'draw'),
      LIJIAN_ACCOUNT_KEY: hash('sha256', 'account'),
      LIJIAN_REPORT_DIR: folder,
      LIJIAN_REPORT_PORT: String(port),
      LIJIAN_LOG_LEVEL: 'info',
      LIJIAN_REPORT_SHARE_MIN_PERCENT: '100',
      TEST_SILENT_MS: String(TEST_SILENT_MS),
      ...(queueUrl === undefined ? {} : { LIJIAN_QUEUE_URL: queueUrl }),
      ...more,
    })
    return new GeneratorProcess(child, port)
  }

  ready(): Promise<boolean> {
    return until(async () => {
      if (this.child.exitCode !== null) throw new Error(this.said)
      return fetch(`http://127.0.0.1:${this.port}/health/ready`).then(({ ok }) => ok, () => false) // prettier-ignore
    })
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name)
  }

  /** Its exit code. */
  async ended(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit')
    return this.child.exitCode
  }

  get log(): string {
    return this.said
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.ended()
  }
}

/** An attempt is in the middle of its file: rows are in it, and it has another name than what is published. */
export const isWriting = (folder: string, name: string): Promise<boolean> =>
  until(async () => {
    if (!(await readdir(folder)).includes(`${name}.part`)) return false
    return (await stat(join(folder, `${name}.part`)).catch(() => ({ size: 0 }))).size > 0
  })
