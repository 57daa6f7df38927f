import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { NOW, ctxFor, tally } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeTerritory, makeUsager } from '@/db/testing/make'
import type { Outcome } from '@/server/kernel/outcome'
import { sendChallenge } from '@/server/messaging/jobs/send-challenge'
import { getOwnContacts } from '@/server/people/queries/account-files'
import { codeOf, tokenOf } from '@/server/platform/tokens'
import { askSignIn } from './commands/ask-challenge'
import { setOwnPassword } from './commands/set-own-password'
import {
  nameFamily,
  signInWithAccountLink,
  signInWithAccountPassword,
  signInWithPhoneCode,
  type PersonSignIn,
} from './commands/sign-in-person'
import { deleteOwnAccount, signOutPerson } from './commands/sign-out-person'
import { purgeAccess } from './jobs'
import { actorOf } from './queries/logins'
import { personOf } from './queries/accounts'
import type { Contact } from './rules/accounts'

const { db } = await ownDatabase({ poolSize: 20 })
let territoryId: number
let numbers = 0
beforeAll(async () => {
  territoryId = (await makeTerritory(db)).id
})

const newPhone = () => `+3361${String(2_000_000 + numbers++)}`
const minutesLater = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

type Given = { now?: Date; isSent?: boolean; clientAddress?: string | null }
async function ask(contact: Contact, { now = NOW, isSent = true, clientAddress = null }: Given = {}): Promise<number> {
  const asked = await askSignIn(ctxFor(db, { now, clientAddress }), contact)
  if (!asked.ok) throw new Error('it is never refused')
  if (isSent) await sendChallenge(ctxFor(db, { now }), asked.value)
  return asked.value.challengeId
}
const askByPhone = (phoneE164: string, given: Given = {}) => ask({ kind: 'phone', phoneE164 }, given)
const enter = (challengeId: number, { code = codeOf('account-code', challengeId), now = NOW } = {}) =>
  signInWithPhoneCode(ctxFor(db, { now }), { challengeId, code })
const wrongCodeOf = (challengeId: number) => (codeOf('account-code', challengeId) === '000000' ? '000001' : '000000')

/** What was captured for somebody, the newest first. */
const captured = async (recipient: string) => {
  const rows = await db.execute<{ text: string }>(
    sql`select text from captured_messages where recipient = ${recipient} order by id desc`,
  )
  return rows.map(({ text }) => text)
}

async function inside(outcome: Outcome<PersonSignIn, string>) {
  if (!outcome.ok || outcome.value.step !== 'inside') throw new Error(JSON.stringify(outcome))
  const { sessionId } = outcome.value
  const { actor } = await personOf(ctxFor(db), sessionId)
  if (actor.kind !== 'usager') throw new Error('the session opened nothing')
  return actor
}

