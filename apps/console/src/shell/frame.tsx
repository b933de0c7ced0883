import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { Badge, Button, Flex, Layout, Menu, Segmented } from 'antd'
import { answerOf, api, BACKGROUND } from '../api/client'
import { words } from '../texts'
import type { Look } from './look'
import { MENU } from './menu'
import { SearchBox } from './search-box'
import { may, useSaid, useSession, useSignedIn } from './session'

export function Frame({ look }: { look: Look }) {
  const say = useSaid()
  const { me, language, setLanguage } = useSession()
  const signedIn = useSignedIn()
  const end = async () => {
    await api.POST('/v1/sessions/{id}/end', { params: { path: { id: 'current' } }, body: {} }).catch(() => undefined)
    signedIn(null)
  }
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <a className="skip" href="#content">
        {say(SKIP)}
      </a>
      <Layout.Header style={{ lineHeight: 'normal' }} className="head">
        <Flex justify="space-between" align="center" style={{ height: '100%' }}>
          <Link to="/" className="brand">
            立减 Lijian
          </Link>
          <Flex gap={12} align="center">
            <SearchBox />
            <Segmented
              size="small"
              aria-label={say(LANGUAGE)}
              value={language}
              options={[
                { label: '中文', value: 'zh-CN' as const },
                { label: 'English', value: 'en' as const },
              ]}
              onChange={setLanguage}
            />
            <Button size="small" onClick={() => look.setDark(!look.isDark)}>
              {say(look.isDark ? LIGHT : DARK)}
            </Button>
            <span>
              {me.name} · {me.branch ?? ''}
            </span>
            <Button size="small" onClick={() => void end()}>
              {say(SIGN_OUT)}
            </Button>
          </Flex>
        </Flex>
      </Layout.Header>
      <Layout>
        <Layout.Sider width={176} theme="light">
          <nav aria-label={say(MENUS)}>
            <SideMenu />
          </nav>
        </Layout.Sider>
        <Layout.Content id="content" role="main" style={{ padding: 16 }} tabIndex={-1}>
          <Outlet />
        </Layout.Content>
      </Layout>
    </Layout>
  )
}

function SideMenu() {
  const say = useSaid()
  const { me } = useSession()
  const { pathname } = useLocation()
  const counts = useQuery({
    queryKey: ['/v1/approvals/counts'],
    queryFn: () => answerOf(api.GET('/v1/approvals/counts', { headers: BACKGROUND })),
    refetchInterval: 30_000,
  })
  const groups = MENU.map(({ key, title, lists }) => ({
    key,
    title,
    lists: lists.filter(({ scopes }) => may(me, scopes)),
  }))
  const items = groups
    .filter(({ lists }) => lists.length > 0)
    .map(({ key, title, lists }) => {
      const link = (path: string, text: string) => <Link to={path}>{text}</Link>
      if (lists.length === 1) {
        const badge =
          key === 'approvals' ? <Badge count={counts.data?.waiting ?? 0} size="small" offset={[8, 0]} /> : null
        return {
          key: lists[0]!.path,
          label: (
            <>
              {link(lists[0]!.path, say(title))}
              {badge}
            </>
          ),
        }
      }
      return {
        key,
        type: 'group' as const,
        label: say(title),
        children: lists.map((list) => ({ key: list.path, label: link(list.path, say(list.title)) })),
      }
    })
  const selected = `/${pathname.split('/')[1] ?? ''}`
  return (
    <Menu
      mode="inline"
      selectedKeys={[selected]}
      items={[{ key: '/', label: <Link to="/">{say(OVERVIEW)}</Link> }, ...items]}
    />
  )
}

const SKIP = words('跳到正文', 'Skip to the content')
const LANGUAGE = words('语言', 'Language')
const LIGHT = words('浅色', 'Light')
const DARK = words('深色', 'Dark')
const SIGN_OUT = words('退出', 'Sign out')
const MENUS = words('菜单', 'Menus')
const OVERVIEW = words('工作台', 'Overview')
