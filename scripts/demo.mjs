// `npm run demo`: from a bare clone to a running démonstration. Plain Node: nothing may be installed yet.
import './node-version.mjs'
import fs from 'node:fs'
import path from 'node:path'
import { ensureBuilt } from './build.mjs'
import { claimDataFolder, openDataFolder, readSecrets, ROOT } from './data-folder.mjs'
import { ensureDatabase, ensureServerAnswers, ensureUsable, kindOf } from './database.mjs'
import { ensureInstalled } from './install.mjs'
import { runUntilStopped } from './lifecycle.mjs'
import { isHalfWritten, setAside, startPg } from './pg.mjs'
import { ensurePortFree, lanAddress, parsePort } from './ports.mjs'
import { signalGroup, stopGroup } from './processes.mjs'
import { migrate, reset, seed, siteEnv, startSite, waitReady, watch } from './site.mjs'
import { Refusal, say, step } from './terminal.mjs'

const DATABASE_NAME = 'rdv_territoires'
const DIST_DIR = '.next-demo'
const USAGE = 'Usage : npm run demo [-- --reset]   (PORT, HOST, DATABASE_URL et DATA_DIR sont respectés)'

function readArguments() {
  const args = process.argv.slice(2)
  if (args.some((arg) => arg !== '--reset')) throw new Refusal(USAGE)
  return { isReset: args.includes('--reset') }
}

/** Where the site will answer: `url` for this machine, `publicUrl` for everybody it listens to. */
function readAddress() {
  const port = parsePort(process.env.PORT || '3000')
  const host = process.env.HOST || '127.0.0.1'
  const lan = ['0.0.0.0', '::'].includes(host) ? lanAddress() : null
  const url = `http://${['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host}:${port}`
  return { port, host, url, lanUrl: lan && `http://${lan}:${port}` }
}

/** The database's address: the person's own, or the embedded one, started here. */
async function openDatabase({ data, isReset, onClose }) {
  const given = process.env.DATABASE_URL
  if (given) {
    await ensureUsable(given)
    return { databaseUrl: given, pg: null }
  }
  if (isReset && isHalfWritten(data.pg)) say(`  Dossier incomplet mis de côté : ${await setAside(data.pg)}`)
  const pg = await step('Base de données démarrée', () => startPg({ dataDir: data.pg, logFile: data.log('postgres') }))
  onClose({ close: () => pg.stop(), force: () => process.kill(pg.pid, 'SIGQUIT') })
  await ensureDatabase(pg.url, DATABASE_NAME)
  return { databaseUrl: `${pg.url}/${DATABASE_NAME}`, pg }
}

/** Empties (if asked), migrates, seeds; never touches a database that is not a demonstration. */
async function prepareDatabase(env, isReset) {
  const kind = await kindOf(env.DATABASE_URL)
  if (kind === 'foreign')
    throw new Refusal(
      "Cette base contient des données et n'est pas marquée comme base de démonstration : rien n'a été touché, indiquez une base vide dans DATABASE_URL.",
    )
  if (isReset && kind === 'demo') await step('Démonstration remise à neuf', () => reset(env))
  await step('Tables à jour', () => migrate(env))
  if ((await kindOf(env.DATABASE_URL)) === 'empty') await step('Données de démonstration', () => seed(env))
}

function sayReady({ url, lanUrl }) {
  say(`\nRDV Territoires prêt : ${url}`)
  if (lanUrl) say(`  Depuis un téléphone du même réseau : ${lanUrl}`)
  const { password, accounts } = readAccounts()
  if (accounts.length > 0) say(`  Comptes de démonstration (mot de passe : ${password}) :`)
  const widest = Math.max(0, ...accounts.map(({ role }) => role.length))
  for (const { role, email } of accounts) say(`    ${role.padEnd(widest)}  ${email}`)
  say('  Ctrl-C pour arrêter.')
}

/** db/seed/accounts.json: { password, accounts: [{ role, email }] }. */
function readAccounts() {
  const file = path.join(ROOT, 'db', 'seed', 'accounts.json')
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : { password: '', accounts: [] }
}

await runUntilStopped(async ({ stopped, onClose }) => {
  const { isReset } = readArguments()
  const address = readAddress()
  const data = openDataFolder()
  const instance = await claimDataFolder(data.home, address.url)
  onClose({ close: async () => instance.release() })
  await ensurePortFree(address.port, address.host)
  if (process.env.DATABASE_URL) await ensureServerAnswers(process.env.DATABASE_URL)
  say('RDV Territoires : préparation de la démonstration')

  const secrets = readSecrets(data.home)
  await ensureInstalled()
  const { databaseUrl, pg } = await openDatabase({ data, isReset, onClose })
  const env = siteEnv({ databaseUrl, appEnv: 'demo', appUrl: address.lanUrl ?? address.url, secrets })
  await prepareDatabase(env, isReset)
  await ensureBuilt(DIST_DIR, data.log('build'))

  const children = startSite({ env, ...address, distDir: DIST_DIR, log: data.log })
  onClose({
    close: () => Promise.all(children.map(({ pid }) => stopGroup(pid))),
    force: () => children.forEach(({ pid }) => signalGroup(pid, 'SIGKILL')),
  })
  children.forEach((child) => instance.record(child))
  await waitReady({ ...address, children, stopped })
  sayReady(address)
  await watch(pg ? [...children, pg] : children, stopped)
})
