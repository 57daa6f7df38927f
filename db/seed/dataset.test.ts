import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { describe, expect, it } from 'vitest'
import accounts from './accounts.json'
import { instantAt, localTime } from './calendar'
import { readCommunes } from './communes'
import { makeDataset } from './dataset'
import { PLACES } from './places'
import { occupies } from './rdvs'

const NOW = new Date('2026-11-22T11:40:00Z')
const dataset = makeDataset(NOW)
const { rows, sessions, bookings } = dataset
const STATUSES = ['unknown', 'seen', 'excused', 'revoked', 'noshow'] as const

describe('the demo', () => {
  it('tells the same story for the same clock', () => {
    expect(makeDataset(NOW).rows).toEqual(rows)
  })

  it('has the size of a small region', () => {
    expect(rows.territories.map(({ departmentNumber, zone }) => [departmentNumber, zone])).toEqual([
      ['62', 'Europe/Paris'],
      ['80', 'Europe/Paris'],
      ['974', 'Indian/Reunion'],
    ])
    expect(rows.agents).toHaveLength(60)
    expect(rows.usagers).toHaveLength(3000)
    expect(rows.rdvs).toHaveLength(6000)
    expect(rows.motifs.length).toBeGreaterThanOrEqual(80)
    for (const { id } of rows.territories) {
      const lieux = rows.lieux.filter(({ territoryId }) => territoryId === id)
      expect(lieux.length).toBeGreaterThanOrEqual(5)
      expect(lieux.length).toBeLessThanOrEqual(25)
    }
  })

  it('stands in real communes', async () => {
    const known = new Map((await readCommunes()).map((commune) => [commune.code, commune]))
    for (const { code, name, postCode } of Object.values(PLACES)) {
      expect([code, known.get(code)?.nom]).toEqual([code, name])
      expect(known.get(code)?.codesPostaux).toContain(postCode)
    }
  })

  it('gives every phone number a valid international form', () => {
    const holders = [...rows.territories, ...rows.organisations, ...rows.lieux, ...rows.usagers]
    for (const { phone, phoneE164 } of holders) {
      if (!phone || !phoneE164) continue
      const country = phoneE164.startsWith('+262') ? 'RE' : 'FR'
      const parsed = parsePhoneNumberFromString(phone, country)
      expect([phone, parsed?.isValid(), parsed?.number]).toEqual([phone, true, phoneE164])
    }
  })

  it('keeps the contact of a proche with their responsable', () => {
    const proches = rows.usagers.filter((usager) => usager.responsibleId)
    expect(proches.length).toBeGreaterThan(700)
    expect(proches.filter((usager) => usager.phone || usager.email)).toEqual([])
  })

  it('has every kind of motif and of opening', () => {
    expect(new Set(rows.motifs.map(({ locationType }) => locationType)).size).toBe(4)
    expect(new Set(rows.motifs.map(({ visibility }) => visibility)).size).toBe(3)
    expect(new Set(rows.motifs.map(({ bookableBy }) => bookableBy)).size).toBe(4)
    for (const flag of ['isCollective', 'isConfidential', 'isFollowUp', 'isForSecretariat'] as const) {
      expect(rows.motifs.some((motif) => motif[flag])).toBe(true)
    }
    expect(rows.motifs.every(({ durationMin }) => durationMin && durationMin >= 15 && durationMin <= 120)).toBe(true)
    const rules = rows.openings.map(({ rrule }) => rrule ?? 'once')
    for (const sort of [/^FREQ=WEEKLY;BYDAY/, /INTERVAL=2/, /^FREQ=MONTHLY;BYDAY/, /UNTIL=/, /^once$/]) {
      expect(rules.some((rule) => sort.test(rule))).toBe(true)
    }
  })

  it('has RDVs past and future in every status', () => {
    const past = rows.rdvs.filter(({ endsAt }) => endsAt <= NOW)
    const ahead = rows.rdvs.filter(({ startsAt }) => startsAt > NOW)
    expect(past.length).toBeGreaterThan(3500)
    expect(ahead.length).toBeGreaterThan(1200)
    expect(new Set(past.map(({ status }) => status))).toEqual(new Set(STATUSES))
    expect(new Set(ahead.map(({ status }) => status))).toEqual(new Set(['unknown', 'excused', 'revoked']))
  })

  it('knows nothing that has not happened yet', () => {
    for (const { createdAt, updatedAt, cancelledAt, startsAt } of rows.rdvs) {
      expect(createdAt && createdAt <= NOW && updatedAt <= NOW && createdAt <= updatedAt).toBe(true)
      expect(!cancelledAt || (cancelledAt <= NOW && cancelledAt <= startsAt)).toBe(true)
    }
  })

  it('never takes an agent twice, unless an overlap was accepted', () => {
    const lastEnd = new Map<number, Date>()
    const times = rows.agentTimes
      .filter((time) => time.occupies && time.exclusive)
      .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
    for (const { agentId, startsAt, endsAt } of times) {
      expect((lastEnd.get(agentId) ?? startsAt) <= startsAt).toBe(true)
      lastEnd.set(agentId, endsAt)
    }
    expect(rows.agentTimes.filter(({ exclusive }) => !exclusive).length).toBeGreaterThan(5)
  })

  it('has RDVs with two agents', () => {
    expect(rows.agentTimes.length).toBeGreaterThan(rows.rdvs.length + 100)
  })
})

