import { expect, test } from 'vitest'
import { makeMotifs } from '@/db/seed/motifs'
import { createRandom } from '@/db/seed/random'
import { firstName } from '@/db/seed/names'
import { makeTerritories, SERVICES } from '@/db/seed/territories'
import { foldForSms, smsSizeOf } from '@/server/kernel/sms-text'
import { tokenOf } from '@/server/platform/tokens'
import { placeFormsOf } from './place-forms'
import { standardWording, USAGER_EVENTS, type UsagerEvent } from './standard-wordings'
import { waysOf, type Sayable } from './usager-values'
import { shortestSms } from './wording'

const PLACES = { phone: 'par téléphone', home: 'à votre domicile', visio: 'par visioconférence' } as const
const SITES: Record<string, string> = { '62': 'https://rdv.pasdecalais.fr', '80': 'https://rdv.somme.fr' }

/** Every motif of the demo at every lieu of its organisation, at dates of a whole year, for nobody in particular, one child or two. */
function realisticFacts(): Sayable[] {
  const random = createRandom(62)
  const { organisations, lieux, rows } = makeTerritories(random)
  return makeMotifs(organisations).motifs.flatMap(({ spec, organisation, location }, m) => {
    const { departmentNumber, zone, name: territoryName } = organisation.territory
    const isConfidential = spec.isConfidential === true
    return lieux
      .filter((lieu) => lieu.organisation === organisation)
      .map((lieu, l): Sayable => {
        const row = rows.lieux.find(({ id }) => id === lieu.id)
        const turn = m * 7 + l * 3
        const isForChild = spec.for === 'infant' || spec.for === 'child'
        return {
          startAt: new Date(Date.UTC(2027, turn % 12, 1 + (turn % 28), 5 + (turn % 9), [0, 15, 30, 45][turn % 4])),
          previousStartsAt: new Date(Date.UTC(2027, turn % 12, 1 + (turn % 28), 4)),
          zone,
          motif: isConfidential
            ? null
            : (spec.smsLabel ?? SERVICES.find(({ key }) => key === spec.service)?.shortName ?? null),
          placeForms:
            location === 'public_office'
              ? placeFormsOf(isConfidential ? null : lieu.name, row?.address ?? null)
              : [PLACES[location]],
          forNames: Array.from({ length: isForChild ? 1 + (turn % 2) : 0 }, () => firstName(random, 'F')),
          phone: turn % 5 === 0 ? null : (row?.phone ?? null),
          url: `${SITES[departmentNumber] ?? 'https://rdv.reunion.fr'}/r/${tokenOf('rdv-link', turn)}`,
          territoryName,
          othersCount: 1 + (turn % 29),
          answer: { untilAt: new Date(Date.UTC(2027, turn % 12, 1 + (turn % 27), 9, 10)), isHeld: turn % 4 > 0 },
        }
      })
  })
}

const FACTS = realisticFacts()
/** The page of a wait has a longer address. */
const asSent = (news: UsagerEvent, facts: Sayable): Sayable =>
  news === 'waiting' ? { ...facts, startAt: null, url: facts.url.replace('/r/', '/attente/') } : facts
const smsOf = (news: UsagerEvent, facts: Sayable) =>
  shortestSms(standardWording({ audience: 'usager', news, channel: 'sms' }).body, waysOf(asSent(news, facts)))

test('the set is varied enough to count for something', () => {
  expect(FACTS.length).toBeGreaterThan(300)
  const of = <Value>(value: (facts: Sayable) => Value) => new Set(FACTS.map(value)).size
  expect([of(({ placeForms }) => placeForms[0]), of(({ motif }) => motif), of(({ zone }) => zone)]).toEqual([
    expect.toSatisfy((count: number) => count > 30),
    expect.toSatisfy((count: number) => count > 8),
    2,
  ])
})

test.each(USAGER_EVENTS)('%s: at least 95 of 100 SMS in the standard words hold in one segment', (news) => {
  const written = FACTS.map((facts) => smsOf(news, facts))
  const inOne = written.filter(({ size }) => size.segments === 1)
  expect(inOne.length / written.length).toBeGreaterThanOrEqual(0.95)
  expect(written.every(({ size }) => size.alphabet === 'gsm7' && size.segments <= 2)).toBe(true)
})

