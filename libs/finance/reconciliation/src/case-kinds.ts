import { caseKinds } from '@lijian/cases'
import { BREAK_CLASSES } from '@lijian/contracts/finance'

/** What matching opens cases for: each class of difference, and a client that has sent no list for a date with payments. */
export const reconciliationCases = caseKinds(...BREAK_CLASSES, 'list_missing')
