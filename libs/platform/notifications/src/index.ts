export { ClientBook } from './client-book'
export { deliverWebhook, type WebhookDeps } from './deliver'
export { postSigned } from './post'
