import { sqlFolderMigration } from '../sql-folder'

export class SerialsLikeCards1764000000026 extends sqlFolderMigration('0026-serials-like-cards') {
  name = 'SerialsLikeCards1764000000026'
}
