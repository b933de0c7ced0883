import { sqlFolderMigration } from '../sql-folder'

export class Currencies1764000000019 extends sqlFolderMigration('0019-currencies', ['reconcile_day']) {
  name = 'Currencies1764000000019'
}
