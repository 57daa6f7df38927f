import { and, eq, inArray } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { accounts, events, participations, usagers, waitlistEntries } from '@/db/schema'
import { aPerson, bookingQuestion, ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeUsager } from '@/db/testing/make'
import { askSignIn } from '@/server/access/commands/ask-challenge'
import { signInWithPhoneCode } from '@/server/access/commands/sign-in-person'
import { sendChallenge } from '@/server/messaging/jobs/send-challenge'
import { saveOwnConsents } from '@/server/people/commands/save-own-consents'
import { getOwnContacts } from '@/server/people/queries/account-files'
import { codeOf, tokenOf } from '@/server/platform/tokens'
import { bookSlot } from './book-slot'
import { askOwnContact, confirmOwnEmail, confirmOwnPhone } from './change-own-contact'

const { db } = await ownDatabase()
let numbers = 0

const newPhone = () => `+3361${String(3_000_000 + numbers++)}`

/** Somebody signed in by their phone, with an RDV to come for their child. */
async function somebody() {
  const place = await makeBookablePlace(db)
  const question = bookingQuestion(place, new Date('2027-03-02T08:00:00Z'))
  const relative = { firstName: 'Lina', lastName: 'Martin', bornOn: null }
  const booked = await bookSlot(ctxFor(db), { ...question, coordinates: { ...question.coordinates, relative } })
  if (!booked.ok) throw new Error(booked.reason)
  const phone = question.coordinates.person.phone?.e164 ?? ''
  const actor = await aPerson(db, phone)
  return { place, phone, actor, ctx: ctxFor(db, { actor }), participationId: booked.value.participationId }
}
type Somebody = Awaited<ReturnType<typeof somebody>>

async function askPhone({ ctx }: Somebody, phone: string) {
  const asked = await askOwnContact(ctx, { kind: 'phone', phone })
  if (!asked.ok) throw new Error(asked.reason)
  await sendChallenge(ctxFor(db), asked.value)
  return { challengeId: asked.value.challengeId, code: codeOf('account-code', asked.value.challengeId) }
}
async function askEmail({ ctx }: Somebody, email: string) {
  const asked = await askOwnContact(ctx, { kind: 'email', email })
  if (!asked.ok) throw new Error(asked.reason)
  await sendChallenge(ctxFor(db), asked.value)
  return tokenOf('account-link', asked.value.challengeId)
}
const fileOf = async (phoneE164: string) => (await db.select().from(usagers).where(eq(usagers.phoneE164, phoneE164)))[0]

