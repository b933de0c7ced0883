import { commandsPage } from './pages/commands'
import { configPage } from './pages/config'
import { ruleDocumentPage, routingDocumentPage } from './pages/documents'
import { errorsPage } from './pages/errors'
import { reasonsPage } from './pages/reasons'
import { workflowsPage } from './pages/workflows'
import { decisionsIndex } from './pages/decisions'

/** Pages made from code alone, by their path. */
export const PLAIN: Readonly<Record<string, () => string>> = {
  'docs/reference/errors.md': errorsPage,
  'docs/reference/reasons.md': reasonsPage,
  'docs/reference/config.md': configPage,
  'docs/reference/cli.md': commandsPage,
  'docs/reference/rule-document.md': ruleDocumentPage,
  'docs/reference/routing-document.md': routingDocumentPage,
  'docs/reference/workflows.md': workflowsPage,
  'docs/decisions/README.md': decisionsIndex,
}
