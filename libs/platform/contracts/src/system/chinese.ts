import type { FieldError } from './errors'

/**
 * What an error says, in Chinese: "expected X, found Y" becomes "应为X,实际为Y". Every wording of this package has its line here (a test
 * meets them all); texts in quotes are the document's own and stay as they are.
 */
export function inChinese(message: string): string {
  const [, expected, what] = /^expected (.*?)(?:, found (.*))?$/s.exec(message) ?? []
  if (expected === undefined) return translate(message, WHOLE) ?? message
  const wanted =
    translate(expected, EXPECTED) ??
    expected
      .split(' or ')
      .map((part) => translate(part, EXPECTED) ?? part)
      .join(' 或 ')
  return what === undefined ? `应为${wanted}` : `应为${wanted},实际为${translate(what, FOUND) ?? what}`
}

/** The same errors, each in both languages; one that has its own Chinese keeps it. */
export const inBothLanguages = (errors: readonly FieldError[]): FieldError[] =>
  errors.map(({ path, message, messageZh }) => ({ path, message, messageZh: messageZh ?? inChinese(message) }))

type Wording = readonly [RegExp, string]

function translate(text: string, wordings: readonly Wording[]): string | undefined {
  const found = wordings.find(([pattern]) => pattern.test(text))
  return found && text.replace(found[0], found[1])
}

const WHOLE: readonly Wording[] = [
  [/^unknown key (.*)$/, '未知的键 $1'],
  [/^unknown or misplaced key$/, '未知或位置不对的键'],
  [/^fails the Luhn check$/, '卡号校验位不对'],
  [/^campaign (\S+) is there twice: give each its own code$/, '活动 $1 出现了两次:每个活动要有自己的代码'],
  [/^min is above max$/, '下限大于上限'],
  [/^differs from our clock by more than (\d+) seconds$/, '与我方时钟相差超过 $1 秒'],
]