describe('online booking', () => {
  const free = new Map<string, number>()
  for (const { opening, occurrence } of sessions) {
    if (occurrence.day <= dataset.today || occurrence.day > dataset.today + 28) continue
    const { zone, name } = opening.organisation.territory
    const startMs = instantAt(zone, occurrence.day, occurrence.startMin).getTime()
    const endMs = instantAt(zone, occurrence.day, occurrence.endMin).getTime()
    const busy = bookings
      .filter((rdv) => occupies(rdv.status) && rdv.agents.includes(opening.agent))
      .map((rdv) => ({ startMs: rdv.startsAt.getTime(), endMs: rdv.endsAt.getTime() }))
      .filter((time) => time.startMs < endMs && time.endMs > startMs)
      .sort((a, b) => a.startMs - b.startMs)
    for (const { spec } of opening.motifs) {
      if (spec.bookableBy !== 'everyone') continue
      let slots = 0
      let fromMs = startMs
      for (const time of [...busy, { startMs: endMs, endMs }]) {
        slots += Math.max(0, Math.floor((time.startMs - fromMs) / 60_000 / spec.durationMin))
        fromMs = Math.max(fromMs, time.endMs)
      }
      for (const key of [`${name}|${spec.service}`, opening.lieu?.name ?? ''])
        free.set(key, (free.get(key) ?? 0) + slots)
    }
  }

  it('finds room in each territory and service', () => {
    for (const { name } of rows.territories) {
      for (const service of ['pmi', 'cpef', 'social', 'rsa', 'mdph']) {
        expect(free.get(`${name}|${service}`) ?? 0, `${name} ${service}`).toBeGreaterThan(60)
      }
    }
  })

  it('finds a lieu full, and one where nobody receives yet', () => {
    expect(free.get('Point d’accueil d’Avion')).toBe(0)
    expect(free.has('Permanence de Saint-Pol')).toBe(false)
  })
})

describe('the demo agent', () => {
  it.each([
    '2026-11-22T11:40:00Z',
    '2026-11-23T07:05:00Z',
    '2026-12-25T15:30:00Z',
    '2027-03-28T20:10:00Z',
    '2026-08-15T03:20:00Z',
  ])('has a day behind and ahead of %s', (instant) => {
    const now = new Date(instant)
    const { rows: then, today } = makeDataset(now)
    const claire = then.agents.find(({ email }) => email === accounts.accounts[0]?.email)
    const own = new Set(then.agentTimes.filter(({ agentId }) => agentId === claire?.id).map(({ rdvId }) => rdvId))
    const hers = then.rdvs.filter(({ id }) => own.has(id))
    const onDay = (day: number) => hers.filter(({ startsAt }) => localTime('Europe/Paris', startsAt).day === day)
    expect(onDay(today).length).toBeGreaterThanOrEqual(4)
    expect(onDay(today).some(({ endsAt }) => endsAt <= now)).toBe(true)
    expect(
      onDay(today).filter(({ startsAt, status }) => startsAt > now && status === 'unknown').length,
    ).toBeGreaterThan(1)
    const toFill = hers.filter(
      ({ startsAt, status }) => status === 'unknown' && localTime('Europe/Paris', startsAt).day < today,
    )
    expect(toFill.length).toBeGreaterThanOrEqual(10)
    expect(toFill.length).toBeLessThanOrEqual(12)
  })
})

describe('the demo accounts', () => {
  it('all belong to the domain that other environments refuse', () => {
    for (const { email } of rows.agents)
      expect(email ?? '@demo.rdv-territoires.example').toMatch(/@demo\.rdv-territoires\.example$/)
    const emails = new Set(rows.agents.map(({ email }) => email))
    for (const { email } of accounts.accounts) expect(emails).toContain(email)
  })

  it('share a password the login accepts', () => {
    expect(accounts.password.length).toBeGreaterThanOrEqual(12)
    expect(accounts.password).toMatch(/(?=.*\d)(?=.*[A-Z])(?=.*[^A-Za-z\d])/)
  })
})
