import { once } from 'node:events'
import type { ReportTarget } from '@lijian/report-runs'
import { nameAtTarget, type Sending } from './sending'

const ANSWER_MS = 30_000
/** What most mailboxes take. */
const ATTACHED_BYTES_MAX = 15 * 1024 ** 2

/** One mail to all mailboxes of the target. Its id is the run's: a mail that was sent twice shows as one where that is looked at. */
export async function toMailboxes(
  name: string,
  target: ReportTarget & { kind: 'email' },
  { run, open, signal }: Sending,
): Promise<void> {
  const { host, port, security, user, password, from, to, attach } = target
  if (attach && run.bytes > ATTACHED_BYTES_MAX) throw new Error('larger than an attachment may be (15 MiB)')
  // Only a process that sends mail needs it.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === undefined || password === undefined ? {} : { auth: { user, pass: password } }),
    connectionTimeout: ANSWER_MS,
    greetingTimeout: ANSWER_MS,
    socketTimeout: ANSWER_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const ended = new AbortController()
  const aborted = once(signal, 'abort', { signal: ended.signal }).then(() => transport.close())
  aborted.catch(() => undefined)
  try {
    const sent = await transport.sendMail({
      messageId: `<report-${run.id}.${name}.${run.sha256.slice(0, 16)}@lijian.invalid>`,
      from,
      to,
      subject: nameAtTarget(run),
      text: textOf(run),
      // Left to itself nodemailer chooses by the share of Chinese, so that the hash decided.
      textEncoding: 'quoted-printable',
      ...(attach ? { attachments: [{ filename: nameAtTarget(run), content: await open() }] } : {}),
    })
    if (sent.rejected.length > 0) throw new Error(`refused for ${sent.rejected.length} of ${to.length} mailboxes`)
  } finally {
    ended.abort()
    transport.close()
  }
}

const textOf = ({ language, ...run }: Sending['run']) => {
  const zh = language === 'zh'
  return [
    zh ? '报表已生成。' : 'A report was made.',
    '',
    `${zh ? '文件' : 'File'}: ${nameAtTarget({ language, ...run })}`,
    `${zh ? '业务日期' : 'Business dates'}: ${run.parameters.from} – ${run.parameters.to}`,
    `${zh ? '行数' : 'Rows'}: ${run.rows ?? 0}`,
    `${zh ? '字节' : 'Bytes'}: ${run.bytes}`,
    `SHA-256: ${run.sha256}`,
    `${zh ? '任务' : 'Run'}: ${run.id}`,
    '',
  ].join('\n')
}
