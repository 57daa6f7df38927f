import type { motifCategories, motifs } from '../schema'
import { CATALOGUE, CATEGORIES } from './motif-catalogue'
import type { MotifSpec } from './motif-spec'
import { STAFF } from './staff'
import { serviceId, type Organisation, type ServiceKey } from './territories'
import type { Row } from './write'

export type Motif = { id: number; organisation: Organisation; spec: MotifSpec; location: NonNullable<MotifSpec['at']> }

/** Each keeps white text readable: contrast of 4.5:1 or more. */
const COLORS = [
  '#0b5563',
  '#17663f',
  '#4c3a93',
  '#7a4b00',
  '#a3231b',
  '#1e3a8a',
  '#6b2167',
  '#3f4a1f',
  '#0f5132',
  '#5b3a29',
] as const

const isStaffed = ({ spec }: Organisation, service: ServiceKey) =>
  STAFF.some(
    ({ works, services, isSecretary }) => !isSecretary && works.includes(spec.key) && services.includes(service),
  )

/** Every organisation offers the catalogue's motifs of its kind that it has agents for: the same name in several. */
export function makeMotifs(organisations: readonly Organisation[]) {
  const all: Motif[] = organisations
    .flatMap((organisation) =>
      CATALOGUE.filter(
        ({ kinds, service }) => kinds.includes(organisation.spec.kind) && isStaffed(organisation, service),
      ).map((spec) => ({ organisation, spec })),
    )
    .map(({ organisation, spec }, index) => ({
      id: index + 1,
      organisation,
      spec,
      location: spec.at ?? 'public_office',
    }))
  const categories: Row<typeof motifCategories>[] = CATEGORIES.map(({ name, shortName }, index) => ({
    id: index + 1,
    name,
    shortName,
  }))
  return { motifs: all, rows: { motifCategories: categories, motifs: all.map((motif) => motifRow(motif)) } }
}

function motifRow({ id, organisation, spec, location }: Motif): Row<typeof motifs> {
  const category = CATEGORIES.findIndex(({ key }) => key === spec.category)
  return {
    id,
    territoryId: organisation.territory.id,
    organisationId: organisation.id,
    serviceId: serviceId(spec.service),
    categoryId: category < 0 ? null : category + 1,
    name: spec.name,
    publicName: spec.publicName ?? null,
    smsLabel: spec.smsLabel ?? null,
    color: COLORS[CATALOGUE.indexOf(spec) % COLORS.length] ?? COLORS[0],
    durationMin: spec.durationMin,
    locationType: location,
    isCollective: spec.isCollective ?? false,
    bookableBy: spec.bookableBy ?? 'agents',
    minLeadMin: spec.minLeadMin ?? 120,
    maxLeadMin: spec.maxLeadMin ?? 129_600,
    restriction: spec.restriction ?? null,
    instructions: spec.instructions ?? null,
    cancelWarning: spec.cancelWarning ?? null,
    isForSecretariat: spec.isForSecretariat ?? false,
    isFollowUp: spec.isFollowUp ?? false,
    visibility: spec.visibility ?? 'visible_and_notified',
    isConfidential: spec.isConfidential ?? false,
    usagerMayMove: spec.usagerMayMove ?? true,
    usagerMayCancel: spec.usagerMayCancel ?? true,
    asksBirthDate: spec.asksBirthDate ?? false,
  }
}
