import { key32, keys32 } from './formats'
import { variable } from './variable'

/** Secrets that tokens, draws and sealed texts are made with. */
export const keyVariables = {
  tokenKey: variable({
    name: 'LIJIAN_TOKEN_KEY',
    format: key32,
    secret: true,
    required: true,
    meaning: 'HMAC key that turns card numbers and identities into tokens. `./lijian up` makes one for development.',
  }),
  drawKey: variable({
    name: 'LIJIAN_DRAW_KEY',
    format: key32,
    secret: true,
    required: true,
    meaning: 'HMAC key of random benefits (draws). `./lijian up` makes one for development.',
  }),
  drawKeysOld: variable({
    name: 'LIJIAN_DRAW_KEYS_OLD',
    format: keys32,
    secret: true,
    meaning: 'Earlier keys of draws, so that decisions made with them can still be explained.',
  }),
  accountKey: variable({
    name: 'LIJIAN_ACCOUNT_KEY',
    format: key32,
    secret: true,
    required: true,
    meaning:
      "AES key of partners' account numbers and contacts, which are stored encrypted. `./lijian up` makes one for development.",
  }),
  clearingSignKey: variable({
    name: 'LIJIAN_CLEARING_SIGN_KEY',
    format: key32,
    secret: true,
    meaning:
      'Ed25519 seed that clearing files are signed with; `./lijian clear --public-key` shows what receivers check with. Absent: they get no signature. `./lijian up` makes one for development.',
  }),
}
