import {
  findLieuWithMotifs,
  loadMotifsIn,
  loadOfferedMotifs,
  type LieuFacts,
  type PublicMotif,
} from '@/server/directory/queries'
import { AppError, found } from '@/server/kernel/errors'
import { inOneStatement, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { findCommuneWithTerritories, type CommuneTerritory } from '@/server/sectorisation/queries'
import { motifChoices, motifsOfKey, serviceChoices } from '../rules/motif-choices'
import type { CommuneChoice, MotifChoice, PlaceChoice, ServiceChoice, TunnelRecap } from '../rules/tunnel'
import type { TunnelQuery } from '../schema'

/** The commune a tunnel starts from, and who serves it. */
type Start = { commune: CommuneChoice; territories: CommuneTerritory[]; territory: CommuneTerritory }

/** Where the tunnel stands, read from its URL: two reads that go together, then plain filtering. */
export type Tunnel = Start & {
  /** Every motif open here, of the chosen service when there is one. */
  motifs: PublicMotif[]
  service: ServiceChoice | null
  /** The motifs behind the chosen one; empty until then, or when it is not open here. */
  chosen: PublicMotif[]
  motif: MotifChoice | null
}

function communeOf({ commune }: TunnelQuery): string {
  if (commune === undefined) throw new AppError('invalid')
  return commune
}

/** Throws `not-found` when the commune is unknown or no territory serves it. */
async function loadStart(read: ReadCtx, communeCode: string): Promise<Start> {
  const { commune, territories } = found(await findCommuneWithTerritories(read, communeCode))
  return { commune, territories, territory: found(territories[0]) }
}

/** Throws `not-found` as `loadStart` does. */
export async function loadTunnel(read: ReadCtx, query: TunnelQuery): Promise<Tunnel> {
  const communeCode = communeOf(query)
  const [start, motifs] = await Promise.all([
    loadStart(read, communeCode),
    loadMotifsIn(read, { communeCode, serviceId: query.service }),
  ])
  const service = serviceChoices(motifs).find(({ id }) => id === query.service) ?? null
  const chosen = query.motif === undefined ? [] : motifsOfKey(motifs, query.motif, service?.id)
  return { ...start, motifs, service, chosen, motif: motifChoices(chosen)[0] ?? null }
}

export const toPlace = (lieu: LieuFacts): PlaceChoice => ({
  kind: 'lieu',
  id: lieu.id,
  name: lieu.name,
  address: lieu.address,
  phone: lieu.phone,
  hours: lieu.hours,
  accessibilityNote: lieu.accessibilityNote,
  distanceM: null,
  nextAt: null,
})

export const organisationPlace = (motif: PublicMotif): PlaceChoice => ({
  kind: 'organisation',
  id: motif.organisationId,
  name: motif.organisationName,
  address: null,
  phone: motif.organisationPhone,
  hours: null,
  accessibilityNote: null,
  distanceM: null,
  nextAt: null,
})

/**
 * A tunnel at its place: the motifs offered there, and the territory it belongs to. `place` is null until one is chosen.
 * `choice`: the motifs of that name in the whole territory, which count as one for the cap on open RDVs.
 */
export type PlacedTunnel = Tunnel & { place: PlaceChoice | null; choice: PublicMotif[] }

/**
 * The place the URL names, when it is one of the chosen motif's territories: an on-site motif has a lieu, another an
 * organisation. From there on, only what is offered there counts: motifs of one name may differ from one organisation
 * to another in what they ask, in what they say and in how long they last.
 */
export async function loadPlaced(ctx: Ctx, query: TunnelQuery): Promise<PlacedTunnel> {
  const [tunnel, here] = await inOneStatement(ctx, (read) =>
    Promise.all([loadTunnel(read, query), query.lieu === undefined ? null : findLieuWithMotifs(read, query.lieu)]),
  )
  const [motif] = tunnel.chosen
  if (!motif) return { ...tunnel, place: null, choice: tunnel.chosen }
  if (motif.locationType !== 'public_office') {
    const ofOrganisation = tunnel.chosen.filter(({ organisationId }) => organisationId === query.organisation)
    const [first] = ofOrganisation
    return first
      ? narrowed(tunnel, ofOrganisation, organisationPlace(first))
      : { ...tunnel, place: null, choice: tunnel.chosen }
  }
  const offered = tunnel.chosen.filter(({ id }) => here?.motifIds.has(id))
  return here && offered.length > 0
    ? narrowed(tunnel, offered, toPlace(here.lieu))
    : { ...tunnel, place: null, choice: tunnel.chosen }
}

function narrowed(tunnel: Tunnel, chosen: PublicMotif[], place: PlaceChoice): PlacedTunnel {
  const territory = tunnel.territories.find(({ id }) => id === chosen[0]?.territoryId) ?? tunnel.territory
  const choice = tunnel.chosen.filter(({ territoryId }) => territoryId === territory.id)
  return { ...tunnel, chosen, choice, territory, motif: motifChoices(chosen)[0] ?? null, place }
}

export const recapOf = (
  tunnel: Pick<Tunnel, 'territory' | 'commune' | 'service' | 'motif'>,
  place: PlaceChoice | null,
  startAt: Date | null,
): TunnelRecap => ({
  territory: tunnel.territory,
  commune: tunnel.commune,
  service: tunnel.service,
  motif: tunnel.motif,
  place,
  startAt,
})

/** What stands at the top of each step. */
export async function getRecap(ctx: Ctx, query: TunnelQuery): Promise<TunnelRecap> {
  const tunnel = await loadPlaced(ctx, query)
  return recapOf(tunnel, tunnel.place, query.creneau ?? null)
}

export async function listServices(
  ctx: Ctx,
  query: TunnelQuery,
): Promise<{ recap: TunnelRecap; services: ServiceChoice[] }> {
  const communeCode = communeOf(query)
  const [start, offered] = await inOneStatement(ctx, (read) =>
    Promise.all([loadStart(read, communeCode), loadOfferedMotifs(read, communeCode)]),
  )
  return { recap: recapOf({ ...start, service: null, motif: null }, null, null), services: serviceChoices(offered) }
}

export async function listMotifs(ctx: Ctx, query: TunnelQuery): Promise<{ recap: TunnelRecap; motifs: MotifChoice[] }> {
  const tunnel = await inOneStatement(ctx, (read) => loadTunnel(read, query))
  return { recap: recapOf(tunnel, null, null), motifs: motifChoices(tunnel.motifs) }
}
