import type { ReportTarget } from '@lijian/report-runs'
import { nameAtTarget, type Sending } from './sending'

/** One object of one request. */
const OBJECT_BYTES_MAX = 5 * 1024 ** 3
const CONNECT_MS = 10_000
const SILENT_MS = 60_000
const silent = () => undefined

/** Streams the file into the bucket. The server compares it with its SHA-256, which is signed: what it keeps is the file, or nothing. */
export async function toBucket(target: ReportTarget & { kind: 's3' }, { run, open, signal }: Sending): Promise<void> {
  if (run.bytes > OBJECT_BYTES_MAX) throw new Error('larger than one object may be (5 GiB)')
  const { region, endpoint, pathStyle, accessKeyId, secretAccessKey, bucket, prefix } = target
  // 17 MiB that a process with no bucket never needs.
  const { PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3')
  const client = new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    forcePathStyle: pathStyle,
    credentials: { accessKeyId, secretAccessKey },
    // A stream cannot be sent again; whoever calls tries again.
    maxAttempts: 1,
    // Its warnings go past our log.
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENT_MS },
  })
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> }
      headers['x-amz-content-sha256'] = run.sha256
      return next(args)
    },
    { step: 'build', name: 'signedSha256' },
  )
  const file = await open()
  try {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: prefix + nameAtTarget(run),
        Body: file,
        ContentLength: run.bytes,
        ContentType: TYPES[run.format],
        ChecksumSHA256: Buffer.from(run.sha256, 'hex').toString('base64'),
        Metadata: { sha256: run.sha256, 'report-run': String(run.id) },
      }),
      { abortSignal: signal },
    )
  } finally {
    file.destroy()
    client.destroy()
  }
}

const TYPES = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const
