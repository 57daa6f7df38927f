import type { lieux, organisations, services, territories, territoryServices } from '../schema'
import { inventedLandline, mailName } from './names'
import { ORGANISATIONS, type OrganisationSpec } from './organisations'
import { PLACES } from './places'
import type { Random } from './random'
import type { Row } from './write'

export const SERVICES = [
  { id: 1, key: 'pmi', name: 'PMI (Protection Maternelle Infantile)', shortName: 'PMI' },
  { id: 2, key: 'cpef', name: 'CPEF (Centre de planification et d’éducation familiale)', shortName: 'CPEF' },
  { id: 3, key: 'social', name: 'Service social', shortName: 'Service social' },
  { id: 4, key: 'mdph', name: 'MDPH (Maison départementale des personnes handicapées)', shortName: 'MDPH' },
  { id: 5, key: 'rsa', name: 'RSA / Insertion', shortName: 'RSA' },
] as const

export type ServiceKey = (typeof SERVICES)[number]['key']
export const serviceId = (key: ServiceKey) => SERVICES.find((service) => service.key === key)?.id ?? 0

export type Territory = { id: number; departmentNumber: string; name: string; zone: string }

const TERRITORIES: readonly Territory[] = [
  { id: 1, departmentNumber: '62', name: 'Pas-de-Calais', zone: 'Europe/Paris' },
  { id: 2, departmentNumber: '80', name: 'Somme', zone: 'Europe/Paris' },
  { id: 3, departmentNumber: '974', name: 'La Réunion', zone: 'Indian/Reunion' },
]

export type Organisation = { id: number; territory: Territory; spec: OrganisationSpec }
export type Lieu = { id: number; name: string; organisation: Organisation; state: 'open' | 'full' | 'closed' | 'new' }

export type Territories = {
  organisations: Organisation[]
  lieux: Lieu[]
  rows: {
    territories: Row<typeof territories>[]
    services: Row<typeof services>[]
    territoryServices: Row<typeof territoryServices>[]
    organisations: Row<typeof organisations>[]
    lieux: Row<typeof lieux>[]
  }
}

const HOURS = {
  mds: 'Du lundi au vendredi, de 8 h 30 à 12 h et de 13 h 30 à 17 h',
  pmi: 'Du lundi au vendredi, de 8 h 30 à 12 h 30 et de 13 h 30 à 17 h 30',
  cpef: 'Lundi, mercredi et vendredi de 9 h à 18 h\u202f; mardi et jeudi sur rendez-vous',
  mdph: 'Du lundi au jeudi, de 9 h à 12 h et de 13 h 30 à 16 h 30',
} as const

const ACCESS = [
  'Entrée de plain-pied, ascenseur, place de stationnement réservée devant l’entrée.',
  'Rampe d’accès à gauche du bâtiment, sonnette à hauteur de fauteuil.',
  'Rez-de-chaussée accessible. Boucle magnétique à l’accueil.',
  'Accessible aux poussettes et aux fauteuils. Toilettes adaptées.',
  'Une marche à l’entrée\u00a0: sonnez, nous venons vous ouvrir.',
  null,
] as const

const NAMES: Record<string, string> = { '62': 'pasdecalais', '80': 'somme', '974': 'reunion' }

export function makeTerritories(random: Random): Territories {
  const all: Organisation[] = ORGANISATIONS.map((spec, index) => {
    const territory = TERRITORIES.find(({ departmentNumber }) => departmentNumber === spec.departmentNumber)
    if (!territory) throw new Error(`no territory ${spec.departmentNumber}`)
    return { id: index + 1, territory, spec }
  })
  const sites = all.flatMap((organisation) => organisation.spec.lieux.map((spec) => ({ organisation, spec })))
  const placed: Lieu[] = sites.map(({ organisation, spec }, index) => ({
    id: index + 1,
    name: spec.name,
    organisation,
    state: spec.state ?? 'open',
  }))
  return {
    organisations: all,
    lieux: placed,
    rows: {
      territories: TERRITORIES.map((territory) => territoryRow(territory)),
      services: SERVICES.map(({ id, name, shortName }) => ({ id, name, shortName })),
      territoryServices: TERRITORIES.flatMap(({ id }) =>
        SERVICES.map((service) => ({ territoryId: id, serviceId: service.id })),
      ),
      organisations: all.map((organisation) => organisationRow(organisation)),
      lieux: sites.map(({ organisation, spec }, index) => {
        const { code, name, postCode, latitude, longitude } = PLACES[spec.place]
        return {
          id: index + 1,
          territoryId: organisation.territory.id,
          organisationId: organisation.id,
          name: spec.name,
          address: `${spec.address}, ${postCode} ${name}`,
          cityCode: code,
          cityName: name,
          postCode,
          // A few hundred metres around the centre, so that two lieux of a commune do not stand on one another.
          latitude: Number((latitude + (random.next() - 0.5) / 100).toFixed(5)),
          longitude: Number((longitude + (random.next() - 0.5) / 100).toFixed(5)),
          ...inventedLandline(organisation.territory.departmentNumber, 1000 + index * 7),
          hours: HOURS[organisation.spec.kind],
          accessibilityNote: random.pick(ACCESS),
          availability: spec.state === 'closed' ? 'disabled' : 'enabled',
        }
      }),
    },
  }
}

function territoryRow({ id, departmentNumber, name, zone }: Territory): Row<typeof territories> {
  const isNorth = departmentNumber === '62'
  return {
    id,
    departmentNumber,
    name,
    zone,
    ...inventedLandline(departmentNumber, 62 + id),
    maxOpenRdvsPerMotif: isNorth ? 2 : 3,
    // Whoever tries the demo at night sees its messages.
    ...{ sendsFromMin: 0, sendsUntilMin: 1440, sendsOn: [1, 2, 3, 4, 5, 6, 7] },
    videoBaseUrl: 'https://visio.rdv-territoires.example',
    usagersVisibleThroughout: departmentNumber === '974',
    enablesNotes: true,
    enablesAffiliation: isNorth,
    enablesFamilySituation: true,
    enablesChildrenCount: true,
    enablesCaseNumber: departmentNumber !== '974',
    enablesAddressDetails: true,
    enablesHousing: isNorth,
    enablesContext: true,
    enablesWaitingRoomMail: isNorth,
    enablesWaitingRoomColor: true,
  }
}

function organisationRow({ id, territory, spec }: Organisation): Row<typeof organisations> {
  return {
    id,
    territoryId: territory.id,
    name: spec.name,
    hours: HOURS[spec.kind],
    ...inventedLandline(territory.departmentNumber, 500 + id * 11),
    email: `${mailName(spec.key)}@${NAMES[territory.departmentNumber]}.example.org`,
    website: `https://${NAMES[territory.departmentNumber]}.example.org/`,
    externalId: spec.key,
    verticale: 'rdv_solidarites',
  }
}
