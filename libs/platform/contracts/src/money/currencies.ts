/**
 * ISO 4217, current currencies and funds, as of 2026-01-01. Source: list one of the maintenance agency (SIX), by way of Debian's iso-codes 4.15.0
 * with the amendments since: XAD, XCG and ZWG have come; ANG, BGN, CUC, HRK, SLL and ZWL have gone. Codes without a minor unit are no money here:
 * XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX.
 */
const BY_DECIMALS: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK
    DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR
    LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER
    ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}

/** How many decimals the minor unit of each currency has: CNY 2, JPY 0, KWD 3. */
export const CURRENCY_DECIMALS: ReadonlyMap<string, number> = new Map(
  Object.entries(BY_DECIMALS).flatMap(([decimals, codes]) =>
    codes.split(/\s+/).map((code) => [code, Number(decimals)] as const),
  ),
)

/** What a document, payment or partner is in that names no currency. */
export const DEFAULT_CURRENCY = 'CNY'

/** Of what was stored before currencies were checked, two. */
export const decimalsOf = (currency: string): number => CURRENCY_DECIMALS.get(currency) ?? 2
