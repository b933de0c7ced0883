import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
// The encoder of the library that reads it: CBOR is not what is tested.
import { isoCBOR } from '@simplewebauthn/server/helpers'

const b64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url')
const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest()
/** User present, user verified, credential data attached. */
const [UP, UV, AT] = [0x01, 0x04, 0x40]

interface Options {
  challenge: string
  rpId?: string
  rp?: { id: string }
  user?: { id: string }
}
interface How {
  origin?: string
  rpId?: string
  /** False: somebody has touched it, and nobody knows who. */
  isVerified?: boolean
  type?: string
}

/** An authenticator as a program (WebAuthn level 2): a P-256 key, a counter, and the answers of a browser. */
export class SoftwarePasskey {
  readonly id = randomBytes(16)
  counter = 0
  private readonly key: { privateKey: KeyObject; publicKey: KeyObject } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  })
  private userHandle = ''

  constructor(private readonly origin: string) {}

  create(options: Options, how: How = {}) {
    this.userHandle = options.user!.id
    const { x, y } = this.key.publicKey.export({ format: 'jwk' })
    // COSE: EC2, ES256, P-256.
    const cose = isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(Buffer.from(x!, 'base64url'))],
        [-3, new Uint8Array(Buffer.from(y!, 'base64url'))],
      ]),
    )
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.id.length)
    const credential = Buffer.concat([Buffer.alloc(16), length, this.id, cose])
    const data = Buffer.concat([this.data(how.rpId ?? options.rp!.id, AT, how), credential])
    const attestation = isoCBOR.encode(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(data)],
      ]) as never,
    )
    return this.answer({
      clientDataJSON: this.clientData('webauthn.create', options, how),
      attestationObject: b64(attestation),
      transports: ['internal'],
    })
  }

  get(options: Options, how: How = {}) {
    const data = this.data(how.rpId ?? options.rpId!, 0, how)
    const clientDataJSON = this.clientData('webauthn.get', options, how)
    const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    const signature = createSign('sha256').update(signed).sign(this.key.privateKey)
    return this.answer({
      clientDataJSON,
      authenticatorData: b64(data),
      signature: b64(signature),
      userHandle: this.userHandle,
    })
  }

  private data(rpId: string, flags: number, { isVerified = true }: How): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(++this.counter)
    return Buffer.concat([sha256(rpId), Buffer.from([UP | flags | (isVerified ? UV : 0)]), counter])
  }

  private clientData(type: string, { challenge }: Options, how: How): string {
    return b64(
      JSON.stringify({ type: how.type ?? type, challenge, origin: how.origin ?? this.origin, crossOrigin: false }),
    )
  }

  private answer<Response>(response: Response) {
    const id = b64(this.id)
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response }
  }
}
