import { sqlFolderMigration } from '../sql-folder'

export class MayOmitPaid1764000000015 extends sqlFolderMigration('0015-may-omit-paid') {
  name = 'MayOmitPaid1764000000015'
}
