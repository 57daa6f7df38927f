// What the measures stand on: a durable PostgreSQL of their own, the demo data, the built site. Made when first asked for.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import postgres from 'postgres'
import { build, isBuilt } from '../build.mjs'
import { claimDataFolder, openDataFolder, ROOT } from '../data-folder.mjs'
import { ensureDatabase } from '../database.mjs'
import { startPg, stopLeftover } from '../pg.mjs'
import { freePort } from '../ports.mjs'
import { run, signalGroup, stopGroup } from '../processes.mjs'
import { migrate, seed, siteEnv, startSite, waitReady } from '../site.mjs'
import { Refusal, step } from '../terminal.mjs'

const DIST_DIR = '.next-bench'
const PART_LIMIT_MS = 30 * 60_000
const HOST = '127.0.0.1'

/** Nothing of the person's own configuration reaches the measures: above all, not their database. */
const PERSONAL = [
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'DATABASE_PREPARES',
  'DB_POOL',
  'APP_ENV',
  'APP_URL',
  'APP_SECRET',
]
PERSONAL.push('NEXTAUTH_URL', 'NEXTAUTH_SECRET', 'PORT', 'HOST', 'SMTP_URL', 'NEXT_DIST_DIR', 'TRUSTED_PROXIES', 'TZ')
PERSONAL.push('ADDRESS_SERVICE_URL', 'SEED_NOW', 'NODE_ENV')
for (const name of PERSONAL) delete process.env[name]

/** The same promise to whoever asks, made at the first asking. */
function once(make) {
  let made
  return () => (made ??= make())
}

export function openWorld({ stopped, onClose }) {
  const secrets = { nextAuthSecret: randomBytes(32).toString('hex'), appSecret: randomBytes(32).toString('hex') }
  const envOf = (databaseUrl, appUrl = 'http://localhost:3000') =>
    siteEnv({ databaseUrl, appEnv: 'demo', appUrl, secrets })

  const folder = once(async () => {
    const data = openDataFolder('banc')
    const instance = await claimDataFolder(data.home, 'npm run bench')
    onClose({
      close: async () => {
        instance.release()
        fs.rmSync(data.home, { recursive: true, force: true })
      },
    })
    await stopLeftover(data.pg)
    fs.rmSync(data.pg, { recursive: true, force: true })
    return data
  })

  const server = once(async () => {
    const { pg: dataDir, log } = await folder()
    const pg = await startPg({ dataDir, logFile: log('postgres') })
    onClose({ close: () => pg.stop(), force: () => process.kill(pg.pid, 'SIGQUIT') })
    return pg
  })

  /** The demo, in a database of its own. */
  const demo = once(() =>
    step('Base de démonstration', async () => {
      const { url } = await server()
      await ensureDatabase(url, 'demo')
      const env = envOf(`${url}/demo`)
      await migrate(env)
      await seed(env)
      return env
    }),
  )

  /** A copy of the demo that may be written to. Asked for while nobody is connected to the demo. */
  const copyOfDemo = async (name) => {
    await demo()
    const { url } = await server()
    const sql = postgres(`${url}/postgres`, { max: 1, onnotice: () => {} })
    try {
      await sql.unsafe(`create database "${name}" template demo`)
    } finally {
      await sql.end({ timeout: 1 })
    }
    return envOf(`${url}/${name}`)
  }

  /** Runs one part in a process of its own and answers what it prints last: { results, … }. */
  const measure = async (part, env = process.env) => {
    const args = ['--import', 'tsx', path.join('scripts', 'bench', 'run.ts'), part]
    const { code, output } = await run(process.execPath, args, {
      cwd: ROOT,
      env: { ...env, LOG_LEVEL: 'warn' },
      limitMs: PART_LIMIT_MS,
    })
    const last = output.trim().split('\n').at(-1) ?? ''
    if (code === 0 && last.startsWith('{')) return JSON.parse(last)
    throw new Refusal(`La mesure « ${part} » a échoué :\n${output.trim().split('\n').slice(-25).join('\n')}`)
  }

  /** What people ask for on the demo, as the search part finds it; the figures of that part come along. */
  const searched = once(async () => measure('search', await demo()))

  /** The built site on the demo: { url }. */
  const site = once(async () => {
    const env = await demo()
    if (!isBuilt(DIST_DIR)) {
      const { code, output } = await step('Site construit', () => build(DIST_DIR))
      if (code !== 0) throw new Refusal(`La construction du site a échoué :\n${output.trim().slice(-1500)}`)
    }
    const port = await freePort()
    const url = `http://${HOST}:${port}`
    const { log } = await folder()
    const children = startSite({ env: envOf(env.DATABASE_URL, url), host: HOST, port, distDir: DIST_DIR, log })
    onClose({
      close: () => Promise.all(children.map(({ pid }) => stopGroup(pid))),
      force: () => children.forEach(({ pid }) => signalGroup(pid, 'SIGKILL')),
    })
    await waitReady({ host: HOST, port, children, stopped })
    return { url }
  })

  return { measure, demo, copyOfDemo, searched, site, onClose }
}
