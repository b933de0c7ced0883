import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** What stood on a daily counter of routing at some minutes of a day. */
@Entity('route_curve')
@Check('route_curve_aligned', `cardinality(minutes) = cardinality(fen) AND cardinality(minutes) = cardinality(counts)`)
export class RouteCurveEntity {
  @PrimaryColumn('date') day!: string
  @PrimaryColumn('text', { collation: 'C' }) ref!: string
  @Column('smallint', { array: true }) minutes!: number[]
  @Column('bigint', { array: true }) fen!: number[]
  @Column('bigint', { array: true }) counts!: number[]
}

/** What is told of one daily limit. */
@Entity('route_capacity')
@Index('route_capacity_place', ['place', 'ref', 'measure'])
@Index('route_capacity_part_place', ['part', 'place', 'ref', 'measure'])
@Check('route_capacity_measure', `"measure" IN ('amount', 'count')`)
@Check('route_capacity_part', `"part" IN ('channels', 'mids', 'pools')`)
@Check('route_capacity_basis', `"basis" IN ('same_weekday', 'pace')`)
export class RouteCapacityEntity {
  @PrimaryColumn('text', { collation: 'C' }) ref!: string
  @PrimaryColumn('text') measure!: string
  @Column('text') part!: string
  @Column('date') day!: string
  @Column('bigint', { name: 'limit_value' }) limit!: number
  @Column('bigint') taken!: number
  @Column('bigint') expected!: number
  @Column('timestamptz', { name: 'exhausts_at', nullable: true }) exhaustsAt!: Date | null
  @Column('text') basis!: string
  @Column('smallint', { name: 'basis_days' }) basisDays!: number
  @Column('bigint', { name: 'earlier_fen' }) earlierFen!: number
  @Column('bigint') place!: number
}

@Entity('route_capacity_run')
@Check('route_capacity_run_one', `"id" = 1`)
export class RouteCapacityRunEntity {
  @PrimaryColumn('smallint') id!: number
  @Column('timestamptz') at!: Date
  @Column('date') day!: string
  @Column('integer') version!: number
  @Column('text', { name: 'time_zone' }) timeZone!: string
  @Column('smallint', { name: 'looked_minute' }) lookedMinute!: number
}
