import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** An authority, and a certificate of it for a server and for a client, made by openssl into `folder`. */
export function certificates(folder: string, serverName: string) {
  const at = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' })
  const subject = (name: string) => ['-subj', `/CN=${name}`, '-newkey', 'rsa:2048', '-nodes']
  openssl('req', '-x509', ...subject('test authority'), '-keyout', at('ca.key'), '-out', at('ca.pem'), '-days', '2')
  writeFileSync(at('names'), `subjectAltName=DNS:${serverName}\n`)
  for (const name of ['server', 'client']) {
    openssl('req', ...subject(name), '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`))
    const signing = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2']
    openssl('x509', '-req', '-in', at(`${name}.csr`), ...signing, '-extfile', at('names'), '-out', at(`${name}.pem`))
  }
  return at
}
