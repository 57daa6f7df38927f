import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from './demo-database.mjs'
import { Refusal } from './terminal.mjs'

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

type Data = Parameters<typeof openDatabase>[0]['data']

function dataFolder() {
  process.env.DATABASE_URL = ''
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'demo-database-'))
  opened.push(async () => fs.rmSync(home, { recursive: true }))
  fs.chmodSync(home, 0o755)
  return { home, pg: path.join(home, 'pg'), log: (name: string) => path.join(home, `${name}.log`) }
}

/** What a power cut leaves of a data folder in the making. */
function halfWrittenFolder() {
  const data = dataFolder()
  fs.mkdirSync(data.pg)
  return data
}

const nothingToPrepare = () => Promise.resolve()

const open = (data: Data, isReset: boolean, prepare: (url: string) => Promise<void> = nothingToPrepare) =>
  openDatabase({
    ...{ data, name: 'rdv', command: 'demo', isReset, prepare },
    isStopping: () => false,
    onClose: ({ close }) => opened.push(close),
  })

const asideIn = ({ home }: Data) => fs.readdirSync(home).filter((name) => name.startsWith('pg.mis-de-cote-'))

test('a half-written data folder is refused, then put aside when asked to start afresh', async () => {
  const data = halfWrittenFolder()
  await expect(open(data, false)).rejects.toThrow('lancez « npm run demo -- --reset »')
  const { databaseUrl } = await open(data, true)
  expect(databaseUrl).toMatch(/\/rdv$/)
  expect(asideIn(data)).toHaveLength(1)
})

const SPOILS: [string, (pg: string) => void][] = [
  ['does not start', (pg) => fs.truncateSync(path.join(pg, 'global', 'pg_control'))],
  ['has lost its databases', (pg) => fs.rmSync(path.join(pg, 'base'), { recursive: true })],
  ['knows another password', (pg) => fs.writeFileSync(path.join(pg, 'rdv-territoires.json'), '{"password":"x"}')],
]

test.each(SPOILS)('so is a whole one whose server %s', async (_, spoil) => {
  const data = dataFolder()
  await (await open(data, false)).pg?.stop()
  spoil(data.pg)
  const refusal: unknown = await open(data, false).catch((error: unknown) => error)
  expect(String(refusal)).toContain(`${data.home} ne s'ouvre pas`)
  expect(String(refusal)).toContain('lancez « npm run demo -- --reset »')
  expect(String(refusal)).not.toContain('DATABASE_URL')
  await open(data, true)
  expect(asideIn(data)).toHaveLength(1)
})

test('a new database that cannot be prepared is put aside by nobody, and offers no other remedy', async () => {
  const data = dataFolder()
  const prepare = () => Promise.reject(new Refusal('Le disque est plein.'))
  await expect(open(data, true, prepare)).rejects.toThrow(/ne s'ouvre pas \(Le disque est plein\)\.$/)
  expect(asideIn(data)).toEqual([])
})

test.each(['', '{"passw', 'null', '{}', '{"password":""}'])('so is one whose marker reads %j', async (marker) => {
  const data = halfWrittenFolder()
  fs.mkdirSync(path.join(data.pg, 'global'))
  for (const file of ['PG_VERSION', 'postgresql.conf', 'global/pg_control'])
    fs.writeFileSync(path.join(data.pg, file), '')
  fs.writeFileSync(path.join(data.pg, 'rdv-territoires.json'), marker)
  await expect(open(data, false)).rejects.toThrow('est incomplet')
})

test.each(['demo', 'dev'])('npm run %s knows --reset, and says so to whoever types something else', (command) => {
  const { status, stderr } = spawnSync(process.execPath, [`scripts/${command}.mjs`, '--rest'], { encoding: 'utf8' })
  expect(stderr).toContain(`npm run ${command} [-- --reset]`)
  expect(status).toBe(1)
})
