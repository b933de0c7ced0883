export { createActivities, type ActivityDeps } from './activities'
export { ClientBook } from './activities/client-book'
export { bundleWorkflows } from './bundle'
export { startWorker, type RunningWorker } from './start'
