// `npm run dev`: embedded database, hot reload of the site and of the worker.
import './node-version.mjs'
import { makeAssets } from './assets.mjs'
import { NEXT } from './build.mjs'
import { claimDataFolder, openDataFolder, readSecrets, ROOT } from './data-folder.mjs'
import { ensureDatabase, ensureServerAnswers, ensureUsable, kindOf } from './database.mjs'
import { ensureInstalled } from './install.mjs'
import { runUntilStopped } from './lifecycle.mjs'
import { startPg } from './pg.mjs'
import { ensurePortFree, parsePort } from './ports.mjs'
import { signalGroup, startGroup, stopGroup } from './processes.mjs'
import { migrate, seed, siteEnv, watch } from './site.mjs'
import { Refusal, say, step } from './terminal.mjs'

const DATABASE_NAME = 'rdv_dev'

async function openDatabase(data, onClose) {
  const given = process.env.DATABASE_URL
  if (given) {
    await ensureServerAnswers(given)
    await ensureUsable(given)
    return { databaseUrl: given, pg: null }
  }
  const pg = await step('Base de données démarrée', () => startPg({ dataDir: data.pg, logFile: data.log('postgres') }))
  onClose({ close: () => pg.stop(), force: () => process.kill(pg.pid, 'SIGQUIT') })
  await ensureDatabase(pg.url, DATABASE_NAME)
  return { databaseUrl: `${pg.url}/${DATABASE_NAME}`, pg }
}

await runUntilStopped(async ({ stopped, onClose }) => {
  const port = parsePort(process.env.PORT || '3000')
  const host = process.env.HOST || '127.0.0.1'
  const url = `http://localhost:${port}`
  const data = openDataFolder('dev') // apart from the démonstration: both may run at once
  const instance = await claimDataFolder(data.home, url)
  onClose({ close: async () => instance.release() })
  await ensurePortFree(port, host)
  await ensureInstalled()

  const { databaseUrl, pg } = await openDatabase(data, onClose)
  // The demo accounts exist in the `demo` environment only: developers log in with them too.
  const appEnv = process.env.APP_ENV ?? 'demo'
  const env = siteEnv({ databaseUrl, appEnv, appUrl: url, secrets: readSecrets(data.home) })
  if ((await kindOf(databaseUrl)) === 'foreign')
    throw new Refusal(
      "Cette base contient des données et n'est pas marquée comme base de démonstration : indiquez-en une autre.",
    )
  await step('Tables à jour', () => migrate(env))
  if ((await kindOf(databaseUrl)) === 'empty') await step('Données de démonstration', () => seed(env))

  const assets = await makeAssets({ isWatching: true })
  onClose({ close: () => assets.close() })
  say(`RDV Territoires en développement : ${url}   (base : ${databaseUrl})`)
  const tsx = `${ROOT}/node_modules/tsx/dist/cli.mjs`
  const children = [
    startGroup('web', process.execPath, [NEXT, 'dev', '-H', host, '-p', String(port)], { cwd: ROOT, env }),
    startGroup('worker', process.execPath, [tsx, 'watch', '--clear-screen=false', 'server/worker.ts'], {
      cwd: ROOT,
      env,
    }),
  ]
  onClose({
    close: () => Promise.all(children.map(({ pid }) => stopGroup(pid))),
    force: () => children.forEach(({ pid }) => signalGroup(pid, 'SIGKILL')),
  })
  children.forEach((child) => instance.record(child))
  await watch(pg ? [...children, pg] : children, stopped)
})
