import type { RunningPg } from './pg.mjs'

export function openDatabase(options: {
  data: { pg: string; log(name: string): string }
  name: string
  isReset: boolean
  onClose: (resource: { close: () => Promise<void>; force?: () => void }) => void
}): Promise<{ databaseUrl: string; pg: RunningPg | null }>
export function prepareDatabase(env: NodeJS.ProcessEnv, isReset: boolean): Promise<void>
