import { sqlFolderMigration } from '../sql-folder'

export class ClientBounds1764000000048 extends sqlFolderMigration('0048-client-bounds') {
  name = 'ClientBounds1764000000048'
}
