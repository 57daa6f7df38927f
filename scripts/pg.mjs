// The embedded PostgreSQL: made once, started, stopped last; as an ordinary user or as root.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { binariesFolder, serverAccount } from './pg-binaries.mjs'
import { freePort } from './ports.mjs'
import { commandLine, isAlive, isSame, processStamp, run, waitGone } from './processes.mjs'
import { Refusal } from './terminal.mjs'

const MARKER = 'rdv-territoires.json' // written when the folder is whole, and only then
const INIT_PREFIX = '.init-'
const TEST_PREFIX = 'rdv-territoires-test-'
const START_LIMIT_MS = 120_000 // recovery after a power cut may take a while

/** The folder is at fault: another would do. */
export class SpoiltFolder extends Refusal {}

const serverEnv = () => ({ PATH: process.env.PATH, LC_ALL: 'C', HOME: '/', TZ: 'UTC' })
const identity = (account) => (account ? { uid: account.uid, gid: account.gid } : {})

/**
 * Starts the server kept in `dataDir`, making it first when there is none.
 * `durable: false` is for tests only: a power cut would lose the data.
 * Answers { url (without a database name), port, pid, isNew, ended, stop() }; `stop({ immediately: true })` forces.
 */
export async function startPg({ dataDir, durable = true, maxConnections = 100, logFile }) {
  const folder = path.resolve(dataDir)
  const account = serverAccount()
  const binaries = binariesFolder()
  fs.mkdirSync(path.dirname(folder), { recursive: true })
  refuseClosedParent(folder, account)
  const isNew = !fs.existsSync(folder)
  if (isNew) await makeFolder({ folder, account, binaries, durable })
  const password = readPassword(folder)
  await stopLeftover(folder)
  const log = logFile ?? path.join(path.dirname(folder), 'postgres.log')
  const server = await startServer({ folder, account, binaries, durable, maxConnections, log })
  return {
    ...server,
    name: 'postgres',
    logFile: log,
    isNew,
    url: `postgres://postgres:${password}@127.0.0.1:${server.port}`,
  }
}

/** The first folder on the way that the server's account may not enter. */
function refuseClosedParent(folder, account) {
  if (!account) return
  for (let parent = path.dirname(folder); ; parent = path.dirname(parent)) {
    const { mode, uid, gid } = fs.statSync(parent)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if (!(mode & bit))
      throw new Refusal(
        `Sous root, PostgreSQL tourne avec le compte « ${account.name} », qui ne peut pas entrer dans ${parent} : choisissez un autre dossier, par exemple DATA_DIR=/var/tmp/rdv-territoires.`,
      )
    if (parent === path.dirname(parent)) return
  }
}

/** initdb works aside and the result is renamed: a folder of the final name is whole, or was spoilt later. */
async function makeFolder({ folder, account, binaries, durable }) {
  sweepInterrupted(folder)
  const aside = fs.mkdtempSync(`${folder}${INIT_PREFIX}`)
  fs.chmodSync(aside, 0o755)
  const cluster = path.join(aside, 'cluster')
  const passwordFile = path.join(aside, 'password')
  const password = randomBytes(24).toString('hex')
  fs.mkdirSync(cluster, { mode: 0o700 })
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account) [cluster, passwordFile].forEach((file) => fs.chownSync(file, account.uid, account.gid))
  try {
    await initdb({ cluster, passwordFile, account, binaries, durable })
    const marker = path.join(cluster, MARKER)
    fs.writeFileSync(marker, JSON.stringify({ password }), { mode: 0o600, flush: durable })
    if (account) fs.chownSync(marker, account.uid, account.gid)
    if (durable) syncFolder(cluster)
    fs.renameSync(cluster, folder)
    if (durable) syncFolder(path.dirname(folder))
  } finally {
    fs.rmSync(aside, { recursive: true, force: true })
  }
}

/** A rename may reach the disk before what was written just ahead of it. */
function syncFolder(folder) {
  try {
    const handle = fs.openSync(folder, 'r')
    fs.fsyncSync(handle)
    fs.closeSync(handle)
  } catch {
    // not every system lets a folder be opened, or flushed
  }
}

async function initdb({ cluster, passwordFile, account, binaries, durable }) {
  const args = ['-D', cluster, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8']
  args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-messages=C', '--no-instructions')
  if (!durable) args.push('--no-sync')
  const options = { ...identity(account), cwd: '/', env: serverEnv(), limitMs: 120_000 }
  const { code, output } = await run(path.join(binaries, 'bin', 'initdb'), args, options)
  if (code !== 0) throw new Refusal(`La base de données n'a pas pu être créée : ${output.trim().split('\n').at(-1)}`)
}

/** What a killed initdb left beside: nothing of value was ever in it. */
function sweepInterrupted(folder) {
  const prefix = path.basename(folder) + INIT_PREFIX
  for (const name of fs.readdirSync(path.dirname(folder)))
    if (name.startsWith(prefix)) fs.rmSync(path.join(path.dirname(folder), name), { recursive: true, force: true })
}

/** True when the folder exists without what a whole one has. */
function isHalfWritten(dataDir) {
  if (!fs.existsSync(dataDir)) return false
  const needed = ['PG_VERSION', 'postgresql.conf', 'global/pg_control']
  return !passwordIn(dataDir) || !needed.every((file) => fs.existsSync(path.join(dataDir, file)))
}

/** What the marker keeps; null when there is none, or when it is empty, cut short or somebody else's. */
function passwordIn(folder) {
  try {
    const { password } = JSON.parse(fs.readFileSync(path.join(folder, MARKER), 'utf8'))
    return typeof password === 'string' ? password : null
  } catch {
    return null
  }
}

function readPassword(folder) {
  if (isHalfWritten(folder))
    throw new SpoiltFolder(`${folder} est incomplet : création interrompue, ou dossier étranger`)
  return passwordIn(folder)
}

/** Lines of postmaster.pid: pid, folder, start, port, socket, address, shared memory, status. */
function readPidFile(folder) {
  try {
    const lines = fs.readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), status: lines[7]?.trim() ?? '' }
  } catch {
    return null
  }
}

