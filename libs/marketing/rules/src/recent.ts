/** The last `max` values that were put in: for what is asked for again and again in runs. */
export class Recent<K, V> {
  private readonly values = new Map<K, V>()

  constructor(private readonly max: number) {}

  get(key: K): V | undefined {
    return this.values.get(key)
  }

  set(key: K, value: V): void {
    if (this.values.size >= this.max) this.values.delete(this.values.keys().next().value as K)
    this.values.set(key, value)
  }
}
