import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { faultsOf } from './check-house.mjs'

const folders: string[] = []
afterAll(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true })))

const TABLES = {
  'db/schema/people.ts': "export const usagers = pgTable('usagers', {})",
  'db/schema/booking.ts': "export const rdvs = pgTable('rdvs', {})",
  'db/schema/platform.ts': "export const events = pgTable('events', {})",
}

/** Laws broken by a house made of these files; the allowlist's own lines are left out. */
function lawsBrokenIn(files: Record<string, string>): string[] {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'house-'))
  folders.push(root)
  for (const [file, text] of Object.entries({ ...TABLES, ...files })) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    fs.writeFileSync(path.join(root, file), text)
  }
  const { faults } = faultsOf(root)
  return faults.filter(({ message }) => !message.includes("n'a plus besoin de son exception")).map(({ law }) => law)
}

const lawIn = (file: string, text: string) => lawsBrokenIn({ [file]: text })

describe('the vocabulary of file names', () => {
  test.each([
    'server/booking/utils.ts',
    'server/booking/slots.ts',
    'server/booking/commands.ts',
    'server/booking/commands/handle-rdv.ts',
    'server/booking/commands/BookSlot.ts',
    'server/booking/rules/deep/status.ts',
    'server/people/templates/mail.tsx',
    'server/payments/rules.ts',
    'server/helpers.ts',
    'app/_parts/booking/helpers.tsx',
  ])('refuses %s', (file) => expect(lawIn(file, '')).toEqual(['vocabulary']))

  test.each([
    'server/booking/rules.ts',
    'server/booking/rules/status.ts',
    'server/booking/commands/book-slot.ts',
    'server/booking/storm.db.test.ts',
    'server/booking/rules/slots.zones.test.ts',
    'server/booking/rules/naive.test-model.ts',
    'server/interop/rest/v1/rdvs.ts',
    'server/messaging/templates/rdv.tsx',
    'server/access/auth.ts',
    'server/platform/mail.ts',
    'app/(public)/prendre-rdv/service/page.tsx',
  ])('accepts %s', (file) => expect(lawIn(file, '')).toEqual([]))
})

describe('one writer per table', () => {
  const booking = 'server/booking/store.ts'
  test.each([
    ["import { usagers } from '@/db/schema'\ntx.db.insert(usagers)"],
    ["import { usagers as people } from '@/db/schema/people'\ntx.db.update(people)"],
    ["import * as schema from '../../db/schema'\ntx.db.delete(schema.usagers)"],
    ["import { usagers } from '@/db/schema'\nsql`insert into ${usagers} values (1)`"],
    ['sql`delete from usagers where id = ${id}`'],
    ["import { events } from '@/db/schema'\ntx.db.insert(events)"],
  ])('refuses a room that writes another one’s table: %s', (text) =>
    expect(lawIn(booking, text)).toEqual(['oneWriter']),
  )

  test.each([
    ["import { rdvs } from '@/db/schema'\ntx.db.insert(rdvs)"],
    ["import { usagers } from '@/db/schema'\ntx.db.select().from(usagers)"],
    ["createHash('sha256').update(usagers)"],
    ['sql`select id from usagers for update`'],
  ])('accepts %s', (text) => expect(lawIn(booking, text)).toEqual([]))
})

describe('a command that writes', () => {
  const file = 'server/booking/commands/book-slot.ts'
  const write = "import { rdvs } from '@/db/schema'\nawait tx.db.insert(rdvs)\n"

  test('must emit', () => expect(lawIn(file, write)).toEqual(['writesEmit']))
  test('must emit when it writes through its store', () =>
    expect(lawIn(file, "import * as store from '../store'\nstore.insertRdv(tx)")).toEqual(['writesEmit']))
  test('is fine when it emits', () => expect(lawIn(file, `${write}await tx.emit(rdvBooked(rdv))`)).toEqual([]))
  test('is fine when it only locks', () =>
    expect(lawIn(file, "import { lockRdv } from '../store'\nawait lockRdv(tx)")).toEqual([]))
})

