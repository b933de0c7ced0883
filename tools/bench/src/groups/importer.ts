import { request } from 'node:http'
import type { GroupImportAnswer } from '@lijian/contracts/marketing'

/** Sends files to one API as an operator would. */
export class Importer {
  constructor(
    private readonly port: number,
    private readonly internalPort: number,
    private readonly key: string,
    /** Of another person, who approves what a live campaign names. */
    private readonly checkerKey = key,
  ) {}

  /** The same for a file of merchants. */
  async merchants(file: Buffer): Promise<number> {
    const begun = performance.now()
    const answer = JSON.parse(
      await this.post('/v1/merchants/imports', file, 'application/x-ndjson'),
    ) as GroupImportAnswer
    if (answer.state !== 'done') throw new Error(`the import ended so: ${JSON.stringify(answer)}`)
    return (performance.now() - begun) / 1_000
  }

  /** Seconds until the members are stored, approved where a live campaign names the group, and in this process's memory. */
  async send(kind: 'card-groups' | 'customer-groups', code: string, file: Buffer): Promise<number> {
    const begun = performance.now()
    const answer = JSON.parse(await this.post(`/v1/${kind}/${code}/imports`, file)) as GroupImportAnswer
    if (answer.state !== 'done' || (answer.changed !== true && answer.proposal === undefined))
      throw new Error(`the import ended so: ${JSON.stringify(answer)}`)
    if (answer.proposal !== undefined) await this.approve(answer.proposal)
    return (performance.now() - begun) / 1_000
  }

  async residentMiB(): Promise<number> {
    const metrics = await (await fetch(`http://127.0.0.1:${this.internalPort}/metrics`)).text()
    const bytes = /^lijian_process_resident_memory_bytes\S* (\S+)$/m.exec(metrics)?.[1]
    return Number(bytes) / 2 ** 20
  }

  private async approve(proposal: number): Promise<void> {
    const path = `/v1/proposals/${proposal}`
    const headers = { authorization: `Bearer ${this.checkerKey}` }
    const { hash } = (await (await fetch(`http://127.0.0.1:${this.port}${path}`, { headers })).json()) as {
      hash: string
    }
    await this.post(`${path}/approve`, Buffer.from(JSON.stringify({ hash })), 'application/json', this.checkerKey)
  }

  private post(path: string, body: Buffer, type = 'text/plain', key = this.key): Promise<string> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': type, 'content-length': body.length }
    return new Promise((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port: this.port, path, method: 'POST', headers }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part)).once('error', reject)
        response.once('end', () => {
          const text = Buffer.concat(parts).toString()
          if (response.statusCode === 200) resolve(text)
          else reject(new Error(`${path}: ${response.statusCode} ${text}`))
        })
      })
      outgoing.once('error', reject)
      outgoing.end(body)
    })
  }
}
