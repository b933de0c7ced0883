import { readFileSync } from 'node:fs'

/** How Temporal is reached, as the variables TEMPORAL_… say. */
export interface TemporalAccess {
  temporalAddress: string
  temporalTls?: 'true' | 'false'
  /** PEM files. */
  temporalTlsCa?: string
  temporalTlsCert?: string
  temporalTlsKey?: string
  temporalTlsServerName?: string
  temporalApiKey?: string
}

/** Options of a connection to Temporal, for clients and workers alike. Throws with the name of a file that cannot be read. */
export function connectionTo(access: TemporalAccess) {
  const { temporalAddress: address, temporalApiKey: apiKey, temporalTlsServerName: serverNameOverride } = access
  const ca = file(access.temporalTlsCa)
  const crt = file(access.temporalTlsCert)
  const key = file(access.temporalTlsKey)
  const wanted = access.temporalTls === 'true' || [ca, crt, serverNameOverride, apiKey].some((one) => one !== undefined)
  if (!wanted) return { address }
  const tls = {
    ...(ca === undefined ? {} : { serverRootCACertificate: ca }),
    ...(crt === undefined || key === undefined ? {} : { clientCertPair: { crt, key } }),
    ...(serverNameOverride === undefined ? {} : { serverNameOverride }),
  }
  return { address, tls, ...(apiKey === undefined ? {} : { apiKey }) }
}

function file(path: string | undefined): Buffer | undefined {
  if (path === undefined) return undefined
  try {
    return readFileSync(path)
  } catch (error) {
    throw new Error(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`, { cause: error })
  }
}
