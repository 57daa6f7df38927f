import { randomInt } from 'node:crypto'
import { expect, request, type APIRequestContext, type Browser, type Page } from '@playwright/test'
import { NEW_MOTIF } from '../db/testing/new-motif'
import { ask, siteOf } from './agent-house'
import { signIn } from './doors-house'
import { fillCoordinates, somebody, times, type Person } from './house'

const DAY_MS = 86_400_000
const BETHUNE = '62119'

/** A motif of its own, with the only slots a test asks for: what is freed can only be taken by who waits. */
export type Desk = {
  admin: APIRequestContext
  agentId: number
  motifId: number
  lieuId: number
  name: string
  slotsHref: string
  open: (daysAhead: number, count: number) => Promise<void>
  /** The RDV of this person on this day, moved to the day before yesterday: an agent may, knowing it. */
  toThePast: (day: string, lastName: string) => Promise<void>
}

/** In the evening, when nobody of the demo receives; each test and project has days of its own. */
export async function aDesk(baseURL: string): Promise<Desk> {
  const admin = await request.newContext({ baseURL, extraHTTPHeaders: { origin: baseURL } })
  await signIn(admin, 'karim.benali')
  const asker = { request: admin }
  const { agentId } = await ask<{ agentId: number }>(asker, 'access.me', 'query', {})
  const { organisationId, lieuId } = await siteOf(asker, agentId)
  const motifs = await ask<{ organisationId: number; serviceId: number }[]>(
    asker,
    'booking.listPlaceableMotifs',
    'query',
    { agentId },
  )
  const { serviceId } = motifs.find((motif) => motif.organisationId === organisationId)!
  const name = `Attente ${randomInt(1_000_000_000)}`
  const saved = await ask<{ ok: boolean; value: { motifId: number } }>(asker, 'catalogue.saveMotif', 'mutation', {
    ...{ organisationId, motifId: null, version: null },
    settings: { ...NEW_MOTIF, serviceId, name },
  })
  expect(saved.ok, JSON.stringify(saved)).toBe(true)
  const { motifId } = saved.value
  const openAt = (daysAhead: number, count: number, startMin: number) =>
    ask<{ ok: boolean; reason?: string }>(asker, 'booking.saveOpening', 'mutation', {
      ...{ agentIds: [agentId], target: null, rrule: null, known: null, organisationId, lieuId, motifIds: [motifId] },
      ...{ title: name, firstDay: new Date(Date.now() + daysAhead * DAY_MS).toISOString().slice(0, 10) },
      ...{ startMin, endMin: startMin + 30 * count, onHolidays: true },
    })
  const open = async (daysAhead: number, count: number) => {
    // Another journey may have the agent receive at that hour: at another, then.
    let outcome: { ok: boolean; reason?: string } = { ok: false }
    for (let tries = 0; !outcome.ok && tries < 12; tries++) {
      outcome = await openAt(daysAhead, count, 19 * 60 + 30 * randomInt(8))
      if (!outcome.ok) expect(outcome.reason).toBe('to-acknowledge')
    }
    expect(outcome.ok).toBe(true)
  }
  const toThePast = async (day: string, lastName: string) => {
    const which = { kind: 'agents', agentIds: [agentId] }
    type Rdv = { rdvId: number; people: unknown; sequence: number }
    const board = await ask<{ rdvs: Rdv[] }>(asker, 'booking.getBoard', 'query', { which, fromDay: day, toDay: day })
    const found = board.rdvs.find((rdv) => JSON.stringify(rdv).toLowerCase().includes(lastName.toLowerCase()))!
    const moved = await ask<{ ok: boolean }>(asker, 'booking.rescheduleRdv', 'mutation', {
      ...{ rdvId: found.rdvId, knownSequence: found.sequence, lieuId, agentIds: [agentId], durationMin: 30 },
      startAt: new Date(Math.floor(Date.now() / 60_000) * 60_000 - 2 * DAY_MS),
      acknowledged: ['past', 'overlap', 'absent', 'elsewhere', 'gap', 'same-day', 'no-shows'],
    })
    expect(moved.ok, JSON.stringify(moved)).toBe(true)
  }
  const query = new URLSearchParams({
    ...{ commune: BETHUNE, service: String(serviceId), motif: `${name.toLowerCase().replace(' ', '-')}.public_office` },
    lieu: String(lieuId),
  })
  return {
    admin,
    agentId,
    motifId,
    lieuId,
    name,
    slotsHref: `/prendre-rdv/creneau?${query.toString()}`,
    open,
    toThePast,
  }
}

/** The one at this place among the slots shown, booked by somebody nobody knows; their own page. */
export async function bookAt(page: Page, desk: Desk, index: number): Promise<{ person: Person; path: string }> {
  const person = somebody()
  await page.goto(desk.slotsHref)
  await times(page).nth(index).click()
  await page.waitForURL(/\/prendre-rdv\/coordonnees/)
  await fillCoordinates(page, person)
  await page.getByRole('button', { name: 'Continuer' }).click()
  await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click()
  await expect(page).toHaveURL(/\/rdv\/confirme$/)
  return { person, path: await smsLink(page, person, /\/r\/[\w-]{20}/) }
}

type Captured = { text: string }

/** The address in the newest captured SMS to somebody that holds one like it. */
export async function smsLink(page: Pick<Page, 'request'>, { phone }: Person, link: RegExp): Promise<string> {
  const recipient = `+33${phone.replaceAll(' ', '').slice(1)}`
  let found = ''
  await expect(async () => {
    const messages = await ask<Captured[]>(page, 'access.capturedMessages', 'query', { channel: 'sms', recipient })
    found = messages.flatMap(({ text }) => link.exec(text)?.[0] ?? [])[0] ?? ''
    expect(found, `an SMS to ${recipient}`).not.toBe('')
  }).toPass({ timeout: 30_000, intervals: [300, 1000] })
  return found
}

/** A page of somebody else’s, in their own browser. */
export async function pageOf(browser: Browser): Promise<Page> {
  const context = await browser.newContext()
  return context.newPage()
}
