import { sqlFolderMigration } from '../sql-folder'

export class Merchants1764000000037 extends sqlFolderMigration('0037-merchants') {
  name = 'Merchants1764000000037'
}