describe('pure words', () => {
  test.each(['new Date()', 'Date.now()', 'Math.random()', 'const f = async () => 1'])('refuse %s', (text) =>
    expect(lawIn('server/booking/rules/status.ts', text)).toEqual(['pureWords']),
  )
  test('accept a date given to them', () => expect(lawIn('server/booking/rules.ts', 'new Date(startMs)')).toEqual([]))
})

test('a router may not answer a read that ignores the reach', () =>
  expect(lawIn('server/booking/router.ts', 'query(({ ctx }) => queries.loadAgendas(ctx))')).toEqual([
    'routersWithinReach',
  ]))

describe('French spaces', () => {
  const page = 'app/page.tsx'
  test.each([
    ["const words = 'Il reste : trois places'"],
    ["const words = 'Vous venez ?'"],
    ["const words = 'un ; deux'"],
    ["const words = ['Lina', ' : Absent']"],
    ['const words = `« ${name}\u00a0»`'],
    ['const words = `«\u00a0${name} »`'],
    ['const Title = () => <p>Qui annule ?</p>'],
    ['const Title = () => <p>Qui\n annule\n ?</p>'],
    ['const Title = () => <p>{name} : absent</p>'],
    ['const Title = () => <Row label="Un empêchement ?" />'],
  ])('refuse an ordinary one before a sign: %s', (text) => expect(lawIn(page, text)).toEqual(['frenchSpaces']))

  test.each(['app/_words/agent.ts', 'server/messaging/templates/rdv.ts', 'db/seed/motifs.ts'])(
    'are kept in %s',
    (file) => expect(lawIn(file, "const words = 'Vous venez ?'")).toEqual(['frenchSpaces']),
  )

  test.each([
    ["const words = 'Il reste\\u00a0: trois places'"],
    ["const words = 'Vous venez\u202f?'"],
    ['const words = <p>«&nbsp;Retour&nbsp;»</p>'],
    ['const words = <p>{name}\u00a0: absent</p>'],
    ['const words = <p>\n  <b>{name}</b>\n  !\n</p>'],
    ["const isHere = path === '/agent' ? 'page' : undefined"],
    ["document.querySelector('[data-toast]:is(:hover, :focus-within)')"],
    ["const look = 'border hover:bg-paper md:grid'"],
    ["const url = '/agent ?jour=1'"],
    ['// Who comes ? « Nobody ».'],
  ])('accept %s', (text) => expect(lawIn(page, text)).toEqual([]))

  test('are not asked of tests, nor of what nobody reads', () => {
    expect(lawIn('app/page.test.tsx', "const words = 'Vous venez ?'")).toEqual([])
    expect(lawIn('server/booking/queries/slots.ts', 'sql`select answers ? ${field}`')).toEqual([])
  })
})

test.each([
  ['server/booking/rules.ts', 300, []],
  ['server/booking/rules.ts', 301, ['fileSize']],
  ['server/booking/schema.ts', 400, []],
  ['server/booking/schema.ts', 401, ['fileSize']],
])('%s of %i lines → %j', (file, lines, laws) => expect(lawIn(file, 'x\n'.repeat(lines))).toEqual(laws))

test.each([
  [`// ${'TO'}DO later`, ['namedTodos']],
  [`// ${'TO'}DO(Léa): later`, []],
])('%s → %j', (text, laws) => expect(lawIn('app/page.tsx', text)).toEqual(laws))

test('an exception that excuses nothing any more is a fault', () =>
  expect(faultsOf(folders[0]!).faults.some(({ message }) => message.includes("n'a plus besoin de son exception"))).toBe(
    true,
  ))

test('an empty house is in order', () => expect(lawsBrokenIn({})).toEqual([]))
