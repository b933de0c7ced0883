import { lazy, Suspense, type ComponentProps } from 'react'

const Actions = lazy(async () => ({ default: (await import('./actions')).Actions }))

const RunningImports = lazy(async () => ({ default: (await import('./running-imports')).RunningImports }))
const SavedViews = lazy(async () => ({ default: (await import('./saved-views')).SavedViews }))

/** Actions come after what they are about: a list is read before anything is done with it. */
export const LateActions = (props: ComponentProps<typeof Actions>) => (
  <Suspense fallback={null}>
    <Actions {...props} />
  </Suspense>
)

export const LateImports = (props: ComponentProps<typeof RunningImports>) => (
  <Suspense fallback={null}>
    <RunningImports {...props} />
  </Suspense>
)

export const LateViews = (props: ComponentProps<typeof SavedViews>) => (
  <Suspense fallback={null}>
    <SavedViews {...props} />
  </Suspense>
)
