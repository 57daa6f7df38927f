import type { usagers } from '../schema'
import { civil, instantAt, type Day } from './calendar'
import type { Audience } from './motif-spec'
import { inventedMobile, firstName, lastName, mailName, type Sex } from './names'
import { BASINS, PLACES, STREETS, type Basin, type Place } from './places'
import type { Random } from './random'
import type { Territory } from './territories'
import type { Row } from './write'

export type Usager = {
  id: number
  territory: Territory
  basin: Basin
  sex: Sex
  bornDay: Day
  hasDisability: boolean
  firstName: string
  lastName: string
  address: string
  responsible: Usager | null
  proches: Usager[]
}

const COUNTS: Record<string, number> = { '62': 1300, '80': 820, '974': 880 }
const DOUBLES = 4
const YEAR = 365.25

type Sketch = { sex: Sex; years: readonly [number, number]; children: readonly (readonly [number, number])[] }

/** Who lives there: young families first (PMI), young people (CPEF), then everybody. */
function sketchFamily(random: Random): Sketch {
  const kind = random.weighted<'young-family' | 'young' | 'adult' | 'older-family'>([
    ['young-family', 40],
    ['young', 20],
    ['adult', 27],
    ['older-family', 13],
  ])
  switch (kind) {
    case 'young-family': {
      const small = Array.from({ length: random.pick([1, 1, 1, 2, 2]) }, () => [0.05, 5.8] as const)
      const children = random.chance(0.55) ? [[0.05, 1.9] as const, ...small.slice(1)] : small
      return { sex: random.chance(0.82) ? 'F' : 'M', years: [19, 41], children }
    }
    case 'young':
      return { sex: random.chance(0.8) ? 'F' : 'M', years: [15, 26], children: [] }
    case 'adult':
      return { sex: random.chance(0.5) ? 'F' : 'M', years: [24, 79], children: [] }
    case 'older-family': {
      const children = Array.from({ length: random.pick([1, 2, 2, 3]) }, () => [3, 17] as const)
      return { sex: random.chance(0.7) ? 'F' : 'M', years: [30, 52], children }
    }
  }
}

export function makeUsagers(random: Random, territories: readonly Territory[], today: Day) {
  const all: Usager[] = []
  const rows: Row<typeof usagers>[] = []
  const emails = new Set<string>()
  for (const territory of territories) {
    const quota = all.length + (COUNTS[territory.departmentNumber] ?? 0)
    const basins = basinsOf(territory)
    const heads: Usager[] = []
    while (all.length < quota - DOUBLES) {
      const basin = random.pick(basins)
      const home = PLACES[random.pick(BASINS[basin])]
      const { sex, years, children } = sketchFamily(random)
      const address = `${random.int(1, 140)} ${random.pick(STREETS)}`
      const name = lastName(random, territory.departmentNumber)
      const add = (who: { sex: Sex; years: readonly [number, number]; name: string; responsible: Usager | null }) => {
        const usager: Usager = {
          id: all.length + 1,
          territory,
          basin,
          sex: who.sex,
          bornDay: today - Math.round((who.years[0] + random.next() * (who.years[1] - who.years[0])) * YEAR),
          hasDisability: random.chance(0.17),
          firstName: firstName(random, who.sex),
          lastName: who.name,
          address: `${address}, ${home.postCode} ${home.name}`,
          responsible: who.responsible,
          proches: [],
        }
        all.push(usager)
        return usager
      }
      const head = add({ sex, years, name, responsible: null })
      for (const age of children.slice(0, quota - DOUBLES - all.length)) {
        const theirName = random.chance(0.75) ? name : lastName(random, territory.departmentNumber)
        const proche = add({ sex: random.chance(0.5) ? 'F' : 'M', years: age, name: theirName, responsible: head })
        head.proches.push(proche)
      }
      heads.push(head)
      rows.push(headRow(random, head, { home, address, emails, today }))
      rows.push(...head.proches.map((proche) => procheRow(random, proche, home, today)))
    }
    for (let i = 0; i < DOUBLES; i++) rows.push(doubleRow(random.pick(heads), rows, today - i * 3))
    all.push(...rows.slice(all.length).map((row, i) => double(row, all, i)))
  }
  return {
    usagers: all.filter(({ id }) => !rows[id - 1]?.maybeSameAsId),
    doubles: all.filter(({ id }) => rows[id - 1]?.maybeSameAsId),
    rows: { usagers: rows },
  }
}

