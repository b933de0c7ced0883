export { Evaluations, type EvaluationAsk } from './evaluations'
export { Explainer, type ExplainedTransaction, type ExplainerOptions } from './explainer'
export { listTransactions, type ListAsk } from './list'
export { Search } from './search/search'