/** A server that outlived its launcher (kill -9, closed session) is stopped; a stale pid file is removed. */
export async function stopLeftover(folder) {
  const left = readPidFile(folder)
  if (!left) return
  if (isServerOf(left.pid, folder)) {
    process.kill(left.pid, 'SIGINT')
    if (await waitGone(left.pid, 20_000)) return
    process.kill(left.pid, 'SIGQUIT')
    await waitGone(left.pid, 10_000)
  } else if (!isAlive(left.pid) || commandLine(left.pid)) {
    // Gone, or its pid is another program's now. Unreadable: the file stays, PostgreSQL itself will judge.
    fs.rmSync(path.join(folder, 'postmaster.pid'), { force: true })
  }
}

const isServerOf = (pid, folder) => isAlive(pid) && commandLine(pid).includes(folder)

async function startServer({ folder, account, binaries, durable, maxConnections, log }) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const child = spawnServer({ folder, account, binaries, durable, maxConnections, log, port })
    const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
    if (await isReady(child, folder)) return { port, pid: child.pid, ended, stop: stopper(child) }
    // A neighbour took the port, or the last server's memory is still being freed: once more.
    if (attempt === 3) throw new SpoiltFolder(`PostgreSQL ne démarre pas, voir ${log}`)
    await wait(500)
  }
}

function spawnServer({ folder, account, binaries, durable, maxConnections, log, port }) {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: maxConnections,
    shared_buffers: '128MB',
    TimeZone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '4GB' }),
  }
  const args = ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const output = fs.openSync(log, 'a', 0o600)
  // Detached: Ctrl-C reaches the whole foreground group, and the database must be stopped last.
  const child = spawn(path.join(binaries, 'bin', 'postgres'), args, {
    ...identity(account),
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
    env: serverEnv(),
  })
  fs.closeSync(output)
  return child
}

async function isReady(child, folder) {
  let isOver = false
  child.once('exit', () => (isOver = true)).once('error', () => (isOver = true))
  const deadlineMs = performance.now() + START_LIMIT_MS
  while (!isOver && performance.now() < deadlineMs) {
    const written = readPidFile(folder)
    if (written?.pid === child.pid && written.status === 'ready') return true
    await wait(20)
  }
  if (!isOver) child.kill('SIGQUIT')
  return false
}

const stopper =
  (child) =>
  async ({ immediately = false } = {}) => {
    child.kill(immediately ? 'SIGQUIT' : 'SIGINT')
    if (await waitGone(child.pid, immediately ? 5000 : 20_000)) return
    child.kill('SIGQUIT')
    await waitGone(child.pid, 5000)
  }

/** Puts an unusable folder aside under a dated name, never deletes it. Answers its new name. */
export async function setAside(dataDir) {
  const left = readPidFile(dataDir)
  if (left && isServerOf(left.pid, dataDir))
    throw new Refusal(`Un serveur PostgreSQL (processus ${left.pid}) utilise ${dataDir} : arrêtez-le d'abord.`)
  const aside = `${dataDir}.mis-de-cote-${new Date()
    .toISOString()
    .replace(/[^0-9]/g, '')
    .slice(0, 14)}`
  fs.renameSync(dataDir, aside)
  return aside
}

/** A throw-away server for tests, fast rather than durable. `stop()` also removes its folder. */
export async function startTestPg({ maxConnections = 100 } = {}) {
  await sweepTestServers()
  const home = fs.mkdtempSync(path.join(os.tmpdir(), TEST_PREFIX))
  fs.chmodSync(home, 0o755)
  fs.writeFileSync(
    path.join(home, 'owner.json'),
    JSON.stringify({ pid: process.pid, stamp: processStamp(process.pid) }),
  )
  const pg = await startPg({ dataDir: path.join(home, 'pg'), durable: false, maxConnections })
  const forceOnExit = () => isAlive(pg.pid) && process.kill(pg.pid, 'SIGQUIT')
  process.once('exit', forceOnExit)
  const stop = async () => {
    await pg.stop({ immediately: true })
    process.off('exit', forceOnExit)
    fs.rmSync(home, { recursive: true, force: true })
  }
  return { ...pg, stop }
}

/** Removes the test servers whose tests were killed. */
async function sweepTestServers() {
  for (const name of fs.readdirSync(os.tmpdir()).filter((n) => n.startsWith(TEST_PREFIX))) {
    const home = path.join(os.tmpdir(), name)
    try {
      if (isSame(JSON.parse(fs.readFileSync(path.join(home, 'owner.json'), 'utf8')))) continue
      await stopLeftover(path.join(home, 'pg'))
      fs.rmSync(home, { recursive: true, force: true })
    } catch {
      continue // another user's, or being made at this moment
    }
  }
}
