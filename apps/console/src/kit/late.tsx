import { Skeleton } from 'antd'
import { lazy, Suspense, type ComponentType, type ReactNode } from 'react'

/** A part of the console that is loaded when it is first shown. */
export function late<Props extends object>(load: () => Promise<ComponentType<Props>>): (props: Props) => ReactNode {
  const Loaded = lazy(async () => ({ default: await load() })) as unknown as ComponentType<Props>
  return function Late(props: Props) {
    return (
      <Suspense fallback={<Skeleton active />}>
        <Loaded {...props} />
      </Suspense>
    )
  }
}
