import { billLayout, type BillLayout } from '@lijian/contracts/finance'
import alipayAccount from './layouts/alipay-account.json'
import alipayTrade from './layouts/alipay-trade.json'
import bankStatement from './layouts/bank-statement.json'
import lijianAcknowledgement from './layouts/lijian-acknowledgement.json'
import lijianListCsv from './layouts/lijian-list-csv.json'
import lijianListNdjson from './layouts/lijian-list-ndjson.json'
import unionpayZm from './layouts/unionpay-zm.json'
import unionpayZm131 from './layouts/unionpay-zm-131.json'
import unionpayZme from './layouts/unionpay-zme.json'
import wechatFundflow from './layouts/wechat-fundflow.json'
import wechatTradeAll from './layouts/wechat-trade-all.json'

/** The layouts that come with Lijian, by code. Data: src/layouts. */
export const BILL_LAYOUTS: ReadonlyMap<string, BillLayout> = new Map(
  [
    alipayAccount,
    alipayTrade,
    bankStatement,
    lijianAcknowledgement,
    lijianListCsv,
    lijianListNdjson,
    unionpayZm,
    unionpayZm131,
    unionpayZme,
    wechatFundflow,
    wechatTradeAll,
  ].map((one) => {
    const layout = billLayout.parse(one)
    return [layout.code, layout]
  }),
)
