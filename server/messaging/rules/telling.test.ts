import { describe, expect, test } from 'vitest'
import { areWordsAlone, channelsFor, maySettle, namesFor, newsFor, wordFor, type Known } from './telling'

const NOW = new Date('2027-03-01T06:00:00Z')
const NINE: Known = {
  isOn: true,
  startsAt: new Date('2027-03-02T08:00:00Z'),
  endsAt: new Date('2027-03-02T08:30:00Z'),
  lieuId: 1,
  title: 'Atelier budget',
  agentIds: [1, 2],
}
const off = { ...NINE, isOn: false }
const at = (hour: number, over: Partial<Known> = {}): Known => ({
  ...NINE,
  startsAt: new Date(`2027-03-02T${String(hour).padStart(2, '0')}:00:00Z`),
  endsAt: new Date(`2027-03-02T${String(hour).padStart(2, '0')}:30:00Z`),
  ...over,
})

test.each([
  ['two hours before', 120, NINE, NINE, true],
  ['four minutes before', 4, NINE, off, true],
  ['three minutes before', 3, NINE, off, false],
  ['a minute and a half before', 1.5, NINE, off, false],
  ['three minutes before the new time', 3, at(10), NINE, false],
  ['three minutes before the time they know', 3, NINE, at(10), false],
  ['once it has begun', -5, NINE, off, true],
  ['of whom nothing was told', 3, null, NINE, false],
] as const)('%s, a change may wait for another or not', (_case, aheadMin, since, current, may) => {
  expect(maySettle(since, current, new Date(NINE.startsAt.getTime() - aheadMin * 60_000))).toBe(may)
})

describe('what a person is told', () => {
  test.each([
    ['a first RDV', null, NINE, 'created'],
    ['the same as they know', NINE, NINE, null],
    ['another time', NINE, at(10), 'moved'],
    ['another lieu', NINE, { ...NINE, lieuId: 2 }, 'moved'],
    ['no lieu any more', NINE, { ...NINE, lieuId: null }, 'moved'],
    ['called otherwise', NINE, { ...NINE, title: 'Atelier énergie' }, 'moved'],
    ['called nothing any more', NINE, { ...NINE, title: '' }, 'moved'],
    ['named for the first time', { ...NINE, title: '' }, NINE, 'moved'],
    ['with somebody else who follows them', NINE, { ...NINE, agentIds: [1, 3] }, 'moved'],
    ['with one less', NINE, { ...NINE, agentIds: [1] }, 'moved'],
    ['what messages no longer say', NINE, { ...NINE, title: null, agentIds: null }, null],
    ['what nobody knows whether they said', { ...NINE, title: null, agentIds: null }, NINE, null],
    ['longer', NINE, { ...NINE, endsAt: at(9).startsAt }, 'moved'],
    ['cancelled', NINE, off, 'cancelled'],
    ['moved, then cancelled', NINE, { ...at(10), isOn: false }, 'cancelled'],
    ['cancelled before they knew', null, off, null],
    ['cancelled, as they know', off, off, null],
    ['on again', off, NINE, 'created'],
    ['on again, elsewhen', off, at(10), 'created'],
  ] as const)('%s', (_case, told, current, news) => {
    expect(newsFor(told, current, NOW)).toBe(news)
  })

  test.each([
    ['placed, then cancelled', null, NINE, off, { news: null, since: null }],
    ['placed, then moved', null, NINE, at(10), { news: 'created', since: null }],
    ['moved, then moved back', NINE, at(10), NINE, { news: null, since: NINE }],
    ['renamed, then named back', NINE, { ...NINE, title: 'x' }, NINE, { news: null, since: NINE }],
    ['given to another, then back', NINE, { ...NINE, agentIds: [3] }, NINE, { news: null, since: NINE }],
    ['moved twice', NINE, at(10), at(11), { news: 'moved', since: NINE }],
    ['moved, then cancelled', NINE, at(10), { ...at(10), isOn: false }, { news: 'cancelled', since: NINE }],
    ['cancelled, then standing again', NINE, off, NINE, { news: null, since: NINE }],
    ['cancelled, then standing elsewhen', NINE, off, at(10), { news: 'moved', since: NINE }],
    ['nothing more', NINE, at(10), at(10), null],
  ] as const)('%s before anybody heard of it: as they know it', (_case, before, said, current, word) => {
    expect(wordFor({ said, before, isUnheard: true, isUntold: false }, current, NOW)).toEqual(word)
    const heard = wordFor({ said, before, isUnheard: false, isUntold: false }, current, NOW)
    expect(heard).toEqual(newsFor(said, current, NOW) && { news: newsFor(said, current, NOW), since: said })
  })

  const named = { ...NINE, title: 'x' }
  const later = { ...at(10), title: 'x' }
  test.each([
    ['moved, then renamed: of both', NINE, at(10), later, { news: 'moved', since: NINE }],
    ['placed, then renamed: that it is placed', null, NINE, named, { news: 'created', since: null }],
    ['on again, then renamed: that it is on', off, NINE, named, { news: 'created', since: off }],
    ['renamed, then otherwise: of the last', named, NINE, { ...NINE, title: 'y' }, { news: 'moved', since: NINE }],
    ['renamed, then back: of that', named, NINE, named, { news: 'moved', since: NINE }],
    ['moved, then elsewhen: of the last', NINE, at(10), at(11), { news: 'moved', since: at(10) }],
    ['moved, and no more', NINE, at(10), at(10), null],
  ] as const)('when no message is known to have arrived, nor anybody called: %s', (_case, before, said, now, word) => {
    expect(wordFor({ said, before, isUnheard: false, isUntold: true }, now, NOW)).toEqual(word)
  })

  test.each([
    ['a title', { title: 'x' }, true],
    ['an agent', { agentIds: [3] }, true],
    ['both', { title: '', agentIds: [3] }, true],
    ['a title and the start', { title: 'x', startsAt: at(10).startsAt }, false],
    ['the end', { endsAt: at(10).startsAt }, false],
    ['the lieu', { lieuId: 2 }, false],
    ['that there is no lieu', { lieuId: null }, false],
    ['that it is off', { isOn: false }, false],
  ])('nobody need be called of %s (%o): %s', (_case, over, isNobody) => {
    expect(areWordsAlone(NINE, { ...NINE, ...over })).toBe(isNobody)
    expect(areWordsAlone({ ...NINE, ...over }, NINE)).toBe(isNobody)
    expect(areWordsAlone(null, NINE)).toBe(false)
  })

  test('cancelled, when it went into the past while they await it; nothing once that time has come too', () => {
    const past = { ...NINE, startsAt: new Date('2027-02-26T08:00:00Z') }
    expect(newsFor(NINE, past, NOW)).toBe('cancelled')
    expect(newsFor(NINE, { ...past, isOn: false }, NOW)).toBe('cancelled')
    expect(newsFor({ ...past, isOn: false }, past, NOW)).toBeNull()
    expect(newsFor(NINE, past, NINE.startsAt)).toBeNull()
  })

  test.each([null, { ...NINE, startsAt: NOW }, off])('nothing, once it has begun', (told) => {
    const begun = at(10, { startsAt: NOW })
    expect(newsFor(told, begun, NOW)).toBeNull()
    expect(newsFor(told, { ...begun, isOn: false }, NOW)).toBeNull()
  })

  test('nothing, when an agent notes that they came early; a cancellation is told all the same', () => {
    const early = { ...NINE, startsAt: new Date(NOW.getTime() - 10 * 60_000) }
    expect(newsFor(NINE, early, NOW)).toBeNull()
    expect(newsFor(NINE, { ...early, isOn: false }, NOW)).toBe('cancelled')
  })

  test('moved from the past to come, it is told', () => {
    expect(newsFor({ ...NINE, startsAt: new Date('2027-02-01T08:00:00Z') }, NINE, NOW)).toBe('moved')
  })
})

