import { sqlFolderMigration } from '../sql-folder'

export class Backtests1764000000031 extends sqlFolderMigration('0031-backtests') {
  name = 'Backtests1764000000031'
}
