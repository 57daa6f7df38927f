// The database of `npm run demo` and `npm run dev`: found or started, emptied when asked, migrated, filled.
import fs from 'node:fs'
import { ensureDatabase, ensureUsable, kindOf } from './database.mjs'
import { setAside, SpoiltFolder, startPg, stopLeftover } from './pg.mjs'
import { migrate, reset, seed } from './site.mjs'
import { Refusal, say, step } from './terminal.mjs'

/** What was typed after `npm run <command> --`. */
export function readArguments(command, args = process.argv.slice(2)) {
  if (args.some((arg) => arg !== '--reset'))
    throw new Refusal(`Usage : npm run ${command} [-- --reset]   (PORT, HOST, DATABASE_URL et DATA_DIR sont respectés)`)
  return { isReset: args.includes('--reset') }
}

/**
 * The database of the site, ready for it: { databaseUrl, pg }, the person's own (`pg` is then null) or the embedded one,
 * started here. `prepare(databaseUrl)` brings it to what `command` needs.
 */
export async function openDatabase(options) {
  const given = process.env.DATABASE_URL
  if (!given) return openEmbedded(options)
  await ensureUsable(given)
  await options.prepare(given)
  return { databaseUrl: given, pg: null }
}

/** The embedded database; to start afresh, one that cannot be opened is put aside and made anew. */
async function openEmbedded(options) {
  const { data, command, isReset, isStopping } = options
  const hadFolder = fs.existsSync(data.pg)
  try {
    return await startEmbedded(options)
  } catch (error) {
    if (isStopping() || !(error instanceof SpoiltFolder)) throw error
    const advice = ` : lancez « npm run ${command} -- --reset » pour la mettre de côté et repartir à neuf`
    if (!isReset || !hadFolder)
      throw new Refusal(
        `La base du dossier de données ${data.home} ne s'ouvre pas (${error.message})${isReset ? '' : advice}.`,
      )
  }
  await stopLeftover(data.pg) // nobody else uses the folder: a server still there is what a killed run left
  say(`  Base qui ne s'ouvre pas, mise de côté : ${await setAside(data.pg)}`)
  return openEmbedded(options)
}

async function startEmbedded({ data, name, prepare, onClose }) {
  const pg = await step('Base de données démarrée', () => startPg({ dataDir: data.pg, logFile: data.log('postgres') }))
  // Through its own handle: by then its pid may be gone, or another's.
  onClose({ close: () => pg.stop(), force: () => void pg.stop({ immediately: true }) })
  const databaseUrl = `${pg.url}/${name}`
  try {
    await ensureDatabase(pg.url, name)
    await prepare(databaseUrl)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await pg.stop()
    throw new SpoiltFolder(error.cause ? `elle répond « ${error.cause.message} »` : error.message.replace(/\.$/, ''))
  }
  return { databaseUrl, pg }
}

const UNSTAMPED = "contient des données et n'est pas marquée comme base de démonstration : rien n'a été touché"

/** Empties (if asked), migrates, seeds; never touches a database that is not a demonstration. */
export async function prepareDatabase(env, isReset) {
  const kind = await kindOf(env.DATABASE_URL)
  if (kind === 'foreign')
    throw new Refusal(
      process.env.DATABASE_URL
        ? `Cette base ${UNSTAMPED}, indiquez une base vide dans DATABASE_URL.`
        : `elle ${UNSTAMPED}`,
    )
  if (isReset && kind === 'demo') await step('Démonstration remise à neuf', () => reset(env))
  // Under any other name the tables would be stamped with it, and never filled.
  await step('Tables à jour', () => migrate({ ...env, APP_ENV: 'demo' }))
  if ((await kindOf(env.DATABASE_URL)) === 'empty') await step('Données de démonstration', () => seed(env))
}