function basinsOf({ departmentNumber }: Territory) {
  return (Object.keys(BASINS) as Basin[]).filter((basin) => {
    const [first] = BASINS[basin]
    return first && PLACES[first].code.startsWith(departmentNumber)
  })
}

type Home = { home: Place; address: string; emails: Set<string>; today: Day }

function headRow(random: Random, usager: Usager, { home, address, emails, today }: Home): Row<typeof usagers> {
  const { territory } = usager
  const isRich = territory.departmentNumber === '62'
  const hasPhone = random.chance(0.93)
  const hasEmail = random.chance(hasPhone ? 0.58 : 0.9)
  return vouched({
    ...commonRow(usager, home),
    birthName: usager.sex === 'F' && random.chance(0.3) ? lastName(random, territory.departmentNumber) : null,
    email: hasEmail ? freeEmail(random, usager, emails) : null,
    // A stride prime to 10,000 scatters the numbers without ever giving one twice.
    ...(hasPhone
      ? inventedMobile(territory.departmentNumber, (usager.id * 7919) % 10_000)
      : { phone: null, phoneE164: null }),
    address,
    addressDetails: random.chance(0.2)
      ? random.pick(['Bât. B, 2e étage', 'Appt 14', 'Interphone Leroy', 'Porte 3'])
      : null,
    affiliationFund:
      isRich && random.chance(0.7)
        ? random.weighted([
            ['caf', 8],
            ['msa', 1],
            ['aucune', 1],
          ])
        : null,
    affiliationNumber: isRich && random.chance(0.5) ? String(random.int(1_000_000, 9_999_999)) : null,
    familySituation: random.chance(0.6) ? random.pick(['single', 'in_a_relationship', 'divorced'] as const) : null,
    childrenCount: random.chance(0.7) ? usager.proches.length : null,
    housing:
      isRich && random.chance(0.5)
        ? random.weighted([
            ['locataire', 7],
            ['heberge', 2],
            ['proprietaire', 1],
          ])
        : null,
    caseNumber: territory.departmentNumber !== '974' && random.chance(0.3) ? `D-${random.int(10_000, 99_999)}` : null,
    notes: random.chance(0.05) ? random.pick(NOTES) : null,
    notifyBySms: random.chance(0.96),
    notifyByEmail: random.chance(0.97),
    createdThrough: random.weighted([
      ['agent_creation', 60],
      ['online_booking', 28],
      ['prescripteur', 5],
      ['agent_creation_api', 4],
      ['user_sign_up', 3],
    ]),
    createdAt: instantAt(territory.zone, today - random.int(170, 900), random.int(500, 1040)),
  })
}

const UNCONFIRMED = { phoneConfirmed: false, emailConfirmed: false }

/** What an agent wrote, they vouch for; not what the public typed. */
function vouched(row: Row<typeof usagers>): Row<typeof usagers> {
  const isByAgent = row.createdThrough === 'agent_creation' || row.createdThrough === 'agent_creation_api'
  return {
    ...row,
    phoneConfirmed: isByAgent && row.phoneE164 !== null,
    emailConfirmed: (isByAgent || row.createdThrough === 'user_sign_up') && row.email !== null,
  }
}

const NOTES = [
  'Préfère être appelée l’après-midi.',
  'Interprète en langue des signes à prévoir.',
  'Parle portugais\u202f; venir avec un traducteur si possible.',
  'Ne lit pas le français\u00a0: rappeler le rendez-vous par téléphone.',
  'Se déplace en fauteuil.',
  'Joindre de préférence par SMS.',
]

