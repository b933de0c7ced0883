import type { StackConfig } from '@lijian/config'
import type { Server } from '../core/server'
import { api } from './api'
import { keys } from './keys'
import { migrations } from './migrations'
import { postgres } from './postgres'
import { reportGenerator } from './report-generator'
import { temporalCluster } from './temporal-cluster'
import { temporalDev } from './temporal-dev'
import { temporalSchema } from './temporal-schema'
import { temporalUi } from './temporal-ui'
import { worker } from './worker'

const temporal: Record<StackConfig['profile'], readonly Server[]> = {
  dev: [temporalDev],
  cluster: [temporalSchema, temporalCluster, temporalUi],
}

/** One more server is one more file and one more name here. */
export const serversOf = (profile: StackConfig['profile']): readonly Server[] => [
  postgres,
  ...temporal[profile],
  migrations,
  keys,
  api,
  worker,
  reportGenerator,
]
