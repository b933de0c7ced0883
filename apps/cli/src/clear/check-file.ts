import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { loadStackConfig } from '@lijian/config'
import { FileSigner, isSignedBy } from '@lijian/privacy'

/** It is not what was published: exit code 1. What cannot be looked at is another error. */
export class NotPublished extends Error {}

export function publicKey(env: NodeJS.ProcessEnv): string {
  const { clearingSignKey } = loadStackConfig(env)
  if (clearingSignKey === undefined)
    throw new WrongKey('LIJIAN_CLEARING_SIGN_KEY is not set; a receiver names the public key with --key FILE')
  return new FileSigner(clearingSignKey).publicKeyPem
}

/** There is no key to check with: exit code 2. */
export class WrongKey extends Error {}

/** FILE, FILE.sha256 and FILE.sig belong together and to the key. Reads FILE in pieces, so that its size is no matter. */
export async function checkFile(path: string, publicKeyPem: string): Promise<string> {
  const name = basename(path)
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  const line = await besides(`${path}.sha256`)
  const signature = await besides(`${path}.sig`)
  if (line.toString() !== `${hash.digest('hex')}  ${name}\n`)
    throw new NotPublished(`${name} is not the file that ${name}.sha256 names`)
  if (!isSigned(publicKeyPem, line, signature))
    throw new NotPublished(`${name}.sig is no signature of ${name}.sha256 with this key`)
  return `${name}: as published and signed`
}

/** A file without its companions proves nothing. */
async function besides(path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new NotPublished(`${basename(path)} is not beside it`) : error
  })
}

function isSigned(publicKeyPem: string, line: Buffer, signature: Buffer): boolean {
  try {
    return isSignedBy(publicKeyPem, line, signature)
  } catch (error) {
    throw new WrongKey('the public key cannot be read; expected a PEM file, as `clear --public-key` prints it', {
      cause: error,
    })
  }
}
