// The database of `npm run demo` and `npm run dev`: found or started, emptied when asked, migrated, filled.
import { ensureDatabase, ensureUsable, kindOf } from './database.mjs'
import { isHalfWritten, setAside, startPg } from './pg.mjs'
import { migrate, reset, seed } from './site.mjs'
import { Refusal, say, step } from './terminal.mjs'

/** What was typed after `npm run <command> --`. */
export function readArguments(command, args = process.argv.slice(2)) {
  if (args.some((arg) => arg !== '--reset'))
    throw new Refusal(`Usage : npm run ${command} [-- --reset]   (PORT, HOST, DATABASE_URL et DATA_DIR sont respectés)`)
  return { isReset: args.includes('--reset') }
}

/** The database's address: the person's own, or the embedded one, started here. */
export async function openDatabase({ data, name, isReset, onClose }) {
  const given = process.env.DATABASE_URL
  if (given) {
    await ensureUsable(given)
    return { databaseUrl: given, pg: null }
  }
  if (isReset && isHalfWritten(data.pg)) say(`  Dossier incomplet mis de côté : ${await setAside(data.pg)}`)
  const pg = await step('Base de données démarrée', () => startPg({ dataDir: data.pg, logFile: data.log('postgres') }))
  onClose({ close: () => pg.stop(), force: () => process.kill(pg.pid, 'SIGQUIT') })
  await ensureDatabase(pg.url, name)
  return { databaseUrl: `${pg.url}/${name}`, pg }
}

/** Empties (if asked), migrates, seeds; never touches a database that is not a demonstration. */
export async function prepareDatabase(env, isReset) {
  const kind = await kindOf(env.DATABASE_URL)
  if (kind === 'foreign')
    throw new Refusal(
      "Cette base contient des données et n'est pas marquée comme base de démonstration : rien n'a été touché, indiquez une base vide dans DATABASE_URL.",
    )
  if (isReset && kind === 'demo') await step('Démonstration remise à neuf', () => reset(env))
  // Under any other name the tables would be stamped with it, and never filled.
  await step('Tables à jour', () => migrate({ ...env, APP_ENV: 'demo' }))
  if ((await kindOf(env.DATABASE_URL)) === 'empty') await step('Données de démonstration', () => seed(env))
}
