import { Initial1764000000001 } from './0001-initial'

/** In order of their time stamps; TypeORM keeps what was applied in the table "migrations". */
export const migrations = [Initial1764000000001]
