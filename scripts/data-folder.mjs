// The data folder: database, secrets, logs, and which instance is using it.
import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isSame, processStamp, stopGroup } from './processes.mjs'
import { Refusal, say } from './terminal.mjs'

export const ROOT = path.dirname(import.meta.dirname)

/**
 * DATA_DIR, else `.data` in the clone. As root the database runs under another account, which often cannot enter
 * the clone: the default is then a folder of /var/tmp named after the clone's path.
 */
function chosenFolder() {
  if (process.env.DATA_DIR) return path.resolve(process.env.DATA_DIR)
  if (process.getuid?.() !== 0) return path.join(ROOT, '.data')
  const name = createHash('sha256').update(fs.realpathSync(ROOT)).digest('hex').slice(0, 10)
  return `/var/tmp/rdv-territoires-${name}`
}

/** Makes the data folder if needed and answers the paths inside it. */
export function openDataFolder(subfolder = '') {
  const home = path.join(chosenFolder(), subfolder)
  try {
    fs.mkdirSync(path.join(home, 'logs'), { recursive: true, mode: 0o755 })
    fs.accessSync(home, fs.constants.W_OK)
  } catch (error) {
    throw new Refusal(
      `Impossible d'écrire dans le dossier de données ${home} (${error.code}) : choisissez-en un autre avec DATA_DIR.`,
    )
  }
  const { uid } = fs.statSync(home)
  if (process.getuid && uid !== process.getuid())
    throw new Refusal(
      `Le dossier de données ${home} appartient à un autre compte : choisissez-en un autre avec DATA_DIR.`,
    )
  if (fs.existsSync(path.join(home, 'PG_VERSION')))
    throw new Refusal(
      `${home} est lui-même un dossier PostgreSQL, fait par un autre programme : choisissez-en un autre avec DATA_DIR.`,
    )
  fs.chmodSync(path.join(home, 'logs'), 0o700)
  return { home, pg: path.join(home, 'pg'), log: (name) => path.join(home, 'logs', `${name}.log`) }
}

/**
 * Secrets of this installation, drawn once and kept in the data folder, readable by its owner only; drawn anew when
 * they cannot be read and `command` starts afresh.
 */
export function readSecrets(home, { command, isReset }) {
  const file = path.join(home, 'secrets.json')
  const kept = secretsIn(file)
  if (kept) return kept
  if (fs.existsSync(file)) {
    if (!isReset)
      throw new Refusal(
        `Le fichier ${file} est illisible : supprimez-le pour garder la base, ou lancez « npm run ${command} -- --reset » pour repartir à neuf (de nouveaux secrets seront tirés, les liens déjà envoyés ne marcheront plus).`,
      )
    fs.rmSync(file, { recursive: true })
  }
  const drawn = { nextAuthSecret: randomBytes(32).toString('hex'), appSecret: randomBytes(32).toString('hex') }
  writeWhole(file, drawn)
  return drawn
}

function secretsIn(file) {
  try {
    const { nextAuthSecret, appSecret } = JSON.parse(fs.readFileSync(file, 'utf8'))
    const isWhole = [nextAuthSecret, appSecret].every((secret) => typeof secret === 'string' && secret.length >= 32)
    return isWhole ? { nextAuthSecret, appSecret } : null
  } catch {
    return null
  }
}

function writeWhole(file, value) {
  const aside = `${file}.${process.pid}`
  fs.writeFileSync(aside, JSON.stringify(value, null, 2), { mode: 0o600 })
  fs.renameSync(aside, file)
}

/**
 * Makes this process the only one using the folder. Ends what a killed instance left running.
 * Answers { record(child), release() }: recorded children are those a later start would end.
 */
export async function claimDataFolder(home, url) {
  const file = path.join(home, 'instance.json')
  const previous = readInstance(file)
  if (previous && isSame(previous))
    throw new Refusal(
      `RDV Territoires tourne déjà sur le dossier de données ${home} (${previous.url}, processus ${previous.pid}) : arrêtez-le d'abord, ou choisissez un autre DATA_DIR.`,
    )
  const instance = { pid: process.pid, stamp: processStamp(process.pid), url, children: [] }
  await takeOver(file, instance)
  const left = previous?.children.filter((child) => child.stamp && isSame(child)) ?? []
  if (left.length > 0) say('  Arrêt de ce que la dernière exécution avait laissé tourner')
  await Promise.all(left.map((child) => stopGroup(child.pid)))
  return {
    record({ name, pid, stamp }) {
      instance.children.push({ name, pid, stamp })
      writeWhole(file, instance)
    },
    release() {
      if (readInstance(file)?.pid === process.pid) fs.rmSync(file, { force: true })
    },
  }
}

function readInstance(file) {
  try {
    const instance = JSON.parse(fs.readFileSync(file, 'utf8'))
    return Array.isArray(instance.children) ? instance : null
  } catch {
    return null
  }
}

/** Of two starts at the same moment, the last to write wins and the other sees it. */
async function takeOver(file, instance) {
  writeWhole(file, instance)
  await wait(100)
  if (readInstance(file)?.pid !== process.pid)
    throw new Refusal(
      'Une autre instance démarre au même moment sur ce dossier de données : attendez, puis recommencez.',
    )
}