describe('a new phone', () => {
  test('counts once its code is typed: for the account, its file, and the RDVs to come told there', async () => {
    const me = await somebody()
    const phone = newPhone()
    const asked = await askPhone(me, phone)
    expect((await getOwnContacts(me.ctx)).phoneE164).toBe(me.phone)
    expect((await confirmOwnPhone(me.ctx, asked)).ok).toBe(true)
    expect(await getOwnContacts(me.ctx)).toMatchObject({ phoneE164: phone, files: [{ firstName: 'Léa' }] })
    expect(await fileOf(me.phone)).toBeUndefined()
    const [told] = await db.select().from(participations).where(eq(participations.id, me.participationId))
    expect(told?.contactPhone).toBe(phone)
    expect(await confirmOwnPhone(me.ctx, asked)).toEqual({ ok: false, reason: 'too-late' })
  })

  test('asked for by somebody is of no use to somebody else, nor to sign in', async () => {
    const [me, other] = [await somebody(), await somebody()]
    const asked = await askPhone(me, newPhone())
    expect(await confirmOwnPhone(other.ctx, asked)).toEqual({ ok: false, reason: 'too-late' })
    expect(await confirmOwnPhone(me.ctx, { ...asked, code: 'x' })).toEqual({ ok: false, reason: 'wrong-code' })
  })

  test('is not worn out by somebody else, nor is a code to sign in', async () => {
    const [me, other] = [await somebody(), await somebody()]
    const mine = await askPhone(me, newPhone())
    const toSignIn = await askSignIn(ctxFor(db), { kind: 'phone', phoneE164: me.phone })
    if (!toSignIn.ok) throw new Error('it is never refused')
    const { challengeId } = toSignIn.value
    await sendChallenge(ctxFor(db), { challengeId })
    for (let i = 0; i < 5; i++) {
      await confirmOwnPhone(other.ctx, { ...mine, code: 'x' })
      await confirmOwnPhone(other.ctx, { challengeId, code: 'x' })
      await signInWithPhoneCode(ctxFor(db), { challengeId: mine.challengeId, code: 'x' })
    }
    expect((await confirmOwnPhone(me.ctx, mine)).ok).toBe(true)
    const entered = await signInWithPhoneCode(ctxFor(db), { challengeId, code: codeOf('account-code', challengeId) })
    expect(entered.ok).toBe(true)
  })

  test('leaves another family’s file where it is', async () => {
    const me = await somebody()
    await db.update(accounts).set({ family: 'martin' }).where(eq(accounts.id, me.actor.accountId))
    const theirs = await makeUsager(db, me.place.territory.id, { phoneE164: me.phone, lastName: 'Petit' })
    await confirmOwnPhone(me.ctx, await askPhone(me, newPhone()))
    expect((await fileOf(me.phone))?.id).toBe(theirs.id)
  })

  test('of another account of theirs takes its place', async () => {
    const me = await somebody()
    const phone = newPhone()
    const before = await aPerson(db, phone)
    expect((await confirmOwnPhone(me.ctx, await askPhone(me, phone))).ok).toBe(true)
    const left = await db
      .select({ id: accounts.id })
      .from(accounts)
      .where(inArray(accounts.id, [before.accountId, me.actor.accountId]))
    expect(left).toEqual([{ id: me.actor.accountId }])
  })

  test.each([
    ['0321000000', 'not-a-mobile'],
    ['zéro', 'not-a-phone'],
    ['+32470123456', 'not-french'],
  ])('« %s » is refused: %s', async (phone, reason) => {
    const me = await somebody()
    expect(await askOwnContact(me.ctx, { kind: 'phone', phone })).toEqual({ ok: false, reason })
  })
})

test('an account asks for five codes a day, and as many links', async () => {
  const me = await somebody()
  for (let times = 0; times < 5; times++) await askPhone(me, newPhone())
  await expect(askPhone(me, newPhone())).rejects.toMatchObject({ code: 'rate-limited' })
  await askEmail(me, `lea${String(numbers++)}@example.org`)
  const tomorrow = { ...me, ctx: ctxFor(db, { actor: me.actor, now: new Date(NOW.getTime() + 86_400_000) }) }
  await askPhone(tomorrow, newPhone())
})

describe('a new e-mail', () => {
  test('counts once its link is used where it was asked for, and is used once', async () => {
    const [me, other] = [await somebody(), await somebody()]
    const token = await askEmail(me, `lea${String(numbers++)}@example.org`)
    for (const stranger of [ctxFor(db), other.ctx]) {
      expect(await confirmOwnEmail(stranger, { token })).toEqual({ ok: false, reason: 'elsewhere' })
    }
    expect((await confirmOwnEmail(me.ctx, { token })).ok).toBe(true)
    expect((await getOwnContacts(me.ctx)).email).toContain('@example.org')
    expect((await fileOf(me.phone))?.email).toContain('@example.org')
    expect(await confirmOwnEmail(me.ctx, { token })).toEqual({ ok: false, reason: 'too-late' })
  })

  test('that another file of the territory has, confirmed, is refused, and nothing changes', async () => {
    const me = await somebody()
    const email = `awa${String(numbers++)}@example.org`
    await makeUsager(db, me.place.territory.id, { email, lastName: 'Petit' })
    const token = await askEmail(me, email)
    expect(await confirmOwnEmail(me.ctx, { token })).toEqual({ ok: false, reason: 'email-taken' })
    expect(await getOwnContacts(me.ctx)).toMatchObject({ email: null, phoneE164: me.phone })
  })

  /** Another file of the territory, with an e-mail that somebody typed there. */
  const typedOn = async (me: Somebody, email: string) =>
    makeUsager(db, me.place.territory.id, { email, emailConfirmed: false, lastName: 'Petit' })
  const emailOn = async ({ id }: { id: number }) =>
    (await db.select({ email: usagers.email }).from(usagers).where(eq(usagers.id, id)))[0]?.email

  test('goes to whoever proves it, off a file where somebody only typed it, which says so', async () => {
    const [me, elsewhere] = [await somebody(), await somebody()]
    const email = `lea${String(numbers++)}@example.org`
    const [theirs, apart] = [await typedOn(me, email), await typedOn(elsewhere, email)]
    const changed = await confirmOwnEmail(me.ctx, { token: await askEmail(me, email) })
    expect(changed).toEqual({ ok: true, value: { isEverywhere: true } })
    expect((await fileOf(me.phone))?.email).toBe(email)
    expect([await emailOn(theirs), await emailOn(apart)]).toEqual([null, email])
    const told = await db
      .select({ kind: events.kind, actorKind: events.actorKind })
      .from(events)
      .where(and(eq(events.subjectKind, 'usager'), eq(events.subjectId, theirs.id)))
    expect(told).toEqual([{ kind: 'usager.email-taken-off', actorKind: 'usager' }])
  })

  test('stays where another account has proven it too: a couple share an address', async () => {
    const me = await somebody()
    const email = `leaetluc${String(numbers++)}@example.org`
    const theirs = await typedOn(me, email)
    await db.insert(accounts).values({ email, family: 'petit' })
    const changed = await confirmOwnEmail(me.ctx, { token: await askEmail(me, email) })
    expect(changed).toEqual({ ok: false, reason: 'email-taken' })
    expect(await emailOn(theirs)).toBe(email)
  })
})