describe('a code by SMS', () => {
  test('reaches whoever a file knows, in one SMS, and opens a session once', async () => {
    const phone = newPhone()
    await makeUsager(db, territoryId, { phoneE164: phone })
    const challengeId = await askByPhone(phone)
    const [sms] = await captured(phone)
    expect(sms).toContain(codeOf('account-code', challengeId))
    expect(sms?.length).toBeLessThanOrEqual(160)
    const person = await inside(await enter(challengeId))
    expect(await enter(challengeId)).toEqual({ ok: false, reason: 'too-late' })
    const again = await inside(await enter(await askByPhone(phone)))
    expect(again.accountId).toBe(person.accountId)
  })

  test('is asked the same way for a number nobody knows, but nothing leaves and no code is right', async () => {
    const phone = newPhone()
    const challengeId = await askByPhone(phone)
    expect(await captured(phone)).toEqual([])
    expect(await enter(challengeId)).toEqual({ ok: false, reason: 'wrong-code' })
    const rows = await db.execute(
      sql`select id from events where kind = 'account.challenge-asked' and subject_id = ${challengeId}`,
    )
    expect(rows).toHaveLength(1)
  })

  test('is sent once, by however many workers', async () => {
    const phone = newPhone()
    await makeUsager(db, territoryId, { phoneE164: phone })
    const challengeId = await askByPhone(phone, { isSent: false })
    await Promise.all(Array.from({ length: 8 }, () => sendChallenge(ctxFor(db), { challengeId })))
    expect(await captured(phone)).toHaveLength(1)
  })

  test.each([
    [true, 1],
    [false, 0],
  ])(
    'leaves for a foreign number that an agent vouches for: %s (%i SMS), asked the same way',
    async (isVouched, times) => {
      const phone = `+3247${String(7_100_000 + numbers++)}`
      await makeUsager(db, territoryId, { phoneE164: phone, phoneConfirmed: isVouched })
      const challengeId = await askByPhone(phone)
      expect(await captured(phone)).toHaveLength(times)
      expect((await enter(challengeId)).ok).toBe(isVouched)
    },
  )

  test('may be wrong five times, all tries together, and is then worth nothing', async () => {
    const phone = newPhone()
    await makeUsager(db, territoryId, { phoneE164: phone })
    const challengeId = await askByPhone(phone)
    const wrong = Array.from({ length: 12 }, () => enter(challengeId, { code: wrongCodeOf(challengeId) }))
    expect(tally(await Promise.all(wrong))).toEqual({ 'wrong-code': 5, 'too-late': 7 })
    expect(await enter(challengeId)).toEqual({ ok: false, reason: 'too-late' })
  })

  test.each([
    [9, 'inside'],
    [10, 'too-late'],
  ])('typed %i minutes later: %s', async (minutes, answer) => {
    const phone = newPhone()
    await makeUsager(db, territoryId, { phoneE164: phone })
    const outcome = await enter(await askByPhone(phone), { now: minutesLater(minutes) })
    expect(outcome.ok ? outcome.value.step : outcome.reason).toBe(answer)
  })

  test('typed in eight tabs at once opens one session', async () => {
    const phone = newPhone()
    await makeUsager(db, territoryId, { phoneE164: phone })
    const challengeId = await askByPhone(phone)
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => enter(challengeId)))
    expect(tally(outcomes)).toEqual({ done: 1, 'too-late': 3 })
  })

  test('is asked for four times an hour for one number', async () => {
    const phone = newPhone()
    for (let i = 0; i < 4; i++) await askByPhone(phone)
    for (let i = 0; i < 12; i++) await expect(askByPhone(phone)).rejects.toMatchObject({ code: 'rate-limited' })
    await askByPhone(phone, { now: minutesLater(61) })
  })

  test('is asked for by the owner of a number that somebody elsewhere asks for all day', async () => {
    const phone = newPhone()
    await makeUsager(db, territoryId, { phoneE164: phone })
    const from = (clientAddress: string, hours: number) =>
      askByPhone(phone, { now: minutesLater(61 * hours), clientAddress }).then(
        () => 'asked',
        (error: unknown) => String(error),
      )
    const theirs: string[] = []
    for (let hours = 0; hours < 8; hours++) {
      for (let times = 0; times < 5; times++) theirs.push(await from('203.0.113.20', hours))
      if (hours % 2 === 0) expect(await from('203.0.113.21', hours)).toBe('asked')
    }
    expect(theirs.filter((answer) => answer !== 'AppError: rate-limited')).toEqual(Array(10).fill('asked'))
    expect(await captured(phone)).toHaveLength(14)
  })

  test('leaves for one number twenty times a day, wherever it is asked from', async () => {
    const phone = newPhone()
    await makeUsager(db, territoryId, { phoneE164: phone })
    const from = (i: number, now = NOW) => askByPhone(phone, { now, clientAddress: `203.0.113.${String(30 + i)}` })
    for (let i = 0; i < 20; i++) await from(i)
    await expect(from(20, minutesLater(23 * 60))).rejects.toMatchObject({ code: 'rate-limited' })
    expect(await captured(phone)).toHaveLength(20)
    await from(21, minutesLater(24 * 60))
  })

  test('and thirty times from one address', async () => {
    const from = (i: number) =>
      askSignIn(ctxFor(db, { clientAddress: '203.0.113.9' }), { kind: 'phone', phoneE164: newPhone() }).then(() => i)
    for (let i = 0; i < 30; i++) await from(i)
    await expect(from(30)).rejects.toMatchObject({ code: 'rate-limited' })
  })
})

/** The files that whoever enters so sees. */
async function seenBy(outcome: Outcome<PersonSignIn, string>) {
  const { files } = await getOwnContacts(ctxFor(db, { actor: await inside(outcome) }))
  return files.map(({ usagerId }) => usagerId)
}