const CHARACTERS = '个字符'
const EXPECTED: readonly Wording[] = [
  [/^what "next" of the page before said$/, '上一页 "next" 给出的值'],
  [/^"list" beside it$/, '同时给出 "list"'],
  [/^an offset such as (.*)$/, '时区偏移,例如 $1'],
  [/^a time such as (".*") or (".*")$/, '时刻,例如 $1 或 $2'],
  [/^a time such as (".*")$/, '时刻,例如 $1'],
  [/^a channel of this document$/, '本文档中的通道'],
  [/^a MID of this document$/, '本文档中的交易号'],
  [/^a pool of this document$/, '本文档中的商户池'],
  [/^each (channel|MID|pool|merchant) once$/, '每个代码只出现一次'],
  [/^each once$/, '每项只出现一次'],
  [/^each method and type once$/, '每种支付方式与类型只出现一次'],
  [/^each issuer, card type and scheme once$/, '每种发卡行、卡种与卡组织的组合只出现一次'],
  [/^ranges that do not overlap$/, '互不重叠的时段'],
  [/^only beside maxCreditPpm$/, '只与 maxCreditPpm 同时出现'],
  [/^at most window \((.*)\)$/, '不大于 window($1)'],
  [/^at least costMin \((.*)\)$/, '不小于 costMin($1)'],
  [/^the beginning of an account such as (.*)$/, '账户名的开头,例如 $1'],
  [/^YYYY MM DD hh mm ss with separators, or "ISO"$/, 'YYYY MM DD hh mm ss 加分隔符,或 "ISO"'],
  [/^the number of columns, for no header says it$/, '列数,因为没有表头'],
  [/^a position: there is no header$/, '位置:没有表头'],
  [/^a key of the objects$/, '对象的键'],
  [/^a position from 1 to (\d+)$/, '从 1 到 $1 的位置'],
  [/^where the (amount|serial|bank reference|balance) stands$/, '"$1" 所在的列'],
  [/^"serial", "reference" or a "key": lines must be told apart$/, '"serial"、"reference" 或 "key":各行要能区分'],
  [/^an amount that is not 0$/, '非零金额'],
  [/^the hash that was shown$/, '所展示内容的哈希'],
  [/^a number$/, '数字'],
  [/^shares that sum to 1000000 ppm$/, '合计为 1000000 ppm 的分摊比例'],
  [/^it once$/, '只出现一次'],
  [/^a time zone such as (.*)$/, '时区,例如 $1'],
  [/^a date such as (.*)$/, '日期,例如 $1'],
  [/^a month such as (.*)$/, '月份,例如 $1'],
  [/^either (".*") or (".*")$/, '$1 与 $2 之一'],
  [/^each scheme once$/, '每个卡组织只出现一次'],
  [/^"month", "day" or both$/, '"month"、"day" 或两者'],
  [/^a clock time such as (".*") or (".*")$/, '时刻,例如 $1 或 $2'],
  [/^a clock time such as (.*)$/, '时刻,例如 $1'],
  [/^an instant with offset such as (.*)$/, '带时区偏移的时间,例如 $1'],
  [/^on or after from \((.*)\)$/, '不早于开始日期($1)'],
  [/^inside the campaign \((.*) to open end\)$/, '在活动期内($1 起)'],
  [/^inside the campaign \((.*) to (.*)\)$/, '在活动期内($1 至 $2)'],
  [/^inside the window \((.*) to open end\)$/, '在子活动期内($1 起)'],
  [/^inside the window \((.*) to (.*)\)$/, '在子活动期内($1 至 $2)'],
  [/^an end after the start$/, '晚于开始的结束时刻'],
  [/^no range past midnight beside dayStart$/, '设了 dayStart 就不能有跨零点的时段'],
  [/^a window in the years of the holiday calendar \((.*) to (.*)\)$/, '在节假日数据的年份内($1 至 $2)'],
  [/^"amount" or "count" or both$/, '"amount" 或 "count",或两者都有'],
  [/^"amount" beside "clip"$/, '"clip" 旁要有 "amount"'],
  [/^"clip" with measure "gross" on fee offers only$/, '按交易金额计的 "clip" 只用于手续费子活动'],
  [/^"instant" \(a fee offer has no rebate\)$/, '"instant"(手续费子活动没有返现)'],
  [/^delivery "rebate" beside it$/, '旁边要有 delivery "rebate"'],
  [/^an offer with a last day \("to"\)$/, '有结束日期("to")的子活动'],
  [/^a stored campaign$/, '已录入的活动'],
  [/^campaigns or drafts beside it$/, '旁边要有 campaigns 或 drafts'],
  [/^an offer of this campaign$/, '本活动的子活动代码'],
  [/^a merchant category code that exists$/, '存在的 MCC'],
  [/^a GB\/T 2260 code that exists$/, '存在的行政区划代码'],
  [/^it not among "(.*)" too$/, '不同时出现在 "$1" 里'],
  [/^at least min \((.*)\)$/, '不小于 min($1)'],
  [/^more than the tier before \((.*)\)$/, '大于前一档($1)'],
  [/^more than price \((.*)\)$/, '大于 price($1)'],
  [/^atLeast above 0 beside every$/, '用 every 时 atLeast 要大于 0'],
  [/^at least (\S+) entries$/, '至少 $1 项'],
  [/^at most (\S+) entries$/, '至多 $1 项'],
  [/^at least (\S+) characters$/, `至少 $1 ${CHARACTERS}`],
  [/^at most (\S+) characters$/, `至多 $1 ${CHARACTERS}`],
  [/^at least (\S+)$/, '不小于 $1'],
  [/^at most (\S+)$/, '不大于 $1'],
  [/^a whole number$/, '整数'],
  [/^a text$/, '文本'],
  [/^true$/, 'true'],
  [/^false$/, 'false'],
  [/^a list$/, '列表'],
  [/^an object$/, '对象'],
  [/^one of (.*)$/, '以下之一:$1'],
  [/^four digits$/, '四位数字'],
  [/^12 to 19 digits$/, '12 至 19 位数字'],
  [/^the first 1 to 12 digits$/, '卡号前 1 至 12 位'],
  [/^the last four digits$/, '卡号后四位'],
  [/^a GB\/T 2260 code$/, '行政区划代码'],
  [/^ISO 3166 alpha-2$/, '两位国家代码(ISO 3166)'],
  [/^an ISO 4217 code such as (.*)$/, '币种代码(ISO 4217),例如 $1'],
  [/^a bank code such as (.*)$/, '银行代码,例如 $1'],
  [/^a lower-case code such as (.*)$/, '小写代码,例如 $1'],
  [/^a BIN prefix of 1 to 12 digits$/, '1 至 12 位的卡 BIN 前缀'],
  [
    /^a card number of 12 to 19 digits, "token:…", a BIN prefix of 6 to 11 digits, or any prefix as "bin:…"$/,
    '12 至 19 位卡号、"token:…"、6 至 11 位的卡 BIN 前缀,或以 "bin:…" 写的任意前缀',
  ],
  [/^a JSON text, or an object with one of (.*)$/, 'JSON 文本,或含 $1 之一的对象'],
  [/^a customer of 1 to 128 characters in UTF-8, or "token:…"$/, '1 至 128 个字符的客户(UTF-8),或 "token:…"'],
  [/^a line of at most 1024 characters$/, '不超过 1024 个字符的一行'],
  [/^the number of an import$/, '导入的编号'],
  [/^a card token$/, '卡令牌'],
  [/^a card number$/, '卡号'],
  [/^text without control characters and without halves of surrogate pairs$/, '不含控制字符、也不含半个代理对的文本'],
  [
    /^text without control characters \(tab and line break may be\) and without halves of surrogate pairs$/,
    '不含控制字符(制表符与换行除外)、也不含半个代理对的文本',
  ],
  [
    /^text of which nothing was lost: U\+FFFD stands for bytes that were not understood$/,
    '没有丢失内容的文本:U+FFFD 表示有字节未能识别',
  ],
  [/^text in (UTF-8|GB18030)$/, '$1 编码的文本'],
  [/^a token of 16 to 128 of A-Z a-z 0-9 _ -, not digits alone$/, '16 至 128 位的令牌(A-Z a-z 0-9 _ -),不能全是数字'],
  [/^2 to 64 of (.*) , beginning with a letter or digit, such as (.*)$/, '2 至 64 位($1),以字母或数字开头,例如 $2'],
  [/^the six digits that the authenticator shows$/, '验证器显示的六位数字'],
  [/^(\d+) characters or more$/, '至少 $1 个字符'],
  [/^letters and others, such as digits$/, '字母以及其他字符(如数字)'],
  [/^more than four different characters$/, '四个以上不同的字符'],
  [/^a password without your name or login$/, '不含本人姓名或登录名的密码'],
  [/^one that is in no list of stolen passwords$/, '未出现在泄露密码清单中的密码'],
  [/^one that is none of your last (\d+)$/, '与最近 $1 个密码不同的密码'],
  [/^1 to 64 of (.*) , beginning with a letter$/, '1 至 64 位($1),以字母开头'],
  [/^1 to 64 of (.*) , beginning with a letter or digit$/, '1 至 64 位($1),以字母或数字开头'],
  [/^1 to (64|200) printable characters without spaces$/, '1 至 $1 个不含空格的可见字符'],
  [/^8 to 34 digits or capital letters$/, '8 至 34 位数字或大写字母'],
  [/^words without account, card or phone numbers$/, '不含账号、卡号或电话号码的文字'],
  [/^the "hash" of the proposal as you were shown it$/, '所见申请的 "hash"'],
  [/^an account number: none is stored$/, '账号:尚未录入'],
  [/^a row of this statement$/, '本对账单中的一行'],
  [/^a date that has come$/, '不晚于今天的日期'],
  [/^an http or https address$/, 'http 或 https 地址'],
  [/^(".*") as in the address$/, '与地址中一致:$1'],
  [/^printable ASCII characters$/, '可见的 ASCII 字符'],
  [
    /^no card number: 13 to 19 digits in it are in the range of a card scheme and pass the Luhn check; leave it out, or write first six and last four digits$/,
    '不含卡号的文本:其中有 13 至 19 位数字在卡组织号段内且通过 Luhn 校验;请删去,或只写前六后四位',
  ],
  [
    /^no card number: 13 to 19 digits in it are in the range of a card scheme and pass the Luhn check; send another, or set serialsMayLookLikeCards of the client if yours pass by chance$/,
    '不含卡号的编号:其中有 13 至 19 位数字在卡组织号段内且通过 Luhn 校验;请换一个,若贵方编号只是巧合,请为该客户端设置 serialsMayLookLikeCards',
  ],
  [/^a token in which no card number stands: make it by a keyed digest$/, '不含卡号的令牌:请用带密钥的摘要生成'],
  [/^a pattern whose names have at most (\d+) characters$/, '展开后文件名不超过 $1 个字符的模式'],
  [/^one printable ASCII character or a tab$/, '一个可见的 ASCII 字符,或制表符'],
  [/^one of , ; \| tab \^ ~ !$/, '以下之一:, ; | 制表符 ^ ~ !'],
  [/^letters, digits, \. _ - and (.*)$/, '字母、数字、. _ - 和 $1'],
  [/^no leading dot$/, '不以点开头'],
  [/^a column with the field (".*")$/, '要有字段为 $1 的列'],
  [/^(\{.*\}) in the pattern$/, '文件名中要有 $1'],
  [/^false with (this encoding|fixed width)$/, 'false(与所选编码或定长格式不兼容)'],
  [/^either "field" or "constant"$/, '"field" 与 "constant" 二选一'],
  [/^a field of these rows: (.*)$/, '这类行的字段:$1'],
  [/^no delimiter$/, '不含分隔符'],
  [/^no quote$/, '不含引号'],
  [/^no delimiter and no quote$/, '不含分隔符和引号'],
  [/^only with fixed width$/, '只用于定长格式'],
  [/^only with a field that holds a word$/, '只用于代码类字段'],
  [/^the width in bytes$/, '按字节计的宽度'],
  [/^a space here: "0" is for right-aligned amounts and numbers$/, '空格:"0" 只用于右对齐的金额和数字'],
  [/^each value once$/, '每个值只出现一次'],
  [/^at most (\S+) characters each$/, '每个至多 $1 个字符'],
  [/^64 hexadecimal digits$/, '64 位十六进制数字'],
  [/^at least (\d+) hexadecimal digits$/, '至少 $1 位十六进制数字'],
  [/^a date that is not before "from"$/, '不早于 "from" 的日期'],
  [/^a partner code or @merchant$/, '合作方代码或 @merchant'],
  [/^at most (\d+) days from "from" on$/, '自 "from" 起至多 $1 天'],
  [/^the "next" of the page before$/, '上一页的 "next"'],
  [/^(one of )?(.*) or a whole layout$/, '以下之一:$2,或完整的版式'],
  [/^a layout with rows (".*")$/, 'rows 为 $1 的版式'],
]

const FOUND: readonly Wording[] = [
  [/^nothing$/, '空'],
  [/^neither$/, '两者都没有'],
  [/^none$/, '没有'],
  [/^null$/, 'null'],
  [/^a list of (\d+)$/, '有 $1 项的列表'],
  [/^an object$/, '对象'],
  [/^a sum of (.*)$/, '合计 $1'],
  [/^an open end$/, '没有结束日期'],
  [/^an amount offer$/, '金额类子活动'],
  [/^a count alone$/, '只有次数'],
  [/^(".*") already at (.*)$/, '$1 已在 $2 出现'],
  [/^([0-9-]+) to open end$/, '$1 起'],
  // Dates and clock times only: a value of the document stands in quotes and may hold a "to" of its own.
  [/^([0-9:-]+) to ([0-9:-]+)$/, '$1 至 $2'],
]
