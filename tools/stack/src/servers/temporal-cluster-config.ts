const host = '127.0.0.1'

/** Temporal keeps these ports in a column of type smallint. */
const highestPort = 32_767
const services = 7

/** The ports on which the services find each other: next to each other, 10,000 from the frontend's or as near as the limit allows. */
export function internalPorts(frontendPort: number): number[] {
  const above = frontendPort + 10_000
  const first = above + services <= highestPort ? above : 10_000 + (frontendPort % 20_000)
  return Array.from({ length: services }, (_, i) => first + i)
}

interface Layout {
  databaseUrl: string
  frontendPort: number
}

/** The configuration of a whole Temporal server in one process; every setting that is not here has the server's own default. */
export function clusterConfig({ databaseUrl, frontendPort }: Layout): object {
  const [frontendMember, history, historyMember, matching, matchingMember, worker, workerMember] =
    internalPorts(frontendPort)
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'main',
      visibilityStore: 'visibility',
      // Fixed for the life of the data. A few are enough for one machine; production asks for hundreds.
      numHistoryShards: 4,
      datastores: {
        main: { sql: store(databaseUrl, 'temporal', 40) },
        visibility: { sql: store(databaseUrl, 'temporal_visibility', 10) },
      },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: host } },
    services: {
      frontend: service(frontendPort, frontendMember),
      history: service(history, historyMember),
      matching: service(matching, matchingMember),
      worker: service(worker, workerMember),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `${host}:${frontendPort}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
  }
}

const service = (grpcPort: number | undefined, membershipPort: number | undefined) => ({
  rpc: { grpcPort, membershipPort, bindOnLocalHost: true },
})

function store(databaseUrl: string, databaseName: string, maxConns: number): object {
  const url = new URL(databaseUrl)
  return {
    pluginName: 'postgres12',
    databaseName,
    connectAddr: `${url.hostname}:${url.port || 5432}`,
    connectProtocol: 'tcp',
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    maxConns,
    maxIdleConns: maxConns,
    maxConnLifetime: '1h',
  }
}
