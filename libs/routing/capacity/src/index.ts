export { Capacity, capacityFigures, FIGURES_AT_MOST, type CapacityFigure } from './capacity-list'
export { CapacitySweep } from './capacity-sweep'
export { RoutingReports } from './routing-reports'
