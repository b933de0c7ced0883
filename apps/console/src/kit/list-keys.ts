import { useEffect, useRef, type RefObject } from 'react'

const TYPED_IN = 'input, textarea, select, [contenteditable], [role=dialog], [role=combobox]'

/** Keys of a list: / goes to its first filter, j and k to the row beneath and above, whose link Enter opens. */
export function useListKeys(): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest(TYPED_IN)) return
      const goal = KEYS[event.key]?.(list.current!)
      if (goal === undefined || goal === null) return
      event.preventDefault()
      goal.focus()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  return list
}

const KEYS: Readonly<Record<string, (list: HTMLElement) => HTMLElement | null | undefined>> = {
  '/': (list) => list.querySelector<HTMLElement>('.filters input'),
  j: (list) => rowBy(list, 1),
  k: (list) => rowBy(list, -1),
}

function rowBy(list: HTMLElement, by: 1 | -1): HTMLElement | undefined {
  const leads = [...list.querySelectorAll('tbody tr')]
    .map((row) => row.querySelector<HTMLElement>('a, button'))
    .filter((lead) => lead !== null)
  const here = leads.findIndex((lead) => lead.closest('tr')!.contains(document.activeElement))
  if (here === -1) return leads[0]
  return leads[Math.min(Math.max(here + by, 0), leads.length - 1)]
}