describe('a number several families share', () => {
  /** A code typed there, after which a name is asked for; and how to say it. */
  async function toName(phone: string) {
    const challengeId = await askByPhone(phone)
    expect(await enter(challengeId)).toEqual({ ok: true, value: { step: 'name', challengeId } })
    return (letters: string, now = NOW) => nameFamily(ctxFor(db, { now }), { challengeId, letters })
  }
  const enterAs = async (phone: string, letters: string) => (await toName(phone))(letters)
  const shared = async () => {
    const phone = newPhone()
    await makeUsager(db, territoryId, { phoneE164: phone, lastName: 'N’Diaye' })
    await makeUsager(db, territoryId, { phoneE164: phone, lastName: 'Petit' })
    return { phone, name: await toName(phone) }
  }

  test('asks for the first letters of a name, each family having its account', async () => {
    const { name, phone } = await shared()
    expect(await name('dur')).toEqual({ ok: false, reason: 'unknown-name' })
    const one = await inside(await name('NDI'))
    expect(await name('pet')).toEqual({ ok: false, reason: 'too-late' })
    const other = await inside(await enterAs(phone, 'petit'))
    expect(other.accountId).not.toBe(one.accountId)
  })

  test('takes six tries an hour, and ten minutes', async () => {
    const { name } = await shared()
    for (let i = 0; i < 6; i++) expect((await name('xyz')).ok).toBe(false)
    await expect(name('pet')).rejects.toMatchObject({ code: 'rate-limited' })
    const late = await shared()
    expect(await late.name('pet', minutesLater(11))).toEqual({ ok: false, reason: 'too-late' })
  })

  test('an account that had one name keeps it when another family comes', async () => {
    const phone = newPhone()
    await makeUsager(db, territoryId, { phoneE164: phone, lastName: 'Petit' })
    const one = await inside(await enter(await askByPhone(phone)))
    await makeUsager(db, territoryId, { phoneE164: phone, lastName: 'Durand' })
    expect((await inside(await enterAs(phone, 'PET'))).accountId).toBe(one.accountId)
  })

  test.each([
    ['Yıldız', 'yil'],
    ['Wałęsa', 'wal'],
    ['Sørensen', 'sor'],
    ['Weiß', 'wei'],
    ['ST. CLAIR', 'st c'],
    ['MARTIN (DUPONT)', 'mar'],
    ['Diop/Fall', 'dio'],
    ['.', '-'],
  ])('%s finds their file, alone on the number or not', async (lastName, letters) => {
    const phone = newPhone()
    const file = await makeUsager(db, territoryId, { phoneE164: phone, lastName })
    expect(await seenBy(await enter(await askByPhone(phone)))).toEqual([file.id])
    if (letters === '-') return
    await makeUsager(db, territoryId, { phoneE164: phone, lastName: 'Zola' })
    expect(await seenBy(await enterAs(phone, letters))).toEqual([file.id])
  })

  test('a name made longer by an agent locks nobody out', async () => {
    const phone = newPhone()
    const file = await makeUsager(db, territoryId, { phoneE164: phone, lastName: 'Dupont' })
    await inside(await enter(await askByPhone(phone)))
    await db.execute(sql`update usagers set last_name = 'Dupont-Martin' where id = ${file.id}`)
    expect(await seenBy(await enterAs(phone, 'DUP'))).toEqual([file.id])
  })

  test.each([
    ['Dupont', 'Dupraz', 'DUPONT'],
    ['Martin', 'Martinez', 'martin'],
  ])('%s finds their file though somebody called %s gave the same number', async (lastName, other, letters) => {
    const phone = newPhone()
    const file = await makeUsager(db, territoryId, { phoneE164: phone, lastName })
    await inside(await enter(await askByPhone(phone)))
    await makeUsager(db, territoryId, { phoneE164: phone, lastName: other })
    const name = await toName(phone)
    expect(await name(letters.slice(0, 3))).toEqual({ ok: false, reason: 'several-names' })
    expect(await seenBy(await name(letters))).toEqual([file.id])
  })

  test('however many, the newest of them finds their own', async () => {
    const phone = newPhone()
    await db.execute(sql`
      insert into usagers (territory_id, first_name, last_name, phone_e_164)
      select ${territoryId}, 'Awa', 'Abbe ' || chr(97 + n / 26) || chr(97 + n % 26), ${phone} from generate_series(1, 110) n`)
    const file = await makeUsager(db, territoryId, { phoneE164: phone, lastName: 'Zola' })
    expect(await seenBy(await enterAs(phone, 'zol'))).toEqual([file.id])
  })
})

describe('a link by e-mail', () => {
  test('opens a session once, for a quarter of an hour', async () => {
    const email = `awa${String(numbers++)}@example.org`
    await makeUsager(db, territoryId, { email })
    const token = tokenOf('account-link', await ask({ kind: 'email', email }))
    expect((await captured(email))[0]).toContain(`/mes-rdv/lien?jeton=${token}`)
    const open = (now = NOW) => signInWithAccountLink(ctxFor(db, { now }), { token })
    expect(await open(minutesLater(15))).toEqual({ ok: false, reason: 'link-spent' })
    expect(tally(await Promise.all([open(), open(), open()]))).toEqual({ done: 1, 'link-spent': 2 })
  })

  test('nothing leaves for an address nobody knows', async () => {
    await ask({ kind: 'email', email: 'nobody@example.org' })
    expect(await captured('nobody@example.org')).toEqual([])
  })
})

