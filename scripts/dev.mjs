// `npm run dev`: embedded database, hot reload of the site and of the worker.
import './node-version.mjs'
import { makeAssets } from './assets.mjs'
import { NEXT } from './build.mjs'
import { claimDataFolder, openDataFolder, readSecrets, ROOT } from './data-folder.mjs'
import { ensureServerAnswers } from './database.mjs'
import { openDatabase, prepareDatabase, readArguments } from './demo-database.mjs'
import { ensureInstalled } from './install.mjs'
import { runUntilStopped } from './lifecycle.mjs'
import { ensurePortFree, parsePort } from './ports.mjs'
import { signalGroup, startGroup, stopGroup } from './processes.mjs'
import { siteEnv, watch } from './site.mjs'
import { say } from './terminal.mjs'

const DATABASE_NAME = 'rdv_dev'

await runUntilStopped(async ({ stopped, isStopping, onClose }) => {
  const { isReset } = readArguments('dev')
  const port = parsePort(process.env.PORT || '3000')
  const host = process.env.HOST || '127.0.0.1'
  const url = `http://localhost:${port}`
  const data = openDataFolder('dev') // apart from the démonstration: both may run at once
  const instance = await claimDataFolder(data.home, url)
  onClose({ close: async () => instance.release() })
  await ensurePortFree(port, host)
  if (process.env.DATABASE_URL) await ensureServerAnswers(process.env.DATABASE_URL)
  await ensureInstalled()

  // The demo accounts exist in the `demo` environment only: developers log in with them too.
  const appEnv = process.env.APP_ENV ?? 'demo'
  const secrets = readSecrets(data.home, { command: 'dev', isReset })
  const envOf = (databaseUrl) => siteEnv({ databaseUrl, appEnv, appUrl: url, secrets })
  const { databaseUrl, pg } = await openDatabase({
    data,
    name: DATABASE_NAME,
    command: 'dev',
    isReset,
    prepare: (databaseUrl) => prepareDatabase(envOf(databaseUrl), isReset),
    isStopping,
    onClose,
  })
  const env = envOf(databaseUrl)

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
