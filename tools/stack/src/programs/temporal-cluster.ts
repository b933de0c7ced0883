import type { Stack } from '../core/stack'
import { cachedOrBuilt, type GoProgram } from './cache'

const server: GoProgram = {
  name: 'temporal-server',
  module: 'go.temporal.io/server',
  main: 'go.temporal.io/server/cmd/server',
  firstTime: 'some minutes, once per machine',
}

const sqlTool: GoProgram = {
  name: 'temporal-sql-tool',
  module: 'go.temporal.io/server',
  main: 'go.temporal.io/server/cmd/tools/sql',
  firstTime: 'less than a minute, once per machine',
}

const uiServer: GoProgram = {
  name: 'temporal-ui-server',
  module: 'github.com/temporalio/ui-server/v2',
  main: 'github.com/temporalio/ui-server/v2/cmd/server',
  firstTime: 'less than a minute, once per machine',
}

export const temporalServer = (stack: Stack): Promise<string> => cachedOrBuilt(stack, server)
export const temporalSqlTool = (stack: Stack): Promise<string> => cachedOrBuilt(stack, sqlTool)
export const temporalUiServer = (stack: Stack): Promise<string> => cachedOrBuilt(stack, uiServer)
