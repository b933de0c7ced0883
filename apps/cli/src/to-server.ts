import { createReadStream, readFileSync, statSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { join } from 'node:path'
import { stdin } from 'node:process'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Problem } from '@lijian/contracts/system'
import { BadInput } from './fail'
import { storedToken } from './login/tokens'

export const count = (value: number) => value.toLocaleString('en')

export function address(url: string): string {
  if (!/^https?:\/\//.test(url)) throw new BadInput(`--url ${url}: expected an address such as http://127.0.0.1:8080`)
  return url
}

/** The token of whoever is signed in to this server, else a key that `./lijian up` has written. */
export const keyFor = (url: string, who: 'maker' | 'finance' = 'maker'): string =>
  storedToken(url)?.token ?? developmentKey(who)

function developmentKey(who: 'maker' | 'finance'): string {
  const file = join(process.env['LIJIAN_DATA_DIR'] ?? join(__dirname, '..', '..', '..', '.lijian'), 'keys.json')
  let key: string | undefined
  try {
    key = (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)[who]
  } catch {
    // Said below.
  }
  if (key === undefined)
    throw new BadInput(
      `no development key in ${file}: sign in with ./lijian login, give --key, or start the stack with ./lijian up`,
    )
  return key
}

export function open(file: string): { body: Readable; bytes: number | undefined } {
  if (file === '-') return { body: stdin, bytes: undefined }
  const found = statSync(file, { throwIfNoEntry: false })
  if (found?.isFile() !== true) throw new BadInput(`${file}: ${found === undefined ? 'no such file' : 'is not a file'}`)
  return { body: createReadStream(file, { highWaterMark: 1 << 18 }), bytes: found.size }
}

/** Posts a file of any size; throws BadInput with everything the server has to say about it. */
export async function send<Answer>(
  url: URL,
  key: string,
  type: string,
  body: Readable,
  bytes: number | undefined,
): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': type,
    ...(bytes === undefined ? {} : { 'content-length': bytes }),
  }
  const outgoing = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, { method: 'POST', headers })
  const answered = new Promise<{ status: number; text: string }>((resolve, reject) => {
    outgoing.once('error', reject).once('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part)).once('error', reject)
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
      )
    })
  })
  // A refusal may come before the file is sent: then what it says counts, not that the rest was not taken.
  const sent = pipeline(body, outgoing)
  sent.catch(() => undefined)
  const { status, text } = await answered.catch((error: NodeJS.ErrnoException) => {
    throw new BadInput(`${url.origin} does not answer (${error.code ?? error.message}): is it running? ./lijian up`)
  })
  if (status === 200) return JSON.parse(text) as Answer
  throw new BadInput(refusal(status, text))
}

/** Posts one JSON document. */
export const postFor = <Answer>(url: URL, key: string, body: Buffer): Promise<Answer> =>
  send(url, key, 'application/json', Readable.from([body]), body.length)

/** Every line that the server has named, and what helps. */
function refusal(status: number, text: string): string {
  let problem: Partial<Problem>
  try {
    problem = JSON.parse(text) as Partial<Problem>
  } catch {
    return `the server answers ${status}`
  }
  const lines = (problem.errors ?? []).map(({ path, message, messageZh }) =>
    `${path}: ${message}${messageZh === undefined ? '' : ` (${messageZh})`}`.trim(),
  )
  return [`${problem.detail ?? problem.title ?? status}. ${problem.do ?? ''}`.trim(), ...lines].join('\nlijian: ')
}
