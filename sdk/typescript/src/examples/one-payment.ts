import { LijianClient, LijianClientError } from '@lijian/client'

/** One payment: ask, pay upstream, tell. `pay` is the transaction system's own way to its acquirer. */
export async function onePayment(
  settings: { baseUrl: string; apiKey: string },
  payment: { serial: string; merchant: string; amount: number; pan: string },
  pay: (amountFen: number) => Promise<boolean>,
): Promise<string> {
  const lijian = LijianClient.http(settings)
  const { serial, merchant, amount, pan } = payment

  // Never waits long and never throws for an outage: no answer in time is "no offer".
  const offer = await lijian.query({ serial, merchant, amount, paymentMethod: 'qr', card: { pan } })
  const payable = offer.payable ?? amount
  const paid = await pay(payable)
  try {
    // What was paid, and on which answer: had the answer above been lost, Lijian would see it here.
    const { marketingSerial } = offer
    const success = { outcome: 'success', paid: payable, marketingSerial } as const
    const done = await lijian.result(serial, paid ? success : { outcome: 'failure' })
    return `${serial}: ${done.state}, ${offer.discount} fen off`
  } catch (error) {
    // The retries are used up: keep the result and send it again later, the same serial is safe to repeat.
    if (error instanceof LijianClientError && error.info.retryable) return `${serial}: result to be sent again`
    throw error
  }
}
