/** For `node -r`: this process believes that it is SKEW_MS later than it is. What measures durations goes on as it was. */
const skewMs = Number(process.env.FIRE_SKEW_MS ?? 0)
if (skewMs !== 0) {
  const RealDate = Date
  const now = () => RealDate.now() + skewMs
  globalThis.Date = class extends RealDate {
    constructor(...words) {
      super(...(words.length === 0 ? [now()] : words))
    }
    static now() {
      return now()
    }
  }
}
delete process.env.FIRE_SKEW_MS
