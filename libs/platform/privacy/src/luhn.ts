export { passesLuhn } from '@lijian/contracts/text'