describe('a new phone, where the file held another', () => {
  /** Somebody with an RDV told at an old number and an e-mail, who has proven the e-mail alone. */
  async function lostTheirPhone({ isConfirmed }: { isConfirmed: boolean }) {
    const place = await makeBookablePlace(db)
    const [old, email] = [newPhone(), `lea${String(numbers++)}@example.org`]
    const question = bookingQuestion(place, new Date('2027-03-02T08:00:00Z'))
    const person = { ...question.coordinates.person, phone: { typed: old, e164: old }, email }
    const booked = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null } })
    if (!booked.ok) throw new Error(booked.reason)
    await db.update(usagers).set({ emailConfirmed: isConfirmed }).where(eq(usagers.email, email))
    const actor = await aPerson(db)
    await db.update(accounts).set({ phoneE164: null, email }).where(eq(accounts.id, actor.accountId))
    const { participationId } = booked.value
    return { ...{ place, phone: old, actor, participationId }, ctx: ctxFor(db, { actor }) }
  }
  const toldAt = async ({ participationId }: Somebody) =>
    (await db.select().from(participations).where(eq(participations.id, participationId)))[0]?.contactPhone

  test('takes its place, and the RDVs to come are told there', async () => {
    const me = await lostTheirPhone({ isConfirmed: true })
    const phone = newPhone()
    const changed = await confirmOwnPhone(me.ctx, await askPhone(me, phone))
    expect(changed).toEqual({ ok: true, value: { isEverywhere: true } })
    expect(await fileOf(phone)).toMatchObject({ phoneConfirmed: true })
    expect([await fileOf(me.phone), await toldAt(me)]).toEqual([undefined, phone])
  })

  test('and of two waits that are then told alike, the first goes on', async () => {
    const me = await lostTheirPhone({ isConfirmed: true })
    const [part] = await db.select().from(participations).where(eq(participations.id, me.participationId))
    const { territory, motif, lieu } = me.place
    const usagerId = part?.usagerId ?? 0
    const wait = { territoryId: territory.id, motifId: motif.id, lieuId: lieu.id, usagerId }
    const email = part?.contactEmail ?? ''
    await db.insert(waitlistEntries).values([
      { ...wait, contactPhone: me.phone, contactEmail: email },
      { ...wait, contactPhone: newPhone(), contactEmail: email },
    ])
    const phone = newPhone()
    expect(await confirmOwnPhone(me.ctx, await askPhone(me, phone))).toMatchObject({ ok: true })
    const waits = await db.select().from(waitlistEntries).where(eq(waitlistEntries.usagerId, usagerId))
    expect(waits.map(({ endedBy }) => endedBy).sort()).toEqual([null, 'over'].sort())
    expect(waits.find(({ endedBy }) => endedBy === null)?.contactPhone).toBe(phone)
  })

  test('leaves it, and says so, where the public typed both; it signs them in all the same', async () => {
    const me = await lostTheirPhone({ isConfirmed: false })
    const phone = newPhone()
    const changed = await confirmOwnPhone(me.ctx, await askPhone(me, phone))
    expect(changed).toEqual({ ok: true, value: { isEverywhere: false } })
    expect(await fileOf(phone)).toBeUndefined()
    expect([await fileOf(me.phone), await toldAt(me)]).toMatchObject([{ phoneConfirmed: false }, phone])
    const asked = await askSignIn(ctxFor(db), { kind: 'phone', phoneE164: phone })
    if (!asked.ok) throw new Error('it is never refused')
    await sendChallenge(ctxFor(db), asked.value)
    const { challengeId } = asked.value
    const entered = await signInWithPhoneCode(ctxFor(db), { challengeId, code: codeOf('account-code', challengeId) })
    expect(entered).toMatchObject({ ok: true, value: { step: 'inside' } })
    const holders = await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.phoneE164, phone))
    expect(holders).toEqual([{ id: me.actor.accountId }])
  })
})

