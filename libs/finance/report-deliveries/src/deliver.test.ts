import { createHash, randomBytes } from 'node:crypto'
import { createServer as httpServer, type Server } from 'node:http'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import type { ReportRunAnswer } from '@lijian/contracts/finance'
import type { ReportTarget } from '@lijian/report-runs'
import { SMTPServer } from 'smtp-server'
import { deliver } from './deliver'

interface S3Server {
  run(): Promise<AddressInfo>
  close(): Promise<void>
}
const S3rver = require('s3rver') as new (options: object) => S3Server

const bytes = randomBytes(3 * 1024 * 1024)
const sha256 = createHash('sha256').update(bytes).digest('hex')
const run: ReportRunAnswer = {
  id: 17,
  kind: 'merchant',
  parameters: { from: '2026-11-01', to: '2026-11-30' },
  format: 'xlsx',
  language: 'zh',
  encoding: 'utf-8',
  state: 'done',
  requestedBy: 'k',
  requestedAt: '2026-12-01T00:00:00.000Z',
  attempt: 1,
  rowsWritten: 5,
  rows: 5,
  bytes: bytes.length,
  sha256,
  fileName: '商户报表 2026-11-01 2026-11-30 17.xlsx',
}
const pieces = function* (of: Buffer) {
  for (let at = 0; at < of.length; at += 65_536) yield of.subarray(at, at + 65_536)
}

let root: string
let folder: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'lijian-deliveries-'))
  folder = join(root, 'deliveries')
})
afterAll(() => rm(root, { recursive: true, force: true }))

const send = (
  target: ReportTarget | undefined,
  { changed = {}, file = bytes, signal = new AbortController().signal, name = 'archive' } = {} as {
    changed?: Partial<ReportRunAnswer>
    file?: Buffer
    signal?: AbortSignal
    name?: string
  },
) =>
  deliver(
    name,
    { ...run, ...changed },
    {
      targets: new Map(target ? [[name, target]] : []),
      folder,
      inside: true,
      open: async () => Readable.from(pieces(file)),
      signal,
    },
  )

test('a target that nobody has written down', async () =>
  expect(await send(undefined)).toBe('LIJIAN_REPORT_TARGETS has no target archive'))

describe('a folder', () => {
  const archive = { kind: 'folder' } as const
  const there = (name = 'archive') => readdir(join(folder, name))

  test('the file is there as a whole, also the second time, and nothing beside it', async () => {
    expect(await send(archive)).toBeUndefined()
    await writeFile(join(folder, 'archive', `.${run.fileName!}.999.part`), 'left by a process that was killed')
    expect(await send(archive)).toBeUndefined()
    expect(await there()).toEqual([run.fileName])
    expect((await readFile(join(folder, 'archive', run.fileName!))).equals(bytes)).toBe(true)
  })

  test.each([
    ['../../../evil.xlsx', '_.._.._evil.xlsx'],
    ['/etc/passwd', '_etc_passwd'],
    ['.bashrc', 'bashrc'],
    ['-rf.xlsx', 'rf.xlsx'],
    ['a\u0000b\nc\u202Ed.xlsx', 'a_b_c_d.xlsx'],
    ['..', 'report-17.xlsx'],
    [`${'报'.repeat(100)}.xlsx`, 'report-17.xlsx'],
  ])('a hostile name %j stays in the folder', async (fileName, name) => {
    expect(await send(archive, { name: 'hostile', changed: { fileName } })).toBeUndefined()
    expect(await there('hostile')).toEqual([name])
    await rm(join(folder, 'hostile'), { recursive: true })
    expect((await readdir(root)).filter((one) => one !== 'elsewhere')).toEqual(['deliveries'])
  })

  test('a folder that is a link to elsewhere gets nothing', async () => {
    await mkdir(join(root, 'elsewhere'))
    await mkdir(folder, { recursive: true })
    await symlink(join(root, 'elsewhere'), join(folder, 'linked'))
    expect(await send(archive, { name: 'linked' })).toBe('the folder of the target is a link to somewhere else')
    expect(await readdir(join(root, 'elsewhere'))).toEqual([])
  })

  test('a file that is not what its run says is not delivered', async () => {
    expect(await send(archive, { name: 'wrong', file: randomBytes(bytes.length) })).toBe(
      'the file and its SHA-256 differ',
    )
    expect(await there('wrong')).toEqual([])
  })
})

