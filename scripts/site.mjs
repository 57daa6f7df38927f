// The site: its environment, its database steps, its two processes (web and worker).
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { NEXT } from './build.mjs'
import { ROOT } from './data-folder.mjs'
import { run, startGroup } from './processes.mjs'
import { Refusal } from './terminal.mjs'

const TSX = ['--import', 'tsx']
const READY_LIMIT_MS = 90_000

/** Environment of every process of the site; what the person set by hand wins, except the environment's name. */
export function siteEnv({ databaseUrl, appEnv, appUrl, secrets }) {
  const given = process.env
  return {
    ...given,
    DATABASE_URL: databaseUrl,
    DATABASE_DIRECT_URL: given.DATABASE_URL ? given.DATABASE_DIRECT_URL || databaseUrl : databaseUrl,
    APP_ENV: appEnv,
    APP_URL: given.APP_URL || appUrl,
    NEXTAUTH_URL: given.NEXTAUTH_URL || given.APP_URL || appUrl,
    NEXTAUTH_SECRET: given.NEXTAUTH_SECRET || secrets.nextAuthSecret,
    APP_SECRET: given.APP_SECRET || secrets.appSecret,
    TRUSTED_PROXIES: given.TRUSTED_PROXIES || '0',
    DB_POOL: given.DB_POOL || '10',
    NEXT_TELEMETRY_DISABLED: '1',
  }
}

/** Runs one of the database scripts; a failure is told with its own last words. */
async function databaseScript(file, args, env) {
  const { code, output } = await run(process.execPath, [...TSX, file, ...args], { cwd: ROOT, env })
  if (code === 0) return output.trim()
  throw new Refusal(output.trim().split('\n').at(-1)?.replace(/^✗ /, '') || `${file} a échoué (code ${code}).`)
}

export const migrate = (env) => databaseScript('db/migrate.ts', [], env)
export const seed = (env) => databaseScript('db/seed/demo.ts', [], env)
export const reset = (env) => databaseScript('db/seed/demo.ts', ['--reset'], env)

/** Starts the web server and the worker on a finished build. */
export function startSite({ env, host, port, distDir, log }) {
  const production = { ...env, NODE_ENV: 'production', NEXT_DIST_DIR: distDir, PORT: String(port) }
  const web = { ...production, NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} --max-old-space-size=512`.trim() }
  const start = (name, args, ownEnv) =>
    startGroup(name, process.execPath, args, { cwd: ROOT, env: ownEnv, logFile: freshLog(log(name)) })
  return [
    start('web', [NEXT, 'start', '-H', host, '-p', String(port)], web),
    start('worker', [...TSX, 'server/worker.ts'], production),
  ]
}

/** One generation back is kept. */
function freshLog(file) {
  if (fs.existsSync(file)) fs.renameSync(file, `${file}.1`)
  return file
}

const LABELS = { postgres: 'La base de données', web: 'Le serveur web', worker: 'Le processus des tâches de fond' }

/** The sentence for a process that ended by itself. */
function endedSentence({ name, logFile }, { code, signal }) {
  const where = logFile ? ` : voir ${path.relative(process.cwd(), logFile) || logFile}` : ''
  return `${LABELS[name] ?? name} s'est arrêté (${signal ?? `code ${code}`})${where}.`
}

/** Waits for a stop, or refuses with the first process that ended by itself. */
export async function watch(children, stopped) {
  const firstEnd = Promise.race(children.map(async (child) => endedSentence(child, await child.ended)))
  const sentence = await Promise.race([stopped, firstEnd])
  if (sentence) throw new Refusal(sentence)
}

/**
 * Resolves when the site says it is in good health, its worker's first sign of life included; refuses when a child dies
 * or when it takes too long.
 */
export async function waitReady({ host, port, children, stopped }) {
  const dead = Promise.race(
    children.map(async (child) => Promise.reject(new Refusal(endedSentence(child, await child.ended)))),
  )
  const loopback = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host
  await Promise.race([stopped, dead, pollHealth(`http://${loopback}:${port}/api/health`)])
  dead.catch(() => {}) // later deaths are watched by the caller
}

async function pollHealth(url) {
  const deadlineMs = performance.now() + READY_LIMIT_MS
  let last = 'aucune réponse'
  while (performance.now() < deadlineMs) {
    try {
      const response = await fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(5000) })
      if (response.ok) return
      last = `${response.status} ${(await response.text()).slice(0, 200)}`
    } catch (error) {
      last = error.cause?.code ?? error.message
    }
    await wait(150)
  }
  throw new Refusal(`Le site n'est pas prêt après ${READY_LIMIT_MS / 1000} secondes (${url} : ${last}).`)
}
