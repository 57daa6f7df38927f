import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { ctxFor, type BookablePlace } from '@/db/testing/booking'
import { makeBookablePlace } from '@/db/testing/make'
import { tellAs } from '@/db/testing/tell'
import { killed, startMailbox, startPhones, startWorkerProcess, type Received } from '@/server/worker.test-model'
import type { BenchResult } from './result'
import { openDb } from './search'
import { medianOf } from './statistics'

const ROUNDS = 3
/** Each told by a mail with its calendar and by an SMS. */
const RDVS = 500
const WORKERS = [1, 2]
const LIMIT_MS = 120_000

/** RDVs of as many people, in two days, by SQL: what is measured is what follows. */
async function placeRdvs(
  db: Db,
  { territory, organisation, motif, lieu }: BookablePlace,
  round: string,
): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    with people as (
      insert into usagers (territory_id, first_name, last_name, email, phone, phone_e_164)
      select ${territory.id}, 'Léa', 'Martin', ${round} || n || '@example.org', '+336' || (10000000 + n), '+336' || (10000000 + n)
      from generate_series(1, ${RDVS}) n returning id
    ), placed as (
      insert into rdvs (territory_id, organisation_id, motif_id, lieu_id, starts_at, ends_at, author_kind, updated_at)
      select ${territory.id}, ${organisation.id}, ${motif.id}, ${lieu.id}, date_trunc('hour', now()) + interval '48 hours',
             date_trunc('hour', now()) + interval '49 hours', 'usager', now()
      from people returning id
    )
    insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind)
    select ${territory.id}, r.id, p.id, true, true, 'usager'
    from (select id, row_number() over (order by id) as n from placed) r
    join (select id, row_number() over (order by id) as n from people) p using (n)
    returning rdv_id::float8 as id`)
  return rows.map(({ id }) => id)
}

/** How many messages left a second, from the first to the last of those that waited. */
async function rateOf(
  db: Db,
  place: BookablePlace,
  { databaseUrl, workers, round }: { databaseUrl: string; workers: number; round: number },
): Promise<number> {
  for (const rdvId of await placeRdvs(db, place, `w${String(workers)}r${String(round)}p`)) {
    await tellAs(ctxFor(db, { now: new Date() }), { rdvId, byAgent: false, isSettled: false })
  }
  const house = { says: () => 'yes' as const, taken: () => true }
  const [mailbox, phones] = await Promise.all([startMailbox(house), startPhones(house)])
  const outside = { env: process.env, databaseUrl, smtpUrl: mailbox.url, smsHost: phones.host }
  const started = await Promise.all(Array.from({ length: workers }, () => startWorkerProcess(outside)))
  const received = (): Received[] => [...mailbox.received, ...phones.received]
  const untilMs = performance.now() + LIMIT_MS
  while (received().length < RDVS * 2 && performance.now() < untilMs)
    await new Promise((later) => setTimeout(later, 50))
  await Promise.all(started.map(killed))
  await Promise.all([mailbox.close(), phones.close()])
  const times = received().map(({ atMs }) => atMs)
  if (times.length !== RDVS * 2) throw new Error(`${String(times.length)} messages arrived of ${String(RDVS * 2)}`)
  return ((times.length - 1) * 1000) / (Math.max(...times) - Math.min(...times))
}

/** Messages a second through real workers, to an SMTP server and an SMS gateway on loopback. */
export async function benchMessages(): Promise<{ results: BenchResult[] }> {
  const databaseUrl = process.env['DATABASE_URL'] ?? ''
  const { db, close } = openDb(4)
  // Of the demo, nothing else leaves meanwhile.
  for (const table of ['reminders', 'outbox', 'graphile_worker._private_jobs']) {
    await db.execute(sql`delete from ${sql.raw(table)}`)
  }
  const place = await makeBookablePlace(db)
  const results: BenchResult[] = []
  for (const workers of WORKERS) {
    const rates: number[] = []
    for (let round = 0; round < ROUNDS; round++) rates.push(await rateOf(db, place, { databaseUrl, workers, round }))
    const name = `messages, ${String(workers)} worker${workers > 1 ? 's' : ''}`
    results.push({ name, value: medianOf(rates), unit: 'messages/s', runs: ROUNDS })
  }
  await close()
  return { results }
}
