import type { ReportRunAnswer } from '@lijian/contracts/finance'
import { postSigned } from '@lijian/notifications'
import type { ReportTarget, ReportTargets } from '@lijian/report-runs'
import type { Readable } from 'node:stream'
import { toMailboxes } from './email'
import { toFolder } from './folder'
import { toBucket } from './s3'
import { announcement, type Sending } from './sending'

export interface DeliverySettings {
  targets: ReportTargets
  /** In it each target of kind folder has a folder of its name. */
  folder: string
  /** Development: a webhook may be plain http, and of one's own machine. */
  inside: boolean
}

const WEBHOOK_MS = 10_000
const ERROR_CHARACTERS_MAX = 300

/** One attempt. What went wrong in a sentence without a secret, or nothing. */
export async function deliver(
  name: string,
  run: ReportRunAnswer,
  how: DeliverySettings & { open: () => Promise<Readable>; signal: AbortSignal },
): Promise<string | undefined> {
  const target = how.targets.get(name)
  if (target === undefined) return `LIJIAN_REPORT_TARGETS has no target ${name}`
  const { bytes, sha256, fileName } = run
  if (bytes === undefined || sha256 === undefined || fileName === undefined) return 'the run has no file'
  try {
    const sending = { ...how, run: { ...run, bytes, sha256, fileName } }
    await orCutOff(send(name, target, how, sending), how.signal)
    return undefined
  } catch (error) {
    return reasonOf(error, target)
  }
}

/** Not everything that sends hears a signal; nobody waits for it then. */
async function orCutOff(sent: Promise<void>, signal: AbortSignal): Promise<void> {
  let cut = () => undefined as void
  const cutOff = new Promise<never>((_resolve, reject) => {
    cut = () => reject(new Error('cut off'))
    signal.addEventListener('abort', cut, { once: true })
  })
  await Promise.race([sent, cutOff]).finally(() => signal.removeEventListener('abort', cut))
}

async function send(
  name: string,
  target: ReportTarget,
  { folder: root, inside }: DeliverySettings,
  sending: Sending,
): Promise<void> {
  switch (target.kind) {
    case 'folder':
      return toFolder(root, name, sending)
    case 's3':
      return toBucket(target, sending)
    case 'email':
      return toMailboxes(name, target, sending)
    case 'webhook': {
      const message = { id: ['report', name, sending.run.id], body: JSON.stringify(announcement(sending.run)) }
      const failure = await postSigned(target, message, { timeoutMs: WEBHOOK_MS, inside })
      if (failure !== undefined) throw new Error(failure)
    }
  }
}

/** Servers repeat what they were sent: whatever the target's file keeps secret is taken out. */
function reasonOf(error: unknown, target: ReportTarget): string {
  const { name = 'Error', message = String(error), code } = error as { name?: string; message?: string; code?: string }
  const parts = [name === 'Error' ? undefined : name, code, message].filter((part) => part !== undefined && part !== '')
  return secretsOf(target)
    .reduce((text, secret) => text.replaceAll(secret, '***'), [...new Set(parts)].join(': '))
    .replaceAll(/\p{Cc}+/gu, ' ')
    .slice(0, ERROR_CHARACTERS_MAX)
}

function secretsOf(target: ReportTarget): string[] {
  if (target.kind === 's3') return [target.secretAccessKey, target.accessKeyId]
  if (target.kind === 'webhook') return [target.secret, target.url]
  if (target.kind === 'email') return [target.password, target.user, ...target.to].flatMap((one) => (one ? [one] : []))
  return []
}
