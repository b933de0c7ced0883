import { accountEndpoints } from './finance/accounts'
import { caseEndpoints } from './finance/cases'
import { clearingEndpoints } from './finance/clearing'
import { cycleEndpoints } from './finance/cycles'
import { erasureEndpoints } from './finance/erasures'
import { fundingEndpoints } from './finance/funding'
import { partnerEndpoints } from './finance/partners'
import { reconciliationEndpoints } from './finance/reconciliation'
import { reportScheduleEndpoints } from './finance/report-schedules'
import { reportEndpoints } from './finance/reports'
import { backtestEndpoints } from './marketing/backtests'
import { campaignEndpoints } from './marketing/campaigns'
import { evaluationEndpoints } from './marketing/evaluations'
import { groupEndpoints } from './marketing/groups'
import { importEndpoints } from './marketing/imports'
import { merchantGroupEndpoints } from './marketing/merchant-groups'
import { merchantEndpoints } from './marketing/merchants'
import { refundEndpoints } from './marketing/refunds'
import { searchEndpoints } from './marketing/search'
import { templateEndpoints } from './marketing/templates'
import { transactionEndpoints } from './marketing/transactions'
import { accessEndpoints } from './people/access'
import { approvalEndpoints } from './people/approvals'
import { auditEndpoints } from './people/audit'
import { decisionEndpoints } from './people/decisions'
import { meEndpoints } from './people/me'
import { oidcEndpoints } from './people/oidc'
import { passkeyEndpoints } from './people/passkeys'
import { organisationEndpoints } from './people/organisation'
import { personEndpoints } from './people/persons'
import { tokenEndpoints } from './people/tokens'
import { sessionEndpoints } from './people/sessions'
import { viewEndpoints } from './people/views'
import { cardUsageEndpoints } from './routing/card-usage'
import { paymentEndpoints } from './routing/payments'
import { routingEndpoints } from './routing/routing'
import { routingReportEndpoints } from './routing/routing-reports'
import { operationEndpoints } from './system/operations'

/** Every operation of the API, by the wing that it works on. What an operation is called, needs and answers is read from here and nowhere else. */
export const TABLE = {
  marketing: [
    ...transactionEndpoints,
    ...refundEndpoints,
    ...evaluationEndpoints,
    ...campaignEndpoints,
    ...templateEndpoints,
    ...backtestEndpoints,
    ...merchantEndpoints,
    ...merchantGroupEndpoints,
    ...groupEndpoints,
    ...importEndpoints,
    ...searchEndpoints,
  ],
  routing: [...paymentEndpoints, ...routingEndpoints, ...cardUsageEndpoints, ...routingReportEndpoints],
  finance: [
    ...partnerEndpoints,
    ...fundingEndpoints,
    ...cycleEndpoints,
    ...clearingEndpoints,
    ...accountEndpoints,
    ...caseEndpoints,
    ...erasureEndpoints,
    ...reconciliationEndpoints,
    ...reportEndpoints,
    ...reportScheduleEndpoints,
  ],
  people: [
    ...approvalEndpoints,
    ...accessEndpoints,
    ...organisationEndpoints,
    ...personEndpoints,
    ...decisionEndpoints,
    ...sessionEndpoints,
    ...meEndpoints,
    ...tokenEndpoints,
    ...viewEndpoints,
    ...auditEndpoints,
    ...oidcEndpoints,
    ...passkeyEndpoints,
  ],
  system: operationEndpoints,
}
