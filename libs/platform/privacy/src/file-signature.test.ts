import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileSigner, isSignedBy } from './file-signature'

const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')

test('the keys and the signature of RFC 8032, 7.1', () => {
  const signer = new FileSigner(seed)
  const raw = Buffer.from(signer.publicKeyPem.split('\n')[1]!, 'base64').subarray(-32)
  expect(raw.toString('hex')).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')
  expect(signer.sign('').toString('hex')).toMatch(/^e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155/)
})

test('another line, another key and half a signature are found out', () => {
  const signer = new FileSigner(seed)
  const signature = signer.sign('ab  x.csv\n')
  const other = new FileSigner(Buffer.alloc(32, 7))
  expect(isSignedBy(signer.publicKeyPem, 'ab  x.csv\n', signature)).toBe(true)
  expect(isSignedBy(signer.publicKeyPem, 'ab  y.csv\n', signature)).toBe(false)
  expect(isSignedBy(other.publicKeyPem, 'ab  x.csv\n', signature)).toBe(false)
  expect(isSignedBy(signer.publicKeyPem, 'ab  x.csv\n', signature.subarray(1))).toBe(false)
  expect(() => isSignedBy('no key', '', signature)).toThrow()
})

test('openssl agrees, with the command of the guide', () => {
  const signer = new FileSigner(seed)
  const dir = mkdtempSync(join(tmpdir(), 'lijian-signature-'))
  writeFileSync(join(dir, 'key.pem'), signer.publicKeyPem)
  writeFileSync(join(dir, 'x.csv.sha256'), 'ab  x.csv\n')
  writeFileSync(join(dir, 'x.csv.sig'), signer.sign('ab  x.csv\n'))
  const words = 'pkeyutl -verify -pubin -inkey key.pem -rawin -in x.csv.sha256 -sigfile x.csv.sig'
  expect(execFileSync('openssl', words.split(' '), { cwd: dir }).toString()).toContain(
    'Signature Verified Successfully',
  )
})
