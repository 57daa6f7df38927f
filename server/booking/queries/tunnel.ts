import { loadLieux, loadPublicMotifs, type LieuFacts, type PublicMotif } from '@/server/directory/queries'
import { AppError, found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { findCommuneWithTerritories, type CommuneTerritory } from '@/server/sectorisation/queries'
import { motifChoices, motifsOfKey, serviceChoices } from '../rules/motif-choices'
import type { CommuneChoice, MotifChoice, PlaceChoice, ServiceChoice, TunnelRecap } from '../rules/tunnel'
import type { TunnelQuery } from '../schema'

/** Where the tunnel stands, read from its URL: two statements, then plain filtering. */
export type Tunnel = {
  commune: CommuneChoice
  territories: CommuneTerritory[]
  territory: CommuneTerritory
  /** Every motif open here, of the chosen service when there is one. */
  motifs: PublicMotif[]
  service: ServiceChoice | null
  /** The motifs behind the chosen one; empty until then, or when it is not open here. */
  chosen: PublicMotif[]
  motif: MotifChoice | null
}

/** Throws `not-found` when the commune is unknown or no territory serves it. */
export async function loadTunnel(read: ReadCtx, query: TunnelQuery): Promise<Tunnel> {
  if (query.commune === undefined) throw new AppError('invalid')
  const { commune, territories } = found(await findCommuneWithTerritories(read, query.commune))
  const territory = found(territories[0])
  const open = await loadPublicMotifs(read, { territoryIds: territories.map(({ id }) => id) })
  const service = serviceChoices(open).find(({ id }) => id === query.service) ?? null
  const motifs = service ? open.filter((motif) => motif.serviceId === service.id) : open
  const chosen = query.motif === undefined ? [] : motifsOfKey(motifs, query.motif, service?.id)
  return { commune, territories, territory, motifs, service, chosen, motif: motifChoices(chosen)[0] ?? null }
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

/** The place the URL names, when it is one of this territory: an on-site motif has a lieu, another an organisation. */
export async function loadPlace(read: ReadCtx, tunnel: Tunnel, query: TunnelQuery): Promise<PlaceChoice | null> {
  const [motif] = tunnel.chosen
  if (!motif) return null
  if (motif.locationType === 'public_office') {
    if (query.lieu === undefined) return null
    const [lieu] = await loadLieux(read, [query.lieu])
    return lieu && tunnel.territories.some(({ id }) => id === lieu.territoryId) ? toPlace(lieu) : null
  }
  const ofOrganisation = tunnel.chosen.find(({ organisationId }) => organisationId === query.organisation)
  return ofOrganisation ? organisationPlace(ofOrganisation) : null
}

export const recapOf = (tunnel: Tunnel, place: PlaceChoice | null, startAt: Date | null): TunnelRecap => ({
  territory: tunnel.territory,
  commune: tunnel.commune,
  service: tunnel.service,
  motif: tunnel.motif,
  place,
  startAt,
})

/** What stands at the top of each step. */
export const getRecap = (ctx: Ctx, query: TunnelQuery): Promise<TunnelRecap> =>
  inRead(ctx, async (read) => {
    const tunnel = await loadTunnel(read, query)
    return recapOf(tunnel, await loadPlace(read, tunnel, query), query.creneau ?? null)
  })

export const listServices = (
  ctx: Ctx,
  query: TunnelQuery,
): Promise<{ recap: TunnelRecap; services: ServiceChoice[] }> =>
  inRead(ctx, async (read) => {
    const tunnel = await loadTunnel(read, { ...query, service: undefined })
    return { recap: recapOf(tunnel, null, null), services: serviceChoices(tunnel.motifs) }
  })

export const listMotifs = (ctx: Ctx, query: TunnelQuery): Promise<{ recap: TunnelRecap; motifs: MotifChoice[] }> =>
  inRead(ctx, async (read) => {
    const tunnel = await loadTunnel(read, query)
    return { recap: recapOf(tunnel, null, null), motifs: motifChoices(tunnel.motifs) }
  })
