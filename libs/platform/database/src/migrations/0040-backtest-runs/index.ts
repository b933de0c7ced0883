import { sqlFolderMigration } from '../sql-folder'

export class BacktestRuns1764000000040 extends sqlFolderMigration('0040-backtest-runs') {
  name = 'BacktestRuns1764000000040'
}
