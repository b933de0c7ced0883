export { ClientBook } from './client-book'
export { deliverWebhook, type WebhookDeps } from './deliver'
export { postSigned, type PostOptions } from './post'
export { stuckWebhooks } from './stuck'
