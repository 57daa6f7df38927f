import type { RunningPg } from './pg.mjs'

export function openDatabase(options: {
  data: { home: string; pg: string; log(name: string): string }
  name: string
  command: string
  isReset: boolean
  prepare: (databaseUrl: string) => Promise<void>
  isStopping: () => boolean
  onClose: (resource: { close: () => Promise<void>; force?: () => void }) => void
}): Promise<{ databaseUrl: string; pg: RunningPg | null }>
export function prepareDatabase(env: NodeJS.ProcessEnv, isReset: boolean): Promise<void>
