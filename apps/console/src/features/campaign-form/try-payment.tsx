import { useMutation } from '@tanstack/react-query'
import { REASON_WORDS } from '@lijian/contracts/shown'
import { PAYMENT_METHODS } from '@lijian/describe'
import { Alert, Button, Card, Col, Flex, Input, Row, Select } from 'antd'
import { useId, useState } from 'react'
import { answerOf, api, type Schemas } from '../../api/client'
import { ProblemView } from '../../kit/problem-view'
import { fenOf } from '../../kit/typed'
import { Money } from '../../kit/values'
import { useSaid } from '../../shell/session'
import { words } from '../../texts'
import { listOf, partOf } from './document'

type Answer = Schemas['EvaluationAnswer']
/** A card that nobody has: it meets limits per card as a new one. */
const SOME_CARD = { token: 'try-a-payment-card' }

/** One payment against this document alone, nothing is held: what it would get, and why not. */
export function TryPayment({ document }: { document: unknown }) {
  const say = useSaid()
  const [yuan, setYuan] = useState('128')
  const [merchant, setMerchant] = useState('')
  const [method, setMethod] = useState('')
  const [bin, setBin] = useState('')
  const first = listOf(partOf(document)['offers']).map(partOf)
  const someMerchant = String(first.flatMap(({ merchants }) => listOf(merchants))[0] ?? 'M0001')
  const currency = partOf(document)['currency']
  const evaluate = useMutation({
    mutationFn: () => {
      const payment = {
        serial: `TRY-${Date.now()}`,
        merchant: merchant.trim() || someMerchant,
        amount: fenOf(yuan) ?? 0,
        paymentMethod: method.trim() || firstMethod(first),
        ...(typeof currency === 'string' ? { currency } : {}),
        card: { ...SOME_CARD, ...(bin.trim() === '' ? {} : { bin: bin.trim() }) },
        customer: 'try-a-payment',
      }
      return answerOf(api.POST('/v1/evaluations', { body: { payment, campaigns: [document], only: true } as never }))
    },
  })
  return (
    <Card size="small" title={<h2 className="section">{say(TRY)}</h2>}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          evaluate.mutate()
        }}
      >
        <Row gutter={8}>
          <Asked label={say(AMOUNT)} value={yuan} onChange={setYuan} isNumber />
          <Asked label={say(MERCHANT)} value={merchant} onChange={setMerchant} placeholder={someMerchant} />
          <Method value={method} onChange={setMethod} />
          <Asked label={say(BIN)} value={bin} onChange={setBin} placeholder={say(ANY_CARD)} isNumber />
        </Row>
        <Button htmlType="submit" loading={evaluate.isPending} style={{ marginTop: 8 }}>
          {say(DO_TRY)}
        </Button>
      </form>
      {evaluate.isError ? <ProblemView error={evaluate.error} /> : null}
      {evaluate.data === undefined ? null : <Result answer={evaluate.data} />}
    </Card>
  )
}

const firstMethod = (offers: readonly Record<string, unknown>[]): string => {
  const conditions = offers.map((offer) => partOf(partOf(offer['rule'])['conditions']))
  return String(conditions.flatMap(({ paymentMethods }) => listOf(paymentMethods))[0] ?? 'qr')
}

interface AskedProps {
  label: string
  value: string
  onChange: (text: string) => void
  placeholder?: string
  isNumber?: true
}
function Asked({ label, value, onChange, placeholder, isNumber }: AskedProps) {
  const id = useId()
  return (
    <Col span={12}>
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        value={value}
        {...(isNumber === true ? { inputMode: 'decimal' as const } : {})}
        {...(placeholder === undefined ? {} : { placeholder })}
        onChange={({ target }) => onChange(target.value)}
      />
    </Col>
  )
}

function Method({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const id = useId()
  const say = useSaid()
  return (
    <Col span={12}>
      <label htmlFor={id}>{say(METHOD)}</label>
      <Select
        id={id}
        style={{ width: '100%' }}
        allowClear
        value={value === '' ? undefined : value}
        placeholder={say(AS_OFFER)}
        options={Object.entries(PAYMENT_METHODS).map(([code, label]) => ({ value: code, label: say(label) }))}
        onChange={(code: string | undefined) => onChange(code ?? '')}
      />
    </Col>
  )
}

function Result({ answer }: { answer: Answer }) {
  const say = useSaid()
  const gets = answer.state === 'held'
  return (
    <Flex vertical gap={4} role="status" style={{ marginTop: 8 }}>
      <Alert
        type={gets ? 'success' : 'info'}
        title={
          gets ? (
            <>
              {say(OFF)} <Money minor={answer.discount} />，{say(PAYS)} <Money minor={answer.payable} />
              {answer.rebate === undefined ? null : (
                <>
                  ，{say(REBATE)} <Money minor={answer.rebate} />
                </>
              )}
              {answer.fee.saved === 0 ? null : (
                <>
                  ，{say(FEE)} <Money minor={answer.fee.saved} />
                </>
              )}
            </>
          ) : (
            say(NOTHING)
          )
        }
        description={
          <ul className="sentences">
            {answer.offers.map((offer) => (
              <li key={offer.code}>
                {offer.name}: <Money minor={offer.discount} />
              </li>
            ))}
            {answer.reasons.map((refusal) => (
              <li key={`${refusal.offer ?? ''} ${refusal.reason}`}>
                {refusal.offer ?? ''} {say(REASON_WORDS[refusal.reason])}
                {refusal.limit === undefined ? null : <code> {refusal.limit}</code>}
              </li>
            ))}
          </ul>
        }
      />
    </Flex>
  )
}

const TRY = words('试一笔', 'Try a payment')
const DO_TRY = words('试算', 'Try')
const AMOUNT = words('金额（元）', 'Amount (yuan)')
const MERCHANT = words('商户', 'Merchant')
const METHOD = words('支付方式', 'Method')
const BIN = words('卡 BIN（前 6 至 8 位）', 'BIN (first 6 to 8 digits)')
const ANY_CARD = words('任意卡', 'any card')
const AS_OFFER = words('同活动', 'as the offer asks')
const OFF = words('立减', 'Off:')
const PAYS = words('实付', 'to pay:')
const REBATE = words('返现', 'rebate:')
const FEE = words('手续费减收', 'fee saved:')
const NOTHING = words('不享优惠', 'No offer')
