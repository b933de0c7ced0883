export { CardGroups } from './card-groups'
export { CustomerGroups } from './customer-groups'
export { GroupImports } from './imports/group-imports'
