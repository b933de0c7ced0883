import { bearers, count, isoDate, key32, keyList, oneOf, port, text } from './formats'
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
  temporalUiUrl: variable({
    name: 'LIJIAN_TEMPORAL_UI_URL',
    format: text('an address such as https://temporal.example.com', /^https?:\/\/[^\s"'<>?#]+$/),
    meaning:
      'Where browsers reach the Temporal UI: links of the console lead there. Absent in the profile dev: the UI of `./lijian up`; absent elsewhere: the console has no such links.',
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
  payloadKeys: variable({
    name: 'LIJIAN_PAYLOAD_KEYS',
    format: keyList,
    secret: true,
    meaning:
      'AES keys of workflow payloads, such as `2026a:<64 hex>,2026b:<64 hex>@2027-01-01`. The newest whose date has come encrypts, all decrypt. `LIJIAN_PAYLOAD_KEY` counts as the oldest.',
  }),
  plainPayloadsUntil: variable({
    name: 'LIJIAN_PLAIN_PAYLOADS_UNTIL',
    format: isoDate,
    meaning:
      'With payload keys: the last date (UTC) on which the worker reads payloads that are not encrypted. Set it where histories from before the keys are still open. Absent: it reads none.',
  }),
  temporalTls: variable({
    name: 'TEMPORAL_TLS',
    format: oneOf('true', 'false'),
    default: 'false',
    meaning:
      'TLS to Temporal with the certificates that Node.js trusts. Any other `TEMPORAL_TLS_…` means TLS too. Names are those of the `temporal` CLI.',
  }),
  temporalTlsCa: variable({
    name: 'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
    format: text('a file', /\S/),
    meaning: "PEM file of the authority that has signed Temporal's certificate.",
  }),
  temporalTlsCert: variable({
    name: 'TEMPORAL_TLS_CLIENT_CERT_PATH',
    format: text('a file', /\S/),
    meaning: 'PEM file of the certificate by which Temporal knows this process.',
  }),
  temporalTlsKey: variable({
    name: 'TEMPORAL_TLS_CLIENT_KEY_PATH',
    format: text('a file', /\S/),
    meaning: 'PEM file of the key of that certificate.',
  }),
  temporalTlsServerName: variable({
    name: 'TEMPORAL_TLS_SERVER_NAME',
    format: text('a host name', /^[^\s/:]+$/),
    meaning: "Name in Temporal's certificate, where it differs from TEMPORAL_ADDRESS.",
  }),
  temporalApiKey: variable({
    name: 'TEMPORAL_API_KEY',
    format: text('an API key', /^[\x21-\x7e]+$/),
    secret: true,
    meaning: 'API key that Temporal asks for. Given: TLS.',
  }),
  codecHost: variable({
    name: 'LIJIAN_CODEC_HOST',
    format: text('a host name or address', /^[^\s/]+$/),
    default: '127.0.0.1',
    meaning: 'Address on which the codec server listens. Another than loopback needs bearers.',
  }),
  codecBearers: variable({
    name: 'LIJIAN_CODEC_BEARERS',
    format: bearers,
    secret: true,
    meaning:
      'Who may decode with a bearer of their own, such as `wang:<token>`: the `temporal` CLI sends it (`--codec-header`).',
  }),
  codecJwksUrl: variable({
    name: 'LIJIAN_CODEC_JWKS_URL',
    format: text('an https address', /^https:\/\/\S+$|^http:\/\/127\.0\.0\.1[:/]\S*$/),
    meaning: 'Keys of the identity provider whose access tokens the Temporal UI forwards. Needs issuer and audience.',
  }),
  codecIssuer: variable({
    name: 'LIJIAN_CODEC_JWT_ISSUER',
    format: text('an issuer', /^\S+$/),
    meaning: 'Issuer of those access tokens.',
  }),
  codecAudience: variable({
    name: 'LIJIAN_CODEC_JWT_AUDIENCE',
    format: text('an audience', /^\S+$/),
    meaning: 'Audience of those access tokens.',
  }),
  codecOrigins: variable({
    name: 'LIJIAN_CODEC_ORIGINS',
    format: text(
      'origins by commas, such as https://temporal.example.com',
      /^https?:\/\/[^\s/,]+(,https?:\/\/[^\s/,]+)*$/,
    ),
    meaning:
      'Origins of the Temporal UI, from which browsers may ask the codec server. Absent: the UI of `./lijian up`.',
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
