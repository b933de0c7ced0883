export { encryptedDataConverter, payloadFailureConverterPath } from './payload-encryption'
