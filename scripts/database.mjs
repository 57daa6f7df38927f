// Questions asked to a database before touching it. The driver is loaded late: it may not be installed yet.
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { Refusal } from './terminal.mjs'

const CONNECT_LIMIT_SEC = 5
const OLDEST_VERSION = 16

/** A DATABASE_URL as `host:port/name`, without its password. */
function parse(url) {
  try {
    const { protocol, hostname, port, pathname } = new URL(url)
    if (!/^postgres(ql)?:$/.test(protocol)) throw new Error()
    return {
      host: hostname,
      port: Number(port || 5432),
      name: pathname.slice(1),
      label: `${hostname}:${port || 5432}${pathname}`,
    }
  } catch {
    throw new Refusal('DATABASE_URL doit avoir la forme postgres://compte:motdepasse@machine:5432/base.')
  }
}

const unreachable = (label, reason) =>
  new Refusal(
    `La base de données ${label} ne répond pas (${reason}) : vérifiez DATABASE_URL et que le serveur est démarré.`,
  )

/** Knocks at the server's door with nothing but Node: the first check, before anything is installed. */
export function ensureServerAnswers(url) {
  const { host, port, label } = parse(url)
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: host.replace(/^\[|\]$/g, ''), port, timeout: CONNECT_LIMIT_SEC * 1000 })
    const refuse = (reason) => {
      socket.destroy()
      reject(unreachable(label, reason))
    }
    socket.once('connect', () => resolve(socket.destroy()))
    socket.once('timeout', () => refuse(`rien en ${CONNECT_LIMIT_SEC} s`))
    socket.once('error', (error) => refuse(error.code ?? error.message))
  })
}

async function withDatabase(url, work) {
  const { default: postgres } = await import('postgres')
  const sql = postgres(url, { max: 1, connect_timeout: CONNECT_LIMIT_SEC, onnotice: () => {} })
  try {
    return await work(sql)
  } catch (error) {
    const sentence = connectionSentence(error, parse(url)) ?? `La base de données a répondu : ${error.message}`
    throw new Refusal(sentence, { cause: error })
  } finally {
    await sql.end({ timeout: 1 })
  }
}

function connectionSentence({ code, message }, { label, name }) {
  if (code === '28P01' || code === '28000')
    return `La base de données ${label} refuse ce compte ou ce mot de passe : corrigez DATABASE_URL.`
  if (code === '3D000')
    return `La base « ${name} » n'existe pas sur ce serveur : créez-la (createdb), ou corrigez DATABASE_URL.`
  if (code === '53300') return `La base de données ${label} n'a plus de connexion libre : réessayez dans un instant.`
  if (/^(ECONN|ENOTFOUND|EAI_|CONNECT|ETIMEDOUT|57P)/.test(code ?? '')) return unreachable(label, code).message
  return message ? null : unreachable(label, code).message
}

/** Refuses a database that cannot be used, with the reason. */
export const ensureUsable = (url) =>
  withDatabase(url, async (sql) => {
    const [{ version }] = await sql`select current_setting('server_version_num')::int / 10000 as version`
    if (version < OLDEST_VERSION)
      throw new Error(`PostgreSQL ${version} est trop ancien, il faut au moins PostgreSQL ${OLDEST_VERSION}.`)
  })

/** Creates a database on the embedded server unless it is there. */
export const ensureDatabase = (serverUrl, name) =>
  withDatabase(`${serverUrl}/postgres`, async (sql) => {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`
    if (!found) await sql.unsafe(`create database "${name}"`)
  })

const SNAPSHOTS = path.join(import.meta.dirname, '..', 'db', 'migrations', 'meta')

/** The tables our migrations ever made in `public`, whatever version a database is at. */
function ownTables() {
  const files = fs.readdirSync(SNAPSHOTS).filter((name) => name.endsWith('_snapshot.json'))
  const tables = files.flatMap((name) =>
    Object.values(JSON.parse(fs.readFileSync(path.join(SNAPSHOTS, name), 'utf8')).tables),
  )
  return new Set(tables.map(({ name }) => name))
}

const OWN_SCHEMAS = ['public', 'drizzle', 'graphile_worker']

/** True when somebody else's work lies there: a schema, or a table of `public`, that our migrations did not make. */
async function hasForeignWork(sql, names) {
  const schemas = await sql`select nspname as name from pg_namespace
    where nspname !~ '^pg_' and nspname <> 'information_schema'`
  const own = ownTables()
  return schemas.some(({ name }) => !OWN_SCHEMAS.includes(name)) || names.some((name) => !own.has(name))
}

/**
 * What a database is: 'demo' (stamped), 'empty' (nothing, or only tables of ours without a row), 'foreign' (anything
 * else). Only the first two may be migrated, seeded or reset by the launch commands.
 */
export const kindOf = (url) =>
  withDatabase(url, async (sql) => {
    // A partition goes with its table.
    const tables = await sql`select relname as name from pg_class
      where relnamespace = to_regnamespace('public') and relkind in ('r', 'p', 'f', 'm') and not relispartition`
    const names = tables.map(({ name }) => name)
    if (names.includes('installation')) {
      const stamps = await sql`select environment from public.installation`
      if (stamps.length > 0) return stamps.every(({ environment }) => environment === 'demo') ? 'demo' : 'foreign'
    } else if (names.length > 0) return 'foreign'
    if (await hasForeignWork(sql, names)) return 'foreign'
    for (const name of names)
      if ((await sql`select 1 from ${sql(`public.${name}`)} limit 1`).length > 0) return 'foreign'
    return 'empty'
  })