describe('of those of a family who share a telephone', () => {
  async function couple() {
    const me = await somebody()
    await db.update(accounts).set({ family: 'martin' }).where(eq(accounts.id, me.actor.accountId))
    const other = await makeUsager(db, me.place.territory.id, {
      firstName: 'Luc',
      lastName: 'Martin',
      phoneE164: me.phone,
    })
    const people = (await getOwnContacts(me.ctx)).people
    return { me, other, people }
  }
  const emailOf = async (id: number) => (await db.select().from(usagers).where(eq(usagers.id, id)))[0]?.email

  test('the new e-mail is of whoever says it is theirs, and of nobody until they say', async () => {
    const { me, other, people } = await couple()
    expect(people.map(({ firstName }) => firstName)).toEqual(['Léa', 'Luc'])
    const email = `luc${String(numbers++)}@example.org`
    const token = await askEmail(me, email)
    expect(await confirmOwnEmail(me.ctx, { token })).toEqual({ ok: false, reason: 'which-person' })
    const stranger = await makeUsager(db, me.place.territory.id, {})
    const asStranger = confirmOwnEmail(me.ctx, { token, usagerId: stranger.id })
    expect(await asStranger).toEqual({ ok: false, reason: 'which-person' })
    expect((await confirmOwnEmail(me.ctx, { token, usagerId: other.id })).ok).toBe(true)
    expect(await Promise.all([emailOf(other.id), emailOf(people[0]?.usagerId ?? 0)])).toEqual([email, null])
  })

  test('the new mobile is of one, and the other is still reached by the old', async () => {
    const { me, other } = await couple()
    const asked = await askPhone(me, newPhone())
    expect(await confirmOwnPhone(me.ctx, asked)).toEqual({ ok: false, reason: 'which-person' })
    expect((await confirmOwnPhone(me.ctx, { ...asked, usagerId: other.id })).ok).toBe(true)
    expect((await getOwnContacts(me.ctx)).files).toMatchObject([{ firstName: 'Luc' }])
    const [told] = await db.select().from(participations).where(eq(participations.id, me.participationId))
    expect(told?.contactPhone).toBe(me.phone)
  })
})

describe('by what one is told', () => {
  test('is said for one’s own file, and is in the ledger', async () => {
    const me = await somebody()
    const [file] = (await getOwnContacts(me.ctx)).files
    const usagerId = file?.usagerId ?? 0
    await saveOwnConsents(me.ctx, { usagerId, notifyBySms: false, notifyByEmail: true })
    expect((await getOwnContacts(me.ctx)).files).toMatchObject([{ notifyBySms: false, notifyByEmail: true }])
  })

  test('is not for anybody else’s', async () => {
    const [me, other] = [await somebody(), await somebody()]
    const usagerId = (await getOwnContacts(other.ctx)).files[0]?.usagerId ?? 0
    const mine = saveOwnConsents(me.ctx, { usagerId, notifyBySms: false, notifyByEmail: false })
    await expect(mine).rejects.toMatchObject({ code: 'not-found' })
  })
})
