import { count, key32, port, text } from './formats'
import { variable } from './variable'

/** How Temporal is reached, and what goes to it. */
export const temporalVariables = {
  temporalAddress: variable({
    name: 'TEMPORAL_ADDRESS',
    format: text('an address such as 127.0.0.1:7233', /^[^\s:/]+:\d{1,5}$/),
    required: true,
    meaning: 'Temporal frontend. Given: `./lijian up` starts no Temporal of its own.',
  }),
  temporalNamespace: variable({
    name: 'TEMPORAL_NAMESPACE',
    format: text('a namespace name', /^[A-Za-z0-9][\w.-]*$/),
    default: 'default',
    meaning: 'Temporal namespace of all workflows.',
  }),
  temporalPort: variable({
    name: 'LIJIAN_TEMPORAL_PORT',
    format: port,
    default: '7233',
    meaning: 'Port of the Temporal frontend that `./lijian up` starts.',
  }),
  temporalUiPort: variable({
    name: 'LIJIAN_TEMPORAL_UI_PORT',
    format: port,
    default: '8233',
    meaning: 'Port of the Temporal UI that `./lijian up` starts.',
  }),
  taskQueue: variable({
    name: 'LIJIAN_TASK_QUEUE',
    format: text('a task queue name', /^[\w./-]+$/),
    default: 'lijian',
    meaning: 'Temporal task queue of the worker.',
  }),
  payloadKey: variable({
    name: 'LIJIAN_PAYLOAD_KEY',
    format: key32,
    secret: true,
    meaning: 'AES key of workflow payloads. Given: payloads are encrypted and the codec server runs.',
  }),
  codecPort: variable({
    name: 'LIJIAN_CODEC_PORT',
    format: port,
    default: '8234',
    meaning: 'Port of the codec server that lets the Temporal UI read encrypted payloads.',
  }),
  relayStartDelayMs: variable({
    name: 'LIJIAN_RELAY_START_DELAY_MS',
    format: count(0, 60_000),
    default: '1000',
    meaning: 'How long the relay holds a start back, so that a result that comes soon costs no second workflow task.',
  }),
  relayLanes: variable({
    name: 'LIJIAN_RELAY_LANES',
    format: count(1, 256),
    default: '8',
    meaning: 'Calls to Temporal that the relay makes at a time.',
  }),
}
