import { randomUUID } from 'node:crypto'
import type { Db } from '@/db/client'
import type { TunnelQuery } from '@/server/booking/schema'
import { ANONYMOUS } from '@/server/kernel/actor'
import { makeCtx, type Ctx } from '@/server/platform/ctx'
import { appRouter } from '@/server/root'
import { createCallerFactory } from '@/server/trpc'

/** Anybody, now. */
export const anybody = (db: Db): Ctx =>
  makeCtx(db, { actor: ANONYMOUS, now: new Date(), requestId: randomUUID(), clientAddress: null })

const callerOf = createCallerFactory(appRouter)

/** The product's own door, as a page of the public tunnel goes through it. */
export const tunnelOf = (db: Db) => callerOf(anybody(db)).booking

/** What a step before the choice of a slot asks. */
export type Question = Omit<TunnelQuery, 'creneau'>

/** What the steps of one tunnel ask, up to its slots. */
export type TunnelQuestions = { services: Question; motifs: Question; places: Question; slots: Question }

const MOTIFS_PER_SERVICE = 3

/** Tunnels of one commune that end on slots, as a person walks them: services, motifs, lieux, slots. */
export async function walkTunnels(db: Db, commune: string): Promise<TunnelQuestions[]> {
  const tunnel = tunnelOf(db)
  const found: TunnelQuestions[] = []
  for (const { id: service } of (await tunnel.listServices({ commune })).services) {
    const { motifs } = await tunnel.listMotifs({ commune, service })
    const individual = motifs.filter(
      ({ isCollective, locationType }) => !isCollective && locationType === 'public_office',
    )
    for (const { key: motif } of individual.slice(0, MOTIFS_PER_SERVICE)) {
      const query = { commune, service, motif, consignes: 'lues' as const }
      const { places } = await tunnel.listPlaces(query)
      const place = places.find(({ nextAt }) => nextAt !== null)
      if (!place) continue
      const slots = { ...query, lieu: place.id }
      found.push({ services: { commune }, motifs: { commune, service }, places: query, slots })
    }
  }
  return found
}
