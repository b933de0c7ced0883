import type { StackConfig } from '@lijian/config'
import type { Server } from '../core/server'
import { api } from './api'
import { keys } from './keys'
import { migrations } from './migrations'
import { postgres } from './postgres'
import { temporalDev } from './temporal-dev'
import { worker } from './worker'

/** One more server is one more file and one more name here. */
export function serversOf(_profile: StackConfig['profile']): readonly Server[] {
  return [postgres, temporalDev, migrations, keys, api, worker]
}
