import { apiKeyKind } from './api-keys'
import { branchKind } from './branches'
import { clientKind } from './clients'
import { delegationKind } from './delegations'
import { personKind } from './persons'
import { policyKind } from './policies'
import { recoveryKind } from './recovery'
import { roleKind } from './roles'

/** What two administrators decide about people. */
export const peopleKinds = {
  api_key: apiKeyKind,
  branch: branchKind,
  client: clientKind,
  person: personKind,
  role: roleKind,
  recovery: recoveryKind,
  delegation: delegationKind,
  approval_policy: policyKind,
}
