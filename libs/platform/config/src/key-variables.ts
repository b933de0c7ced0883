import { key32, keyOrList, keys32 } from './formats'
import { variable } from './variable'

/** Secrets that tokens, draws and sealed texts are made with. */
export const keyVariables = {
  tokenKeys: variable({
    name: 'LIJIAN_TOKEN_KEY',
    format: keyOrList,
    secret: true,
    required: true,
    meaning:
      'HMAC keys that turn card numbers and identities into tokens. The newest whose date has come makes new tokens; limits and groups also know those of the others. `./lijian up` makes one for development.',
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
  accountKeys: variable({
    name: 'LIJIAN_ACCOUNT_KEY',
    format: keyOrList,
    secret: true,
    required: true,
    meaning:
      "AES keys of what is stored sealed: partners' account numbers and contacts. The newest whose date has come seals, all open. `./lijian up` makes one for development.",
  }),
  clearingSignKey: variable({
    name: 'LIJIAN_CLEARING_SIGN_KEY',
    format: key32,
    secret: true,
    meaning:
      'Ed25519 seed that clearing files are signed with; `./lijian clear --public-key` shows what receivers check with. Absent: they get no signature. `./lijian up` makes one for development.',
  }),
}