describe('by which channel', () => {
  const reachable = {
    ...{ mobile: '+33612345678', email: 'lea@example.org' },
    ...{ notifiesLifecycle: true, notifiesReminder: true },
  }

  test('both, when there are both', () => {
    for (const news of ['created', 'moved'] as const) {
      expect(channelsFor(news, reachable, { isOwnDoing: true })).toEqual(['mail', 'sms'])
    }
  })
  test('a cancellation by SMS only when an agent cancelled', () => {
    expect(channelsFor('cancelled', reachable, { isOwnDoing: false })).toEqual(['mail', 'sms'])
    expect(channelsFor('cancelled', reachable, { isOwnDoing: true })).toEqual(['mail'])
  })
  test('none for who can be reached by none', () => {
    expect(channelsFor('created', { ...reachable, mobile: null, email: null }, { isOwnDoing: false })).toEqual([])
  })
})

describe('whom it is for', () => {
  const one = (participationId: number, toldId: number, firstName: string, notifiesReminder = true) => ({
    ...{ participationId, usagerId: participationId, toldId, firstName, notifiesReminder },
  })
  const [mother, child, little, other] = [one(1, 1, 'Léa'), one(2, 1, 'Noé'), one(3, 1, 'Zoé', false), one(4, 4, 'Bob')]
  const all = [mother, child, little, other]

  test.each([
    ['nobody, to who is alone of it', [1], 1, 'created', []],
    ['a proche', [2], 1, 'created', ['Noé']],
    ['the family, with who is told', [1, 2, 3], 1, 'moved', ['Léa', 'Noé', 'Zoé']],
    ['of a reminder, those to be reminded', [1, 2, 3, 4], 1, 'reminder', ['Léa', 'Noé']],
    ['nobody of another family', [1, 2, 3, 4], 4, 'reminder', []],
    ['nobody of another family, whatever it tells of', [1, 4], 1, 'cancelled', []],
  ] as const)('%s', (_case, concerned, toldId, news, names) => {
    expect(namesFor(all, concerned, { toldId, news })).toEqual(names)
  })

  test.each([
    ...['Jean-Pierre', 'N’Golo', "D'Arcy", 'Zoé Éléonore', 'Мария', 'Anne-Charlotte Joséphine'].map(
      (name) => [name, true] as const,
    ),
    ...[
      'Colis bloque reglez sur laposte-suivi.top/a1',
      'www.a.fr',
      'a/b',
      'Zoé 500',
      'Zoé (CAF)',
      'Z, appelez',
      'Reglez vite votre amende ici',
    ].map((name) => [name, false] as const),
  ])('« %s », typed as a first name, is said: %s', (name, isSaid) => {
    const family = [mother, { ...child, firstName: name }]
    const told = { toldId: 1, news: 'created' } as const
    expect(namesFor(family, [2], told)).toEqual(isSaid ? [name] : [])
    expect(namesFor(family, [1, 2], told)).toEqual(isSaid ? ['Léa', name] : [])
  })

  test('nobody of a confidential one, where each is told of themselves', () => {
    const alone = all.map((person) => ({ ...person, toldId: person.usagerId }))
    for (const { toldId } of alone) expect(namesFor(alone, [1, 2, 3, 4], { toldId, news: 'reminder' })).toEqual([])
  })
})
