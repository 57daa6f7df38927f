import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from './demo-database.mjs'

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

/** What a power cut leaves of a data folder in the making. */
function halfWrittenFolder() {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'demo-database-'))
  opened.push(async () => fs.rmSync(home, { recursive: true }))
  fs.chmodSync(home, 0o755)
  fs.mkdirSync(path.join(home, 'pg'))
  return { home, data: { pg: path.join(home, 'pg'), log: (name: string) => path.join(home, `${name}.log`) } }
}

const open = (data: { pg: string; log(name: string): string }, isReset: boolean) =>
  openDatabase({ data, name: 'rdv', isReset, onClose: ({ close }) => opened.push(close) })

test('a half-written data folder is refused, then put aside when asked to start afresh', async () => {
  process.env.DATABASE_URL = ''
  const { home, data } = halfWrittenFolder()
  await expect(open(data, false)).rejects.toThrow('relancez avec --reset')
  const { databaseUrl } = await open(data, true)
  expect(databaseUrl).toMatch(/\/rdv$/)
  expect(fs.readdirSync(home).filter((name) => name.startsWith('pg.mis-de-cote-'))).toHaveLength(1)
})

test.each(['', '{"passw', 'null', '{}', '{"password":""}'])('so is one whose marker reads %j', async (marker) => {
  process.env.DATABASE_URL = ''
  const { data } = halfWrittenFolder()
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
