import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'

/** PKCS #8 of an Ed25519 key (RFC 8410) up to its 32 bytes. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Signs lines about files, so that whoever can write the folder can make neither file nor line. The same line always has the same signature. */
export class FileSigner {
  private readonly key: KeyObject
  /** What others check with; it is no secret. */
  readonly publicKeyPem: string

  constructor(seed: Buffer) {
    this.key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
    this.publicKeyPem = createPublicKey(this.key).export({ format: 'pem', type: 'spki' }).toString()
  }

  sign = (line: string): Buffer => sign(null, Buffer.from(line), this.key)
}

/** Throws what Node says of a text that is no key. */
export function isSignedBy(publicKeyPem: string, line: string | Buffer, signature: Buffer): boolean {
  const key = createPublicKey(publicKeyPem)
  return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(line), key, signature)
}
