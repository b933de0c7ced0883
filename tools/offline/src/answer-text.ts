import type { AnyOutputLine, GrantedOffer, OutputLine, Refusal } from '@lijian/contracts'

/** JSON.stringify of an answer, the same text (a test compares them), in a third of the time where there are many: payments. */
export function answerText(answer: AnyOutputLine): string {
  return 'offers' in answer && answer.originalSerial === undefined ? paymentText(answer) : JSON.stringify(answer)
}

function paymentText({ serial, state, amount, discount, payable, rebate, offers, fee, reasons }: OutputLine): string {
  // The contract's alphabet of serials has nothing that JSON would escape.
  let text = `{"serial":"${serial}","state":"${state}","amount":${amount},"discount":${discount},"payable":${payable}`
  if (rebate !== undefined) text += `,"rebate":${rebate}`
  text += ',"offers":['
  for (let i = 0; i < offers.length; i++) text += (i === 0 ? '' : ',') + offerText(offers[i]!)
  text += `],"fee":{"original":${fee.original},"final":${fee.final},"saved":${fee.saved}},"reasons":[`
  for (let i = 0; i < reasons.length; i++) text += (i === 0 ? '' : ',') + refusalText(reasons[i]!)
  return `${text}]}`
}

function offerText({ campaign, version, code, name, kind, delivery, discount, funders }: GrantedOffer): string {
  let text = `{"campaign":${quoted(campaign)},"version":${version},"code":${quoted(code)},"name":${quoted(name)},"kind":"${kind}","delivery":"${delivery}","discount":${discount},"funders":[`
  for (let i = 0; i < funders.length; i++)
    text += `${i === 0 ? '' : ','}{"partner":${quoted(funders[i]!.partner)},"amount":${funders[i]!.amount}}`
  return `${text}]}`
}

function refusalText(refusal: Refusal): string {
  let text = ''
  for (const key in refusal) {
    const value = refusal[key as keyof Refusal]
    if (value !== undefined)
      text += `${text === '' ? '{' : ','}"${key}":${typeof value === 'number' ? value : quoted(value)}`
  }
  return `${text}}`
}

const words = new Map<string, string>()

/** Words of the documents and ends of periods: few, again and again. */
function quoted(word: string): string {
  let text = words.get(word)
  if (text === undefined) words.set(word, (text = JSON.stringify(word)))
  return text
}
