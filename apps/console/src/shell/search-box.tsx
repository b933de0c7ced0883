import { Button } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import { words } from '../texts'
import { useSaid } from './session'

const Palette = lazy(async () => ({ default: (await import('./palette')).Palette }))

/** Ctrl K, or ⌘ K, from any page. */
export function SearchBox() {
  const say = useSaid()
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      setOpen(true)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} aria-keyshortcuts="Control+K Meta+K">
        {say(SEARCH)} <kbd>Ctrl K</kbd>
      </Button>
      {isOpen ? (
        <Suspense fallback={null}>
          <Palette onEnd={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}

const SEARCH = words('搜索', 'Search')
