import { sqlFolderMigration } from '../sql-folder'

export class Approved1764000000055 extends sqlFolderMigration('0055-approved', ['keep_decided', 'demand_approval']) {
  name = 'Approved1764000000055'
}
