export { CALENDAR_YEARS, dayTypeOf, type DayType } from './day-type'
export { epochDay, isoDate, periodDays, weekdayOf, type Period } from './civil'
export { localParts, startOfPeriod, zoneClock, ZoneClock, type LocalParts, type PeriodSpan } from './zone'
