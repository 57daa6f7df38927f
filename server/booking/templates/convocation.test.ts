import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { addressLines, type Convocation } from '../rules/convocations'
import { convocationsPdf, letterOf } from './convocation'

const now = new Date('2027-03-01T08:00:00Z')
const RDV: Convocation = {
  territoryName: 'Département du Pas-de-Calais',
  organisationName: 'MDS d’Arras',
  phone: '03 21 00 00 00',
  startAt: new Date('2027-03-02T13:30:00Z'),
  durationMin: 45,
  zone: 'Europe/Paris',
  motifName: 'Consultation de PMI',
  locationType: 'public_office',
  videoUrl: null,
  placeName: 'PMI de Lens',
  placeAddress: '12 rue Gambetta, 62300 Lens',
  placeHours: null,
  accessibilityNote: null,
  instructions: 'Apportez le carnet de santé.\n\nVenez dix minutes avant.',
  forName: 'Noé Martin',
  to: { name: 'Léa Martin', lines: ['3 rue des Lilas', '62300 Lens'] },
  cancelUrl: 'https://rdv.example/r/abcdefghijklmnopqrst',
}

/** The bytes of a PDF, its compressed parts opened. */
function openedText(pdf: Buffer): string {
  const text = pdf.toString('latin1')
  const parts = [...text.matchAll(/stream\r?\n/g)].map(({ index, 0: mark }) => {
    const from = index + mark.length
    try {
      return inflateSync(pdf.subarray(from, text.indexOf('endstream', from))).toString('latin1')
    } catch {
      return ''
    }
  })
  return [text, ...parts].join('\n')
}

test('says who, when, where, what to bring and how to cancel', () => {
  const letter = letterOf(RDV, now)
  expect(letter.to).toEqual(['Léa Martin', '3 rue des Lilas', '62300 Lens'])
  expect(letter.date).toBe('Le 1er\u00a0mars 2027')
  expect(letter.rows).toEqual([
    ['Quand', 'Mardi 2\u00a0mars 2027, à\u00a014\u00a0h\u00a030'],
    ['Durée prévue', '45\u00a0min'],
    ['Pour', 'Noé Martin'],
    ['Motif', 'Consultation de PMI'],
    ['Où', 'PMI de Lens\n12 rue Gambetta, 62300 Lens'],
  ])
  expect(letter.instructions).toEqual(['Apportez le carnet de santé.', 'Venez dix minutes avant.'])
  expect(letter.contact.slice(1)).toEqual([
    'Par téléphone\u00a0: 03 21 00 00 00',
    'Sur internet, jusqu’à la limite qui y est dite\u00a0:\nhttps://rdv.example/r/abcdefghijklmnopqrst',
  ])
})

test.each([
  ['phone', null, 'Par téléphone'],
  ['home', '3 rue des Lilas, Lens', '3 rue des Lilas'],
  ['visio', null, 'https://visio.example/a'],
] as const)('of an RDV %s it says where', (locationType, placeAddress, words) => {
  const where = { locationType, placeName: null, placeAddress, videoUrl: 'https://visio.example/a' }
  expect(letterOf({ ...RDV, ...where }, now).rows.find(([label]) => label === 'Où')?.[1]).toContain(words)
})

test('who may not cancel online calls, and whose number nobody knows is asked to tell all the same', () => {
  expect(letterOf({ ...RDV, cancelUrl: null }, now).contact).toHaveLength(2)
  expect(letterOf({ ...RDV, cancelUrl: null, phone: null }, now).contact).toHaveLength(1)
})

test('is a tagged PDF, in French, with its title, that declares PDF/UA', () => {
  const text = openedText(convocationsPdf([RDV], { now, isLarge: false }))
  expect(text).toContain('/StructTreeRoot')
  expect(text).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/)
  expect(text).toMatch(/\/Lang\s*\(fr/)
  expect(text).toMatch(/\/S\s*\/H1/)
  expect(text).toMatch(/\/S\s*\/L\b/)
  expect(text).toMatch(/pdfuaid:part>1</)
  expect(text).toContain('DisplayDocTitle true')
  expect(text).toContain('AtkinsonHyperlegibleNext')
})

const pagesOf = (pdf: Buffer) => (openedText(pdf).match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length

test('one letter a page, the large one as well; what is typed is never read as our own template', () => {
  const typed = '#panic("x") *gras* $x$ @nulle <la> \\ "'
  const odd = { ...RDV, forName: typed, instructions: typed, to: { name: typed, lines: [typed] } }
  expect(pagesOf(convocationsPdf([RDV, odd, RDV], { now, isLarge: false }))).toBe(3)
  expect(pagesOf(convocationsPdf([RDV], { now, isLarge: true }))).toBeLessThanOrEqual(2)
  expect(letterOf(odd, now).rows.find(([label]) => label === 'Pour')).toBeUndefined()
})

test.each([
  [
    { address: '3 rue des Lilas, 62300 Lens', addressDetails: 'Bât. B', postCode: null, cityName: null },
    ['Bât. B', '3 rue des Lilas', '62300 Lens'],
  ],
  [
    { address: '3 rue des Lilas, 62300 Lens', addressDetails: null, postCode: '62300', cityName: 'Lens' },
    ['3 rue des Lilas', '62300 Lens'],
  ],
  [{ address: null, addressDetails: null, postCode: null, cityName: null }, []],
])('an address is written in lines', (address, lines) => {
  expect(addressLines(address)).toEqual(lines)
})

test('prints what people paste and type, whatever no font shows', () => {
  const typed = { name: 'Олена 山田 🙂', lines: ['\uf0b7 3 rue des Lilas\u200d', 'Bâtiment\u0000 👨‍👩‍👧 😀'] }
  const pasted = {
    ...RDV,
    to: typed,
    instructions: '\uf0b7 Carnet de santé\n\uf0a7 Pièce d’identité ✅\n\ue000 ▪ → ☎ 𝓁',
  }
  expect(convocationsPdf([RDV, pasted], { now, isLarge: false }).length).toBeGreaterThan(1000)
})
