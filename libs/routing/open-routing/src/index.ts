export { openRouting, type Routing, type RoutingPlatform } from './open-routing'
