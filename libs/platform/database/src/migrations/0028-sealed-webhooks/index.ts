import { sqlFolderMigration } from '../sql-folder'

export class SealedWebhooks1764000000028 extends sqlFolderMigration('0028-sealed-webhooks') {
  name = 'SealedWebhooks1764000000028'
}
