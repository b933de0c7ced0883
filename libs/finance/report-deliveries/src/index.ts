export { deliver, type DeliverySettings } from './deliver'
