import { sqlFolderMigration } from '../sql-folder'

export class Identities1764000000038 extends sqlFolderMigration('0038-identities', []) {
  name = 'Identities1764000000038'
}
