export { loadConfig, loadStackConfig, ConfigError, type Config, type StackConfig, type Environment } from './load'
export { variableTable, markdownTable, type VariableRow } from './table'
