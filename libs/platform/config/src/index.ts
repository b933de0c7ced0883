export { mustBeLocked, payloadKeysOf, wantsTls, type DatedKey } from './locks'
export { loadConfig, loadStackConfig, ConfigError, type Config, type StackConfig, type Environment } from './load'
export { DEFAULT_PORTS, variableTable, markdownTable, type VariableRow } from './table'
export { derivedKeyId, type NamedKey } from './key-texts'
