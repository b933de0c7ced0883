/** Whether the server answers, within a second: whoever asks for health waits no longer. */
export async function answers(db: { query(sql: string): Promise<unknown> }): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), WITHIN_MS)
  })
  const asked = db.query('SELECT 1').then(
    () => true,
    () => false,
  )
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}

const WITHIN_MS = 1000
