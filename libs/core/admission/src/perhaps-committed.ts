import { LijianError } from '@lijian/contracts/system'

/** The connection was lost with the batch under way: its statement may reach PostgreSQL and be committed at any later time. */
export class PerhapsCommitted extends LijianError {
  constructor() {
    super('unavailable', 'PostgreSQL did not answer')
  }
}
