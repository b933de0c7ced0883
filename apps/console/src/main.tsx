import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App as AntApp, ConfigProvider, Spin } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { StrictMode, useEffect, useState, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiProblem } from './api/client'
import { ProblemView } from './kit/problem-view'
import { late } from './kit/late'
import './main.css'
import { router } from './routes'
import { LookContext } from './shell/look'
import { SessionProvider, useMe, type Me } from './shell/session'
import { themeOf } from './shell/theme'
import type { Language } from './texts'

const NONCE = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? ''
const mayHelp = (error: unknown) => error instanceof ApiProblem && error.problem.retryable
const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: (times, error) => times < 2 && mayHelp(error), refetchIntervalInBackground: false },
  },
})

/** Forms are heavy, and whoever is signed in needs neither. */
const SignIn = late(async () => (await import('./shell/sign-in')).SignIn)
const Must = late(async () => (await import('./shell/must')).Must)

/** Kept by the browser: what a person prefers before anybody has signed in. */
function useKept<T extends string>(name: string, first: T): [T, (value: T) => void] {
  const [value, set] = useState(() => (localStorage.getItem(name) as T | null) ?? first)
  return [
    value,
    (next) => {
      localStorage.setItem(name, next)
      set(next)
    },
  ]
}

function Console() {
  const browser: Language = navigator.language.startsWith('zh') ? 'zh-CN' : 'en'
  const [chosen, choose] = useKept<Language | ''>('language', '')
  const me = useMe()
  const language = chosen === '' ? (me.data?.language ?? browser) : chosen
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const session = (of: Me) => ({ me: of, language, setLanguage: choose })
  const body = (): ReactNode => {
    if (me.isPending) return <Spin fullscreen />
    if (me.isError)
      return (
        <SessionProvider session={session(NOBODY)}>
          <ProblemView error={me.error} again={() => void me.refetch()} />
        </SessionProvider>
      )
    return (
      <SessionProvider session={session(me.data ?? NOBODY)}>
        {me.data === null ? (
          <SignIn />
        ) : me.data.must ? (
          <Must must={me.data.must} />
        ) : (
          <RouterProvider router={router} />
        )}
      </SessionProvider>
    )
  }
  const [look, setLook] = useKept<'light' | 'dark'>(
    'look',
    matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  )
  const isDark = look === 'dark'
  useEffect(() => {
    document.documentElement.className = look
  }, [look])
  return (
    <ConfigProvider
      theme={themeOf(isDark)}
      locale={language === 'en' ? enUS : zhCN}
      csp={{ nonce: NONCE }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <AntApp>
        <LookContext value={{ isDark, setDark: (dark) => setLook(dark ? 'dark' : 'light') }}>{body()}</LookContext>
      </AntApp>
    </ConfigProvider>
  )
}
const NOBODY: Me = { kind: 'person', id: '', name: '', scopes: [] }

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Console />
    </QueryClientProvider>
  </StrictMode>,
)
