import { hash } from '@node-rs/argon2'
import { sql } from 'drizzle-orm'
import type { Tx } from '../client'
import * as schema from '../schema'
import accounts from './accounts.json'
import { insertSuperAdmin } from './super-admin'
import { loadCommunes } from './communes'
import { makeDataset } from './dataset'
import { insertRows } from './write'

// Argon2id is the library's default algorithm.
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Writes the whole demo, parents before children. The caller's transaction makes it all or nothing. */
export async function fillDemo(tx: Tx, now: Date) {
  const { rows } = makeDataset(now)
  await loadCommunes(tx)
  await insertRows(tx, schema.territories, rows.territories)
  await insertRows(tx, schema.services, rows.services)
  await insertRows(tx, schema.territoryServices, rows.territoryServices)
  await insertRows(tx, schema.organisations, rows.organisations)
  await insertRows(tx, schema.motifCategories, rows.motifCategories)
  await insertRows(tx, schema.motifs, rows.motifs)
  await insertRows(tx, schema.lieux, rows.lieux)
  await insertRows(tx, schema.agents, await withPasswords(rows.agents))
  await insertRows(tx, schema.agentServices, rows.agentServices)
  await insertRows(tx, schema.agentRoles, rows.agentRoles)
  await insertRows(tx, schema.territoryRoles, rows.territoryRoles)
  await insertRows(tx, schema.grants, rows.grants)
  await insertRows(tx, schema.usagers, rows.usagers)
  await insertRows(tx, schema.usagerOrganisations, rows.usagerOrganisations)
  await insertRows(tx, schema.referents, rows.referents)
  await insertRows(tx, schema.openings, rows.openings)
  await insertRows(tx, schema.openingMotifs, rows.openingMotifs)
  await insertRows(tx, schema.openingExceptions, rows.openingExceptions)
  await insertRows(tx, schema.absences, rows.absences)
  await insertRows(tx, schema.absenceExceptions, rows.absenceExceptions)
  await insertRows(tx, schema.rdvs, rows.rdvs)
  await insertRows(tx, schema.agentTimes, rows.agentTimes)
  await insertRows(tx, schema.participations, rows.participations)
  await insertRows(tx, schema.tellings, rows.tellings)
  await planReminders(tx, now)
  await makePartitions(tx, now)
  await insertRows(tx, schema.events, rows.events)
  await insertRows(tx, schema.eventValues, rows.eventValues)
  await insertSuperAdmin(tx, await hash(accounts.password, ARGON2), now)
  return {
    territories: rows.territories.length,
    lieux: rows.lieux.length,
    agents: rows.agents.length,
    motifs: rows.motifs.length,
    usagers: rows.usagers.length,
    rdvs: rows.rdvs.length,
  }
}

/** The ledger is cut by month: its months must stand before a row of theirs falls into the default partition. */
const makePartitions = (tx: Tx, now: Date) =>
  tx.execute(sql`select make_month_partitions((${now.toISOString()}::timestamptz - interval '8 months')::date, 20)`)

/** Two days before each RDV to come, as the house plans them. */
const planReminders = (tx: Tx, now: Date) =>
  tx.execute(sql`
    insert into reminders (territory_id, rdv_id, starts_at, lead_min, due_at)
    select territory_id, id, starts_at, 2880, starts_at - interval '48 hours' from rdvs
    where status = 'unknown' and starts_at - interval '48 hours' > ${now.toISOString()}::timestamptz`)

/** Statistics at once, so that the first searches are planned as the thousandth will be. */
export const analyze = (tx: Tx) => tx.execute(sql`analyze`)

async function withPasswords<T extends { email?: string | null | undefined }>(agents: readonly T[]) {
  const emails = new Set(accounts.accounts.map(({ email }) => email))
  return Promise.all(
    agents.map(async (agent) =>
      agent.email && emails.has(agent.email)
        ? { ...agent, passwordHash: await hash(accounts.password, ARGON2) }
        : agent,
    ),
  )
}
