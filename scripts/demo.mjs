// `npm run demo`: from a bare clone to a running démonstration. Plain Node: nothing may be installed yet.
import './node-version.mjs'
import fs from 'node:fs'
import path from 'node:path'
import { ensureBuilt } from './build.mjs'
import { claimDataFolder, openDataFolder, readSecrets, ROOT } from './data-folder.mjs'
import { ensureServerAnswers } from './database.mjs'
import { openDatabase, prepareDatabase, readArguments } from './demo-database.mjs'
import { ensureInstalled } from './install.mjs'
import { runUntilStopped } from './lifecycle.mjs'
import { ensurePortFree, lanAddress, parsePort } from './ports.mjs'
import { signalGroup, stopGroup } from './processes.mjs'
import { siteEnv, startSite, waitReady, watch } from './site.mjs'
import { say } from './terminal.mjs'

const DATABASE_NAME = 'rdv_territoires'
const DIST_DIR = '.next-demo'

/** Where the site will answer: `url` for this machine, `publicUrl` for everybody it listens to. */
function readAddress() {
  const port = parsePort(process.env.PORT || '3000')
  const host = process.env.HOST || '127.0.0.1'
  const lan = ['0.0.0.0', '::'].includes(host) ? lanAddress() : null
  const url = `http://${['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host}:${port}`
  return { port, host, url, lanUrl: lan && `http://${lan}:${port}` }
}

function sayReady({ url, lanUrl }) {
  say(`\nRDV Territoires prêt : ${url}`)
  if (lanUrl) say(`  Depuis un téléphone du même réseau : ${lanUrl}`)
  const { password, accounts, superAdmin } = readAccounts()
  if (accounts.length > 0) say(`  Comptes de démonstration (mot de passe : ${password}) :`)
  const widest = Math.max(0, ...accounts.map(({ role }) => role.length))
  for (const { role, email } of accounts) say(`    ${role.padEnd(widest)}  ${email}`)
  if (superAdmin) {
    say(`  Support (super-admin) : ${url}/super/connexion   ${superAdmin.email}, même mot de passe ;`)
    say(`    le code s'affiche sur la page, ou par une application de codes avec la clé ${superAdmin.totpKey}`)
  }
  say('  Ctrl-C pour arrêter.')
}

/** db/seed/accounts.json: { password, superAdmin: { email, totpKey }, accounts: [{ role, email }] }. */
function readAccounts() {
  const file = path.join(ROOT, 'db', 'seed', 'accounts.json')
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : { password: '', accounts: [] }
}

await runUntilStopped(async ({ stopped, isStopping, onClose }) => {
  const { isReset } = readArguments('demo')
  const address = readAddress()
  const data = openDataFolder()
  const instance = await claimDataFolder(data.home, address.url)
  onClose({ close: async () => instance.release() })
  await ensurePortFree(address.port, address.host)
  if (process.env.DATABASE_URL) await ensureServerAnswers(process.env.DATABASE_URL)
  say('RDV Territoires : préparation de la démonstration')

  const secrets = readSecrets(data.home, { command: 'demo', isReset })
  await ensureInstalled()
  const appUrl = address.lanUrl ?? address.url
  const envOf = (databaseUrl) => siteEnv({ databaseUrl, appEnv: 'demo', appUrl, secrets })
  const { databaseUrl, pg } = await openDatabase({
    data,
    name: DATABASE_NAME,
    command: 'demo',
    isReset,
    prepare: (url) => prepareDatabase(envOf(url), isReset),
    isStopping,
    onClose,
  })
  const env = envOf(databaseUrl)
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