/** As agents type them, and as they are called. */
const TITLES = ['Atelier budget', 'Gérer ses factures d’énergie', 'Préparer la naissance, séance 3', '']
const AGENTS = ['Léa Martin', 'Anne-Sophie Dewaele', 'Zoé Petit, Jean-Baptiste Delacroix']

test.each(['newTitle', 'newAgents'] as const)(
  'with its %s, an SMS of a change holds in one segment as often',
  (what) => {
    const written = FACTS.map((facts, i) =>
      smsOf('moved', {
        ...{ ...facts, isPlaceKnown: true },
        ...(what === 'newTitle' ? { newTitle: TITLES[i % 4] ?? null } : { newAgents: AGENTS[i % 3] ?? null }),
      }),
    )
    const inOne = written.filter(({ size }) => size.segments === 1)
    expect(inOne.length / written.length).toBeGreaterThanOrEqual(0.95)
    expect(written.every(({ size }) => size.alphabet === 'gsm7' && size.segments <= 2)).toBe(true)
  },
)

test.each([
  ['{lieu}', 'RDV modifié\u00a0: {date} à {heure}, au {lieu}. Infos, annuler\u00a0: {lien}[ / {téléphone}]'],
  [
    '{téléphone}',
    'RDV modifié\u00a0: {date} à {heure}[, {lieu}]. {lien}. Un empêchement\u00a0? Appelez le {téléphone}.',
  ],
])('words where %s stands outside brackets are never left with a hole in its place', (_what, body) => {
  const written = FACTS.filter(({ phone }) => phone !== null).map((facts) =>
    shortestSms(body, waysOf({ ...facts, isPlaceKnown: true, newTitle: 'Gérer ses factures d’énergie et d’eau' })),
  )
  expect(written.filter(({ text }) => /, au\.|le\.$/.test(text))).toEqual([])
  expect(written.some(({ size }) => size.segments > 1)).toBe(true)
})

test('a long title is cut, then cut short; of several agents the first is named', () => {
  const [facts] = FACTS
  if (!facts) throw new Error('no facts')
  const [long, , short] = waysOf({
    ...facts,
    newTitle: 'Gérer ses factures d’énergie et d’eau, avec un conseiller du département',
    newAgents: 'Zoé Petit, Léa Martin',
  }).map(({ heure }) => heure)
  expect(long).toMatch(
    /, «\u00a0Gérer ses factures d’énergie et d’eau, avec un\.\.\.\u00a0», avec Zoé Petit et Léa Martin$/,
  )
  expect(short).toMatch(/, «\u00a0Gérer ses factu\.\.\.\u00a0», avec Zoé Petit \+ 1$/)
})

test.each([
  ['Jardiner à la 🌻 et bouturer', '"Jardiner à la e..."'],
  ['Jardin 👩🏽‍🌾 partagé', '"Jardin partagé"'],
  ['Cafe\u0301 des parents de Liévin', '"Café des parent..."'],
  ['𝐁𝐮𝐝𝐠𝐞𝐭 des familles', '"Budget des fami..."'],
  ['Atelier «\u00a0Œuf\u00a0»', '"Atelier "OEuf""'],
  ['🌻', 'nouvel intitulé'],
  ['Встреча, родителей', 'nouvel intitulé'],
])('of the title %s, an SMS says what its alphabet holds, in whole signs', (newTitle, said) => {
  const [facts] = FACTS
  if (!facts) throw new Error('no facts')
  const written = waysOf({ ...facts, newTitle }).map(({ heure }) => foldForSms(heure ?? ''))
  expect(written[2]?.endsWith(`, ${said}`)).toBe(true)
  for (const text of written) expect(smsSizeOf(text).alphabet).toBe('gsm7')
})

test('a name that only another script can write costs more, and is said whole', () => {
  const [facts] = FACTS
  if (!facts) throw new Error('no facts')
  const { text, size } = smsOf('created', { ...facts, forNames: ['Мария'] })
  expect(text).toContain('Мария')
  expect(size.alphabet).toBe('ucs2')
})
