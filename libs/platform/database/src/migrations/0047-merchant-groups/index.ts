import { sqlFolderMigration } from '../sql-folder'

export class MerchantGroups1764000000047 extends sqlFolderMigration('0047-merchant-groups', []) {
  name = 'MerchantGroups1764000000047'
}
