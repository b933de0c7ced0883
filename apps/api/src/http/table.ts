import { accountEndpoints } from './finance/accounts'
import { caseEndpoints } from './finance/cases'
import { clearingEndpoints } from './finance/clearing'
import { cycleEndpoints } from './finance/cycles'
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
import { merchantEndpoints } from './marketing/merchants'
import { refundEndpoints } from './marketing/refunds'
import { transactionEndpoints } from './marketing/transactions'
import { accessEndpoints } from './people/access'
import { decisionEndpoints } from './people/decisions'
import { meEndpoints } from './people/me'
import { sessionEndpoints } from './people/sessions'
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
    ...backtestEndpoints,
    ...merchantEndpoints,
    ...groupEndpoints,
    ...importEndpoints,
  ],
  routing: [...paymentEndpoints, ...routingEndpoints, ...cardUsageEndpoints, ...routingReportEndpoints],
  finance: [
    ...partnerEndpoints,
    ...fundingEndpoints,
    ...cycleEndpoints,
    ...clearingEndpoints,
    ...accountEndpoints,
    ...caseEndpoints,
    ...reconciliationEndpoints,
    ...reportEndpoints,
    ...reportScheduleEndpoints,
  ],
  people: [...accessEndpoints, ...decisionEndpoints, ...sessionEndpoints, ...meEndpoints],
  system: operationEndpoints,
}