describe('a bucket', () => {
  let server: S3Server
  let port: number
  let client: S3Client
  const SECRET = 'S3RVER'
  const bucket = (changed: object = {}): ReportTarget => ({
    kind: 's3',
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    bucket: 'reports',
    prefix: 'finance/',
    pathStyle: true,
    accessKeyId: 'S3RVER',
    secretAccessKey: SECRET,
    ...changed,
  })
  beforeAll(async () => {
    const directory = join(root, 's3')
    const address = '127.0.0.1'
    server = new S3rver({ port: 0, address, silent: true, directory, configureBuckets: [{ name: 'reports' }] })
    ;({ port } = await server.run())
    client = new S3Client({
      endpoint: `http://${address}:${port}`,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: SECRET },
    })
  })
  afterAll(async () => {
    client.destroy()
    await server.close()
    await rm(join(root, 's3'), { recursive: true, force: true })
  })
  const keys = async () => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'reports' }))
    return Contents.map(({ Key }) => Key)
  }

  test('cut off in the middle it is no success; then, twice, one object with its bytes', async () => {
    const cable = createServer((incoming) => {
      const outgoing = connect(port, '127.0.0.1')
      let seen = 0
      incoming
        .on('error', () => undefined)
        .on('data', (chunk: Buffer) => {
          seen += chunk.length
          if (seen > 1024 * 1024) for (const end of [incoming, outgoing]) end.destroy()
          else outgoing.write(chunk)
        })
      outgoing.on('error', () => undefined).pipe(incoming)
    })
    await new Promise<void>((resolve) => cable.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(cable.address() as AddressInfo).port}`
    expect(await send(bucket({ endpoint }))).toMatch(/EPIPE|ECONNRESET|socket/i)
    cable.close()
    // s3rver keeps the half of it; the next attempt is the same object.
    expect(await send(bucket())).toBeUndefined()
    expect(await send(bucket())).toBeUndefined()
    expect(await keys()).toEqual([`finance/${run.fileName}`])
    const got = await client.send(new GetObjectCommand({ Bucket: 'reports', Key: `finance/${run.fileName}` }))
    expect((await buffer(got.Body as Readable)).equals(bytes)).toBe(true)
    expect(got.Metadata).toEqual({ sha256, 'report-run': '17' })
  })

  test('a bucket that is not there, a key that is wrong, a server that is away: said without the secret', async () => {
    expect(await send(bucket({ bucket: 'elsewhere' }))).toMatch(/NoSuchBucket/)
    const wrong = await send(bucket({ accessKeyId: 'AKIDOFNOBODY', secretAccessKey: 'wrong-secret-of-ours' }))
    expect(wrong).toMatch(/InvalidAccessKeyId/)
    expect(wrong).not.toMatch(/AKIDOFNOBODY|wrong-secret-of-ours/)
    expect(await send(bucket({ endpoint: 'http://127.0.0.1:1' }))).toMatch(/ECONNREFUSED/)
  })
})

describe('a webhook', () => {
  let server: Server
  let status = 200
  const received: { body: string; signature: unknown }[] = []
  beforeAll(async () => {
    server = httpServer((request, response) => {
      void buffer(request).then((body) => {
        received.push({ body: body.toString(), signature: request.headers['lijian-signature'] })
        response.writeHead(status).end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  test('is told of the run, signed, without the file; an answer that is no success is a failure', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`
    const target = { kind: 'webhook', url, secret: 'whsec_0123456789abcdef' } as const
    expect(await send(target, { changed: { schedule: 'DAILY' } })).toBeUndefined()
    expect(JSON.parse(received[0]!.body)).toEqual({
      type: 'report',
      run: 17,
      kind: 'merchant',
      from: '2026-11-01',
      to: '2026-11-30',
      schedule: 'DAILY',
      fileName: run.fileName,
      bytes: bytes.length,
      sha256,
      rows: 5,
      path: '/v1/report-runs/17',
    })
    expect(received[0]!.signature).toMatch(/^t=\d+,/)
    status = 503
    expect(await send(target)).toBe('the receiver answered 503')
  })
})

