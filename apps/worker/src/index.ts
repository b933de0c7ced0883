export { createActivities, type ActivityDeps } from './activities'
export { ClientBook } from '@lijian/notifications'
export { bundleWorkflows } from './bundle'
export { startWorker, type RunningWorker } from './start'
