import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeTerritory, makeUsager } from '@/db/testing/make'
import { askSignIn } from '@/server/access/commands/ask-challenge'
import type { Contact } from '@/server/access/rules/accounts'
import { SMS_SEAL, sealedFor } from '@/server/directory/queries/sms'
import { LIMITS } from '@/server/platform/limits'
import { seal } from '@/server/platform/seal'
import { startFakeGateway } from '@/server/platform/sms/fake-gateway.test-model'

const { db } = await ownDatabase()
let gateway: Awaited<ReturnType<typeof startFakeGateway>>
let smtp: SMTPServer
let people = 0
let isBusy = false
/** Whether another connection may read the row of the code while the mail is given. */
let isHeld = false
let mails = 0
beforeAll(async () => {
  gateway = await startFakeGateway()
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, callback) {
      const asked = db.execute<{ isSent: boolean }>(
        sql`select sent_at is not null as "isSent" from account_challenges order by id desc limit 1`,
      )
      void asked.then(([row]) => {
        isHeld = row?.isSent !== true
        callback(isBusy ? Object.assign(new Error('busy'), { responseCode: 451 }) : null)
      })
    },
    onData(stream, _session, callback) {
      stream.resume().on('end', () => {
        mails += 1
        callback()
      })
    },
  })
  smtp.on('error', () => undefined)
  await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready))
})
afterAll(async () => {
  await new Promise<void>((closed) => smtp.close(closed))
  await gateway.close()
})
beforeEach(() => {
  ;[isBusy, isHeld, mails] = [false, false, 0]
  gateway.behave({ status: 201, body: '{"messageId":77}' })
})
afterEach(() => vi.unstubAllEnvs())

/** Somebody a file knows, in a territory with a gateway, and a worker in production. */
async function somebody(kind: Contact['kind']) {
  const { id: territoryId } = await makeTerritory(db)
  await db.execute(sql`
    insert into sms_gateways (territory_id, position, kind, settings, sealed_secret)
    values (${territoryId}, 1, 'brevo', '{"kind":"brevo"}'::jsonb, ${seal(SMS_SEAL, sealedFor(territoryId), 'a-secret')})`)
  const phoneE164 = `+3361${String(4_000_000 + people++)}`
  const email = `personne${String(people)}@example.org`
  await makeUsager(db, territoryId, { phoneE164, email })
  vi.stubEnv('APP_ENV', 'production')
  vi.stubEnv('SMTP_URL', `smtp://127.0.0.1:${String((smtp.server.address() as AddressInfo).port)}`)
  vi.stubEnv('SMS_BREVO_URL', gateway.url)
  vi.resetModules()
  const [{ sendChallenge }, fresh] = await Promise.all([import('./send-challenge'), import('@/db/testing/booking')])
  const contact: Contact = kind === 'phone' ? { kind, phoneE164 } : { kind, email }
  return {
    ask: () => askSignIn(ctxFor(db), contact),
    send: (challengeId: number) => sendChallenge(fresh.ctxFor(db), { challengeId }),
  }
}
const asked = async ({ ask }: Awaited<ReturnType<typeof somebody>>) => {
  const outcome = await ask()
  if (!outcome.ok) throw new Error('it is never refused')
  return outcome.value.challengeId
}
const isSent = async (id: number) => {
  const [row] = await db.execute<{ is: boolean }>(
    sql`select sent_at is not null as "is" from account_challenges where id = ${id}`,
  )
  return row?.is
}
const putOff = { code: 'unavailable' }

describe('a link by mail', () => {
  test('leaves in no transaction, once', async () => {
    const them = await somebody('email')
    const id = await asked(them)
    await them.send(id)
    await them.send(id)
    expect({ mails, isHeld }).toEqual({ mails: 1, isHeld: false })
  })

  test('that a busy server put off is tried again, and leaves', async () => {
    const them = await somebody('email')
    const id = await asked(them)
    isBusy = true
    await expect(them.send(id)).rejects.toMatchObject(putOff)
    expect(await isSent(id)).toBe(false)
    isBusy = false
    await them.send(id)
    expect({ mails, isSent: await isSent(id) }).toEqual({ mails: 1, isSent: true })
  })
})

describe('a code by SMS', () => {
  test('no gateway takes is tried again a few times, then no more', async () => {
    const them = await somebody('phone')
    const id = await asked(them)
    gateway.behave({ status: 503 })
    const { MAX_SENDINGS } = await import('./send-challenge')
    for (let times = 1; times < MAX_SENDINGS; times++) await expect(them.send(id)).rejects.toMatchObject(putOff)
    await them.send(id)
    expect({ times: gateway.asked.length, isSent: await isSent(id) }).toEqual({ times: MAX_SENDINGS, isSent: false })
  })

  test('whose gateway cannot be looked up is not taken as sent: it leaves by the next try', async () => {
    const them = await somebody('phone')
    const id = await asked(them)
    await db.execute(sql`alter table sms_gateways rename to sms_gateways_away`)
    try {
      await expect(them.send(id)).rejects.toThrow()
    } finally {
      await db.execute(sql`alter table sms_gateways_away rename to sms_gateways`)
    }
    expect(await isSent(id)).toBe(false)
    await them.send(id)
    expect({ times: gateway.asked.length, isSent: await isSent(id) }).toEqual({ times: 1, isSent: true })
  })

  test('that did not leave does not count among those one may ask for', async () => {
    const them = await somebody('phone')
    gateway.behave({ status: 503 })
    for (let times = 0; times < 2 * LIMITS.challengesPerContact.points; times++)
      await expect(them.send(await asked(them))).rejects.toMatchObject(putOff)
  })

  test('that left after all does, once', async () => {
    const them = await somebody('phone')
    for (let times = 0; times < LIMITS.challengesPerContact.points; times++) {
      const id = await asked(them)
      gateway.behave({ status: 503 })
      await expect(them.send(id)).rejects.toMatchObject(putOff)
      gateway.behave({ status: 201, body: '{"messageId":77}' })
      await them.send(id)
    }
    await expect(them.ask()).rejects.toMatchObject({ code: 'rate-limited' })
  })

  test('whose number is refused is not tried again', async () => {
    const them = await somebody('phone')
    const id = await asked(them)
    gateway.behave({ status: 400, body: '{"code":"invalid_parameter","message":"Invalid telephone number"}' })
    await them.send(id)
    expect(await isSent(id)).toBe(false)
  })
})
