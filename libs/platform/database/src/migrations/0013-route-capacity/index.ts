import { sqlFolderMigration } from '../sql-folder'

export class RouteCapacity1764000000013 extends sqlFolderMigration('0013-route-capacity') {
  name = 'RouteCapacity1764000000013'
}
