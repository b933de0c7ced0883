import { readFileSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext, type Page as Tab } from 'playwright-core'
import type { Page } from './page'
import type { TestApi } from './test-api'

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'] // prettier-ignore
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

export interface Look {
  locale?: 'zh-CN' | 'en'
  isDark?: boolean
}

/** A real Chromium over the console of a test's API. */
export class ConsoleBrowser {
  private constructor(
    private readonly api: TestApi,
    private readonly browser: Browser,
  ) {}

  static async open(api: TestApi): Promise<ConsoleBrowser> {
    // Found or installed by tools/testing/run.mjs.
    const executablePath = process.env['TEST_CHROMIUM_PROGRAM'] ?? process.env['LIJIAN_CHROMIUM']
    if (executablePath === undefined) throw new Error('no Chromium: run ./lijian test, or name one in LIJIAN_CHROMIUM')
    return new ConsoleBrowser(api, await chromium.launch({ executablePath, args: FLAGS }))
  }

  close = (): Promise<void> => this.browser.close()

  /** A window; with `as` somebody is signed in already. */
  async window(as?: Page, { locale = 'zh-CN', isDark = false }: Look = {}): Promise<ConsoleWindow> {
    const context = await this.browser.newContext({
      ...{ locale, timezoneId: 'Asia/Shanghai', viewport: { width: 1440, height: 900 } },
      colorScheme: isDark ? 'dark' : 'light',
    })
    if (as !== undefined) {
      const [name, value] = as.cookie.split('=') as [string, string]
      await context.addCookies([{ name, value, url: this.api.base }])
    }
    return ConsoleWindow.in(context, this.api.base)
  }
}

export class ConsoleWindow {
  /** What the browser complained of: errors of scripts, refused styles, what did not load. */
  readonly complaints: string[] = []

  private constructor(
    readonly tab: Tab,
    private readonly base: string,
  ) {
    tab.on('pageerror', (error) => this.complaints.push(String(error)))
    tab.on('console', (message) => {
      // With the address: what did not load is not named in the text.
      if (message.type() === 'error') this.complaints.push(`${message.text()} ${message.location().url}`)
    })
  }

  static async in(context: BrowserContext, base: string): Promise<ConsoleWindow> {
    return new ConsoleWindow(await context.newPage(), base)
  }

  /** Opens a page of the console and waits until it has its heading. */
  async go(path: string): Promise<void> {
    await this.tab.goto(`${this.base}/console${path}`)
    await this.tab.locator('h1').first().waitFor()
    await this.tab.waitForLoadState('networkidle')
  }

  /** Faults of WCAG 2.2 AA on the page as it is, as axe finds them. */
  async faults(): Promise<string[]> {
    await this.rest()
    await this.tab.evaluate(AXE)
    return this.tab.evaluate(async (rules) => {
      interface Found {
        violations: { id: string; nodes: { html: string }[] }[]
      }
      const { axe } = globalThis as unknown as { axe: { run(at: unknown, options: object): Promise<Found> } }
      const { violations } = await axe.run((globalThis as unknown as { document: unknown }).document, {
        runOnly: { type: 'tag', values: rules },
      })
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
    }, RULES)
  }

  /** What fades or moves has arrived: a colour on its way is no fault. */
  private rest(): Promise<unknown> {
    return this.tab.evaluate(() => {
      interface Moving {
        effect: { getComputedTiming(): { endTime: number } } | null
        finished: Promise<unknown>
      }
      const { document } = globalThis as unknown as { document: { getAnimations(): Moving[] } }
      const ends = ({ effect }: Moving) => Number.isFinite(effect?.getComputedTiming().endTime ?? Infinity)
      return Promise.allSettled(
        document
          .getAnimations()
          .filter(ends)
          .map(({ finished }) => finished),
      )
    })
  }

  close = (): Promise<void> => this.tab.context().close()
}
