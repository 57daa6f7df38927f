/** A running embedded PostgreSQL. `url` has no database name: add `/postgres`, `/tpl`… */
export interface RunningPg {
  url: string
  port: number
  pid: number
  isNew: boolean
  stop(options?: { immediately?: boolean }): Promise<void>
}
export function startPg(options: {
  dataDir: string
  durable?: boolean
  maxConnections?: number
  logFile?: string
}): Promise<RunningPg>
export function startTestPg(options?: { maxConnections?: number }): Promise<RunningPg>
