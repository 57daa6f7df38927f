import writeXlsxFile from 'write-excel-file/node'
import { csvOf } from '@/server/kernel/csv'
import { dayOf, formatTime } from '@/server/kernel/dates'
import type { LocationType } from '@/server/directory/rules/motif'
import type { PersonOnRdv } from '../rules/agent-views'
import type { TableFormat } from '../rules/exports'
import type { Author, ListedRdv } from '../rules/rdv-list'
import type { Status } from '../rules/status'

const STATUS_WORDS = {
  seen: 'Honoré',
  noshow: 'Absent',
  excused: 'Annulé (excusé)',
  revoked: 'Annulé (par le service)',
} as const satisfies Record<Exclude<Status, 'unknown'>, string>

const PLACE_WORDS = {
  public_office: 'Sur place',
  phone: 'Par téléphone',
  home: 'À domicile',
  visio: 'En visioconférence',
} as const satisfies Record<LocationType, string>

const AUTHOR_WORDS = {
  agent: 'Agent',
  usager: 'Usager, en ligne',
  prescripteur: 'Prescripteur',
  system: 'Autre logiciel',
} as const satisfies Record<Author, string>

/** Plain spaces: a spreadsheet looks for what people type. */
const typed = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')

/** « 24/11/2026 », as French spreadsheets read a day. */
const dayWords = (at: Date, zone: string): string => dayOf(at, zone).split('-').reverse().join('/')

const statusWords = ({ status, phase }: ListedRdv): string =>
  status === 'unknown' ? (phase === 'past' ? 'À renseigner' : 'À venir') : STATUS_WORDS[status]

const nameOf = ({ firstName, lastName }: { firstName: string; lastName: string }) =>
  `${lastName.toLocaleUpperCase('fr')} ${firstName}`

/** What was given for this RDV, else the file's, else the responsable's. */
const contactOf = (person: PersonOnRdv, kind: 'phone' | 'email'): string =>
  person.given?.[kind] ?? person[kind] ?? person.responsible?.given?.[kind] ?? person.responsible?.[kind] ?? ''

const each = (rdv: ListedRdv, words: (person: PersonOnRdv) => string): string =>
  rdv.people
    .map(words)
    .filter((text) => text !== '')
    .join(', ')

const COLUMNS: readonly (readonly [title: string, words: (rdv: ListedRdv) => string])[] = [
  ['Numéro', ({ id }) => String(id)],
  ['Date', ({ startAt, zone }) => dayWords(startAt, zone)],
  ['Heure', ({ startAt, zone }) => formatTime(startAt, zone)],
  ['Durée (minutes)', ({ durationMin }) => String(durationMin)],
  ['Statut', statusWords],
  ['Usagers', (rdv) => each(rdv, nameOf)],
  ['Naissance', (rdv) => each(rdv, ({ bornOn }) => bornOn?.split('-').reverse().join('/') ?? '')],
  ['Téléphone', (rdv) => each(rdv, (person) => contactOf(person, 'phone'))],
  ['E-mail', (rdv) => each(rdv, (person) => contactOf(person, 'email'))],
  ['Responsable', (rdv) => each(rdv, ({ responsible }) => (responsible ? nameOf(responsible) : ''))],
  ['Motif', ({ motifName }) => motifName],
  ['Service', ({ serviceShortName }) => serviceShortName],
  ['Organisation', ({ organisationName }) => organisationName],
  ['Type', ({ locationType }) => PLACE_WORDS[locationType]],
  ['Lieu', ({ placeName }) => placeName ?? ''],
  ['Agents', ({ agents }) => agents.map(({ name }) => name).join(', ')],
  ['Inscrits', ({ seats }) => (seats ? String(seats.taken) : '')],
  ['Contexte', ({ context }) => context ?? ''],
  ['Créé par', ({ author }) => AUTHOR_WORDS[author]],
  ['Créé le', ({ createdAt, zone }) => dayWords(createdAt, zone)],
]

/** An RDV as one line of a table, every cell a text. */
export const rowOf = (rdv: ListedRdv): string[] => COLUMNS.map(([, words]) => typed(words(rdv)))

/** The table as a file: nothing typed by anybody is run by the spreadsheet that opens it. */
export async function fileOf(format: TableFormat, rows: readonly (readonly string[])[]): Promise<Buffer> {
  const all = [COLUMNS.map(([title]) => title), ...rows]
  if (format === 'csv') return Buffer.from(csvOf(all), 'utf8')
  const sheet = all.map((row, index) =>
    row.map((value) => ({ value, type: String, ...(index === 0 && { fontWeight: 'bold' as const }) })),
  )
  return writeXlsxFile(sheet, { sheet: 'RDV', stickyRowsCount: 1 }).toBuffer()
}
