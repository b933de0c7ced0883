import type { ActionDefinition } from '../kit/define-action'
export { standingOf, type ActionDefinition } from '../kit/define-action'
export { OPERATIONS } from '../api/operations'
import { approvalActions } from './approvals'
import { caseActions } from './cases'
import { clearingActions } from './clearing'
import { cycleActions } from './cycles'
import { marketingActions } from './marketing'
import { merchantActions } from './merchants'
import { partnerActions } from './partners'
import { reconciliationActions } from './reconciliation'
import { reportActions } from './reports'
import { stoppingActions } from './suspensions'
import { systemActions } from './system'

/** Everything that a person does in the console beside reading and approving, as data. */
export const ACTIONS: readonly ActionDefinition[] = [
  ...partnerActions,
  ...cycleActions,
  ...caseActions,
  ...clearingActions,
  ...reconciliationActions,
  ...reportActions,
  ...stoppingActions,
  ...merchantActions,
  ...marketingActions,
  ...approvalActions,
  ...systemActions,
]
