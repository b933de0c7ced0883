import { hostname } from 'node:os'
import { stderr } from 'node:process'
import { SCOPES, TOKEN_DAYS_MAX, type MeAnswer, type Scope } from '@lijian/contracts/people'
import { Command, InvalidArgumentError, Option } from 'commander'
import { BadInput } from '../fail'
import { Server, ServerTrouble } from '../report/server'
import { address } from '../to-server'
import { Refusal, ShortSession } from './browser'
import { terminal, type Terminal } from './terminal'
import { storedToken, storeToken, tokensFile } from './tokens'

interface LoginOptions {
  url: string
  login?: string
  days: number
  scope?: Scope[]
  withToken?: boolean
}

const DAYS = 30
const CODE = /^[0-9]{6}$/

const days = (text: string): number => {
  if (!/^\d{1,2}$/.test(text) || Number(text) < 1 || Number(text) > TOKEN_DAYS_MAX)
    throw new InvalidArgumentError(`a whole number from 1 to ${TOKEN_DAYS_MAX} is expected`)
  return Number(text)
}
const scopes = (text: string, before: Scope[] = []): Scope[] => {
  if (!(SCOPES as readonly string[]).includes(text))
    throw new InvalidArgumentError(`one of ${SCOPES.join(', ')} is expected`)
  return [...before, text as Scope]
}
const withUrl = (command: Command) =>
  command.option('--url <address>', 'the API', `http://127.0.0.1:${process.env['LIJIAN_API_PORT'] ?? '8080'}`)
const tell = (line: string) => void stderr.write(`${line}\n`)

export const loginCommand = (at: () => Terminal = terminal): Command =>
  withUrl(
    new Command('login').description(
      'Sign in with login, password and the code of your authenticator: makes a personal token, which the other commands use for this server.',
    ),
  )
    .option('--login <name>', 'your login (default: it is asked for)')
    .addOption(new Option('--days <n>', 'how long the token opens anything').argParser(days).default(DAYS))
    .option(
      '--scope <scope>',
      'what the token may do; again for another one (default: all that your roles give)',
      scopes,
    )
    .option('--with-token', 'read a token that you have made elsewhere from standard input')
    .addHelpText(
      'after',
      () => `\nThe token is kept in ${tokensFile().replace(process.env['HOME'] ?? '\0', '~')}, readable by you alone.`,
    )
    .action((options: LoginOptions) => login(options, at()))

export const logoutCommand = (): Command =>
  withUrl(
    new Command('logout').description('Revoke the token that login has stored for this server, and forget it.'),
  ).action(({ url }: { url: string }) => logout(url))

async function login(options: LoginOptions, at: Terminal): Promise<void> {
  const url = address(options.url)
  const before = storedToken(url)
  const me = options.withToken === true ? await takeToken(url, at) : await makeToken(url, options, at)
  tell(`signed in to ${new URL(url).origin} as ${me.login}: ${me.scopes.join(', ')}`)
  if (before !== undefined && before.token !== storedToken(url)?.token) await revoke(url, before.token)
}

async function takeToken(url: string, at: Terminal): Promise<MeAnswer> {
  const token = (await at.read()).trim()
  if (!/^lj_[a-z0-9]+_[A-Za-z0-9_-]{43}$/.test(token)) throw new BadInput('standard input: expected a token, lj_…')
  const me = await new Server(url, token).ask<MeAnswer>('GET', '/v1/me')
  if (me.token === undefined) throw new BadInput('this is the key of a client: give it to a command with --key')
  storeToken(url, { id: me.token, token, login: me.login! })
  return me
}

async function makeToken(url: string, { login: given, days: expiresInDays, scope }: LoginOptions, at: Terminal) {
  mustBePrivate(url)
  if (!at.isThere) throw new BadInput('standard input is no terminal: --with-token reads a token from it')
  const name = given ?? (await at.ask('login: ')).trim()
  const password = await at.ask('password: ', { hidden: true })
  const session = new ShortSession(url)
  const me = await signIn(session, { login: name, password }, at)
  try {
    if (me.must !== undefined)
      throw new BadInput(
        me.must === 'password'
          ? 'set a password of your own first, at a browser'
          : 'add an authenticator first, at a browser: nothing is open to you before',
      )
    const wanted = scope ?? me.scopes.filter((one) => one !== 'transactions')
    if (wanted.length === 0) throw new BadInput('your roles give nothing that a token could do')
    const made = await session.makeToken({
      name: `login on ${hostname()}`.slice(0, 200),
      scopes: wanted,
      expiresInDays,
    })
    storeToken(url, { id: made.id, token: made.token, login: name, expiresAt: made.expiresAt })
    return { ...me, scopes: made.scopes }
  } finally {
    await session.end().catch(() => undefined)
  }
}

/** The code is asked for once the password is right. */
async function signIn(
  session: ShortSession,
  asked: { login: string; password: string },
  at: Terminal,
): Promise<MeAnswer> {
  try {
    return await session.signIn(asked)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'second_factor') throw error
  }
  const code = (await at.ask('code of your authenticator: ')).replace(/\s/g, '')
  if (!CODE.test(code)) throw new BadInput('expected the six digits that the authenticator shows')
  return session.signIn({ ...asked, code })
}

/** A password goes over TLS, or stays on this machine. */
function mustBePrivate(url: string): void {
  const { protocol, hostname: host } = new URL(url)
  if (protocol !== 'https:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(host))
    throw new BadInput(`--url ${url}: expected https: a password would be sent in clear`)
}

async function logout(given: string): Promise<void> {
  const url = address(given)
  const kept = storedToken(url)
  if (kept === undefined) throw new BadInput(`nobody is signed in to ${new URL(url).origin}: ./lijian login`)
  // Unless the server has said so it may still be in force: then it is kept, so that logout can be sent again.
  if (!(await revoke(url, kept.token))) tell('the token was not in force any more')
  storeToken(url, undefined)
  tell(`signed out of ${new URL(url).origin}`)
}

/** False: it was over already. */
async function revoke(url: string, token: string): Promise<boolean> {
  try {
    await new Server(url, token).ask('POST', '/v1/me/tokens/current/revoke', {})
    return true
  } catch (error) {
    if (error instanceof ServerTrouble) throw new BadInput(error.message)
    return false
  }
}
