export { Erasures, type ForgetFlows } from './erasures'
export { erasureKind } from './kind'