describe('mailboxes', () => {
  const mails: string[] = []
  let server: SMTPServer
  let port: number
  beforeAll(async () => {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: ({ password }, _session, done) => done(new Error(`unknown password ${password}`)),
      onRcptTo: ({ address }, _session, done) => done(address === 'gone@bank.cn' ? new Error('no such mailbox') : null),
      onData: (stream, _session, done) => {
        void buffer(stream).then((mail) => {
          mails.push(mail.toString())
          done()
        })
      },
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    ;({ port } = server.server.address() as AddressInfo)
  })
  afterAll(() => new Promise<void>((resolve) => server.close(resolve)))
  beforeEach(() => void (mails.length = 0))
  const mailbox = (changed: object = {}): ReportTarget => ({
    kind: 'email',
    host: '127.0.0.1',
    port,
    security: 'none',
    from: 'lijian@bank.cn',
    to: ['finance@bank.cn', 'audit@bank.cn'],
    attach: false,
    ...changed,
  })
  const small = Buffer.from('row\n')
  const smallSha = createHash('sha256').update(small).digest('hex')
  const partsOf = (mail: string) =>
    [...mail.matchAll(/\r\n\r\n([A-Za-z0-9+/=\r\n]+)/g)].map(([, text]) => Buffer.from(text!, 'base64').toString())

  test('are told what was made, without the file; the same mail has the same id', async () => {
    expect(await send(mailbox())).toBeUndefined()
    expect(await send(mailbox())).toBeUndefined()
    const [first, second] = mails as [string, string]
    expect(first).toMatch(/^To: finance@bank\.cn, audit@bank\.cn\r$/m)
    expect(first.replaceAll('=\r\n', '')).toContain(`SHA-256: ${sha256}`)
    expect(first).not.toContain('attachment')
    const idOf = (mail: string) => /^Message-ID: (.+)\r$/im.exec(mail)?.[1]
    expect(idOf(first)).toMatch(/^<report-17\.archive\./)
    expect(idOf(second)).toBe(idOf(first))
  })

  test('a name with a line break makes no header of its own', async () => {
    expect(await send(mailbox(), { changed: { fileName: 'a\r\nBcc: evil@evil.cn\r\n.csv' } })).toBeUndefined()
    expect(mails[0]).not.toMatch(/^\s*Bcc:/im)
  })

  test('get the file where the target says so', async () => {
    const changed = { bytes: small.length, sha256: smallSha }
    expect(await send(mailbox({ attach: true }), { file: small, changed })).toBeUndefined()
    expect(partsOf(mails[0]!)).toContain('row\n')
    expect(await send(mailbox({ attach: true }), { changed: { bytes: 16 * 1024 ** 2 } })).toMatch(/15 MiB/)
  })

  test('a mailbox that is refused, a login that is wrong, a server without TLS: a failure without a secret', async () => {
    expect(await send(mailbox({ to: ['finance@bank.cn', 'gone@bank.cn'] }))).toBe('refused for 1 of 2 mailboxes')
    const failed = await send(mailbox({ user: 'lijian', password: 'pass-of-ours' }))
    expect(failed).toMatch(/EAUTH/)
    expect(failed).not.toContain('pass-of-ours')
    expect(await send(mailbox({ security: 'starttls' }))).toMatch(/ETLS|STARTTLS/)
  })
})