/** A proche has no contact of their own: the responsable's is used. */
function procheRow(random: Random, usager: Usager, home: Place, today: Day): Row<typeof usagers> {
  return {
    ...commonRow(usager, home),
    responsibleId: usager.responsible?.id ?? null,
    notifyBySms: true,
    notifyByEmail: true,
    createdThrough: random.chance(0.7) ? 'user_relative_creation' : 'agent_creation',
    createdAt: instantAt(usager.territory.zone, Math.max(usager.bornDay + 1, today - random.int(165, 880)), 700),
  }
}

function commonRow({ id, territory, firstName: first, lastName: last, bornDay, hasDisability }: Usager, home: Place) {
  return {
    id,
    territoryId: territory.id,
    firstName: first,
    lastName: last,
    bornOn: civil(bornDay),
    cityCode: home.code,
    cityName: home.name,
    postCode: home.postCode,
    ...needsRow(id, hasDisability),
    ...UNCONFIRMED,
  }
}

const LANGUAGES = ['arabe', 'portugais', 'Langue des signes française (LSF)', 'ukrainien', 'dari']

/** By the number alone: chance is left as it fell. */
const needsRow = (id: number, hasDisability: boolean) => ({
  interpreterLanguage: id % 23 === 0 ? (LANGUAGES[id % LANGUAGES.length] ?? null) : null,
  accessibilityNeeds: hasDisability && id % 3 === 0 ? ['wheelchair' as const] : [],
})

function freeEmail(random: Random, { firstName: first, lastName: last, bornDay }: Usager, emails: Set<string>) {
  const domain = random.pick(['example.org', 'example.net'])
  let email = `${mailName(first, last)}@${domain}`
  for (let year = Number(civil(bornDay).slice(2, 4)); emails.has(email); year++) {
    email = `${mailName(first, last)}${String(year).padStart(2, '0')}@${domain}`
  }
  emails.add(email)
  return email
}

/** A file that an online booking left in doubt: same number, another birth date. */
function doubleRow(of: Usager, rows: readonly Row<typeof usagers>[], onDay: Day): Row<typeof usagers> {
  const original = rows[of.id - 1]
  if (!original) throw new Error('a double of nobody')
  return {
    id: rows.length + 1,
    territoryId: of.territory.id,
    maybeSameAsId: of.id,
    accessibilityNeeds: [],
    firstName: of.firstName,
    lastName: of.lastName,
    bornOn: civil(of.bornDay + 30),
    phone: original.phone ?? null,
    phoneE164: original.phoneE164 ?? null,
    cityCode: original.cityCode ?? null,
    cityName: original.cityName ?? null,
    postCode: original.postCode ?? null,
    notifyBySms: true,
    notifyByEmail: true,
    ...UNCONFIRMED,
    createdThrough: 'online_booking',
    createdAt: instantAt(of.territory.zone, onDay - 4, 1260),
  }
}

function double(row: Row<typeof usagers>, all: readonly Usager[], index: number): Usager {
  const of = all.find(({ id }) => id === row.maybeSameAsId)
  if (!of) throw new Error('a double of nobody')
  return { ...of, id: all.length + index + 1, proches: [], responsible: null }
}

/** Finds people who would come for a motif: by age and by where they live. */
export function audiences(all: readonly Usager[], today: Day) {
  const pools = new Map<string, Usager[]>()
  for (const usager of all) {
    for (const audience of audiencesOf(usager, today)) {
      const key = `${usager.basin}|${audience}`
      pools.set(key, [...(pools.get(key) ?? []), usager])
    }
  }
  return (basins: readonly Basin[], audience: Audience) =>
    basins.flatMap((basin) => pools.get(`${basin}|${audience}`) ?? [])
}

function audiencesOf({ sex, bornDay, hasDisability }: Usager, today: Day): Audience[] {
  const years = (today - bornDay) / YEAR
  const found: Audience[] = []
  if (years < 2) found.push('infant')
  if (years >= 2 && years < 6.5) found.push('child')
  if (sex === 'F' && years >= 18 && years < 42) found.push('pregnant')
  if (years >= 15 && years < 30) found.push('young')
  if (years >= 18) found.push('adult')
  if (hasDisability) found.push('disabled')
  return found
}
