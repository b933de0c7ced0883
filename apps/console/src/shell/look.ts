import { createContext, use } from 'react'

export interface Look {
  isDark: boolean
  setDark: (isDark: boolean) => void
}
export const LookContext = createContext<Look>({ isDark: false, setDark: () => undefined })
export const useLook = (): Look => use(LookContext)