describe('a person’s session', () => {
  const signedIn = async () => {
    const phone = newPhone()
    await makeUsager(db, territoryId, { phoneE164: phone })
    return inside(await enter(await askByPhone(phone)))
  }
  const isOpen = async (sessionId: string, now = NOW) =>
    (await personOf(ctxFor(db, { now }), sessionId)).actor.kind === 'usager'

  test.each([
    [29, true],
    [30, false],
  ])('unused for %i minutes, it is open: %s', async (minutes, open) => {
    const { sessionId } = await signedIn()
    expect(await isOpen(sessionId, minutesLater(minutes))).toBe(open)
  })

  test('is never an agent’s, nor an agent’s a person’s', async () => {
    const { sessionId } = await signedIn()
    expect((await actorOf(ctxFor(db), sessionId)).actor.kind).toBe('anonymous')
  })

  test('ends where it is closed, or everywhere', async () => {
    const phone = newPhone()
    await makeUsager(db, territoryId, { phoneE164: phone })
    const one = await inside(await enter(await askByPhone(phone)))
    const other = await inside(await enter(await askByPhone(phone)))
    const third = await inside(await enter(await askByPhone(phone)))
    await signOutPerson(ctxFor(db, { actor: one }), 'session')
    expect([await isOpen(one.sessionId), await isOpen(other.sessionId)]).toEqual([false, true])
    await signOutPerson(ctxFor(db, { actor: other }), 'everywhere')
    expect([await isOpen(other.sessionId), await isOpen(third.sessionId)]).toEqual([false, false])
  })

  test('goes with the account, whose files stay', async () => {
    const phone = newPhone()
    const file = await makeUsager(db, territoryId, { phoneE164: phone })
    const person = await inside(await enter(await askByPhone(phone)))
    await deleteOwnAccount(ctxFor(db, { actor: person }))
    expect(await isOpen(person.sessionId)).toBe(false)
    const [left] = await db.execute<{ count: number }>(
      sql`select count(*)::integer as count from usagers where id = ${file.id} and deleted_at is null and phone_e_164 = ${phone}`,
    )
    expect(left?.count).toBe(1)
  })

  test('over, deletes nothing and closes nothing elsewhere, and does not say it did', async () => {
    await expect(deleteOwnAccount(ctxFor(db))).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(signOutPerson(ctxFor(db), 'everywhere')).rejects.toMatchObject({ code: 'unauthenticated' })
    expect((await signOutPerson(ctxFor(db), 'session')).ok).toBe(true)
  })

  test('what was asked is forgotten a day after', async () => {
    const challengeId = await askByPhone(newPhone())
    await purgeAccess(ctxFor(db, { now: minutesLater(23 * 60) }))
    const count = async () =>
      (await db.execute(sql`select id from account_challenges where id = ${challengeId}`)).length
    expect(await count()).toBe(1)
    await purgeAccess(ctxFor(db, { now: minutesLater(25 * 60) }))
    expect(await count()).toBe(0)
  })
})

describe('a password', () => {
  const PASSWORD = 'Un mot de passe 1!'
  const byEmail = async () => {
    const email = `lea${String(numbers++)}@example.org`
    await makeUsager(db, territoryId, { email })
    const link = await signInWithAccountLink(ctxFor(db), {
      token: tokenOf('account-link', await ask({ kind: 'email', email })),
    })
    return { email, actor: await inside(link) }
  }
  const tryPassword = (email: string, password = PASSWORD) => signInWithAccountPassword(ctxFor(db), { email, password })
  const wrong = { ok: false, reason: 'wrong-credentials' }

  test('is chosen with a proven e-mail, opens the account, and closes other sessions', async () => {
    const { email, actor } = await byEmail()
    expect(await tryPassword(email)).toEqual(wrong)
    const other = await inside(await enterAgain(email))
    expect(await setOwnPassword(ctxFor(db, { actor }), { password: PASSWORD })).toEqual({ ok: true, value: null })
    expect((await personOf(ctxFor(db), other.sessionId)).actor.kind).toBe('anonymous')
    expect((await personOf(ctxFor(db), actor.sessionId)).actor.kind).toBe('usager')
    expect((await inside(await tryPassword(email))).accountId).toBe(actor.accountId)
    expect(await tryPassword(email, 'Un autre mot 1!')).toEqual(wrong)
    expect(await tryPassword('nobody@example.org')).toEqual(wrong)
  })
  const enterAgain = async (email: string) =>
    signInWithAccountLink(ctxFor(db), { token: tokenOf('account-link', await ask({ kind: 'email', email })) })

  test('is not for whoever has no e-mail', async () => {
    const phone = newPhone()
    await makeUsager(db, territoryId, { phoneE164: phone })
    const actor = await inside(await enter(await askByPhone(phone)))
    expect(await setOwnPassword(ctxFor(db, { actor }), { password: PASSWORD })).toEqual({
      ...{ ok: false, reason: 'email-missing' },
    })
  })

  test('is tried few times', async () => {
    const { email } = await byEmail()
    for (let i = 0; i < 8; i++) await tryPassword(email, 'x')
    await expect(tryPassword(email)).rejects.toMatchObject({ code: 'rate-limited' })
  })
})
